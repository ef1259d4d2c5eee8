"""Looks at what runs of the command leave, and starves them."""

import ctypes
import resource
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

Start = Callable[..., subprocess.Popen[str]]


def files_of(folder: Path) -> dict[str, bytes]:
    """Everything below a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def wait_for(what: Callable[[], object], seconds: float = 60) -> None:
    """Look until something holds."""
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.002)


@contextmanager
def without_privileges() -> Iterator[None]:
    """Let permissions of files hold meanwhile, even where the tests run as root (Linux)."""
    libc = ctypes.CDLL(None)
    version = (ctypes.c_uint32 * 2)(0x20080522, 0)  # of this thread
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable; then of the upper half
    assert libc.capget(version, sets) == 0
    held = sets[0]
    sets[0] &= ~0b1110  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER
    assert libc.capset(version, sets) == 0
    try:
        yield
    finally:
        sets[0] = held
        assert libc.capset(version, sets) == 0


@contextmanager
def small_files(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes: as on a full disk, writing fails half way."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
