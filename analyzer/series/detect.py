"""Typing errors in any table of dated figures."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyzer.series.stacking import day_numbers
from analyzer.series.tracks import Floats, Track
from analyzer.series.verdicts import LIKELY, Verdict, judge_flow, judge_total

COLUMNS = [
    "at",
    "value",
    "low",
    "high",
    "cause",
    "likelihood",
    "suggestion",
    "suggestions",
    "rivals",
    "evidence",
]


def detect(
    values: pd.Series,
    kind: str = "cumulative",
    total: pd.Series | None = None,
    beside: pd.DataFrame | None = None,
    daily: pd.Series | None = None,
    least: float = LIKELY,
) -> pd.DataFrame:
    """Figures of one series that are probably mistyped, with what was probably meant.

    Nothing is learnt from any other series, and nothing is applied. Leave days out, or NaN, that
    have no figure. The newest day is judged by the days before it alone, so the table can be
    given as it stood on any day.

    Parameters
    ----------
    values : Series of float, indexed by day (unique)
        The figures as printed.
    kind : str
        "cumulative" for a running total; "flow" for figures of the days themselves.
    total : Series, optional
        For a flow: the running total that it adds to.
    beside : DataFrame, optional
        Other figures of the same page by day; they may stand here by mistake.
    daily : Series, optional
        For a running total: the figures of the days themselves, as the same page prints them.
    least : float
        Least likelihood of an error to be told.

    Returns
    -------
    DataFrame
        One row a suspicious figure, by day: `at`, `value`, `low` and `high` (what the
        neighbours allow), `cause` (of `model.CAUSES`), `likelihood` (of a typing error, against
        true jumps, late batches, downward corrections and noise), `suggestion` (float, NaN if
        there is none), `suggestions` (tuple of `restore.Suggestion`, the likeliest first),
        `rivals` (tuple of cause and likelihood) and `evidence` (str).

    Raises
    ------
    ValueError
        If a day stands twice in the index, or the kind is another.

    Examples
    --------
    >>> days = pd.date_range("2024-01-01", periods=9)
    >>> found = detect(pd.Series([4012, 4051, 4108, 412, 4131, 4160, 4207, 4251, 4290], days))
    >>> found["evidence"].iloc[0]
    '412 -> 4,129: one digit missing; fits 4,108 the day before and 4,131 the day after'
    """
    if kind not in ("cumulative", "flow"):
        raise ValueError(f"kind is '{kind}'; known are cumulative and flow")
    if values.index.has_duplicates:
        raise ValueError("a day stands twice in the index of the figures")
    known = values.dropna().sort_index()
    if known.empty:
        return typed(pd.DataFrame(columns=pd.Index(COLUMNS)))
    days = day_numbers(known.index)
    figures = known.to_numpy(dtype="float64")
    near = _beside(known.index, beside)
    if kind == "cumulative":
        given = _aligned(daily, known.index)
        given = np.where(np.r_[True, np.diff(days) == 1], given, np.nan)
        _, verdicts = judge_total(Track(days, figures, given, near), least)
    else:
        track = Track(days, figures, _steps(total, known.index), near)
        _, verdicts = judge_flow(track, np.ones(len(figures)), least)
    rows = [{"at": known.index[one.at], "value": figures[one.at]} | row_of(one) for one in verdicts]
    return typed(pd.DataFrame(rows, columns=pd.Index(COLUMNS)))


def row_of(verdict: Verdict) -> dict[str, object]:
    """A verdict as a row of the table, without the figure itself."""
    first = verdict.suggestions[0] if verdict.suggestions else None
    return {
        "low": verdict.low,
        "high": verdict.high,
        "cause": verdict.cause,
        "likelihood": verdict.likelihood,
        "suggestion": first.value if first else np.nan,
        "suggestions": verdict.suggestions,
        "rivals": verdict.rivals,
        "evidence": first.why if first else "",
    }


def typed(frame: pd.DataFrame) -> pd.DataFrame:
    """The table with the types of its columns, also when it is empty."""
    numbers = dict.fromkeys(("value", "low", "high", "likelihood", "suggestion"), "float64")
    texts = {name: "str" for name in ("series", "claim", "cause", "evidence") if name in frame}
    return frame.astype({"at": "datetime64[s]"} | numbers | texts)


def _aligned(other: pd.Series | None, index: pd.Index) -> Floats:
    """Another series on the days of this one, NaN where it has none."""
    if other is None:
        return np.full(len(index), np.nan)
    return other.reindex(index).to_numpy(dtype="float64")


def _beside(index: pd.Index, beside: pd.DataFrame | None) -> Floats:
    if beside is None:
        return np.empty((len(index), 0))
    return beside.reindex(index).to_numpy(dtype="float64")


def _steps(total: pd.Series | None, index: pd.Index) -> Floats:
    """The step that a running total makes on each day, where both its ends are sound."""
    if total is None:
        return np.full(len(index), np.nan)
    known = total.dropna().sort_index()
    if known.empty:
        return np.full(len(index), np.nan)
    days = day_numbers(known.index)
    figures = known.to_numpy(dtype="float64")
    track = Track(days, figures, np.full(len(days), np.nan), np.empty((len(days), 0)))
    good, _ = judge_total(track)
    sound = good >= 0.5
    usable = sound & np.r_[False, sound[:-1]] & np.r_[False, np.diff(days) == 1]
    steps = np.where(usable, np.r_[np.nan, np.diff(figures)], np.nan)
    steps = pd.Series(steps, index=known.index).reindex(index).to_numpy(dtype="float64")
    return np.asarray(steps)
