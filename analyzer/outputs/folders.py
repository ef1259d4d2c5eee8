"""A report's folder is complete or it is not there.

Everything is made in a new folder beside the last report; the two change places in one step when
all is done. So a run that fails or is killed leaves the last good report as it was, and whoever
reads finds one whole report at any time. What a killed run leaves is removed by the next one.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

from analyzer.errors import InputError, Problem
from analyzer.outputs.locks import alone
from analyzer.read import shown_path

SIGNS: Final = ("report.json", "report.pdf")  # a folder that holds one of them is a report
NEW, OLD = ".new", ".old"
HERE: Final = -100  # AT_FDCWD of renameat2: paths are those of the current folder
EXCHANGE: Final = 2  # RENAME_EXCHANGE
UNABLE: Final = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM})


def write_report(target: Path, fill: Callable[[Path], None]) -> None:
    """Fill a new folder and put it in the place of `target`.

    Parameters
    ----------
    target : Path
        The report's folder; its last content stays untouched unless `fill` succeeds.
    fill : callable
        Writes all files into the folder that it is given.

    Raises
    ------
    InputError
        As `reserved`.
    """
    with reserved(target) as place:
        new = Path(tempfile.mkdtemp(prefix=f".{place.name}.", suffix=NEW, dir=place.parent))
        try:
            fill(new)
            new.chmod(0o777 & ~_umask())
            _put(new, place)
        finally:
            shutil.rmtree(new, ignore_errors=True)  # what failed, or the last report


@contextmanager
def reserved(target: Path) -> Iterator[Path]:
    """Keep other runs off the folder of a report, and put in order what a killed run left.

    A second run is refused at once. Were it to wait, it would hide a run that hangs, and build
    again what has just been built.

    Yields
    ------
    Path
        The folder itself, where `target` is a link to it.

    Raises
    ------
    InputError
        When another run is writing there, or when there is something that is no report.
    OSError
        When nothing can be written there.
    """
    place = Path(os.path.realpath(target))
    place.parent.mkdir(parents=True, exist_ok=True)
    with alone(place.with_name(f".{place.name}.lock"), target):
        _recover(place)
        _require_report(place, target)
        yield place


def _recover(place: Path) -> None:
    """Put back a report that was moved away and not replaced; remove what dead runs left."""
    ours = re.compile(rf"\.{re.escape(place.name)}\.[a-z0-9_]{{8}}\.(new|old)")
    left = [path for path in place.parent.iterdir() if ours.fullmatch(path.name)]
    old = [path for path in left if path.suffix == OLD]
    if old and not place.exists():
        max(old, key=lambda path: path.stat().st_mtime).rename(place)
    for path in left:
        shutil.rmtree(path, ignore_errors=True)


def _require_report(place: Path, target: Path) -> None:
    """What stands at the place may only be replaced if it is a report, or empty."""
    if not place.exists():
        return
    if not place.is_dir():
        message, remedy = "is a file, not the folder of a report", "move it away"
    elif any(place.iterdir()) and not any((place / sign).exists() for sign in SIGNS):
        message, remedy = "holds files, but no report", "it would be replaced: empty it"
    else:
        return
    remedy = f"{remedy}, or name another folder with --out"
    raise InputError([Problem(shown_path(target), 0, "", "", message, remedy)])


def _put(new: Path, place: Path) -> None:
    """Put a folder in its place; what was there is afterwards where the folder was."""
    if not place.exists():
        new.rename(place)
    elif not _exchange(new, place):
        old = new.with_suffix(OLD)
        place.rename(old)
        try:
            new.rename(place)
        except BaseException:
            old.rename(place)
            raise
        old.rename(new)


def _exchange(one: Path, other: Path) -> bool:
    """Let two paths change places in one step; False where the system or file system can't."""
    renameat2 = _renameat2()
    if renameat2 is None:
        return False
    if not renameat2(HERE, os.fsencode(one), HERE, os.fsencode(other), EXCHANGE):
        return True
    code = ctypes.get_errno()
    if code in UNABLE:
        return False
    raise OSError(code, os.strerror(code), str(other))


@cache
def _renameat2() -> Any:
    """Find the call of Linux; None on another system, or with an old library."""
    try:
        function = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return None
    function.argtypes = (*(ctypes.c_int, ctypes.c_char_p) * 2, ctypes.c_uint)
    function.restype = ctypes.c_int
    return function


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
