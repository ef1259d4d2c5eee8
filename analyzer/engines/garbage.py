"""Python's collector of circular garbage, held back while frames are worked on."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (200_000, 50, 1_000)  # Python's own are 700, 10, 10


@contextmanager
def collected_seldom() -> Iterator[None]:
    """Look for circles of objects a few times only.

    Frames, arrays and texts are freed without it. It walks over all that lives, millions of
    objects for a partition, and took a tenth of the time of an analysis.
    """
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
