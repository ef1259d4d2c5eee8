"""The style sheet of all charts: sizes in inches and points, greys, colours without meaning.

Every chart is drawn at the width at which it is printed, a column of a page; its sizes are those
on paper. On a slide the same drawing (SVG) is several times as wide, and so are its letters.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

from matplotlib import style
from matplotlib.font_manager import fontManager

from analyzer.fonts import fallbacks, font_files

WIDTH: Final = 90 / 25.4  # inches: half an A4 or Letter page, and a column of a newspaper
MARGIN: Final = 0.04
DPI: Final = 200

TITLE: Final = 9.0
TEXT: Final = 7.5
SMALL: Final = 7.0  # nothing is smaller: the least that newspapers print
LEADING: Final = 1.37  # line height in font sizes: what Noto Sans asks for, and matplotlib takes

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

FAMILY: Final = "Noto Sans"

STYLE: Final[dict[str, Any]] = {
    "font.family": fallbacks(FAMILY, "DejaVu Sans"),  # for signs and scripts that the first lacks
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
    "xtick.major.size": 2.5,
    "ytick.major.size": 0,
    "hatch.linewidth": 0.5,
    "svg.hashsalt": "analyzer",
    "svg.fonttype": "path",
}


@cache
def register() -> None:
    """Make the fonts of the package known to matplotlib."""
    for path in font_files():
        fontManager.addfont(path)
    # A script without a bold weight is set in its regular one: no news for whoever runs this.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)


@contextmanager
def drawing() -> Iterator[None]:
    """Draw with this style whatever the user's matplotlibrc says; usable as a decorator."""
    register()
    with style.context(STYLE, after_reset=True):
        yield
