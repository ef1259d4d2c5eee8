"""One run at a time on one report, or on one dossier that rows are added to.

The system holds the lock, not the file: it ends with the run, however that ends, so that no
left-over file ever stands in the way of the next run.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from analyzer.errors import InputError, Problem
from analyzer.read import shown_path

try:
    import fcntl
except ImportError:  # not on Windows: there runs are not kept apart
    fcntl = None  # type: ignore[assignment]

STEP: Final = 0.05  # seconds between two looks at a lock that another run holds
BUSY: Final = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES})
_held: set[Path] = set()


@contextmanager
def alone(file: Path, what: Path, patience: float = 0.0) -> Iterator[None]:
    """Keep other runs off while the block runs; a run may ask again for what it has.

    Parameters
    ----------
    file : Path
        The lock's file. It is made, and removed at the end.
    what : Path
        What is kept for this run, for the message.
    patience : float
        Seconds to wait for another run.

    Raises
    ------
    InputError
        When another run still has it.
    OSError
        When the file can't be made.
    """
    if file in _held or fcntl is None:
        yield
        return
    handle = _acquire(file, what, time.monotonic() + patience)
    _held.add(file)
    try:
        yield
    finally:
        _held.discard(file)
        with suppress(OSError):  # before it is given up, so that nobody gets a file that goes
            file.unlink()
        os.close(handle)


def _acquire(file: Path, what: Path, until: float) -> int:
    """Open and lock the file; again when it was removed by the run that had it."""
    while True:
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
        try:
            if not _lock(handle):
                if time.monotonic() >= until:
                    raise InputError([_busy(handle, what)])
            elif _is_at(handle, file):
                with suppress(OSError):  # a full disk is told where it matters
                    os.ftruncate(handle, 0)
                    os.write(handle, str(os.getpid()).encode())
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
        time.sleep(STEP)


def _lock(handle: int) -> bool:
    """Whether this run has the lock; yes where the file system knows none."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in BUSY
    return True


def _is_at(handle: int, file: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), file.stat())
    except FileNotFoundError:
        return False


def _busy(handle: int, what: Path) -> Problem:
    told = os.pread(handle, 20, 0).decode("ascii", "replace")
    run = f"another run (process {told})" if told.isdecimal() else "another run"
    remedy = "wait until it is done, or end it"
    return Problem(shown_path(what), 0, "", "", f"is being written by {run}", remedy)
