"""What is printed: text for people, in which nothing is obeyed by a terminal, and data."""

from __future__ import annotations

import os
import sys

from analyzer.errors import shown


def say(text: object, at_once: bool = False) -> None:
    """Print text for people; a control character of a page is seen and not obeyed."""
    print(shown(str(text)), flush=at_once)


def warn(text: object) -> None:
    """Print a remark, beside what the command gives."""
    print(shown(str(text)), file=sys.stderr)


def put(data: str) -> None:
    """Print CSV or JSON: as it is into a file or a pipe, legible on a terminal."""
    sys.stdout.write(shown(data) if sys.stdout.isatty() else data)


def finish() -> None:
    """Write what is still waiting, so that a full disk is told and not lost.

    Raises
    ------
    OSError
        When it can't be written.
    """
    sys.stdout.flush()


def hush() -> None:
    """Drop what is still waiting for a reader that is gone, or for a disk that is full."""
    try:
        finish()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
