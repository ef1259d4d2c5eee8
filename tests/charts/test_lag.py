"""The lag of relays: every relayed claim is drawn, or counted with what it lacks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from analyzer.charts import draw_lag, save_chart


def _claims(make_claims: Any, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Claims of one ministry that speak of day `of` and are published on day `said`."""
    claims = make_claims(
        [
            {"value": n, "source": row.get("source", "Paper"), "said": row.get("said")}
            for n, row in enumerate(rows)
        ]
    )
    of = pd.Series([row.get("of", "2024-01-01") for row in rows])
    last = pd.Series([row.get("of_last", row.get("of", "2024-01-01")) for row in rows])
    said_last = pd.Series([row.get("said_last", row.get("said")) for row in rows])
    return claims.assign(
        as_of_first=pd.to_datetime(of).astype("datetime64[s]"),
        as_of_last=pd.to_datetime(last).astype("datetime64[s]"),
        said_last=pd.to_datetime(said_last).astype("datetime64[s]"),
        kind=[row.get("kind", "cumulative") for row in rows],
        origin=[row.get("origin", "ministry") for row in rows],
    )


def _relays(claims: pd.DataFrame, **stale: float) -> pd.DataFrame:
    """Verdicts: faithful, or stale by so many days."""
    ids = claims["id"]
    return pd.DataFrame(
        {
            "claim": ids,
            "verdict": ["stale" if one in stale else "faithful" for one in ids],
            "days": [stale.get(one, np.nan) for one in ids],
        }
    )


def _many(make_claims: Any) -> pd.DataFrame:
    """Two hundred claims over two years, each third on its day, some a year late."""
    days = pd.date_range("2023-10-08", periods=200, freq="4D")
    rows = []
    for n, day in enumerate(days):
        lag = (0, 1, n % 40, 0, 3 * n % 400)[n % 5]
        said = str((day + pd.Timedelta(days=lag)).date())
        rows.append({"of": str(day.date()), "said": said, "source": f"The daily news of city {n}"})
    return _claims(make_claims, rows)


def _bars(figure: Figure, gid: str) -> list[float]:
    bars = [bar for axes in figure.axes for bar in axes.patches if bar.get_gid() == gid]
    return [float(bar.get_window_extent().width) for bar in bars]


def test_all_relayed_claims_are_drawn_or_counted(make_claims: Any, words: Any, faults: Any) -> None:
    """Nine claims: three drawn (one on its day, one within its month), the others told.

    Two have no day of publication (one none, one a month), one is a plan, one a fixed total, one
    a share, one its publisher's own.
    """
    claims = _claims(
        make_claims,
        [
            {"said": "2024-01-01"},
            {"said": "2024-01-11"},
            {"said": "2024-01-20", "of_last": "2024-01-31"},
            {"said": None},
            {"said": "2024-02-01", "said_last": "2024-02-29"},
            {"said": "2023-12-30"},
            {"said": "2024-03-01", "kind": "fixed"},
            {"said": "2024-03-01", "kind": "share"},
            {"said": "2024-03-01", "origin": "paper"},
        ],
    )
    chart = draw_lag(_relays(claims), claims)
    assert chart is not None
    assert chart.data["figures"].tolist() == [2, 0, 0, 1]
    text = " ".join(words(chart.figure).split())
    assert "Of 9 claims that cite someone else, left out: 2 without both days" in text
    assert "1 about a time to come" in text
    assert "3 that don't change with time or are a publisher's own." in text
    assert faults(chart.figure) == []


def test_ages_are_counted_in_words_of_days(make_claims: Any) -> None:
    """Each edge of an age, and the one bar that nobody reaches is left out."""
    lags = [0, 0, 1, 2, 7, 8, 30, 31, 90, 91, 365]
    days = [str((pd.Timestamp(2024, 1, 1) + pd.Timedelta(days=lag)).date()) for lag in lags]
    claims = _claims(make_claims, [{"said": day} for day in days])
    chart = draw_lag(_relays(claims), claims)
    assert chart is not None
    data = chart.data
    assert dict(zip(data["age"], data["figures"], strict=True)) == {
        "the same day": 2,
        "1 day later": 1,
        "2 to 7 days": 2,
        "8 to 30 days": 2,
        "31 to 90 days": 2,
        "91 to 365 days": 2,
    }
    assert data["this_old_or_older"].tolist() == [11, 9, 8, 6, 4, 2]
    assert data["oldest_claim"].tolist() == ["c000", "c002", "c004", "c006", "c008", "c010"]


def test_bars_are_as_long_as_their_numbers(make_claims: Any, words: Any) -> None:
    """Two hundred: each bar from zero, its number behind it."""
    claims = _many(make_claims)
    chart = draw_lag(_relays(claims), claims)
    assert chart is not None
    lengths = np.array(_bars(chart.figure, "bar"))
    figures = chart.data["figures"].to_numpy()
    assert lengths / lengths.max() == pytest.approx(figures / figures.max())
    assert set(map(str, figures)) < set(words(chart.figure).splitlines())


def test_outdated_ones_are_marked_and_counted(make_claims: Any, words: Any, faults: Any) -> None:
    """Two of two hundred."""
    claims = _many(make_claims)
    chart = draw_lag(_relays(claims, c022=9.0, c152=1.0), claims)
    assert chart is not None
    assert sum(chart.data["outdated"]) == 2
    assert len(_bars(chart.figure, "outdated")) == (chart.data["outdated"] > 0).sum()
    assert "outdated: the origin had given a newer figure (2)" in words(chart.figure)
    assert "For 2 of them the origin had given a newer figure." in chart.alt
    assert faults(chart.figure) == []


def test_the_oldest_of_each_late_age_is_named(make_claims: Any, words: Any, faults: Any) -> None:
    """One of 50 days, one of 400 with a name for which there is no room."""
    rows = [{"said": "2024-01-01"} for _ in range(9)]
    rows += [{"said": "2024-02-20"}, {"said": "2025-02-04", "source": "The daily news " * 9}]
    claims = _claims(make_claims, rows)
    chart = draw_lag(_relays(claims), claims)
    assert chart is not None
    assert "oldest: Paper, 9 (50 days)" in words(chart.figure)
    assert "up to 400 days" in words(chart.figure)
    assert faults(chart.figure) == []


def test_texts_of_the_shipped_dossier_keep_apart(gaza: Any, faults: Any) -> None:
    """702 claims that cite someone else."""
    chart = draw_lag(gaza.relays, gaza.claims)
    assert chart is not None
    assert faults(chart.figure) == []
    assert chart.figure.get_size_inches()[1] < 3.5


def test_nothing_to_see_is_no_chart(make_claims: Any) -> None:
    """No relays; a relayed claim without a day; two of one age."""
    undated = _claims(make_claims, [{"said": None}])
    alike = _claims(make_claims, [{"said": "2024-01-03"}, {"said": "2024-01-03"}])
    assert draw_lag(_relays(undated), undated) is None
    assert draw_lag(_relays(undated).head(0), undated) is None
    assert draw_lag(_relays(alike), alike) is None


def test_title_and_alternative_text_give_the_main_numbers(make_claims: Any) -> None:
    """Lags 0, 10 and 366 days."""
    claims = _claims(
        make_claims, [{"said": "2024-01-01"}, {"said": "2024-01-11"}, {"said": "2025-01-01"}]
    )
    chart = draw_lag(_relays(claims, c001=4.0), claims)
    assert chart is not None
    assert chart.title == (
        "1 of 3 relayed figures was published on the day that they speak of, 1 more than 30 days "
        "later"
    )
    assert chart.alt == (
        "Bars of the age of 3 relayed figures on the day of their publication: 1 appeared on the "
        "day that they speak of, 1 more than 30 days later. For 1 of them the origin had given a "
        "newer figure. The oldest is 366 days old (Paper, 2)."
    )


def test_another_order_of_rows_gives_the_same_bytes(make_claims: Any, tmp_path: Any) -> None:
    """Relays and claims backwards."""
    claims = _many(make_claims)
    relays = _relays(claims, c022=9.0, c152=1.0)
    written = []
    for name, step in (("a", 1), ("b", -1)):
        chart = draw_lag(relays.iloc[::step], claims.iloc[::step])
        assert chart is not None
        paths = save_chart(chart, tmp_path / name, "Source: the claims of this dossier")
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1]
