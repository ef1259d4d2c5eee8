"""Files of a chart: the same input gives the same bytes, anywhere and at any time."""

from __future__ import annotations

import warnings
from functools import partial
from pathlib import Path
from typing import Any, Final

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter

from analyzer.charts.base import theme
from analyzer.charts.base.chart import Chart
from analyzer.charts.base.controls import shown
from analyzer.charts.base.sheet import POINT, wrap
from analyzer.outputs import table_csv

# None leaves the entry out: the date and the version of matplotlib would change the bytes.
METADATA = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
}
NO_GLYPH: Final = r"Glyph \d+ .*missing from"  # as matplotlib warns of one


@theme.drawing()
def save_chart(chart: Chart, stem: Path, source_line: str) -> list[Path]:
    """Add the source line below a chart and write `<stem>.png`, `<stem>.svg` and `<stem>.csv`.

    The figure is cleared afterwards. The title is kept in both files' metadata. Letters of
    scripts that join or reorder them (Bengali, Devanagari, Tamil) are there but stand one by one:
    matplotlib does no shaping.

    Raises
    ------
    ValueError
        When the source line is blank: no figure without its source. When a character has no
        glyph: a box in its place says nothing.
    """
    if not source_line.strip():
        raise ValueError("a chart needs a source line")
    figure = chart.figure
    _add_source(figure, source_line)
    _show_controls(figure)
    FigureCanvasAgg(figure)
    paths = []
    for kind, fixed in METADATA.items():
        path = stem.with_name(f"{stem.name}.{kind}")
        metadata = {"Title": str(figure.get_label()), **fixed}
        _write(figure, path, format=kind, dpi=theme.DPI, metadata=metadata)
        paths.append(path)
    figure.clear()
    table = stem.with_name(f"{stem.name}.csv")
    table.write_text(table_csv(chart.data), encoding="utf-8", newline="\n")
    return [*paths, table]


def _show_controls(figure: Figure) -> None:
    """Put control characters and bidi marks in escaped form, as the report does."""
    for text in figure.findobj(Text):
        text.set_text(shown(text.get_text()))
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            names = axis.get_major_formatter()
            if isinstance(names, FuncFormatter):  # made by set_xticks for names
                axis.set_major_formatter(FuncFormatter(partial(_tick_name, names)))


def _tick_name(names: FuncFormatter, at: float, place: int | None = None) -> str:
    return shown(str(names(at, place)))


def _write(figure: Figure, path: Path, **form: Any) -> None:
    """Save a figure, unless a box would stand in it for a character without a glyph."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", NO_GLYPH, UserWarning)
        try:
            figure.savefig(path, **form)
        except UserWarning as box:
            raise ValueError(f"{path.name}: {box}") from box


def _add_source(figure: Figure, source_line: str) -> None:
    """Make the figure taller at the bottom, so that nothing above moves, and write there."""
    lines = wrap(source_line, theme.WIDTH - 2 * theme.MARGIN, theme.SMALL)
    extra = theme.LEADING * theme.SMALL * POINT * len(lines) + 1.5 * theme.MARGIN
    width, height = figure.get_size_inches()
    taller = height + extra
    for axes in figure.axes:
        x, y, w, h = axes.get_position().bounds
        axes.set_position((x, (y * height + extra) / taller, w, h * height / taller))
    figure.set_size_inches(width, taller)
    figure.text(
        theme.MARGIN / width,
        theme.MARGIN / taller,
        "\n".join(lines),
        size=theme.SMALL,
        color=theme.MUTED,
        va="bottom",
        gid="source",
    )
