"""What can have been meant by each figure of a series, and how likely it is typed so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzer.series.fits import Floats, Whole
from analyzer.series.keys import meant

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
class Track:
    """One series, and what stands beside it.

    Attributes
    ----------
    days : int array
        Day numbers, rising.
    values : float array
    daily : float array
        For a running total: what the publisher gives for the day itself, NaN if nothing.
        For a flow: the step of its running total.
    beside : float array, one column a series
        Figures of the same page and day, NaN if none.
    """

    days: Whole
    values: Floats
    daily: Floats
    beside: Floats


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
    rows = [_guesses_of(track, int(at), running, sound) for at in suspects]
    width = max((len(row) for row in rows), default=0)
    table = np.zeros((len(rows), width, 3))
    for place, row in enumerate(rows):
        if row:
            table[place, : len(row)] = row
    return Guesses(suspects, table[..., 0], table[..., 2], table[..., 1].astype(np.int64))


def _guesses_of(
    track: Track, at: int, running: bool, sound: Whole | None
) -> list[tuple[float, int, float]]:
    value = track.values[at]
    found: list[tuple[float, int, float]] = []
    if value >= 0 and value == int(value):
        found += [(float(one), CODE[cause], chance) for one, cause, chance in meant(int(value))]
    columns = track.beside.shape[1]
    for other in track.beside[at]:
        if np.isfinite(other) and max(other, value) >= TELLING and other != value:
            found.append((float(other), CODE["swapped figures"], SWAPPED / columns))
    set_aside = set() if sound is None else {at - 1, at + 1} - set(sound.tolist())
    for near in sorted(set_aside):
        if 0 <= near < len(track.values) and track.values[near] != value:
            figure = float(track.values[near])
            found.append((figure, CODE["swapped figures"], SWAPPED_DAYS / ERROR_NEXT))
    bases = np.arange(len(track.values)) if sound is None else sound
    earlier = bases[bases < at]
    if running and len(earlier) and value > 0:
        added = float(track.values[earlier[-1]] + value)
        found.append((added, CODE["daily typed as cumulative"], DAILY))
    return found


def plain_chances(track: Track) -> Floats:
    """Chance of typing each figure when the one meant says nothing of it, one column a cause.

    Columns as `CAUSES`; the figure of the day before or after, or of another column, stands
    here. "unexplained" is left 0: it depends on what is expected.
    """
    values, size = track.values, len(track.values)
    chances = np.zeros((size, len(CAUSES)))
    before, after = np.r_[np.nan, values[:-1]], np.r_[values[1:], np.nan]
    chances[:, CODE["copied forward"]] = np.where(values == before, COPIED, 0.0)
    chances[:, CODE["misdated"]] = np.where(values == after, MISDATED, 0.0)
    columns = track.beside.shape[1]
    if columns:
        same = track.beside == values[:, None]
        rare = same.sum(axis=0) <= max(ONCE, ALIKE * size)
        telling = (values >= TELLING)[:, None] & rare
        same = same & telling
        edge = np.full((1, columns), np.nan)
        late = (np.vstack([edge, track.beside[:-1]]) == values[:, None]) & telling
        early = (np.vstack([track.beside[1:], edge]) == values[:, None]) & telling
        other = (late | early).any(axis=1) * OTHER_DAY_COLUMN / 2 / columns
        chances[:, CODE["wrong column"]] = same.sum(axis=1) * COLUMN / columns + other
    given = (track.daily == values) & (values > 0)
    chances[:, CODE["daily typed as cumulative"]] = np.where(given, DAILY, 0.0)
    return chances


def unexplained(values: Floats, expected: Floats, bulk: Floats) -> Floats:
    """Chance of a wrong figure that no slip explains: near what is expected, or anything."""
    scale = np.maximum(3 * bulk, 0.05 * np.abs(expected))
    near = 1 / (np.pi * scale * (1 + ((values - expected) / scale) ** 2))
    return OTHER * (0.5 * near + 0.5 / (16 * (np.abs(values) + 10)))
