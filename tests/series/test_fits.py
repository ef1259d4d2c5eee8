"""What the neighbours of a figure allow."""

import numpy as np

from analyzer.series.chances import chance_of_step
from analyzer.series.fits import Fits, fit


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
