"""Where texts go so that none covers another; pure geometry, no drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle."""

    left: float
    bottom: float
    right: float
    top: float

    def overlaps(self, other: Box) -> bool:
        """Whether the two share area."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    def inside(self, other: Box) -> bool:
        """Whether no part stands out of the other."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.bottom >= other.bottom
            and self.top <= other.top
        )


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Centres of labels on a line, as near as possible to where they are wanted.

    Keeps their order, lets none overlap and none leave `low` to `high` (as long as all fit);
    the squared moves are the smallest possible (pool adjacent violators: Barlow et al. 1972,
    Statistical Inference under Order Restrictions).
    """
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    offsets: list[float] = []
    end = 0.0
    for i in order:
        offsets.append(end + sizes[i] / 2)
        end += sizes[i]
    pools: list[tuple[float, int]] = []  # mean, members
    for i, offset in zip(order, offsets, strict=True):
        mean, members = wanted[i] - offset, 1
        while pools and pools[-1][0] > mean:
            above, more = pools.pop()
            mean = (mean * members + above * more) / (members + more)
            members += more
        pools.append((mean, members))
    starts = [min(max(mean, low), max(high - end, low)) for mean, n in pools for _ in range(n)]
    placed = [0.0] * len(wanted)
    for i, start, offset in zip(order, starts, offsets, strict=True):
        placed[i] = start + offset
    return placed


@dataclass(frozen=True, slots=True)
class Anchor:
    """A point of this radius that wants a label of this size."""

    x: float
    y: float
    width: float
    height: float
    radius: float
    reach: float = float("inf")  # how far it may go, in line heights
    point: int = -1  # only the first label of a point that finds a place is kept
    level: bool = False  # only right or left of its point
    struck: bool = True  # rather over a bar or an arrow than not at all


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a label goes, and the line that ties it to its point."""

    box: Box
    line: tuple[float, float, float, float]
    tied: bool


SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
DISTANCES = (0.3, 1.2, 2.2, 3.4, 4.8, 6.5, 8.5, 11.0, 14.0)  # in line heights
STRUCK = 4.0  # cost of a bar or an arrow behind the text, in line heights of distance


def place(
    anchors: Sequence[Anchor],
    frame: Box,
    points: Sequence[Box],
    strokes: Sequence[Box],
    line: float,
) -> list[Spot | None]:
    """Find a place for each label, the first in the list first.

    Labels overlap neither each other nor `points` nor a line that ties another label; their own
    lines pass no other point, and all stay in `frame`. As far as possible they avoid `strokes`.
    A label that finds no place is None. `line` is the height of a line of text.
    """
    texts: list[Box] = []
    lines: list[tuple[float, float, float, float]] = []
    spots: list[Spot | None] = []
    named: set[int] = set()
    for anchor in anchors:
        best: tuple[float, Spot] | None = None
        found = [] if anchor.point in named else _candidates(anchor, frame, line)
        for spot, distance in found:
            if best and distance >= best[0]:
                break  # the candidates come by distance, and nothing costs less than that
            if _hides(spot, points) or _clashes(spot, texts, lines):
                continue
            crossed = sum(spot.box.overlaps(stroke) for stroke in strokes)
            if crossed and not anchor.struck:
                continue
            cost = distance + STRUCK * crossed
            if best is None or cost < best[0] - 1e-9:
                best = cost, spot
        spots.append(best[1] if best else None)
        if best:
            named |= {anchor.point} - {-1}
            texts.append(best[1].box)
            lines += [best[1].line] if best[1].tied else []
    return spots


def _hides(spot: Spot, points: Sequence[Box]) -> bool:
    """Whether the label, or the line to it, runs over a point other than its own."""
    x, y = spot.line[:2]
    for point in points:
        if spot.box.overlaps(point):
            return True
        own = point.left <= x <= point.right and point.bottom <= y <= point.top
        if spot.tied and not own and _crosses(spot.line, point):
            return True
    return False


def _candidates(anchor: Anchor, frame: Box, line: float) -> list[tuple[Spot, float]]:
    found = []
    half_width, half_height = anchor.width / 2, anchor.height / 2
    for distance in [step for step in DISTANCES if step <= anchor.reach]:
        reach = anchor.radius + distance * line
        for side_x, side_y in SIDES[:2] if anchor.level else SIDES:
            slant = 0.7 if side_x and side_y else 1.0
            x = anchor.x + side_x * (reach * slant + half_width)
            y = anchor.y + side_y * (reach * slant + half_height)
            x = min(max(x, frame.left + half_width), frame.right - half_width)
            y = min(max(y, frame.bottom + half_height), frame.top - half_height)
            box = Box(x - half_width, y - half_height, x + half_width, y + half_height)
            end_x = min(max(anchor.x, box.left), box.right)
            end_y = min(max(anchor.y, box.bottom), box.top)
            if not side_y:
                end_y = min(max(anchor.y, box.bottom + half_height / 2), box.top - half_height / 2)
            tie = (anchor.x, anchor.y, end_x, end_y)
            found.append((Spot(box, tie, distance > DISTANCES[0]), distance))
    return found


def _clashes(
    spot: Spot, texts: Sequence[Box], lines: Sequence[tuple[float, float, float, float]]
) -> bool:
    return (
        any(spot.box.overlaps(text) for text in texts)
        or any(_crosses(line, spot.box) for line in lines)
        or any(_crosses(spot.line, text) for text in texts)
    )


def _crosses(line: tuple[float, float, float, float], box: Box) -> bool:
    """Whether a line touches a box (Liang & Barsky 1984)."""
    x0, y0, x1, y1 = line
    start, end = 0.0, 1.0
    for step, room in (
        (x0 - x1, x0 - box.left),
        (x1 - x0, box.right - x0),
        (y0 - y1, y0 - box.bottom),
        (y1 - y0, box.top - y0),
    ):
        if step == 0:
            if room < 0:
                return False
        elif step < 0:
            start = max(start, room / step)
        else:
            end = min(end, room / step)
    return start <= end
