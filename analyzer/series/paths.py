"""All ways through series from sound figure to sound figure, added up forward and backward."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzer.series.tracks import Floats, Stack, Whole

RUN = 4  # wrong figures in a row at most; a longer stretch is a level of its own
NEVER = -1e300  # log chance of what can't be; minus infinity would make NaN of differences


@dataclass(frozen=True, slots=True)
class Ways:
    """Log chances of the ways through stacked series, from sound figure to sound figure.

    Attributes
    ----------
    stack : Stack
    over : float table of RUN + 1 rows
        Steps over k wrong figures, in row k, at the figure that they lead to.
    first, last : float arrays
        That the figures before, or after, are all wrong.
    """

    stack: Stack
    over: Floats
    first: Floats
    last: Floats


def sound_by_ways(ways: Ways) -> Floats:
    """Chance that each figure is sound.

    All series are walked at once, figure by figure; the longest stand first, so that those that
    have ended are left out.
    """
    stack = ways.stack
    if not stack.size:
        return np.zeros(0)
    reach = np.arange(1, RUN + 2)
    later = np.minimum(np.arange(stack.size) + reach[:, None], stack.size - 1)
    back_over = np.where(
        stack.after >= reach[:, None], np.take_along_axis(ways.over, later, axis=1), NEVER
    )
    ahead, back = _walk(stack, (ways.first, ways.last), (ways.over, back_over))
    ended = ahead + ways.last
    highest = np.maximum.reduceat(ended, stack.starts)
    heaped = np.add.reduceat(np.exp(ended - highest[stack.code]), stack.starts)
    whole = highest + np.log(heaped)
    return np.asarray(np.exp(np.minimum(ahead + back - whole[stack.code], 0.0)))


def _walk(
    stack: Stack, edges: tuple[Floats, Floats], over: tuple[Floats, Floats]
) -> tuple[Floats, Floats]:
    """Log chance of all ways from the first, and from the last, figure of a series to each of it.

    Both ends are walked from at once, as if they were those of further series.
    """
    edge, steps = np.concatenate(edges), np.concatenate(over, axis=1)
    at, counts = _in_step(stack)
    edge, steps = edge[at], steps.take(at, axis=1)
    walked = np.empty(len(at))
    behind = np.full((RUN + 1, len(stack.starts) * 2), NEVER)  # the newest first
    ways = np.empty((RUN + 2, len(stack.starts) * 2))
    end = 0
    for count in counts.tolist():
        now, end = slice(end, end + count), end + count
        here = ways[:, :count]
        np.add(behind[:, :count], steps[:, now], out=here[:-1])
        here[-1] = edge[now]
        most = here.max(axis=0)
        here -= most
        np.exp(here, out=here)
        walked[now] = most + np.log(here.sum(axis=0))
        behind[1:, :count] = behind[:-1, :count]
        behind[0, :count] = walked[now]
    found = np.empty(len(at))
    found[at] = walked
    return found[: stack.size], found[stack.size :]


def _in_step(stack: Stack) -> tuple[Whole, Whole]:
    """Rows in the order in which all series are walked at once, and how many at each step.

    Each series is there twice, the second time backward, with rows that follow all others.
    """
    lengths = np.r_[stack.lengths, stack.lengths]
    order = np.argsort(-lengths, kind="stable")
    first = np.r_[stack.starts, stack.starts + stack.lengths - 1 + stack.size][order]
    way = np.where(order < len(stack.starts), 1, -1)
    steps = np.arange(int(lengths.max()))
    counts = np.searchsorted(-lengths[order], -steps, side="left")
    step, begun = np.repeat(steps, counts), np.repeat(np.cumsum(counts) - counts, counts)
    series = np.arange(2 * stack.size) - begun
    return first[series] + way[series] * step, counts
