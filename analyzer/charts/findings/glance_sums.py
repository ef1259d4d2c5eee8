"""Two bars that should be as long as each other, and what one of them lacks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analyzer.charts.accounts.account_terms import TOTAL, Look, in_places, looks_of
from analyzer.charts.accounts.stacks import draw_leeway, draw_missing, draw_solid
from analyzer.charts.base import theme
from analyzer.charts.claims.stand_marks import write_figure
from analyzer.charts.claims.stands import REACH, Ruler, Stand
from analyzer.phrases import count_word, when
from analyzer.readings import number, value_range

HIGH = 0.62  # of a row
SHORT = 22  # letters of a wording that is taken as it is
MINUS = "\N{MINUS SIGN} "
PARTS = Look(theme.SKY)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sum: its name, its ends, and the pieces that it is added up from."""

    name: str
    more: str
    text: str
    low: float
    high: float
    pieces: tuple[tuple[float, Look], ...]


def sides_of_account(account: pd.Series, terms: pd.DataFrame, expression: str) -> list[Side]:
    """Both sides of an account that fails, the total first.

    Parameters
    ----------
    account : Series
        A row of the accounts; its ends of the two sides.
    terms : DataFrame
        Its terms.
    expression : str
        The identity, whose order the terms take.
    """
    ordered = in_places(terms, expression)
    looks = looks_of(ordered)
    sides = [_side(account, ordered, looks, part) for part in (False, True)]
    return [side for side in sides if side is not None]


def _side(
    account: pd.Series, terms: pd.DataFrame, looks: dict[int, Look], part: bool
) -> Side | None:
    mine = terms[terms["part"] == part]
    if mine.empty:
        return None
    side = mine["side"].iloc[0]
    low, high = float(account[f"{side}_low"]), float(account[f"{side}_high"])
    sizes = (mine["low"] * mine["factor"]).astype(float)
    whole = len(mine) > 1 and (sizes >= 0).all() and abs(sizes.sum() - low) < 1e-6 * max(low, 1)
    pieces = [(size, looks[place]) for size, place in zip(sizes, mine["place"], strict=True)]
    if not whole:
        pieces = [(_least(low, high), looks[mine["place"].iloc[0]])]
    text = value_range(low, high)
    if len(mine) == 1:
        label, wording = str(mine["label"].iloc[0]), str(mine["wording"].iloc[0])
        sums = "+" in wording
        text = wording if len(wording) <= SHORT and not sums else text
        more = wording if sums else str(account["name"])
        return Side(label, more, text, low, high, tuple(pieces))
    signs = [MINUS if factor < 0 else "+ " if n else "" for n, factor in enumerate(mine["factor"])]
    shown = [
        sign + str(wording).split(", ")[0]
        for sign, wording in zip(signs, mine["wording"], strict=True)
    ]
    name = f"{count_word(len(mine))} figures together"
    return Side(name, " ".join(shown), text, low, high, tuple(pieces))


def _least(low: float, high: float) -> float:
    """What is certain of a side; of one that may be anything up to a number, that number."""
    return low if np.isfinite(low) else high


def sides_of_event(event: pd.Series, claim: pd.Series, what: str) -> list[Side]:
    """The figure of a day and what it should be by other figures of its series."""
    value, low, high = (float(event[key]) for key in ("value", "expected_low", "expected_high"))
    day = when(event["at_last"], event["at_last"])
    day_text = f"for {day}"
    return [
        Side(
            str(claim["authority_name"]), day_text, number(value), value, value, ((value, TOTAL),)
        ),
        Side(what, day_text, value_range(low, high), low, high, ((_least(low, high), PARTS),)),
    ]


def lacking(sides: list[Side]) -> tuple[Side, float, str]:
    """The shorter side, how far it falls short, and that in words."""
    one, other = sides
    short, long = (one, other) if one.high < other.low else (other, one)
    gap = long.low - short.high
    exact = short.low == short.high and long.low == long.high
    return short, gap, f"{'' if exact else 'at least '}{number(round(gap, 1))}"


def stands_of_sides(sides: list[Side]) -> list[Stand]:
    """Rows with room for the longer bar."""
    short, gap, words = lacking(sides)
    return [
        Stand(
            name=side.name,
            more=side.more,
            text=_told(side.text, words) if side is short else side.text,
            value=_reach(side),
            low=min(0.0, _reach(side)),
            high=max(_reach(side), _reach(side) + gap if side is short else 0.0, 0.0),
            open_high=not np.isfinite(side.high),
            bold=True,
            data={
                "what": side.name,
                "detail": side.more,
                "figure": side.text,
                "low": side.low,
                "high": side.high,
            },
        )
        for side in sides
    ]


def _told(text: str, lack: str) -> str:
    """The figure of the shorter bar with what it lacks, where both are short."""
    told = f"{text}, {lack} short"
    return told if len(told) <= SHORT else text


def _reach(side: Side) -> float:
    """Where the drawn part of a bar ends, without an open end."""
    return side.high if np.isfinite(side.high) else side.low


def draw_sums(axes: Axes, sides: list[Side], axis: Ruler, beside: float) -> None:
    """Draw the bars from zero, hatch what the shorter one lacks, and write the figures."""
    stands = stands_of_sides(sides)
    axes.set_xlim(axis.low, axis.high)
    axes.set_ylim(len(sides) - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.axvline(0, color=theme.GREY, linewidth=0.8, zorder=4)
    inch = axis.units(1.0)
    for y, (side, one) in enumerate(zip(sides, stands, strict=True)):
        bottom, start = y - HIGH / 2, 0.0
        for size, look in side.pieces:
            draw_solid(axes, start, size, bottom, HIGH, look)
            start += size
        if side.high != start:
            draw_leeway(axes, start, side.high, bottom, HIGH, (REACH - 0.06) * inch, inch)
        if one.high > _reach(side) >= 0:
            draw_missing(axes, _reach(side), one.high, bottom, HIGH)
        write_figure(axes, one, y, axis, beside)
