"""The look of all charts: sizes in inches and points, greys, and colours without meaning."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from matplotlib import style

WIDTH: Final = 6.7  # inches: the column of an A4 page, 170 mm
MARGIN: Final = 0.08
DPI: Final = 200

TITLE: Final = 11.5
TEXT: Final = 8.5
SMALL: Final = 8.0
LEADING: Final = 1.3  # line height in font sizes

INK: Final = "#222222"
MUTED: Final = "#595959"  # 7:1 on white
GREY: Final = "#8c8c8c"
PALE: Final = "#dedede"
WASH: Final = "#f3f3f3"

# Okabe & Ito (2008), without the ones that a reader could take for a flag or for a verdict:
# no green, vermilion, blue or black.
ORANGE: Final = "#E69F00"
PURPLE: Final = "#CC79A7"
SKY: Final = "#56B4E9"
YELLOW: Final = "#F0E442"
COLOURS: Final = (ORANGE, SKY, PURPLE)

STYLE: Final[dict[str, Any]] = {
    "font.family": "DejaVu Sans",
    "font.size": TEXT,
    "text.color": INK,
    "text.parse_math": False,
    "figure.dpi": DPI,
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "axes.edgecolor": GREY,
    "axes.linewidth": 0.6,
    "axes.labelcolor": MUTED,
    "axes.labelsize": SMALL,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": False,
    "axes.axisbelow": True,
    "grid.color": PALE,
    "grid.linewidth": 0.6,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "xtick.major.size": 3,
    "ytick.major.size": 0,
    "hatch.linewidth": 0.5,
    "svg.hashsalt": "analyzer",
    "svg.fonttype": "path",
}


@contextmanager
def drawing() -> Iterator[None]:
    """Draw with this style whatever the user's matplotlibrc says; usable as a decorator."""
    with style.context(STYLE, after_reset=True):
        yield
