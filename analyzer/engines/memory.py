"""Memory that was freed, kept for the next frame instead of given back to the system."""

from __future__ import annotations

import ctypes
import platform
from functools import cache

import pyarrow as pa

# of mallopt(3) in GNU's C library: the option, and how many bytes
SHRINKS_ABOVE = (-1, 1 << 30)  # M_TRIM_THRESHOLD
GROWS_BY = (-2, 1 << 26)  # M_TOP_PAD
MAPS_ABOVE = (-3, 1 << 23)  # M_MMAP_THRESHOLD; most columns of a partition are smaller


@cache
def keep_memory() -> None:
    """Let the allocators of this process hold on to what was freed; the first call does it.

    Each stage of each partition takes and frees columns of about a megabyte. Where they go back
    to the system at once, it has to find and blank their pages anew each time, which took a tenth
    of the time of an analysis. Only GNU's C library can be told so; its memory then serves the
    texts of Arrow as well, which would otherwise keep theirs apart.
    """
    if platform.libc_ver()[0] != "glibc":
        return
    library = ctypes.CDLL(None)
    for option, size in (SHRINKS_ABOVE, GROWS_BY, MAPS_ABOVE):
        library.mallopt(option, size)
    pa.set_memory_pool(pa.system_memory_pool())
