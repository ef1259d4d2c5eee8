"""Tests of a mean revision against zero, in plain numpy."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def newey_west(values: Array) -> float:
    """Standard error of the mean of a series whose values depend on their neighbours.

    Newey and West 1987 (Econometrica 55, 703): Bartlett weights over the first
    floor(4 (n/100)^(2/9)) lags, the rule of thumb of their paper of 1994 (Review of Economic
    Studies 61, 631). The R package reviser takes the same estimator from sandwich::NeweyWest,
    which pre-whitens and chooses its lags from the data, so its p-values differ a little. NaN for
    fewer than two values and where they are all the same.
    """
    n = len(values)
    if n < 2:
        return math.nan
    errors = values - values.mean()
    lags = min(int(4 * (n / 100) ** (2 / 9)), n - 1)
    variance = float(errors @ errors) / n
    for lag in range(1, lags + 1):
        weight = 1 - lag / (lags + 1)
        variance += 2 * weight * float(errors[lag:] @ errors[:-lag]) / n
    return math.sqrt(variance / n) if variance > 0 else math.nan


def student_p(t: float, df: int) -> float:
    """Two-sided p-value of Student's t with whole degrees of freedom.

    The finite series of Abramowitz and Stegun 1964, 26.7.3 and 26.7.4. NaN where t is NaN.
    """
    if math.isnan(t) or df < 1:
        return math.nan
    angle = math.atan(abs(t) / math.sqrt(df))
    term, total = 1.0, 0.0
    square = math.cos(angle) ** 2
    if df % 2:
        term = math.cos(angle)
        for step in range(3, df + 1, 2):
            total += term
            term *= square * (step - 1) / step
        inside = 2 / math.pi * (angle + math.sin(angle) * total)
    else:
        for step in range(2, df + 1, 2):
            total += term
            term *= square * (step - 1) / step
        inside = math.sin(angle) * total
    return max(0.0, 1 - inside)


def bias_p(values: Array) -> float:
    """P-value of a mean of zero: the t-test with Newey-West standard errors, n - 1 degrees."""
    error = newey_west(values)
    return student_p(float(values.mean()) / error, len(values) - 1) if error > 0 else math.nan


def sign_p(up: int, down: int) -> float:
    """Exact two-sided sign test: are rises and falls equally likely? NaN where there are none."""
    n = up + down
    if n == 0:
        return math.nan
    tail = sum(math.comb(n, k) for k in range(min(up, down) + 1))
    return min(1.0, float(tail / 2 ** (n - 1)))
