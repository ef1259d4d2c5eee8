"""What can have been meant by each figure of a series, and how likely it is typed so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzer.series.keyed import SLIPS, slips_of
from analyzer.series.tracks import Floats, Track, Whole

# Shares of errors that are no slip of one key; together with `keys.SHARES` they make one.
COLUMN = 0.06
OTHER_DAY_COLUMN = 0.02
SWAPPED = 0.03
SWAPPED_DAYS = 0.02
ERROR_NEXT = 0.1  # share of neighbours of a wrong figure that are wrong by themselves
DAILY = 0.03
COPIED = 0.05
MISDATED = 0.02
OTHER = 0.14
ALIKE = 0.05  # a column that holds the same figure more often is one with this one
ONCE = 2  # but as often as this it may do so by mistake, in a short series too
TELLING = 10.0  # a smaller figure stands in another column too often to tell anything
CAUSES = (
    "wrong digit",
    "transposed digits",
    "missing digit",
    "extra digit",
    "power of ten",
    "wrong column",
    "daily typed as cumulative",
    "swapped figures",
    "misdated",
    "copied forward",
    "unexplained",
)
CODE = {cause: code for code, cause in enumerate(CAUSES)}


@dataclass(frozen=True, slots=True)
class Guesses:
    """Figures that can be meant where suspects stand, one row a suspect; 0 chance pads a row."""

    suspects: Whole
    figures: Floats
    chances: Floats
    causes: Whole


def guess(track: Track, suspects: Whole, *, running: bool, sound: Whole | None = None) -> Guesses:
    """Candidates for each suspect: slips of the keys and figures that stand near it.

    `sound` are the figures that a daily one can have been meant to add to; all, if not given.
    """
    figures, slips, chances = slips_of(track.values[suspects])
    keyed = figures, np.array([CODE[cause] for cause in SLIPS], dtype=np.int64)[slips], chances
    parts = [keyed, _of_columns(track, suspects)]
    if sound is not None:
        parts += [_of_days(track, suspects, sound, far) for far in (-1, 1)]
    if running:
        parts.append(_of_the_day(track, suspects, sound))
    figures, causes, chances = (np.hstack(tables) for tables in zip(*parts, strict=True))
    return Guesses(suspects, figures, chances, causes)


Table = tuple[Floats, Whole, Floats]  # figures, causes and chances, one row a suspect


def _table(figures: Floats, cause: str, chances: Floats) -> Table:
    return np.where(chances > 0, figures, 0.0), np.full(figures.shape, CODE[cause]), chances


def _of_columns(track: Track, suspects: Whole) -> Table:
    """Figures of other columns, in whose place this one can stand."""
    beside, value = track.beside[suspects], track.values[suspects][:, None]
    columns = np.maximum(track.columns[track.stack.code[suspects]], 1)[:, None]
    fits = (np.fmax(beside, value) >= TELLING) & np.isfinite(beside) & (beside != value)
    return _table(beside, "swapped figures", np.where(fits, SWAPPED / columns, 0.0))


def _of_days(track: Track, suspects: Whole, sound: Whole, far: int) -> Table:
    """The figure of the day before or after, where it is wrong as well."""
    aside = np.ones(len(track.values), dtype=bool)
    aside[sound] = False
    near = np.clip(suspects + far, 0, max(len(track.values) - 1, 0))
    same = track.stack.code[near] == track.stack.code[suspects]
    figures = track.values[near]
    fits = aside[near] & same & (near != suspects) & (figures != track.values[suspects])
    chances = np.where(fits, SWAPPED_DAYS / ERROR_NEXT, 0.0)
    return _table(figures[:, None], "swapped figures", chances[:, None])


def _of_the_day(track: Track, suspects: Whole, sound: Whole | None) -> Table:
    """The total that a figure of the day would add up to, had it been typed as such."""
    base = suspects - 1 if sound is None else _last_before(sound, suspects)
    known = (base >= 0) & (track.stack.code[base] == track.stack.code[suspects])
    value = track.values[suspects]
    chances = np.where(known & (value > 0), DAILY, 0.0)
    figures = track.values[base] + value
    return _table(figures[:, None], "daily typed as cumulative", chances[:, None])


def _last_before(rows: Whole, of: Whole) -> Whole:
    """Of some rows the last before each; -1 if none."""
    return np.asarray(np.r_[-1, rows][np.searchsorted(rows, of)])


def plain_chances(track: Track) -> Floats:
    """Chance of typing each figure when the one meant says nothing of it, one column a cause.

    Columns as `CAUSES`; the figure of the day before or after, or of another column, stands
    here. "unexplained" is left 0: it depends on what is expected.
    """
    values, stack = track.values, track.stack
    chances = np.zeros((len(values), len(CAUSES)))
    before, after = stack.previous(values), stack.next(values)
    chances[:, CODE["copied forward"]] = np.where(values == before, COPIED, 0.0)
    chances[:, CODE["misdated"]] = np.where(values == after, MISDATED, 0.0)
    if track.beside.shape[1] and len(values):
        chances[:, CODE["wrong column"]] = _wrong_column(track)
    given = (track.daily == values) & (values > 0)
    chances[:, CODE["daily typed as cumulative"]] = np.where(given, DAILY, 0.0)
    return chances


def _wrong_column(track: Track) -> Floats:
    """Chance that the figure of another column, of the day or of the next, stands here.

    Columns that hold the same figure on many days tell nothing.
    """
    values, stack = track.values, track.stack
    same_here, other_day = np.zeros(len(values)), np.zeros(len(values), dtype=bool)
    most = np.maximum(ONCE, ALIKE * stack.lengths)
    for column in track.beside.T:
        same = column == values
        telling = (values >= TELLING) & (stack.total(same) <= most)[stack.code]
        same_here += same & telling
        near = (stack.previous(column) == values) | (stack.next(column) == values)
        other_day |= near & telling
    columns = np.maximum(track.columns, 1)[stack.code]
    return same_here * COLUMN / columns + other_day * OTHER_DAY_COLUMN / 2 / columns


def unexplained(values: Floats, expected: Floats, bulk: Floats) -> Floats:
    """Chance of a wrong figure that no slip explains: near what is expected, or anything."""
    scale = np.maximum(3 * bulk, 0.05 * np.abs(expected))
    near = 1 / (np.pi * scale * (1 + ((values - expected) / scale) ** 2))
    return OTHER * (0.5 * near + 0.5 / (16 * (np.abs(values) + 10)))
