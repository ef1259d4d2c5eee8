"""Who passes on whom: the claims of one measure from their origins to their publishers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Shape

from analyzer.charts import theme
from analyzer.charts.chart import Chart
from analyzer.charts.labels import LINE
from analyzer.charts.layout import spread
from analyzer.charts.marks import colour_keys
from analyzer.charts.readings import OTHERS as OTHER_HUES
from analyzer.charts.readings import add_colours, claims_word, short_names
from analyzer.charts.sheet import POINT, Key, new_sheet, wrap

FEWEST: Final = 5  # claims
STEP: Final = " > "  # between the keys of a chain
THEN: Final = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "  # between relays in one box
COLUMNS: Final = ("left", "middle", "right")
NAMES: Final = ("said_by", "relay_name", "publisher_name")
HEADINGS: Final = ("who is cited", "who passed it on", "who published it")
WIDTHS: Final = (1.5, 1.2)  # inches, of the boxes of origins and relays
CURVES: Final = 0.6  # inches between two columns
PAD: Final = 0.03
INDENT: Final = 0.05
GAP: Final = 0.05  # between two boxes
TALLEST: Final = 6.5  # inches
HEADING: Final = 0.24
THICKEST: Final = 1.1  # inches, of the lines of one box
THIN, THICK = 0.012, 0.045  # inches a claim
SWEEPS: Final = 4
MOST, LEAST = 20, 4  # boxes of a column, as many as the page has room for
LINES: Final = (6, 6, 3)  # most in a box of each column
SHEER: Final = 0.6
STROKED: Final = 0.1  # inches
BEZIER: Final = (Shape.CURVE4, Shape.CURVE4, Shape.CURVE4)
OTHERS: Final = "+"  # box of what is beyond the most boxes


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its key, the lines of its text, and its height in inches.

    A lane, through which claims go that name no relay, has no text.
    """

    key: str
    lines: tuple[str, ...]
    height: float


@theme.drawing()
def draw_attribution(
    claims: pd.DataFrame,
    measure: pd.Series,
    names: Mapping[str, str] | None = None,
    title: str = "",
) -> Chart | None:
    """Draw the way of each claim from its origin through the relays to its publisher.

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
        None with fewer than five claims, or where nobody passes on a figure.
    """
    ways = read_ways(claims, names or {})
    if len(claims) < FEWEST or ways.empty:
        return None
    unit = _unit(ways)
    legs, columns = _fit(ways, unit)
    middles, body = _places(legs, columns)
    title = title or _title(claims, measure)
    figure, axes = new_sheet(
        title,
        _subtitle(claims, ways),
        [*colour_keys(ways), *_thickness_keys(legs, unit)],
        body + HEADING,
        left=theme.MARGIN,
        right=theme.MARGIN,
        below=0.08,
    )
    axes.set_axis_off()
    axes.set_xlim(0, theme.WIDTH - 2 * theme.MARGIN)
    axes.set_ylim(body, -HEADING)
    spans = _spans(legs)
    for side in (0, 1):
        _draw_lines(axes, legs, middles, (spans[side], spans[side + 1]), side, unit)
    _draw_boxes(axes, columns, middles, spans, legs, unit)
    caption = (
        "Read from left to right: each line leads from who is cited over who passed the figure on "
        "to who published it, and is as thick as its number of claims, which is in brackets. Names "
        f"in one box share their lines; two relays in a row are joined by{THEN.rstrip()}; a line "
        "without a box in the middle names no relay."
    )
    return Chart(figure, title, _alt(claims, ways, measure), caption)


def read_ways(claims: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """One row a relayed claim: id, the keys and the printed names of its steps, its colour.

    `relay` joins several relays of one claim; it is blank where none is named. Claims that a
    publisher gives on its own authority are dropped.
    """
    relayed = claims[claims["origin"] != claims["source"]]
    marks = relayed.sort_values("id", ignore_index=True)
    if marks.empty:
        return marks
    marks = add_colours(marks)
    steps = [
        [key for key in str(chain).split(STEP) if key not in ("", origin, source)]
        for chain, origin, source in zip(
            marks["chain"], marks["origin"], marks["source"], strict=True
        )
    ]
    known = _names(claims, names)
    return marks.assign(
        relay=[STEP.join(keys) for keys in steps],
        relay_name=[THEN.join(known.get(key, _spoken(key)) for key in keys) for keys in steps],
        publisher_name=marks["source"].map(known),
    )


def _names(claims: pd.DataFrame, names: Mapping[str, str]) -> dict[str, str]:
    found = dict(names)
    for key, name in (("origin", "origin_name"), ("source", "source_name")):
        found |= dict(zip(claims[key], claims[name].fillna(claims[key]), strict=True))
    keys = sorted(found)
    printed = short_names(pd.Series([found[key] for key in keys], dtype=object))
    return dict(zip(keys, printed, strict=True))


def _spoken(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _unit(ways: pd.DataFrame) -> float:
    """Thickness of one claim in inches."""
    most = max(ways[column].value_counts().iloc[0] for column in ("origin", "relay", "source"))
    return float(np.clip(THICKEST / most, THIN, THICK))


def fold(ways: pd.DataFrame, most: Sequence[int]) -> pd.DataFrame:
    """Add `left`, `middle` and `right`: the boxes that each claim goes through.

    Publishers that get everything from the same box share one, and so do origins that nobody
    but the same relay cites. Of the rest, so many of each column as `most` says keep their own.
    """
    relay = _capped(ways["relay"], most[1]).where(ways["relay"] != "", "")
    left = _capped(_shared(ways["origin"], relay, ways["hue"] == OTHER_HUES), most[0])
    middle = relay.where(relay != "", "direct " + left)
    right = _shared(ways["source"], middle, pd.Series(True, index=ways.index))
    several = ~right.str.startswith("from ")
    right = right.mask(several, _capped(right[several], most[2]))
    return ways.assign(left=left, middle=middle, right=right)


def _capped(keys: pd.Series, most: int) -> pd.Series:
    """All but the most frequent as one; equal counts go by key."""
    counts = keys[keys != ""].value_counts()
    ranked = sorted(counts.index, key=lambda key: (-counts[key], key))
    rest = ranked[most:] if len(ranked) > most + 1 else []
    return keys.where(~keys.isin(rest), OTHERS)


def _shared(keys: pd.Series, across: pd.Series, may: pd.Series) -> pd.Series:
    """Keys with one and the same single neighbour as one: "from <neighbour>"."""
    kinds = across.groupby(keys).transform("nunique")
    single = may & (kinds == 1) & (across != "")
    return keys.mask(single, "from " + across)


def _fit(ways: pd.DataFrame, unit: float) -> tuple[pd.DataFrame, list[list[Box]]]:
    """Fold as little as lets the tallest column stand on a page.

    Where the publishers need most room, those with several feeders give way first, then in turn
    relays and origins: each of these has a box of publishers of its own.
    """
    most = [MOST, MOST, MOST]
    while True:
        legs = fold(ways, most)
        columns = _boxes(legs, unit)
        heights = [_height(boxes) for boxes in columns]
        tallest = int(np.argmax(heights))
        in_turn = sorted((0, 1), key=lambda n: -most[n])
        yielding = [2, *in_turn] if tallest == 2 else [tallest]
        yielding = [n for n in yielding if most[n] > LEAST]
        if heights[tallest] <= TALLEST or not yielding:
            return legs, columns
        most[yielding[0]] -= 1


def _height(boxes: Sequence[Box]) -> float:
    return sum(box.height + GAP for box in boxes)


def _boxes(legs: pd.DataFrame, unit: float) -> list[list[Box]]:
    """Boxes of each column, those with the most claims first."""
    columns = []
    for (first, last), column, name, most in zip(_spans(legs), COLUMNS, NAMES, LINES, strict=True):
        boxes = []
        for key, part in legs.groupby(column):
            lane = str(key).startswith("direct ")
            lines = () if lane else _words(part[name], last - first, most)
            height = max(len(lines) * LINE + 2 * PAD * (not lane), len(part) * unit)
            boxes.append((-len(part), Box(str(key), lines, height)))
        columns.append([box for _, box in sorted(boxes, key=lambda one: (one[0], one[1].key))])
    return columns


def _words(names: pd.Series, width: float, most: int) -> tuple[str, ...]:
    """Name all in a box, or as many as fit: "A, B (2) and 14 more (19 in all)"."""
    counts = names.value_counts()
    ranked = sorted(counts.index, key=lambda name: (-counts[name], name))
    if len(ranked) == 1:
        return tuple(wrap(f"{ranked[0]} ({len(names):,})", width - 2 * INDENT, theme.SMALL))
    items = [f"{name} ({counts[name]:,})" if counts[name] > 1 else name for name in ranked]
    for shown in range(len(items), 0, -1):
        rest = len(items) - shown
        text = ", ".join(items[:shown]) + (f" and {rest:,} more" if rest else "")
        lines = wrap(f"{text} ({len(names):,} in all)", width - 2 * INDENT, theme.SMALL)
        if len(lines) <= most:
            break
    return tuple(lines)


def _spans(legs: pd.DataFrame) -> list[tuple[float, float]]:
    """Left and right end of each column, in inches; no relays, no room for them."""
    origins, relays = WIDTHS if (legs["relay"] != "").any() else (2.2, 0.0)
    start = origins + CURVES
    end = start + relays
    return [(0.0, origins), (start, end), (end + CURVES, theme.WIDTH - 2 * theme.MARGIN)]


def _places(legs: pd.DataFrame, columns: list[list[Box]]) -> tuple[list[dict[str, float]], float]:
    """Middle of each box, so that lines are short and cross seldom, and the height of all.

    Barycentre method (Sugiyama, Tagawa & Toda 1981, IEEE Transactions on Systems, Man, and
    Cybernetics 11): each box goes to the mean of its neighbours, column by column and back.
    """
    body = max(map(_height, columns))
    sizes = [[box.height + GAP for box in boxes] for boxes in columns]
    middles: list[dict[str, float]] = [{}, {}, {}]
    for n, boxes in enumerate(columns):
        ends = np.cumsum(sizes[n]) - np.array(sizes[n]) / 2
        middles[n] = {box.key: float(end) for box, end in zip(boxes, ends, strict=True)}
    for sweep in range(SWEEPS):
        for n in (1, 2) if sweep % 2 == 0 else (1, 0):
            neighbours = [n - 1] if sweep == 0 else [m for m in (n - 1, n + 1) if 0 <= m <= 2]
            at = pd.DataFrame({m: legs[COLUMNS[m]].map(middles[m]) for m in neighbours}).mean(
                axis=1
            )
            wanted = at.groupby(legs[COLUMNS[n]]).mean()
            keys = [box.key for box in columns[n]]
            found = spread([float(wanted[key]) for key in keys], sizes[n], 0.0, body)
            middles[n] = dict(zip(keys, found, strict=True))
    return middles, body


def _draw_lines(
    axes: Axes,
    legs: pd.DataFrame,
    middles: list[dict[str, float]],
    spans: tuple[tuple[float, float], tuple[float, float]],
    side: int,
    unit: float,
) -> None:
    """Draw the lines between two columns, stacked at both ends in the order of the other end."""
    first, last = COLUMNS[side], COLUMNS[side + 1]
    lines = (
        legs.assign(at=legs["left"].map(middles[0]))
        .groupby([first, last, "colour"])
        .agg(n=("id", "size"), at=("at", "mean"))
        .reset_index()
    )
    lines["from"] = lines[first].map(middles[side])
    lines["to"] = lines[last].map(middles[side + 1])
    for own, other, end in ((first, "to", "from"), (last, "from", "to")):
        order = lines.sort_values([own, other, "at"])
        stacked = order.groupby(own)["n"]
        below = stacked.cumsum() - order["n"] / 2 - stacked.transform("sum") / 2
        lines[f"at_{end}"] = order[end] + below * unit
    x0, x1 = spans[0][1], spans[1][0]
    ordered = lines.sort_values(["n", first, last, "colour"], ascending=[False, True, True, True])
    for _, line in ordered.iterrows():
        ends = (x0, line["at_from"]), (x1, line["at_to"])
        axes.add_patch(_line(*ends, line["n"] * unit, str(line["colour"])))


def _line(
    start: tuple[float, float], end: tuple[float, float], thick: float, colour: str
) -> PathPatch:
    """Make a curved line, level at both ends.

    A thin one is stroked, so that it stays visible where it is steep; a thick one is filled
    between two curves, so that it does not cover its neighbours there.
    """
    look: dict[str, Any] = {"alpha": SHEER, "zorder": 2, "gid": "line"}
    if thick < STROKED:
        shape = Shape(_bend(start, end), [Shape.MOVETO, *BEZIER])
        line = PathPatch(shape, fill=False, edgecolor=colour, linewidth=thick / POINT, **look)
        line.set_capstyle("butt")
        return line
    above, below = (
        _bend((start[0], start[1] + half), (end[0], end[1] + half))
        for half in (-thick / 2, thick / 2)
    )
    outline = [*above, *below[::-1], above[0]]
    codes = [Shape.MOVETO, *BEZIER, Shape.LINETO, *BEZIER, Shape.CLOSEPOLY]
    return PathPatch(Shape(outline, codes), facecolor=colour, edgecolor="none", **look)


def _bend(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    middle = (start[0] + end[0]) / 2
    return [start, (middle, start[1]), (middle, end[1]), end]


def _draw_boxes(
    axes: Axes,
    columns: list[list[Box]],
    middles: list[dict[str, float]],
    spans: list[tuple[float, float]],
    legs: pd.DataFrame,
    unit: float,
) -> None:
    colours = legs.groupby("middle")["colour"].agg(list)
    for boxes, at, (first, last), heading in zip(columns, middles, spans, HEADINGS, strict=True):
        if first < last:
            axes.text(first, -HEADING / 2, heading, color=theme.MUTED, size=theme.SMALL)
        for box in boxes:
            top = at[box.key] - box.height / 2
            if not box.lines:
                _draw_lane(axes, sorted(colours[box.key]), (first, last), top, unit)
                continue
            look: dict[str, Any] = {
                "facecolor": theme.WASH,
                "edgecolor": theme.GREY,
                "linewidth": 0.5,
                "clip_on": False,
            }
            axes.add_patch(
                Rectangle((first, top), last - first, box.height, **look, zorder=3, gid="box")
            )
            for n, text in enumerate(box.lines):
                y = at[box.key] + (n - (len(box.lines) - 1) / 2) * LINE
                axes.text(first + INDENT, y, text, size=theme.SMALL, va="center_baseline", zorder=4)


def _draw_lane(
    axes: Axes, colours: list[str], span: tuple[float, float], top: float, unit: float
) -> None:
    """Carry lines past the relays."""
    for colour in dict.fromkeys(colours):
        height = colours.count(colour) * unit
        look: dict[str, Any] = {"facecolor": colour, "edgecolor": "none", "alpha": SHEER}
        axes.add_patch(Rectangle((span[0], top), span[1] - span[0], height, **look, zorder=2))
        top += height


def _thickness_keys(legs: pd.DataFrame, unit: float) -> list[Key]:
    widest = int(legs.groupby(["left", "middle"])["id"].size().max())
    shown = [n for n in (1, 5, 10) if n <= widest and n * unit <= LINE][-2:]
    look = {"color": theme.GREY, "solid_capstyle": "butt"}
    return [Key(claims_word(n), look | {"linewidth": n * unit / POINT}) for n in shown]


def _title(claims: pd.DataFrame, measure: pd.Series) -> str:
    publishers, origins = claims["source"].nunique(), claims["origin"].nunique()
    return (
        f"{measure['label']}: {claims_word(len(claims))} of {_count(publishers, 'publisher')} go "
        f"back to {_count(origins, 'origin')}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _subtitle(claims: pd.DataFrame, ways: pd.DataFrame) -> str:
    through = int((ways["relay"] != "").sum())
    text = (
        f"{claims_word(len(ways))} cite someone else, {through or 'none'} of them through relays."
    )
    own = len(claims) - len(ways)
    if own:
        given = (
            "that its publisher gives on its own authority"
            if own == 1
            else "that publishers give on their own authority"
        )
        text += f" Not drawn: {claims_word(own)} {given}."
    return text


def _alt(claims: pd.DataFrame, ways: pd.DataFrame, measure: pd.Series) -> str:
    text = (
        f"Graph of who passes on whom in {claims_word(len(claims))} of “{measure['label']}”, of "
        f"which {len(ways):,} cite someone else. Most cited: {_leading(ways['said_by'])}."
    )
    relays = ways.loc[ways["relay_name"] != "", "relay_name"]
    if len(relays):
        text += f" Relayed most by: {_leading(relays)}."
    publishers = ways["source"].nunique()
    return f"{text} Published by {_count(publishers, 'publisher')}."


def _leading(names: pd.Series) -> str:
    """Three most frequent names with their counts."""
    counts = names.value_counts()
    ranked = sorted(counts.index, key=lambda name: (-counts[name], name))[:3]
    return ", ".join(f"{name} ({counts[name]:,})" for name in ranked)
