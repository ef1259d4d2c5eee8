"""What the neighbours of a figure allow."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.series.chances import CATCH_UP, chance_of_step
from analyzer.series.fits import NARROWEST, Fits, Floats, fit
from analyzer.series.neighbours import find_neighbours, lattice
from analyzer.series.tails import tail_chances
from analyzer.series.tracks import Stack


def fits_of(steps: list[float], level: float = 1003) -> Fits:
    size = len(steps)
    values = np.array(steps, dtype=np.float64)
    return fit(
        np.arange(size, dtype=np.int64),
        values,
        np.ones(size),
        np.full(size, level),
        np.ones(size),
        own=1,
    )


def chances(fits: Fits, place: int, sizes: list[float]) -> list[float]:
    at = np.full(len(sizes), place)
    return list(chance_of_step(fits, at, np.array(sizes, dtype=np.float64)))


def test_a_step_has_no_say_on_what_it_is_like_itself() -> None:
    calm, odd = fits_of([50] * 40), fits_of([50] * 20 + [5000] + [50] * 19)
    assert np.isclose(calm.rate[20], odd.rate[20])
    assert chances(odd, 20, [50]) > chances(odd, 20, [5000])


def test_likely_steps_are_those_of_the_neighbours() -> None:
    usual, high, down = chances(fits_of([48, 55, 51, 46, 52] * 8), 20, [50, 500, -50])
    assert usual > 100 * high > 0
    assert usual > 100 * down > 0


def test_the_chances_of_all_steps_make_about_one() -> None:
    for steps in ([50] * 40, [0, 3, 1, 2, 0, 4] * 7, [0.0] * 40):
        whole = sum(chances(fits_of(steps), 20, [float(size) for size in range(-3000, 3000)]))
        assert 0.7 < whole < 1.3


def test_a_weekday_is_like_its_own_weekdays() -> None:
    week = [300, 310, 290, 305, 295, 40, 30]
    fits = fits_of([float(one) for one in week * 8], level=20003)
    assert chances(fits, 33, [45])[0] > 5 * chances(fits, 31, [45])[0]


def test_steps_of_growth_are_expected_to_go_on_growing() -> None:
    steps = [float(round(20 * 1.1**day)) for day in range(40)]
    fits = fits_of(steps)
    assert fits.rate[39] > np.mean(steps[32:39])


def test_days_without_a_step_are_made_up_for_by_the_next() -> None:
    steps = [50.0] * 20 + [0.0, 0.0] + [50.0] * 18
    made_up, plain = chances(fits_of(steps), 22, [150])[0], chances(fits_of(steps), 30, [150])[0]
    assert made_up > plain


def bell(distance: Floats) -> Floats:
    """Student's t with four degrees of freedom."""
    return np.asarray(0.375 * (1 + distance**2 / 4) ** -2.5)


def chance_by_hand(fits: Fits, at: int, size: float) -> float:
    """The kernel estimate, one bell a neighbour, and all that comes beside it."""
    middle, width = (float(one) for one in lattice(np.array(size)))
    spread, core = float(fits.scatter[at]), 0.0
    if size >= 0:
        wide = max(spread / 2, 0.4)
        kernel = (bell((middle - fits.centres[at]) / wide) / wide * fits.weights[at]).sum()
        own, late = (bell((middle - one[at]) / spread) / spread for one in (fits.common, fits.late))
        share = CATCH_UP if fits.since[at] > 0 else 0.0
        core = width * ((1 - share) * (0.6 * kernel + 0.4 * own) + share * late)
    tails = tail_chances(fits, np.array([at]), np.array([size]), fits.spans[[at]])[0]
    return float(core * (1 - fits.burst[at] - fits.fall[at]) + tails + 1e-30)


def quantile_by_hand(values: Floats, weights: Floats, share: float) -> float:
    order = np.argsort(values, kind="stable")
    heaped = np.cumsum(weights[order])
    return float(values[order[np.flatnonzero(heaped >= share * heaped[-1])[0]]])


steps_drawn = st.lists(st.integers(-20, 400), min_size=2, max_size=50)


@settings(deadline=None, max_examples=30)
@given(steps_drawn, st.integers(-500, 500))
def test_the_chance_of_a_step_is_a_bell_around_each_neighbour_and_the_tails(
    steps: list[int], size: int
) -> None:
    fits = fits_of([float(step) for step in steps])
    for at in range(len(steps)):
        assert np.isclose(chances(fits, at, [size])[0], chance_by_hand(fits, at, size), rtol=1e-9)


@settings(deadline=None, max_examples=30)
@given(steps_drawn)
def test_the_spread_is_that_of_the_neighbours_around_their_middle(steps: list[int]) -> None:
    fits = fits_of([float(step) for step in steps])
    for roots, weights, spread in zip(fits.roots, fits.weights, fits.spread, strict=True):
        middle = quantile_by_hand(roots, weights, 0.5)
        wide = 1.3 * quantile_by_hand(np.abs(roots - middle), weights, 0.6)
        assert np.isclose(spread, max(wide, NARROWEST), rtol=1e-9)


def test_the_neighbours_of_some_series_are_those_that_they_have_alone() -> None:
    random = np.random.default_rng(3)
    lengths = np.array([40, 3, 60, 25])
    stack = Stack(np.cumsum(lengths) - lengths, int(lengths.sum()))
    days, steps = np.arange(stack.size), random.poisson(30, stack.size).astype(np.float64)
    spans, some = np.ones(stack.size), np.array([1, 2])
    rows, own = stack.only(some)
    near = find_neighbours(days, steps, spans, 1, stack).only(some)
    alone = find_neighbours(days[rows], steps[rows], spans[rows], 1, own)
    for name in ("days", "usable", "strength", "rates", "roots", "centres", "order", "since"):
        np.testing.assert_array_equal(getattr(near, name), getattr(alone, name))
