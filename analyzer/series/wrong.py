"""Chance of what stands where a figure of a running total is wrong, given those around it."""

from __future__ import annotations

import numpy as np

from analyzer.arrays import begins
from analyzer.series.climbs import Climbs
from analyzer.series.guesses import Guesses, unexplained
from analyzer.series.paths import RUN
from analyzer.series.tracks import Flags, Floats, Whole

DERIVED = 0.3  # daily figures that were computed from the mistyped total itself
TINY = 1e-300
REMOTE = 60.0  # scales of what is unusual; candidates so far off weigh a ten-millionth of the rest


class Wrong:
    """Log chances of wrong figures between sound ones, so many places before and after them."""

    def __init__(self, climbs: Climbs, guesses: Guesses, plain: Floats) -> None:
        self.climbs, self.guesses, self.plain = climbs, guesses, plain.sum(axis=1)
        self.stack, self.values = climbs.track.stack, climbs.track.values
        self.rows = np.arange(self.stack.size)
        self.derived = self._derived()
        self.row, column = np.nonzero((guesses.chances > 0) & self._near())
        self.at = guesses.suspects[self.row]  # of each candidate the suspect
        self.figures = guesses.figures[self.row, column]
        self.chances = guesses.chances[self.row, column]
        self.telling = np.flatnonzero(climbs.speaking[self.at])
        self.firsts = begins(self.row)  # of each suspect with candidates the first
        self.climbed: dict[int, tuple[Floats, Floats]] = {}
        self.sides: dict[int, tuple[Floats, Floats]] = {}

    def _near(self) -> Flags:
        """Candidates that lie between the lowest figure before and the highest one after, or near.

        Any of these can be the sound one, so that none is missed in a run of wrong figures. At the
        open end of a series nothing bounds them.
        """
        at = self.guesses.suspects
        places = [self.stack.before(at, far) for far in range(1, RUN + 1)]
        places += [self.stack.on(at, far) for far in range(1, RUN + 1)]
        around = self.values[np.stack([at, *places])]
        spans = self.climbs.fits.spans
        reach = REMOTE * self.climbs.fits.bulk[at] * spans[np.stack([at, *places])].max(axis=0)
        low = np.where(self.stack.place[at] < RUN, -np.inf, around.min(axis=0) - reach)
        high = np.where(self.stack.after[at] < RUN, np.inf, around.max(axis=0) + reach)
        figures = self.guesses.figures
        return np.asarray((figures >= low[:, None]) & (figures <= high[:, None]))

    def _derived(self) -> Floats:
        """Log weight of daily figures that were computed from the mistyped total itself."""
        ratio, daily = self.climbs.ratio, self.climbs.track.daily
        steps = self.values - self.stack.previous(self.values)
        return np.where(steps == daily, np.log1p(DERIVED * np.expm1(ratio)), 0.0)

    def _climb(self, far: int) -> tuple[Floats, Floats]:
        """Chance of each figure after the one so many places before, and its daily weight."""
        if far not in self.climbed:
            at = np.flatnonzero(self.stack.place >= far)
            low, high = self.values[at - far], self.values[at]
            told, chance = np.ones(self.stack.size), np.ones(self.stack.size)
            told[at] = self.climbs.told(far, at, high - low)
            bare = self.climbs.next(at) if far == 1 else self.climbs.bare(far, at, low, high)
            chance[at] = bare * told[at]
            self.climbed[far] = chance, told
        return self.climbed[far]

    def climb(self, far: int) -> Floats:
        """Chance of each figure after the one so many places before; 1 where there is none."""
        return self._climb(far)[0]

    def _side(self, far: int) -> tuple[Floats, Floats]:
        """How well each candidate fits the figure so many places on.

        Without daily figures, and with them: the latter of those that are `telling`.
        """
        if far not in self.sides:
            bare = np.zeros(len(self.at))
            room = self.stack.place >= -far if far < 0 else self.stack.after >= far
            here = np.flatnonzero(room.take(self.at))
            at, figures = self.at.take(here), self.figures.take(here)
            known = self.values.take(at + far)
            low, high = (known, figures) if far < 0 else (figures, known)
            last, steps = np.maximum(at, at + far), abs(far)
            bare[here] = self.climbs.bare(steps, last, low, high)
            both = bare[self.telling]
            here = np.flatnonzero(room[self.at[self.telling]])
            at, figures = self.at[self.telling[here]], self.figures[self.telling[here]]
            size = (self.values[at + far] - figures) * np.sign(far)
            both[here] *= self.climbs.told(steps, np.maximum(at, at + far), size)
            self.sides[far] = bare, both
        return self.sides[far]

    def _sum(self, rows: Whole, expected: Floats, keyed: Floats, derived: Floats) -> Floats:
        """All ways to mistype; those that say nothing of the figure meant come by `derived`."""
        bulk = self.climbs.fits.bulk.take(rows)
        total = self.plain.take(rows) + unexplained(self.values.take(rows), expected, bulk)
        total = total * np.exp(derived) + keyed
        return np.asarray(np.log(np.maximum(total, TINY)))

    def _keyed(self, fit: Floats) -> Floats:
        """For each figure, the chance of all its candidates that fit so well; 0 without any."""
        found = np.zeros(self.stack.size)
        if len(self.at):
            found[self.at[self.firsts]] = np.add.reduceat(self.chances * fit, self.firsts)
        return found

    def between(self, before: int, after: int) -> Floats:
        """For each figure: with sound ones so many places before and after it.

        Without meaning where there are none.
        """
        one, other = self.stack.before(self.rows, before), self.stack.on(self.rows, after)
        heaped = self.climbs.heaped
        start, low = heaped.take(one), self.values.take(one)
        whole = np.maximum(heaped.take(other) - start, 1e-9)
        rise = self.values.take(other) - low
        base, told = (column.take(other) for column in self._climb(before + after))
        derived = self.derived
        if after == 1:
            derived = derived + self.stack.next(self.derived, 0.0)
        fit = self._side(-before)[0] * self._side(after)[0]
        fit[self.telling] = self._fit_told(before, after, told, derived)
        keyed = self._keyed(fit) / base
        share = rise * (heaped - start) / whole
        derived = np.where(told > 1, 0.0, derived)
        return self._sum(self.rows, low + share, keyed, derived)

    def _fit_told(self, before: int, after: int, told: Floats, derived: Floats) -> Floats:
        """How well candidates fit on both sides where daily figures tell something.

        A daily figure speaks once: of the step at the edge of the run, or of the whole run.
        """
        at = self.at[self.telling]
        (left, left_told), (right, right_told) = self._side(-before), self._side(after)
        left, right = left[self.telling], right[self.telling]
        edges = (left_told if before == 1 else left) * (right_told if after == 1 else right)
        fit = np.where(told[at] > 1, left_told * right_told, edges)
        return np.asarray(fit + left * right * np.expm1(derived[at]))

    def open_right(self, rows: Whole, before: int) -> Floats:
        """For some figures: with a sound one before them and none after."""
        one = rows - before
        expected = self.values[one] + self.climbs.heaped[rows] - self.climbs.heaped[one]
        keyed = self._open(-before, self.derived)[rows]
        return self._sum(rows, expected, keyed, self.derived[rows])

    def open_left(self, rows: Whole, after: int) -> Floats:
        """For some figures: with a sound one after them and none before."""
        other = rows + after
        expected = self.values[other] - self.climbs.heaped[other] + self.climbs.heaped[rows]
        derived = np.zeros(self.stack.size)
        if after == 1:
            derived = self.stack.next(self.derived, 0.0)
        keyed = self._open(after, derived)[rows]
        return self._sum(rows, expected, keyed, derived[rows])

    def _open(self, far: int, derived: Floats) -> Floats:
        bare, told = self._side(far)
        fit, own = bare.copy(), bare[self.telling]
        edge = told if abs(far) == 1 else own
        fit[self.telling] = edge + own * np.expm1(derived[self.at[self.telling]])
        return self._keyed(fit)
