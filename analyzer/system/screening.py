"""Many questions at once whether claims can all hold: most can, and one program finds figures.

Nearly all parts of a large dossier hold; asked for one at a time, what a call of the solver costs
besides solving would be most of the time. Bounds of each place show in a few rounds which blocks
can't hold, and one program finds the figures of the others: blocks share no place.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from analyzer.arrays import Floats, Integers, Truths
from analyzer.system.blocks import side_by_side, some_of
from analyzer.system.parts import Part, Parts
from analyzer.system.propagate import crossed
from analyzer.system.rows import HARD
from analyzer.system.satisfy import satisfying
from analyzer.system.solve import EXACT, NOISE, remember


def screen(found: Parts, numbers: Integers, atoms: Truths) -> None:
    """Give parts figures that satisfy all of the given atoms.

    What a part then knows spares it questions and changes no answer: figures that satisfy all
    claims prove that these can all hold. Parts without such figures learn nothing; `refute` tells
    of them.

    Parameters
    ----------
    numbers : array of int
        The parts that are asked about.
    atoms : array of bool
        Of each atom whether it counts.
    """
    system = found.system
    counted = (system.atom == HARD) | np.append(atoms, False)[system.atom]
    rows = np.flatnonzero(counted & np.isin(found.row_part, numbers))
    blocks = _Blocks(system.matrix[rows], system.bounds[rows], found.row_part[rows], system.part)
    figures, known = _figures(blocks, numbers)
    missed = np.zeros(len(atoms) + 1, dtype=np.bool_)
    missed[system.atom[system.matrix @ figures < system.bounds - EXACT]] = True
    found.learn(known, missed[:-1])


def holding(questions: Sequence[tuple[Part, Collection[int]]]) -> list[bool]:
    """Whether figures are found that satisfy these atoms of these parts.

    The parts remember them. Without such figures the atoms may hold all the same, by a hair.
    """
    open_ = [at for at, (part, atoms) in enumerate(questions) if not part.points.satisfy(atoms)]
    found = dict.fromkeys(range(len(questions)), True) | dict.fromkeys(open_, False)
    if open_:
        blocks = _asked([questions[at] for at in open_])
        figures, known = _figures(blocks, np.arange(len(open_)))
        for place in known.tolist():
            found[open_[place]] = True
            remember(questions[open_[place]][0], figures[blocks.of_column == place])
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Rows matrix @ x >= bounds, and the block that each row and each column belongs to."""

    matrix: sparse.csr_array
    bounds: Floats
    of_row: Integers
    of_column: Integers

    def only(self, numbers: Integers) -> _Blocks:
        """Rows and columns of some blocks."""
        rows = np.flatnonzero(np.isin(self.of_row, numbers))
        columns = np.flatnonzero(np.isin(self.of_column, numbers))
        matrix = some_of(self.matrix, rows, columns)
        return _Blocks(matrix, self.bounds[rows], self.of_row[rows], self.of_column[columns])


def _asked(questions: Sequence[tuple[Part, Collection[int]]]) -> _Blocks:
    """A block for each question: all rules of its part, and what its atoms state."""
    taken = [
        np.append(np.ones(len(part.names), dtype=np.bool_), part.stated_by(atoms))
        for part, atoms in questions
    ]
    parts = [part for part, _ in questions]
    rows, columns = [part.rows.shape[0] for part in parts], [len(part.columns) for part in parts]
    whole = side_by_side([part.rows for part in parts])
    kept = np.flatnonzero(np.concatenate(taken))
    bounds = np.concatenate([end for one in parts for end in (one.rule_bounds, one.stated_bounds)])
    numbers = np.arange(len(parts))
    of_row = np.repeat(numbers, rows)[kept]
    return _Blocks(whole[kept], bounds[kept], of_row, np.repeat(numbers, columns))


def _figures(blocks: _Blocks, numbers: Integers) -> tuple[Floats, Integers]:
    """Figures of each column, and the blocks among the given ones whose rows they satisfy."""
    figures = np.zeros(blocks.matrix.shape[1])
    impossible = blocks.of_column[crossed(blocks.matrix, blocks.bounds)]
    batches = [np.setdiff1d(numbers, impossible)]
    known: list[Integers] = []
    while batches:
        batch = batches.pop()
        own = blocks.only(batch)
        answer = satisfying(own.matrix, own.bounds, NOISE)
        if answer is not None:
            figures[np.isin(blocks.of_column, batch)] = answer
            known.append(batch)
        elif len(batch) > 1:
            batches += [batch[: len(batch) // 2], batch[len(batch) // 2 :]]
    return figures, np.concatenate(known) if known else numbers[:0]
