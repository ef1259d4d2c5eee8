"""Series that grow like those of epidemics and conflicts, made from a seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of series behaves; shares are of days.

    Attributes
    ----------
    peak : float
        Daily figure at the height of a wave.
    waves : int
        Waves in the time that is covered.
    noise : float
        Spread of daily figures beyond chance, as a share.
    weekend : float
        Share of a weekday's figure that a weekend day has.
    zeros : float
        Days without a report; the next one brings theirs.
    batches, cuts : float
        Late batches that stay, and downward corrections that stay.
    """

    peak: float
    waves: int
    noise: float
    weekend: float
    zeros: float
    batches: float
    cuts: float


KINDS = {
    "epidemic, large": Kind(4000, 3, 0.15, 0.5, 0.0, 0.003, 0.002),
    "epidemic, small": Kind(40, 3, 0.3, 0.5, 0.03, 0.004, 0.004),
    "epidemic, no weekends": Kind(300, 2, 0.3, 0.15, 0.12, 0.004, 0.003),
    "deaths, few": Kind(6, 3, 0.3, 0.8, 0.02, 0.006, 0.006),
    "conflict": Kind(150, 4, 0.6, 1.0, 0.05, 0.01, 0.003),
}


def simulate(kind: Kind, days: int, seed: int) -> pd.DataFrame:
    """One place: running totals and daily figures of cases, deaths and recovered.

    Returns
    -------
    DataFrame
        By day: `cases`, `deaths`, `recovered` (running totals), and the daily
        figures of each as `cases_day` and so on.
    """
    random = np.random.default_rng(seed)
    rate = _waves(kind, days, random)
    cases = _total(kind, rate, random)
    deaths = _total(kind, np.r_[np.zeros(10), rate[:-10]] * random.uniform(0.01, 0.1), random)
    recovered = np.r_[np.zeros(14), cases[:-14]]
    frame = pd.DataFrame(
        {"cases": cases, "deaths": deaths, "recovered": recovered},
        index=pd.date_range("2020-02-25", periods=days),
    )
    for name in ("cases", "deaths", "recovered"):
        frame[f"{name}_day"] = frame[name].diff().fillna(frame[name]).clip(lower=0)
    return frame


def _waves(kind: Kind, days: int, random: np.random.Generator) -> np.ndarray:
    """Expected figure of each day: waves that rise and ebb exponentially."""
    place = np.arange(days)
    rate = np.zeros(days)
    for wave in range(kind.waves):
        height = kind.peak * random.lognormal(0, 0.7) * (0.3 + wave / kind.waves)
        middle = days * (wave + random.uniform(0.2, 0.8)) / kind.waves
        up, down = random.uniform(0.05, 0.22), random.uniform(0.02, 0.07)
        gap = place - middle
        rate += height * np.where(gap < 0, np.exp(up * gap), np.exp(-down * gap))
    return rate


def _total(kind: Kind, rate: np.ndarray, random: np.random.Generator) -> np.ndarray:
    days = len(rate)
    weekday = np.where(np.arange(days) % 7 >= 5, kind.weekend, 1.0)
    shape = 1 / kind.noise**2
    mean = rate * weekday * random.gamma(shape, 1 / shape, days)
    daily = random.poisson(mean).astype(float)
    silent = random.random(days) < kind.zeros
    carried = 0.0
    for day in range(days):
        if silent[day] and day < days - 1:
            carried, daily[day] = carried + daily[day], 0.0
        else:
            daily[day], carried = daily[day] + carried, 0.0
    recent = np.convolve(daily, np.ones(14), "full")[:days]
    late = random.random(days) < kind.batches
    daily[late] += np.rint(recent[late] * random.uniform(0.2, 2.0, late.sum()))
    total = daily.cumsum()
    for day in np.flatnonzero(random.random(days) < kind.cuts):
        total[day:] -= np.rint(min(recent[day] * random.uniform(0.01, 0.3), total[day] / 2))
    return total
