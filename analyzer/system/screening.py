"""Many questions at once whether claims can all hold: most can, and one program finds figures.

Nearly all parts of a large dossier hold; asked for one at a time, what a call of the solver costs
besides solving would be most of the time. Bounds of each place show in a few rounds which blocks
can't hold, and figures between them satisfy most others. One program finds the figures of those
that are left: blocks share no place.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from analyzer.arrays import Floats, Integers, Truths
from analyzer.system.parts import Part, Parts
from analyzer.system.rows import HARD
from analyzer.system.satisfy import crossing, narrowed, satisfying
from analyzer.system.solve import EXACT, NOISE, remember
from analyzer.system.table import Table, apart, rows_of, times


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
    matrix = rows_of(system.matrix, rows)
    blocks = _Blocks(matrix, system.bounds[rows], found.row_part[rows], system.part)
    figures, held = _figures(blocks, numbers)
    missed = np.zeros(len(atoms) + 1, dtype=np.bool_)
    missed[system.atom[system.matrix @ figures < system.bounds - EXACT]] = True
    found.learn(np.flatnonzero(held), missed[:-1])


def holding(questions: Sequence[tuple[Part, Collection[int]]]) -> list[bool]:
    """Whether figures are found that satisfy these atoms of these parts.

    The parts remember them. Without such figures the atoms may hold all the same, by a hair.
    """
    open_ = [at for at, (part, atoms) in enumerate(questions) if not part.points.satisfy(atoms)]
    found = dict.fromkeys(range(len(questions)), True) | dict.fromkeys(open_, False)
    if open_:
        blocks = _asked([questions[at] for at in open_])
        figures, held = _figures(blocks, np.arange(len(open_)))
        for place in np.flatnonzero(held).tolist():
            found[open_[place]] = True
            remember(questions[open_[place]][0], figures[blocks.of_column == place])
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Rows matrix @ x >= bounds, and the block that each row and each column belongs to."""

    matrix: Table
    bounds: Floats
    of_row: Integers
    of_column: Integers

    def only(self, wanted: Truths) -> _Blocks:
        """Rows and columns of the blocks that are wanted."""
        rows, kept = np.flatnonzero(wanted[self.of_row]), wanted[self.of_column]
        taken = rows_of(self.matrix, rows)
        matrix = taken._replace(
            indices=(np.cumsum(kept, dtype=np.int32) - 1)[taken.indices],
            shape=(len(rows), int(kept.sum())),
        )
        return _Blocks(matrix, self.bounds[rows], self.of_row[rows], self.of_column[kept])

    def missed(self, figures: Floats) -> Integers:
        """Blocks of the rows that these figures don't satisfy."""
        return self.of_row[times(self.matrix, figures) < self.bounds - EXACT]


def _asked(questions: Sequence[tuple[Part, Collection[int]]]) -> _Blocks:
    """A block for each question: all rules of its part, and what its atoms state."""
    tables, bounds = [], []
    for part, atoms in questions:
        every = np.ones(len(part.names), dtype=np.bool_)
        kept = np.flatnonzero(np.append(every, part.stated_by(atoms)))
        tables.append(rows_of(part.rows, kept))
        bounds.append(np.append(part.rule_bounds, part.stated_bounds)[kept])
    numbers = np.arange(len(questions))
    rows, columns = (np.repeat(numbers, [one.shape[at] for one in tables]) for at in (0, 1))
    return _Blocks(apart(tables), np.concatenate(bounds), rows, columns)


def _figures(blocks: _Blocks, numbers: Integers) -> tuple[Floats, Truths]:
    """Figures of each column, and of each block whether it was asked about and these satisfy it."""
    low, high = narrowed(blocks.matrix, blocks.bounds)
    figures = np.where(np.isinf(high), low, (low + high) / 2)
    held = np.zeros(int(blocks.of_column.max(initial=-1)) + 1, dtype=np.bool_)
    held[numbers] = True
    held[blocks.of_column[crossing(low, high)]] = False
    open_ = np.zeros_like(held)
    open_[blocks.missed(figures)] = True
    open_ &= held
    held &= ~open_
    batches = [np.flatnonzero(open_)] if open_.any() else []
    while batches:
        batch = batches.pop()
        wanted = np.zeros_like(held)
        wanted[batch] = True
        own = blocks.only(wanted)
        answer = satisfying(own.matrix, own.bounds, NOISE)
        if answer is not None:
            figures[wanted[blocks.of_column]] = answer
            held |= wanted
        elif len(batch) > 1:
            batches += [batch[: len(batch) // 2], batch[len(batch) // 2 :]]
    return figures, held
