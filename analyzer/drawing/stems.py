"""File names of charts: safe on every system, and never the same for two charts."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence

LONGEST = 150  # characters; with its ending a name may have 255 bytes, some systems count the path
HASH = 10  # characters: 40 bits
MARK = "~"  # before a hash; it stands in no other name


def file_stems(names: Sequence[str]) -> list[str]:
    """A name without its ending for the files of each chart, from what the chart is called.

    Most names are kept as they are, without brackets and spaces. One that is too long is cut. Where
    it is, and where two would be one file (some systems take `A` for `a`), a hash of the whole name
    tells them apart; so a name changes with other charts only where it would be theirs.
    """
    plain = [_plain(name) for name in names]
    counts = Counter(stem.casefold() for stem in plain)
    return [
        _hashed(name, stem) if len(stem) > LONGEST or counts[stem.casefold()] > 1 else stem
        for name, stem in zip(names, plain, strict=True)
    ]


def _plain(name: str) -> str:
    """Letters, digits and `._-`: no folder, no option, no name that a system keeps for itself."""
    stem = name.replace("[", ".").replace("]", "")
    return re.sub(r"[^A-Za-z0-9._-]+", "-", stem)


def _hashed(name: str, stem: str) -> str:
    told = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:HASH]
    return f"{stem[: LONGEST - len(MARK) - HASH]}{MARK}{told}"
