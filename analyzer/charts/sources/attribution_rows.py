"""How the tree of origins is drawn: a line of words and a bar an origin, dots a way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from matplotlib.axes import Axes

from analyzer.charts.base import theme
from analyzer.charts.base.labels import LINE
from analyzer.charts.base.readings import claims_word
from analyzer.charts.base.sheet import text_width, wrap
from analyzer.charts.sources.attribution_tree import Branch, Way

ROOM: Final = theme.WIDTH - 2 * theme.MARGIN  # inches
WORDS: Final = 1.5  # inches, of the words at the left
START: Final = WORDS + 0.06  # of bars and dots
BAR: Final = ROOM - START - 0.6  # inches, of all claims
THICK: Final = 0.085
TRUNK, TWIG = 0.045, 0.12  # where the tree stands, and where the words of a way begin
PITCH: Final = 0.073  # inches between dots
DOT: Final = 3.9  # points
ACROSS: Final = int((ROOM - START) / PITCH)  # dots in a line
GAP: Final = 0.09  # between two branches
PART: Final = 0.015  # between two rows of a branch
RAISED: Final = 0.011  # inches; so the middle of small letters is that of the dots
MOST_LINES: Final = 2  # of dots, and of names of publishers


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the tree: its words at the left, its claims, and the names of publishers.

    `beside` tells that the names stand behind the dots, not below them.
    """

    words: tuple[str, ...]
    dots: int
    names: tuple[str, ...]
    beside: bool
    above: float  # inches from the top of its branch

    @property
    def height(self) -> float:
        """Inches."""
        strips = -(-self.dots // ACROSS)
        lines = strips + (0 if self.beside else len(self.names))
        return max(lines, len(self.words)) * LINE + PART


@dataclass(frozen=True, slots=True)
class Block:
    """A branch laid out: the lines of its name, its rows, and its height in inches."""

    branch: Branch
    name: tuple[str, ...]
    rows: tuple[Row, ...]
    height: float


def find_unit(branches: Sequence[Branch]) -> int:
    """How many claims a dot stands for, so that the longest strip has two lines at most."""
    most = max((len(way.publishers) for branch in branches for way in branch.ways), default=1)
    units = (scale * step for scale in (1, 10, 100, 1_000, 10_000, 100_000) for step in (1, 2, 5))
    return next(unit for unit in units if most <= unit * ACROSS * MOST_LINES)


def lay_out(branch: Branch, unit: int) -> Block:
    """Break the words of a branch into lines and measure it."""
    if branch.others:
        return _lay_out_others(branch)
    name = tuple(wrap(branch.name, WORDS, theme.SMALL, "bold"))
    rows: list[Row] = []
    above = len(name) * LINE + PART
    for way in branch.ways:
        rows.append(_row(way, unit, above))
        above += rows[-1].height
    return Block(branch, name, tuple(rows), above)


def _lay_out_others(branch: Branch) -> Block:
    """Several origins: their names in lines of the whole width, under one bar."""
    name = tuple(wrap(branch.name, WORDS, theme.SMALL, "bold"))
    above = len(name) * LINE + PART
    names = _fitting(branch.others, ROOM, MOST_LINES)
    row = Row((), 0, names, beside=False, above=above)
    return Block(branch, name, (row,), above + row.height)


def _row(way: Way, unit: int, above: float) -> Row:
    """Set the names behind the dots if at least one fits there with how many more there are."""
    words = tuple(wrap(way.words, WORDS - TWIG, theme.SMALL))
    dots = -(-len(way.publishers) // unit)
    left = ROOM - START - dots * PITCH - 0.04
    beside = _most_names(way.publishers, lambda text: text_width(text, theme.SMALL) <= left)
    if beside:
        return Row(words, dots, (beside,), beside=True, above=above)
    lines = max(len(words) - -(-dots // ACROSS), 1)
    below = _fitting(way.publishers, ROOM - START, min(lines, MOST_LINES))
    return Row(words, dots, below, beside=False, above=above)


def _fitting(names: Sequence[str], width: float, most: int) -> tuple[str, ...]:
    """Names in at most so many lines: all, or the first and how many more there are."""
    text = _most_names(names, lambda text: len(wrap(text, width, theme.SMALL)) <= most)
    return tuple(wrap(text or f"{len(set(names)):,} names", width, theme.SMALL))


def _most_names(names: Sequence[str], fits: Callable[[str], bool]) -> str:
    """The list of all names, or of as many as fit with how many more there are; else blank."""
    total = len(set(names))
    if fits(_listed(names, total)):
        return _listed(names, total)
    best = ""
    for shown in range(1, total):
        text = _listed(names, shown)
        if not fits(text):
            break
        best = text
    return best


def _listed(names: Sequence[str], shown: int) -> str:
    """The names in their order, each with its count where it comes more than once."""
    counts = Counter(names)
    items = [f"{name} ({n:,})" if n > 1 else name for name, n in counts.items()]
    rest = len(items) - shown
    joint = "; " if any("," in name for name in counts) else ", "
    return joint.join(items[:shown]) + (f" and {rest:,} more" if rest else "")


def draw_block(axes: Axes, block: Block, top: float, total: int) -> None:
    """Draw one branch; axes are in inches from the top left.

    Parameters
    ----------
    total : int
        Claims of the measure: a bar as long as the track.
    """
    colour = block.branch.colour
    for n, text in enumerate(block.name):
        _write(axes, 0, top + (n + 0.5) * LINE, text, weight="bold", gid="origin")
    middle = top + LINE / 2
    for share, look in ((1.0, theme.WASH), (block.branch.claims / total, colour)):
        bar: dict[str, Any] = {"height": THICK, "color": look, "linewidth": 0}
        gid = "bar" if look == colour else "track"
        axes.barh(middle, share * BAR, left=START, gid=gid, **bar)
    count = claims_word(block.branch.claims)
    _write(axes, START + BAR + 0.05, middle, count, gid="count")
    if block.branch.ways:
        _draw_trunk(axes, block, top)
    for row in block.rows:
        _draw_row(axes, row, top + row.above, colour)


def _draw_trunk(axes: Axes, block: Block, top: float) -> None:
    """Draw the lines of the tree at the left of the words."""
    look: dict[str, Any] = {"color": theme.GREY, "linewidth": 0.6, "solid_capstyle": "butt"}
    ends = [top + row.above + LINE / 2 for row in block.rows]
    axes.plot([TRUNK, TRUNK], [top + block.rows[0].above, ends[-1]], **look)
    for end in ends:
        axes.plot([TRUNK, TWIG - 0.025], [end, end], **look)


def _draw_row(axes: Axes, row: Row, top: float, colour: str) -> None:
    for n, text in enumerate(row.words):
        _write(axes, TWIG, top + (n + 0.5) * LINE, text, gid="way")
    strips = -(-row.dots // ACROSS)
    places = [divmod(n, ACROSS) for n in range(row.dots)]
    axes.scatter(
        [START + (across + 0.5) * PITCH for _, across in places],
        [top + (strip + 0.5) * LINE for strip, _ in places],
        s=DOT**2,
        color=colour,
        edgecolors=theme.INK,
        linewidths=0.3,
        gid="claims",
    )
    if row.beside:
        x = START + row.dots * PITCH + 0.04
        _write(axes, x, top + LINE / 2, row.names[0], color=theme.MUTED, gid="publishers")
        return
    for n, text in enumerate(row.names, strips):
        x = START if row.words else 0.0
        _write(axes, x, top + (n + 0.5) * LINE, text, color=theme.MUTED, gid="publishers")


def _write(axes: Axes, x: float, y: float, text: str, **look: Any) -> None:
    axes.text(x, y - RAISED, text, size=theme.SMALL, va="center_baseline", **look)
