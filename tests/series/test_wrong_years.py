"""Figures of running totals that fit a day exactly a year from their own."""

import numpy as np
import pandas as pd
from panels import series

from analyzer.series.causes.lines import build_lines
from analyzer.series.causes.years import wrong_years


def moved(day: str, to: str, values: list[float | None]) -> dict[str, np.datetime64]:
    """Wrong years of a total from 1 January 2024 on, with the figure of one day moved."""
    frame = series("toll", values)
    at = frame["at"].mask(frame["at"] == pd.Timestamp(day), pd.Timestamp(to))
    frame = frame.assign(at=at, first=at, published=pd.Timestamp("2027-01-01"))
    return wrong_years(build_lines(frame.sort_values("at", ignore_index=True)).values())


def rising(days: int) -> list[float | None]:
    return [100.0 + 10 * day for day in range(days)]


def test_a_total_in_order_bears_no_wrong_year() -> None:
    assert moved("2024-03-01", "2024-03-01", rising(500)) == {}


def test_a_figure_a_year_late_or_early_fits_its_own_day() -> None:
    (late,) = moved("2024-03-01", "2025-03-01", rising(400)).values()
    assert late == np.datetime64("2024-03-01")
    (early,) = moved("2025-03-01", "2024-03-01", [*[None] * 200, *rising(300)]).values()
    assert early == np.datetime64("2025-03-01")


def test_a_figure_dated_a_year_early_within_the_series_fits_a_year_later() -> None:
    values = rising(800)
    values[59] = None  # 29 February 2024 has no figure of its own
    found = moved("2025-03-01", "2024-02-29", values)
    assert list(found.values()) == [np.datetime64("2025-03-01")]  # 29 February is 1 March
