"""Where the findings are: measures, kinds and how far the figures are apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analyzer.charts import theme
from analyzer.charts.chart import Chart
from analyzer.charts.readings import TIMES
from analyzer.charts.sheet import Key, new_sheet, text_width, wrap
from analyzer.model import SEVERITIES

MOST_ROWS = 25
ROW = 0.27  # inches
MOST_LEFT = 3.4
RIGHT = 0.85
RATIOS = (1.0, 1.1, 1.25, 1.5, 2.0, 3.0, 5.0, 10.0, 100.0)
LOOKS: Final[dict[str, tuple[str, Any, str]]] = {  # kind: words, marker, colour
    "disagreement": ("claims exclude each other", "o", theme.ORANGE),
    "overtaken": ("running total overtaken", "^", theme.SKY),
    "fall": ("running total falls", "v", theme.PURPLE),
    "switch": ("goes on with another count", "<", theme.SKY),
    "surge": ("running total leaps", ">", theme.PURPLE),
    "typing error": ("figure mistyped", "*", theme.ORANGE),
    "mismatch": ("day against running total", "p", theme.GREY),
    "edit": ("later version replaced it", "d", theme.YELLOW),
    "duplicate": ("one version, two values", "h", theme.INK),
    "divergence": ("two series run apart", "8", "white"),
    "revision": ("figure was replaced", "D", theme.YELLOW),
    "self-contradiction": ("one page, two figures", "X", theme.INK),
    "account": ("parts do not add up", "s", theme.GREY),
    "joint contradiction": ("can't all be true together", "H", theme.SKY),
    "two scopes": ("two scopes, explained", (4, 1, 0), "white"),
    "relay": ("passed on otherwise", "P", "white"),
}
WEIGHTS: Final = {"high": 1000.0, "medium": 30.0, "low": 1.0, "info": 0.01}


@theme.drawing()
def draw_overview(findings: pd.DataFrame, measures: pd.DataFrame, title: str = "") -> Chart | None:
    """Draw the findings of the measures that have the heaviest ones.

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
    drawn = findings[findings["measure"].isin(shown.index)]
    title = title or _title(findings)
    labels = {str(row["measure"]): str(row["label"]) for _, row in measures.iterrows()}
    names = [labels.get(measure, measure) for measure in shown.index]
    figure, axes = new_sheet(
        title,
        _subtitle(findings, order),
        _keys(drawn),
        ROW * len(shown) + 0.1,
        left=min(max(text_width(name, theme.SMALL) for name in names) + 0.2, MOST_LEFT),
        right=RIGHT,
        below=0.5,
    )
    _draw_rows(axes, shown, names)
    _draw_findings(axes, drawn, {name: i for i, name in enumerate(shown.index)})
    _set_times(axes, float(drawn["gap"].max()))
    caption = (
        "One row for each measure, the heaviest findings at the top; each mark is a finding, "
        "placed by how many times the larger figure is the smaller one."
    )
    return Chart(figure, title, _alt(findings, order, labels), caption)


def rank_measures(findings: pd.DataFrame) -> pd.DataFrame:
    """Measures by the weight of their findings, the heaviest first.

    A finding of high severity outweighs thirty of medium, and one of those thirty of low
    severity; equal weights go by name.

    Returns
    -------
    DataFrame
        Index measure; columns weight, n, and one per severity.
    """
    weight = findings["severity"].map(WEIGHTS).fillna(0.0)
    counts = pd.crosstab(findings["measure"], findings["severity"])
    counts = counts.reindex(columns=list(SEVERITIES), fill_value=0)
    grouped = findings.assign(weight=weight).groupby("measure")
    ranked = counts.assign(weight=grouped["weight"].sum(), n=grouped.size())
    return (
        ranked.reset_index()
        .sort_values(["weight", "measure"], ascending=[False, True])
        .set_index("measure")
    )


def _draw_rows(axes: Axes, shown: pd.DataFrame, names: list[str]) -> None:
    rows = len(shown)
    for at, (_, row) in enumerate(shown.iterrows()):
        axes.axhline(at, color=theme.PALE, linewidth=0.6, zorder=0)
        axes.text(
            1.02,
            at,
            _count(row),
            size=theme.SMALL,
            va="center",
            transform=axes.get_yaxis_transform(),
        )
    lines = [wrap(name, MOST_LEFT - 0.2, theme.SMALL) for name in names]
    texts = [line[0] if len(line) == 1 else f"{line[0]} …" for line in lines]
    axes.set_yticks(range(rows), texts)
    axes.set_ylim(rows - 0.4, -0.6)


def _count(row: pd.Series) -> str:
    count = f"{int(row['n'])}"
    return f"{count}, {int(row['high'])} high" if row["high"] else count


def _draw_findings(axes: Axes, drawn: pd.DataFrame, rows: dict[str, int]) -> None:
    """One mark for the findings of a measure and kind with about the same gap."""
    kinds = [kind for kind in LOOKS if (drawn["kind"] == kind).any()]
    places = np.linspace(-0.24, 0.24, len(kinds)) if len(kinds) > 1 else np.zeros(1)
    lanes = dict(zip(kinds, places, strict=True))
    binned = drawn.assign(gap=drawn["gap"].round(2), strong=drawn["severity"].isin(["high"]))
    grouped = binned.groupby(["measure", "kind", "gap"]).agg(
        n=("id", "size"), strong=("strong", "any")
    )
    marks = grouped.reset_index()
    marks["lane"] = marks["kind"].map(lanes).where(_crowded(marks), 0.0)
    for kind, part in marks.groupby("kind"):
        _, marker, colour = LOOKS[str(kind)]
        axes.scatter(
            part["gap"],
            part["measure"].map(rows) + part["lane"],
            s=30 * np.sqrt(part["n"]),
            marker=marker,
            color=colour,
            edgecolors=np.where(part["strong"], theme.INK, theme.GREY).tolist(),
            linewidths=np.where(part["strong"], 1.2, 0.5).tolist(),
            alpha=0.9,
            zorder=3,
            gid=f"findings-{kind}",
        )


def _crowded(marks: pd.DataFrame) -> pd.Series:
    """Find marks of a row that another kind of finding would cover."""
    pairs = marks.reset_index().merge(marks, on="measure")
    near = (pairs["kind_x"] != pairs["kind_y"]) & ((pairs["gap_x"] - pairs["gap_y"]).abs() < 0.03)
    return pd.Series(marks.index.isin(pairs.loc[near, "index"]), index=marks.index)


def _set_times(axes: Axes, widest: float) -> None:
    """Ticks that say how many times the larger figure is the smaller one."""
    ticks = [(times - 1) / (times + 1) for times in RATIOS]
    last = next((tick for tick in ticks if tick >= widest), 1.0)
    axes.set_xlim(-0.015, last * 1.03 + 0.01)
    kept: list[tuple[float, float]] = []
    for tick, times in zip(ticks, RATIOS, strict=True):
        if tick <= last and (not kept or tick - kept[-1][0] >= last / 7):
            kept.append((tick, times))
    axes.set_xticks(
        [tick for tick, _ in kept],
        ["equal" if times == 1 else f"{times:g} {TIMES}" for _, times in kept],
    )
    axes.grid(axis="x")
    axes.set_xlabel("the larger figure is … times the smaller one", loc="left")


def _keys(drawn: pd.DataFrame) -> list[Key]:
    counts = drawn["kind"].value_counts()
    keys = [
        Key(
            f"{words} ({counts[kind]})",
            {
                "linestyle": "none",
                "marker": marker,
                "markersize": 6,
                "color": colour,
                "markeredgecolor": theme.GREY,
                "markeredgewidth": 0.5,
            },
        )
        for kind, (words, marker, colour) in LOOKS.items()
        if kind in counts
    ]
    if (drawn["severity"] == "high").any():
        strong = {"linestyle": "none", "marker": "o", "markersize": 6, "color": "white"}
        edge = {"markeredgecolor": theme.INK, "markeredgewidth": 1.3}
        keys.append(Key("dark edge: high severity", strong | edge))
    return keys


def _title(findings: pd.DataFrame) -> str:
    return (
        f"Where the figures disagree: {len(findings):,} findings in "
        f"{findings['measure'].nunique()} measures"
    )


def _subtitle(findings: pd.DataFrame, order: pd.DataFrame) -> str:
    text = "One row for each measure, the heaviest findings first; at the right, their number."
    rest = order.iloc[MOST_ROWS:]
    if len(rest):
        text += (
            f" Not drawn: {len(rest)} more measures with {rest['n'].sum()} findings, "
            f"{rest['high'].sum() or 'none'} of them of high severity."
        )
    return text


def _alt(findings: pd.DataFrame, order: pd.DataFrame, labels: Mapping[str, str]) -> str:
    counts = findings["kind"].value_counts()
    kinds = ", ".join(f"{counts[kind]} {kind}" for kind in LOOKS if kind in counts)
    top = order.index[0]
    return (
        f"{len(findings):,} findings in {len(order)} measures ({kinds}). The heaviest are those "
        f"of “{labels.get(top, top)}”: {order['n'].iloc[0]} findings, "
        f"{order['high'].iloc[0]} of them of high severity."
    )
