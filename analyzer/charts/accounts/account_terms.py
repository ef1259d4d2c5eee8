"""Terms of an identity: their places in it, the sides they stand on, and how each is drawn."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analyzer.charts.base import theme
from analyzer.charts.base.readings import TIMES

FILLS: Final = (theme.ORANGE, theme.SKY, theme.PURPLE, theme.YELLOW)
HATCHES: Final = ("", "....", "xxxx")  # for more parts than there are colours
FAR: Final = 10**6  # place of a term that the expression doesn't name


@dataclass(frozen=True, slots=True)
class Look:
    """Colour and hatch of a term, the same in every chart of its identity."""

    colour: str
    hatch: str = ""


FIXED: Final = Look("white")
TOTAL: Final = Look(theme.GREY)


def in_places(terms: pd.DataFrame, expression: str) -> pd.DataFrame:
    """Order terms as the identity is written, whatever the order of the rows.

    Adds `place` (0, 1, ... within each account) and `part` (it stands on the side with more
    terms, the one that is added up; the other side is called the total).
    """
    sides = dict(zip(("left", "right"), re.split(r"<=|>=|=", expression), strict=False))
    names = terms["measure"].where(terms["measure"] != "", terms["wording"])
    found = [
        _position(str(name), sides.get(str(side), ""))
        for name, side in zip(names, terms["side"], strict=True)
    ]
    keys = ["account", "side", "found", "label", "wording"]
    ordered = terms.assign(found=found).sort_values(keys, ignore_index=True)
    ordered = ordered.assign(place=ordered.groupby("account").cumcount())
    first = ordered.drop_duplicates("place")
    part = ordered["side"] == (parts_side(first) if len(first) else "")
    return ordered.drop(columns="found").assign(part=part)


def _position(name: str, side: str) -> int:
    match = re.search(rf"(?<![A-Za-z0-9_.]){re.escape(name)}(?![A-Za-z0-9_.])", side)
    return match.start() if match else FAR


def parts_side(terms: pd.DataFrame) -> str:
    """The side with more terms, counting fixed numbers only where both have as many others."""
    named = terms[~terms["constant"].astype(bool)]
    sizes = {
        side: ((named["side"] == side).sum(), (terms["side"] == side).sum())
        for side in ("left", "right")
    }
    return "left" if sizes["left"] > sizes["right"] else "right"


def looks_of(terms: pd.DataFrame) -> dict[int, Look]:
    """How each place of an identity is drawn: its total grey, a fixed number white.

    Parameters
    ----------
    terms : DataFrame
        As from `in_places`.
    """
    once = terms.drop_duplicates("place").sort_values("place")
    constant, part = once["constant"].astype(bool), once["part"]
    looks = {int(place): FIXED for place in once.loc[constant, "place"]}
    total = once.loc[~constant & ~part, "place"].tolist()
    looks |= {int(place): TOTAL for place in total[:1]}
    rest = [*once.loc[~constant & part, "place"], *total[1:]]
    return looks | {
        int(place): Look(FILLS[i % len(FILLS)], HATCHES[i // len(FILLS) % len(HATCHES)])
        for i, place in enumerate(rest)
    }


def all_added(terms: pd.DataFrame) -> pd.DataFrame:
    """Put a term that is taken off one side on the other one, so that all are added."""
    off = (terms["factor"] < 0).to_numpy()
    ends = terms[["low", "high"]].to_numpy(dtype="float64")
    ends = np.where(off[:, None], -ends[:, ::-1], ends)
    other = terms["side"].map({"left": "right", "right": "left"})
    return terms.assign(
        low=ends[:, 0],
        high=ends[:, 1],
        side=terms["side"].where(~off, other),
        part=terms["part"] ^ off,
    )


def is_computed(label: str) -> bool:
    """Whether a term is a product or a quotient."""
    return TIMES in label or "÷" in label


def term_name(term: pd.Series) -> str:
    """Find what a term is called in print."""
    return f"Fixed number {term['label']}" if term["constant"] else str(term["label"])
