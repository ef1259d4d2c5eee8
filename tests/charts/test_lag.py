"""The lag of relays: every relayed claim is drawn, or counted with what it lacks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
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


def _drawn(figure: Figure, name: str) -> list[list[float]]:
    return [
        point
        for axes in figure.axes
        for dots in axes.collections
        if dots.get_gid() == name
        for point in np.asarray(dots.get_offsets()).tolist()
    ]


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
    lags = sorted(round(float(np.expm1(y))) for _, y in _drawn(chart.figure, "relays"))
    assert lags == [0, 0, 10]
    text = " ".join(words(chart.figure).split())
    assert "3 of 9 claims that pass on a figure which moves with time." in text
    assert "2 without a known day of publication or time of the figure" in text
    assert "1 said before the time that they speak of" in text
    assert "3 of fixed totals and shares, or that quote their own figure" in text
    assert faults(chart.figure) == []


def test_stale_ones_are_marked_and_named(make_claims: Any, words: Any, faults: Any) -> None:
    """Two of two hundred."""
    claims = _many(make_claims)
    chart = draw_lag(_relays(claims, c022=9.0, c152=1.0), claims)
    assert chart is not None
    assert len(_drawn(chart.figure, "stale")) == 2
    text = " ".join(words(chart.figure).split())
    assert "The daily news of city 22 22, 9 days behind" in text
    assert "The daily news of city 152 152, 1 day behind" in text
    assert "stale: the origin had given a newer one (2)" in text
    assert faults(chart.figure) == []


def test_days_are_plain_numbers_on_a_stretched_axis(make_claims: Any) -> None:
    """0, 1, 7, 30, 90 and 365 days, the lower ones further apart than their days."""
    claims = _many(make_claims)
    chart = draw_lag(_relays(claims), claims)
    assert chart is not None
    axes = chart.figure.axes[-1]
    labels = [tick.get_text() for tick in axes.get_yticklabels()]
    assert labels == ["same day", "1 day", "7 days", "30 days", "90 days", "365 days"]
    places = np.asarray(axes.get_yticks())
    assert places[1] - places[0] > (places[5] - places[4]) / 3


def test_a_quarter_with_five_claims_has_its_median(make_claims: Any) -> None:
    """Five claims in the first quarter, median 2; four in the second."""
    rows = [{"said": f"2024-01-0{1 + n}"} for n in range(5)]
    rows += [{"said": f"2024-04-0{1 + n}"} for n in range(4)]
    claims = _claims(make_claims, rows)
    chart = draw_lag(_relays(claims), claims)
    assert chart is not None
    medians = [line for line in chart.figure.axes[-1].lines if line.get_gid() == "median"]
    assert [np.expm1(np.asarray(line.get_ydata())[0]).round(6) for line in medians] == [2]


def test_texts_of_the_shipped_dossier_keep_apart(gaza: Any, faults: Any) -> None:
    """All claims as relays, each fortieth as a stale one."""
    relays = _relays(gaza.claims, **dict.fromkeys(gaza.claims["id"][::40], 5.0))
    chart = draw_lag(relays, gaza.claims)
    assert chart is not None
    assert faults(chart.figure) == []


def test_nothing_to_see_is_no_chart(make_claims: Any) -> None:
    """No relays; a relayed claim without a day."""
    claims = _claims(make_claims, [{"said": None}])
    assert draw_lag(_relays(claims), claims) is None
    assert draw_lag(_relays(claims).head(0), claims) is None


def test_title_and_alternative_text_give_the_main_numbers(make_claims: Any) -> None:
    """Lags 0, 10 and 366 days."""
    claims = _claims(
        make_claims, [{"said": "2024-01-01"}, {"said": "2024-01-11"}, {"said": "2025-01-01"}]
    )
    chart = draw_lag(_relays(claims, c001=4.0), claims)
    assert chart is not None
    assert chart.title == (
        "At least half of 3 relayed figures were published within 10 days of their time, 1 more "
        "than 30 days after it"
    )
    assert chart.alt == (
        "Lag of 3 relayed figures, published 1 Jan 2024 to 1 Jan 2025: median 10 days, 1 of them "
        "more than 30 days, 1 stale. The longest is 366 days (Paper, 2)."
    )


def test_another_order_of_rows_gives_the_same_bytes(make_claims: Any, tmp_path: Any) -> None:
    """Relays and claims backwards."""
    claims = _many(make_claims)
    relays = _relays(claims, c022=9.0, c152=1.0)
    written = []
    for name, step in (("a", 1), ("b", -1)):
        chart = draw_lag(relays.iloc[::step], claims.iloc[::step])
        assert chart is not None
        paths = save_chart(chart.figure, tmp_path / name, "Source: the claims of this dossier")
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1]
