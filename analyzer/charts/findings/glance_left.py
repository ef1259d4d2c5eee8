"""One of the figures that can't all be true, and what the others leave for it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyzer.charts.base.readings import read_marks
from analyzer.charts.claims.stands import Stand
from analyzer.charts.findings.glance_rows import stand_of
from analyzer.phrases import plural
from analyzer.readings import left_range


def left_rows(finding: pd.Series, claims: pd.DataFrame, steps: pd.DataFrame | None) -> list[Stand]:
    """The figure of the finding's measure that is furthest from what the others leave, and that.

    Parameters
    ----------
    steps : DataFrame
        The proof: a row a figure, with the ends of what the others leave for it.
    """
    marks = read_marks(claims)
    if steps is None or marks.empty:
        return []
    own = set(marks.loc[marks["measure"] == finding["measure"], "id"])
    of_measure = steps["claims"].map(lambda ids: not own.isdisjoint(ids))
    known = steps[of_measure & steps["implied_low"].notna()]
    if known.empty:
        return []
    gaps = np.maximum(known["low"] - known["implied_high"], known["implied_low"] - known["high"])
    apart = gaps / (known["low"].abs() + 1)
    order = known.assign(apart=apart).sort_values(["apart", "wording"], ascending=[False, True])
    step = order.iloc[0]
    mine = marks[marks["id"].isin(step["claims"])].sort_values(["said_first", "id"])
    return [_stated(step, mine), _left(step, len(steps) - 1)]


def _stated(step: pd.Series, mine: pd.DataFrame) -> Stand:
    who = str(mine["authority_name"].iloc[0])
    more = ", ".join(filter(None, [str(step["when"]), plural(len(mine), "claim")]))
    return stand_of(mine.iloc[0], name=who, more=more, brief=who, claims=mine)


def _left(step: pd.Series, others: int) -> Stand:
    low, high = float(step["implied_low"]), float(step["implied_high"])
    open_low, open_high = low <= 0, not np.isfinite(high)
    ends = (high if open_low else low, low if open_high else high)
    text = left_range(low, high)
    by = f"by the {plural(others, 'other figure')}"
    return Stand(
        name="Left for it",
        more=by,
        brief=f"Left for it {by}",
        text=text,
        value=ends[0],
        low=ends[0],
        high=ends[1],
        open_low=open_low,
        open_high=open_high,
        ranged=True,
        bold=True,
        data={"who": f"left for it {by}", "figure": text, "low": low, "high": high},
    )
