"""Where the findings are: how many of which severity in each measure, and how far apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes

from analyzer.charts.base import theme
from analyzer.charts.base.chart import Chart
from analyzer.charts.base.readings import TIMES
from analyzer.charts.base.sheet import Key, new_sheet, shorten, text_width
from analyzer.model import SEVERITIES
from analyzer.phrases import plural

MOST_ROWS: Final = 20
ROW: Final = 0.16  # inches
THICK: Final = 0.66  # of a row
MOST_LEFT: Final = 2.0
RIGHT: Final = 0.6
MOST_CELLS: Final = 16  # findings of a measure that are told apart within its bar
NARROW: Final = 1.05  # times; below it the figures are written as equal
FAR: Final = 100.0  # times, and more
HEAD: Final = "widest gap"
LOOKS: Final[dict[str, tuple[str, str]]] = {  # severity: fill, what it says
    "high": (theme.INK, "high"),
    "medium": (theme.GREY, "medium"),
    "low": (theme.PALE, "low"),
    "info": ("white", "for information"),
}
WEIGHTS: Final = {"high": 1000.0, "medium": 30.0, "low": 1.0, "info": 0.01}


@theme.drawing()
def draw_overview(findings: pd.DataFrame, measures: pd.DataFrame, title: str = "") -> Chart | None:
    """Draw the findings of the measures that have the heaviest ones, a bar a measure.

    Parameters
    ----------
    findings : DataFrame
        `schemas.Findings`.
    measures : DataFrame
        `measures.csv`; gives the labels.
    title : str
        Printed above the chart; blank for a sentence made from the findings.

    Returns
    -------
    Chart or None
        None where there is no finding.
    """
    if findings.empty:
        return None
    order = rank_measures(findings)
    shown = order.head(MOST_ROWS)
    labels = {str(row["measure"]): str(row["label"]) for _, row in measures.iterrows()}
    names = [labels.get(str(measure), str(measure)) for measure in shown.index]
    title = title or _title(findings, order)
    left = min(max(text_width(name, theme.SMALL) for name in names) + 0.14, MOST_LEFT)
    figure, axes = new_sheet(
        title,
        _subtitle(order),
        _keys(findings),
        ROW * (len(shown) + 0.9),
        left=left,
        right=RIGHT,
        below=0.03,
    )
    _draw_bars(axes, shown)
    _write_rows(axes, shown, names, left)
    caption = (
        "Each cell of a bar is a finding; at its end their number. At the right, of the finding "
        "whose figures are furthest apart, how many times the smaller one the larger one is."
    )
    return Chart(figure, title, _alt(findings, order, labels), caption, _data(order, labels))


def rank_measures(findings: pd.DataFrame) -> pd.DataFrame:
    """Measures by the weight of their findings, the heaviest first.

    A finding of high severity outweighs thirty of medium, and one of those thirty of low
    severity; equal weights go by name.

    Returns
    -------
    DataFrame
        Index measure; columns weight, n, gap (the widest), and one per severity.
    """
    weight = findings["severity"].map(WEIGHTS).fillna(0.0)
    counts = pd.crosstab(findings["measure"], findings["severity"])
    counts = counts.reindex(columns=list(SEVERITIES), fill_value=0)
    grouped = findings.assign(weight=weight).groupby("measure")
    ranked = counts.assign(
        weight=grouped["weight"].sum().round(6), n=grouped.size(), gap=grouped["gap"].max()
    )
    return (
        ranked.reset_index()
        .sort_values(["weight", "measure"], ascending=[False, True])
        .set_index("measure")
    )


def times(gap: float) -> str:
    """How many times the larger figure is the smaller one, of a gap |a-b| / (|a|+|b|)."""
    if gap >= 1:
        return "from 0"
    ratio = (1 + gap) / (1 - gap)
    if ratio < NARROW:
        return f"<{NARROW:g}{TIMES}"
    if ratio > FAR:
        return f">{FAR:.0f}{TIMES}"
    return f"{ratio:.2g}{TIMES}" if ratio < 10 else f"{ratio:.0f}{TIMES}"


def _draw_bars(axes: Axes, shown: pd.DataFrame) -> None:
    """Stack the findings of each measure, the severe ones first."""
    start = pd.Series(0.0, index=shown.index)
    places = list(range(len(shown)))
    for severity in SEVERITIES:
        fill, _ = LOOKS[severity]
        axes.barh(
            places,
            shown[severity],
            THICK,
            left=start,
            facecolor=fill,
            edgecolor=theme.MUTED,
            linewidth=0.5,
            gid=f"findings-{severity}",
        )
        start = start + shown[severity]
    most = int(shown["n"].max())
    if most <= MOST_CELLS:
        for y, n in zip(places, shown["n"], strict=True):
            for x in range(1, int(n)):
                ends = [y - THICK / 2, y + THICK / 2]
                axes.plot([x, x], ends, color="white", linewidth=1.4, zorder=3)
                axes.plot([x, x], ends, color=theme.MUTED, linewidth=0.4, zorder=4)
    axes.set_ylim(len(shown) - 0.5, -1.4)
    room = text_width(f" {most:,}", theme.SMALL) + 0.06
    inches = theme.WIDTH * axes.get_position().width
    axes.set_xlim(0, most * inches / max(inches - room, 0.2))
    axes.set(xticks=[], yticks=[])
    axes.spines[["left", "bottom"]].set_visible(False)


def _write_rows(axes: Axes, shown: pd.DataFrame, names: list[str], left: float) -> None:
    """Names at the left, numbers at the ends of the bars, the widest gaps at the right."""
    inches = theme.WIDTH * axes.get_position().width
    edge = 1 + (RIGHT - theme.MARGIN) / inches
    look: dict[str, Any] = {"size": theme.SMALL, "va": "center_baseline"}
    across = look | {"transform": axes.get_yaxis_transform()}
    axes.text(edge, -1, HEAD, ha="right", color=theme.MUTED, **across)
    for y, (name, (_, row)) in enumerate(zip(names, shown.iterrows(), strict=True)):
        text = shorten(name, left - theme.MARGIN - 0.08, theme.SMALL)
        axes.text((theme.MARGIN - left) / inches, y, text, **across)
        axes.annotate(
            f"{int(row['n']):,}", (row["n"], y), (3, 0), textcoords="offset points", **look
        )
        axes.text(edge, y, times(float(row["gap"])), ha="right", color=theme.MUTED, **across)


def _keys(findings: pd.DataFrame) -> list[Key]:
    """The severities that there are, with the number of findings."""
    counts = findings["severity"].value_counts()
    look: dict[str, Any] = {"linestyle": "none", "marker": "s", "markersize": 6}
    edge = {"markeredgecolor": theme.MUTED, "markeredgewidth": 0.5}
    return [
        Key(f"{words} ({counts[severity]:,})", look | {"color": fill} | edge)
        for severity, (fill, words) in LOOKS.items()
        if severity in counts
    ]


def _title(findings: pd.DataFrame, order: pd.DataFrame) -> str:
    severe = int(order["high"].sum())
    told = f"{severe:,} of high severity" if severe else "none of high severity"
    found, on = plural(len(findings), "finding"), plural(len(order), "measure")
    return f"{found} on {on}, {told}"


def _subtitle(order: pd.DataFrame) -> str:
    text = "Findings by measure and severity, the heaviest first"
    rest = order.iloc[MOST_ROWS:]
    if rest.empty:
        return f"{text}."
    severe = int(rest["high"].sum())
    return (
        f"{text}. Not drawn: {plural(len(rest), 'more measure')} with "
        f"{plural(int(rest['n'].sum()), 'finding')}, {f'{severe:,}' if severe else 'none'} of "
        f"high severity."
    )


def _alt(findings: pd.DataFrame, order: pd.DataFrame, labels: Mapping[str, str]) -> str:
    counts = findings["severity"].value_counts()
    told = ", ".join(
        f"{counts[severity]:,} {severity if severity != 'info' else 'for information'}"
        for severity in SEVERITIES
        if severity in counts
    )
    top, severe = str(order.index[0]), int(order["high"].iloc[0])
    return (
        f"{plural(len(findings), 'finding')} on {plural(len(order), 'measure')} by severity: "
        f"{told}. The heaviest are those of “{labels.get(top, top)}”: "
        f"{plural(int(order['n'].iloc[0]), 'finding')}, {severe or 'none'} of high severity."
    )


def _data(order: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    """All measures with their findings, those that are drawn first."""
    named = order.reset_index()
    label = [labels.get(str(one), str(one)) for one in named["measure"]]
    columns = ["measure", "label", *SEVERITIES, "findings", "widest_gap", "larger_by", "drawn"]
    told = named.rename(columns={"n": "findings", "gap": "widest_gap"}).assign(
        label=label,
        widest_gap=named["gap"].round(4),
        larger_by=[times(float(gap)) for gap in named["gap"]],
        drawn=named.index < MOST_ROWS,
    )
    return told[columns]
