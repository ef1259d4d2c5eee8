"""Files of a chart: the same input gives the same bytes, anywhere and at any time."""

from __future__ import annotations

from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analyzer.charts.base import theme
from analyzer.charts.base.chart import Chart
from analyzer.charts.base.sheet import POINT, wrap
from analyzer.outputs import table_csv

# None leaves the entry out: the date and the version of matplotlib would change the bytes.
METADATA = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
}


@theme.drawing()
def save_chart(chart: Chart, stem: Path, source_line: str) -> list[Path]:
    """Add the source line below a chart and write `<stem>.png`, `<stem>.svg` and `<stem>.csv`.

    The figure is cleared afterwards. The title is kept in both files' metadata.

    Raises
    ------
    ValueError
        When the source line is blank: no figure without its source.
    """
    if not source_line.strip():
        raise ValueError("a chart needs a source line")
    figure = chart.figure
    _add_source(figure, source_line)
    FigureCanvasAgg(figure)
    paths = []
    for kind, fixed in METADATA.items():
        path = stem.with_name(f"{stem.name}.{kind}")
        metadata = {"Title": str(figure.get_label()), **fixed}
        figure.savefig(path, format=kind, dpi=theme.DPI, metadata=metadata)
        paths.append(path)
    figure.clear()
    table = stem.with_name(f"{stem.name}.csv")
    table.write_text(table_csv(chart.data), encoding="utf-8", newline="\n")
    return [*paths, table]


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
