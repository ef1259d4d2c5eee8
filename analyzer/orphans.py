"""Worker processes end with the process that started them, however that one ends."""

from __future__ import annotations

import multiprocessing
import os
import threading


def end_with_parent() -> None:
    """Let this process end when its parent is gone; an initializer for workers of a pool.

    A parent that is killed can tell its workers nothing: they would wait for work for ever. A
    thread waits for the parent's end of a pipe to close, which the system does in any case.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)  # no clearing up: what was half done is the parent's, and it is gone
