"""How old each relayed figure was when it was published, and how many are of which age."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analyzer.charts.base.readings import read_text, short_names

MOVING: Final = ("cumulative", "stock", "flow")
OLD: Final = 30  # days
AGES: Final = (  # days up to which, and the words of the bar
    (0, "the same day"),
    (1, "1 day later"),
    (7, "2 to 7 days"),
    (30, "8 to 30 days"),
    (90, "31 to 90 days"),
    (365, "91 to 365 days"),
    (None, "over 365 days"),
)


def find_moving(relays: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Relayed claims of figures that move with time, ordered by id."""
    judged = relays[["claim", "verdict", "days"]].rename(columns={"claim": "id"})
    found = claims.merge(judged, on="id").sort_values("id", ignore_index=True)
    return found[(found["origin"] != found["source"]) & found["kind"].isin(MOVING)]


def find_lags(moving: pd.DataFrame) -> pd.DataFrame:
    """Add `lag` in days where both days are known and the figure is no forecast."""
    known = moving[is_dated(moving) & ~_ahead(moving)]
    lag = (known["said_first"] - known["as_of_last"]).dt.days.clip(lower=0).astype("float64")
    return known.assign(lag=lag, stale=known["verdict"] == "stale")


def is_dated(moving: pd.DataFrame) -> pd.Series:
    """Whether the day of publication and the time of the figure are known."""
    one_day = moving["said_first"].notna() & (moving["said_first"] == moving["said_last"])
    return one_day & moving["as_of_last"].notna()


def _ahead(moving: pd.DataFrame) -> pd.Series:
    """Whether it was said before the time that it speaks of began."""
    return moving["said_last"] < moving["as_of_first"]


def count_ages(drawn: pd.DataFrame) -> pd.DataFrame:
    """One row an age, the youngest first, up to the oldest one that occurs.

    Returns
    -------
    DataFrame
        age (words), from_days, to_days (infinite where open), figures, outdated (of them: the
        origin had given a newer one), this_old_or_older (figures), and of the oldest one of them
        its claim, publisher, reading and days; blank without any.
    """
    rows: list[dict[str, object]] = []
    first = 0
    for last, words in AGES:
        end = float("inf") if last is None else last
        mine = drawn[drawn["lag"].between(first, end)]
        rows.append(
            {
                "age": words,
                "from_days": first,
                "to_days": end,
                "figures": len(mine),
                "outdated": int(mine["stale"].sum()),
                "this_old_or_older": int((drawn["lag"] >= first).sum()),
                **_oldest(mine, drawn),
            }
        )
        first = 0 if last is None else last + 1
    ages = pd.DataFrame(rows)
    return ages[ages["this_old_or_older"] > 0].reset_index(drop=True)


def _oldest(mine: pd.DataFrame, drawn: pd.DataFrame) -> dict[str, object]:
    if mine.empty:
        return {"oldest_claim": "", "publisher": "", "reading": "", "days": None}
    by_age = mine.sort_values(["lag", "said_first", "id"], ascending=[False, True, True])
    oldest = by_age.iloc[0]
    names = dict(zip(drawn["source_name"], short_names(drawn["source_name"]), strict=True))
    return {
        "oldest_claim": oldest["id"],
        "publisher": names[oldest["source_name"]],
        "reading": read_text(oldest),
        "days": oldest["lag"],
    }
