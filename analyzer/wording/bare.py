"""Digits that stand alone, as most figures of long series do: what the whole grammar says of them.

Without a word there is no language, no qualifier and no unit, so only the digits are to be read.
"""

from __future__ import annotations

import re

from analyzer.wording.digits import read_digits
from analyzer.wording.figure import Figure, exactly

__all__ = ["bare_figure"]

_BARE = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


def bare_figure(text: str, *, integral: bool) -> Figure | None:
    """Return the figure of a text of nothing but digits and their marks, None for all others."""
    if not _BARE.fullmatch(text):
        return None
    digits = read_digits(text, "", integral)
    if digits is None:
        return None
    value, step, rule = digits
    point = exactly(value)
    rules = (rule, "exact") if rule else ("exact",)
    return Figure(text, point, point, value, "exact", step or None, None, None, rules, stated=value)
