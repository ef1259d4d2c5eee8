"""Steps of a waterfall: bars from one level to the next, with their words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from analyzer.charts import theme
from analyzer.charts.account_words import MINUS, term_wording
from analyzer.charts.labels import LINE
from analyzer.charts.marks import MISSING
from analyzer.charts.sheet import text_width, wrap
from analyzer.intervals import Bounds
from analyzer.readings import value_range

LEFT: Final = 2.5  # inches for the names of the terms
BAR: Final = 0.19
PAD: Final = 0.15
LONGEST: Final = 1.1  # inches of a wording that stands at its bar; a longer one stands at the left


@dataclass(frozen=True, slots=True)
class Step:
    """A bar from one level to the next, what its wording leaves open, and its words."""

    start: float
    stop: float
    open: Bounds
    text: str
    names: list[tuple[str, str]]  # lines at the left with their colours
    look: Mapping[str, Any]

    @property
    def height(self) -> float:
        """Inches that the row takes."""
        return max(LINE * len(self.names), BAR) + PAD


def parts_side(terms: pd.DataFrame) -> str:
    """The side with more terms, counting fixed numbers only where both have as many others."""
    named = terms[~terms["constant"].astype(bool)]
    sizes = {
        side: ((named["side"] == side).sum(), (terms["side"] == side).sum())
        for side in ("left", "right")
    }
    return "left" if sizes["left"] > sizes["right"] else "right"


def left_over(account: pd.Series, side: str) -> Bounds:
    """What the total leaves when the parts are taken off it."""
    ends = {
        name: Bounds(float(account[f"{name}_low"]), float(account[f"{name}_high"]))
        for name in ("left", "right")
    }
    rest = ends["right" if side == "left" else "left"] - ends[side]
    return Bounds(round(rest.low, 6), round(rest.high, 6))


def term_steps(terms: pd.DataFrame, level: float, direction: int) -> Iterator[Step]:
    """Bars of the terms of one side, from a level up (1) or down (-1)."""
    colour = theme.ORANGE if direction > 0 else theme.SKY
    look = {"facecolor": colour, "edgecolor": "none", "zorder": 2, "gid": "term"}
    for place, (_, term) in enumerate(terms.iterrows()):
        ends = Bounds(float(term["low"]), float(term["high"])) * Bounds(direction, direction)
        stop = level + direction * float(term["length"])
        more = direction * float(term["factor"]) > 0
        sign = "" if more and direction > 0 and place == 0 else f"{'+' if more else MINUS} "
        text, names = _term_words(term)
        yield Step(level, stop, Bounds(level, level) + ends, sign + text, names, look)
        level = stop


def _term_words(term: pd.Series) -> tuple[str, list[tuple[str, str]]]:
    """Words at the bar of a term, and at its left."""
    name, wording = term_name(term), term_wording(term)
    ends = sorted(abs(float(term[end])) for end in ("low", "high"))
    if text_width(wording, theme.SMALL) <= LONGEST or wording == value_range(*ends):
        return wording, _lines(name, theme.INK)
    return value_range(*ends), [*_lines(name, theme.INK), *_lines(wording, theme.MUTED)]


def term_name(term: pd.Series) -> str:
    """Find what a term is called in print."""
    return "Fixed number" if term["constant"] else str(term["label"])


def quoted_sum(total: pd.DataFrame) -> str:
    """Names of terms that are added, in quotation marks."""
    names = [
        str(term["label"]) if term["constant"] else f"“{term['label']}”"
        for _, term in total.sort_values("constant", kind="stable").iterrows()
    ]
    return " + ".join(names) if len(names) < 3 else f"{names[0]} with {len(names) - 1} more"


def _lines(text: str, colour: str) -> list[tuple[str, str]]:
    return [(line, colour) for line in wrap(text, LEFT - theme.MARGIN - 0.15, theme.SMALL)]


def last_step(account: pd.Series, rest: Bounds, level: float) -> Step:
    """The hatched bar of what is left over."""
    names, text = _lines("Left over", theme.INK), size_words(rest)
    if rest.low == rest.high == 0:
        text += f": {verdict(account, rest)}"
    else:
        names += _lines(verdict(account, rest), theme.MUTED)
    level = rest.low if rest.low == rest.high else level
    return Step(0.0, level, rest, text, names, MISSING | {"gid": "missing"})


def verdict(account: pd.Series, rest: Bounds) -> str:
    """Say whether what is left over lets the account hold."""
    equal = account["relation"] == "="
    if rest.low == rest.high == 0:
        return "it balances"
    if account["strength"] == "strains":
        return "it fits only if the wordings are stretched"
    if account["holds"]:
        return "it can balance" if equal else "the account allows that"
    return "it does not balance" if equal else "the account rules that out"


def size_words(rest: Bounds) -> str:
    """Write what is left over, with a minus sign where it is less than nothing."""
    return value_range(rest.low, rest.high).replace("-", MINUS)
