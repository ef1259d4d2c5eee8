"""Looks at what runs of the command leave, and starves them."""

import ctypes
import subprocess
import time
from collections.abc import Callable
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


def without_privileges() -> None:
    """Let permissions of files hold for this process even where it runs as root (Linux)."""
    libc = ctypes.CDLL(None)
    for capability in (1, 2, 3):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER
        libc.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP: lost with the next exec
