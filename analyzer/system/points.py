"""Figures that are known to satisfy all rules of a part, so that few questions need the solver.

Nearly all questions about a part are answered "these claims can all hold", and one set of figures
often answers many of them: a page whose claims it satisfies needs no program of its own.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection

import numpy as np
import numpy.typing as npt

MOST = 64  # the latest that are remembered


class Points:
    """Of each remembered set of figures the atoms that it does not satisfy."""

    def __init__(self) -> None:
        self._missed: deque[frozenset[int]] = deque(maxlen=MOST)

    def add(self, missed: npt.NDArray[np.int64]) -> None:
        """Remember figures that satisfy all rules, and all atoms but the given ones."""
        self._missed.appendleft(frozenset(missed.tolist()))

    def doubted(self, atoms: frozenset[int]) -> frozenset[int]:
        """Of the atoms of a part the fewest without which all others are known to hold."""
        return min(self._missed, key=len, default=atoms)

    def satisfy(self, atoms: Collection[int]) -> bool:
        """Whether figures are known that satisfy all of the given atoms."""
        return any(map(frozenset(atoms).isdisjoint, self._missed))
