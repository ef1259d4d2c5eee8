"""All ways through series from sound figure to sound figure, added up forward and backward."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzer.series.tracks import Floats, Stack

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
    order = np.argsort(-np.r_[stack.lengths, stack.lengths], kind="stable")
    lengths = np.r_[stack.lengths, stack.lengths][order]
    starts = np.r_[stack.starts, stack.starts + stack.lengths - 1 + stack.size][order]
    step = np.where(order < len(stack.starts), 1, -1)
    found = np.empty(len(edge))
    behind = np.full((RUN + 1, len(lengths)), NEVER)  # the newest last
    counts = np.searchsorted(-lengths, -np.arange(int(lengths.max())), side="left")
    for place, count in enumerate(counts.tolist()):
        at = starts[:count] + step[:count] * place
        ways = np.empty((RUN + 2, count))
        ways[:-1] = behind[::-1, :count] + steps[:, at]
        ways[-1] = edge[at]
        most = ways.max(axis=0)
        here = most + np.log(np.exp(ways - most).sum(axis=0))
        found[at] = here
        behind[:-1, :count] = behind[1:, :count]
        behind[-1, :count] = here
    return found[: stack.size], found[stack.size :]
