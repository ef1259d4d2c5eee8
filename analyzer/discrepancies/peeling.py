"""The statement in most conflicts first, then the next: each conflict is told once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from analyzer.arrays import Integers, Truths

CELLS = 1 << 20  # pairs that are looked at together: memory grows with statements, not with pairs


def peel(
    pairs: Callable[[Integers, Integers], Truths],
    upper: Integers,
    lower: Integers,
    same: Callable[[int], Integers],
) -> Iterator[tuple[int, bool, Integers]]:
    """Take statements in most conflicts out, until no conflict is left.

    Parameters
    ----------
    pairs : callable
        Of rows and columns, whether the row conflicts with the column.
    upper, lower : ndarray of int
        Statements that can stand above and below, ascending.
    same : callable
        Of a statement, all that say the same and are told with it.

    Yields
    ------
    focal : int
        The statement; of equals the first one, and one above before one below.
    up : bool
        Whether it stands above the others.
    against : ndarray of int
        Those that it conflicts with.
    """
    above, below = _counts(pairs, upper, lower)
    while above.any():
        up = bool(above.max() >= below.max())
        focal = int(upper[np.argmax(above)] if up else lower[np.argmax(below)])
        one, ours, theirs = np.array([focal]), above > 0, below > 0
        if up:
            yield focal, up, lower[theirs & pairs(one, lower)[0]]
        else:
            yield focal, up, upper[ours & pairs(upper, one)[:, 0]]
        gone = same(focal)
        ending = np.flatnonzero(np.isin(upper, gone) & ours)
        below -= _sum(pairs, upper[ending], lower, axis=0) * theirs
        above[ending] = 0
        ending = np.flatnonzero(np.isin(lower, gone) & (below > 0))
        above -= _sum(pairs, upper, lower[ending], axis=1) * (above > 0)
        below[ending] = 0


def _counts(
    pairs: Callable[[Integers, Integers], Truths], upper: Integers, lower: Integers
) -> tuple[Integers, Integers]:
    """How many each statement of either side conflicts with."""
    above, below = np.zeros(len(upper), np.int64), np.zeros(len(lower), np.int64)
    step = max(1, CELLS // max(1, len(lower)))
    for start in range(0, len(upper), step):
        block = pairs(upper[start : start + step], lower)
        above[start : start + step] = block.sum(axis=1)
        below += block.sum(axis=0)
    return above, below


def _sum(
    pairs: Callable[[Integers, Integers], Truths], upper: Integers, lower: Integers, axis: int
) -> Integers:
    """Conflicts by column (0) or by row (1), a block of the other side at a time."""
    counts = _counts(pairs, upper, lower)
    return counts[1 - axis]
