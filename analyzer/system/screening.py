"""One program for many parts: figures that satisfy the claims that nobody doubts, if there are any.

Nearly all parts of a large dossier hold; asked for one at a time, what a call of the solver costs
besides solving would be most of the time. Parts share no place, so the least total by which claims
are missed is the least of each part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import linprog

from analyzer.system.solve import EXACT, METHOD, Atoms, Part

ROWS = 4000  # of a program; larger ones cost more than in proportion


def screen(found: Sequence[Part], atoms: Atoms) -> None:
    """Give each part the figures that miss as little as can be of the given atoms.

    What a part then knows spares it questions and changes no answer: figures that satisfy all
    claims prove that these can all hold, others prove nothing. Parts whose rules contradict each
    other learn nothing; `refute` tells of them.
    """
    for batch in _batches(found):
        kept = [np.isin(part.atom, list(atoms & part.atoms)) for part in batch]
        rules = sparse.block_diag([part.rules for part in batch], format="csr")
        stated = sparse.block_diag(
            [part.stated[own] for part, own in zip(batch, kept, strict=True)], format="csr"
        )
        size, missed = rules.shape[1], stated.shape[0]
        if not missed:
            continue
        by = (
            sparse.block_array([[rules, None], [stated, sparse.eye_array(missed)]], format="csc")
            if rules.shape[0]
            else sparse.hstack([stated, sparse.eye_array(missed)], format="csc")
        )
        bounds = np.concatenate(
            [
                *(part.rule_bounds for part in batch),
                *(part.stated_bounds[own] for part, own in zip(batch, kept, strict=True)),
            ]
        )
        price = np.concatenate([np.zeros(size), np.ones(missed)])
        answer = linprog(price, A_ub=-by, b_ub=-bounds, method=METHOD)
        if answer.status == 0:
            _remember(batch, answer.x)


def _batches(found: Sequence[Part]) -> Iterator[list[Part]]:
    """Parts in their order, as many as have about so many rows together."""
    batch: list[Part] = []
    rows = 0
    for part in found:
        batch.append(part)
        rows += part.rows.shape[0]
        if rows >= ROWS:
            yield batch
            batch, rows = [], 0
    if batch:
        yield batch


def _remember(batch: list[Part], figures: npt.NDArray[np.float64]) -> None:
    """Hand each part its own figures."""
    start = 0
    for part in batch:
        end = start + part.rules.shape[1]
        own = figures[start:end]
        part.points.add(part.atom[part.stated @ own < part.stated_bounds - EXACT])
        start = end
