"""Whether bounds of each place alone decide a system, so that no solver is needed.

Where the rows tie their places together without a cycle, bounds that no row can tighten any more
are exact: each value between them is part of a solution (Freuder 1982, Journal of the ACM 29).
Most accounts are one sum of figures, and so decided.
"""

from __future__ import annotations

from itertools import pairwise

from scipy import sparse

from analyzer.system.table import Table

MOST = 200  # entries; in larger systems of many days there is always a cycle


def is_forest(matrix: sparse.csr_array | Table) -> bool:
    """Whether no two rows tie the same places in different ways, or others in a cycle.

    An equality is two rows that are each other's negative: they count as one.
    """
    if len(matrix.data) > MOST + matrix.shape[0]:  # rows of one place, as most are, tie nothing
        return False
    starts, columns, values = (
        part.tolist() for part in (matrix.indptr, matrix.indices, matrix.data)
    )
    ties: dict[tuple[int, ...], tuple[float, ...]] = {}
    for start, end in pairwise(starts):
        if start == end:  # bounds of places say nothing of a row without one
            return False
        if end - start > 1:
            row = dict(sorted(zip(columns[start:end], values[start:end], strict=True)))
            own, factors = tuple(row), tuple(row.values())
            shape = tuple(factor / factors[0] for factor in factors)
            if ties.setdefault(own, shape) != shape:
                return False
    tree: dict[int, int] = {}
    for own in ties:
        roots = {_root(tree, column) for column in own}
        if len(roots) < len(own):
            return False
        first = min(roots)
        tree |= {root: first for root in roots if root != first}
    return True


def _root(tree: dict[int, int], column: int) -> int:
    while column in tree:
        column = tree[column]
    return column
