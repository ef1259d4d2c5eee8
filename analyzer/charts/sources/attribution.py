"""Who passes on whom: the claims of one measure as a tree a origin, with those who relay it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from analyzer.charts.base import theme
from analyzer.charts.base.chart import Chart
from analyzer.charts.base.readings import claims_word
from analyzer.charts.base.sheet import Key, new_sheet
from analyzer.charts.sources.attribution_rows import (
    GAP,
    ROOM,
    Block,
    draw_block,
    find_unit,
    lay_out,
)
from analyzer.charts.sources.attribution_tree import DIRECTLY, grow, read_ways, tabulate_ways

FEWEST: Final = 5  # claims
TALLEST: Final = 3.4  # inches
STEPS: Final = tuple(  # origins and ways on their own, in turn one less of each
    (max(8 - (n + 1) // 2, 1), max(12 - n // 2, 0)) for n in range(26)
)
WORTH_A_TREE: Final = 3  # publishers that pass on one origin
WORTH_A_SHARE: Final = 20  # claims; of fewer, the title gives no percentage
LEADING: Final = 0.25  # of the claims; an origin with as many is named in the title


@theme.drawing()
def draw_attribution(
    claims: pd.DataFrame,
    measure: pd.Series,
    names: Mapping[str, str] | None = None,
    title: str = "",
) -> Chart | None:
    """Draw how many claims go back to each origin, and who passes its figures on.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`, the claims of one measure.
    measure : Series
        Its row in measures.csv.
    names : mapping of str to str, optional
        Printed names of sources; without, relays that neither are cited nor publish are printed
        by their keys.
    title : str
        Printed above the chart; blank for a sentence made from the claims.

    Returns
    -------
    Chart or None
        None with fewer than five claims, or where no origin is passed on by three publishers.
    """
    if len(claims) < FEWEST or not _shared(claims):
        return None
    ways = read_ways(claims, names or {})
    blocks, unit = _fit(ways)
    title = title or _title(ways, str(measure["label"]))
    body = sum(block.height + GAP for block in blocks)
    figure, axes = new_sheet(
        title, _subtitle(ways), _keys(unit), body, left=theme.MARGIN, right=theme.MARGIN, below=0.02
    )
    axes.set_axis_off()
    axes.set(xlim=(0, ROOM), ylim=(body, 0))
    top = 0.0
    for block in blocks:
        draw_block(axes, block, top, len(ways))
        top += block.height + GAP
    return Chart(figure, title, _alt(ways, str(measure["label"])), CAPTION, tabulate_ways(ways))


CAPTION: Final = (
    "Under each origin stand the ways by which its figures reached a publisher (“directly”, or "
    "“via” the agency or body that the publisher names), with the publishers in grey. A publisher "
    "that cites nobody counts as its own origin."
)


def _shared(claims: pd.DataFrame) -> bool:
    relayed = claims[claims["authority"] != claims["source"]]
    return bool((relayed.groupby("authority")["source"].nunique() >= WORTH_A_TREE).any())


def _fit(ways: pd.DataFrame) -> tuple[list[Block], int]:
    """Lay out as many branches as there is room for; also how many claims a dot stands for."""
    for origins, most in STEPS:
        branches = grow(ways, origins, most)
        unit = find_unit(branches)
        blocks = [lay_out(branch, unit) for branch in branches]
        if sum(block.height + GAP for block in blocks) <= TALLEST:
            break
    return blocks, unit


def _keys(unit: int) -> list[Key]:
    look = {"linestyle": "none", "marker": "o", "markersize": 4, "color": theme.GREY}
    edge = {"markeredgecolor": theme.INK, "markeredgewidth": 0.3}
    text = "one claim" if unit == 1 else f"up to {unit:,} claims of one way"
    bar = {"color": theme.GREY, "linewidth": 5, "solid_capstyle": "butt"}
    return [Key("share of all claims", bar), Key(text, look | edge)]


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _title(ways: pd.DataFrame, label: str) -> str:
    publishers, ranked = ways["source"].nunique(), _ranked(ways)
    total, origins = len(ways), len(ranked)
    most, name = int(ranked.iloc[0]), str(ranked.index[0])
    head = f"{label}: {claims_word(total)} by {_count(publishers, 'publisher')}"
    if origins == 1:
        return f"{head}, but a single origin, {name}"
    leads = most >= LEADING * total and most > ranked.iloc[1] and origins < publishers
    if not leads:
        return f"{head} go back to {origins:,} origins, none of them behind more than {most:,}"
    share = f"{100 * most / total:.0f} %" if total >= WORTH_A_SHARE else f"{most:,} claims"
    return f"{head}, but {origins:,} origins: {share} go back to one, {name}"


def _ranked(ways: pd.DataFrame) -> pd.Series:
    """Claims of each origin, by its printed name, the most first."""
    sizes = ways.groupby("authority")["origin_label"].agg(["first", "size"])
    ranked = sizes.sort_values(["size", "first"], ascending=[False, True])
    return ranked.set_index("first")["size"]


def _subtitle(ways: pd.DataFrame) -> str:
    through = int(ways["way"].str.startswith("via ").sum())
    relayed = int((ways["source"] != ways["authority"]).sum())
    of_them = f"{through:,} of them through a relay such as a news agency" if through else ""
    cite = "claim cites" if relayed == 1 else "claims cite"
    return (
        "An origin is who stands at the root of what a publisher cites. "
        f"{relayed:,} {cite} someone else, {of_them or 'none of them through a relay'}."
    )


def _alt(ways: pd.DataFrame, label: str) -> str:
    ranked = _ranked(ways)
    leading = ", ".join(f"{name} ({n:,})" for name, n in ranked.head(3).items())
    text = (
        f"{claims_word(len(ways))} of “{label}” by {_count(ways['source'].nunique(), 'publisher')} "
        f"as a tree of {_count(len(ranked), 'origin')}. Most cited: {leading}."
    )
    first = ways[ways["origin_label"] == ranked.index[0]]
    steps = first.loc[first["way"] != DIRECTLY].drop_duplicates("way").head(2)
    if steps.empty:
        return text
    via = ", ".join(f"{way} ({n:,})" for way, n in zip(steps["way"], steps["n_way"], strict=True))
    return f"{text} The figures of {ranked.index[0]} were passed on {via} and others."
