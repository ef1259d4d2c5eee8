"""The shipped daily series: every fall and every mismatch, counted again in another way."""

from bisect import bisect_left, bisect_right

import pandas as pd
import pytest
from dossiers import ROOT, TODAY
from panels import one_page

from analyzer.align import align
from analyzer.discrepancies.series import find_series_events
from analyzer.intake import load_dossier
from analyzer.series.events import find_events
from analyzer.series.links import link_series
from analyzer.series.panel import build_panel
from analyzer.series.slips import find_slips

MOST_FINDINGS = 100
Place = tuple[str, pd.Timestamp]


class Gaza:
    """The dossier, its events, and its last figures as one plain table a series."""

    def __init__(self) -> None:
        dossier = load_dossier(ROOT / "datasets" / "gaza-daily", today=TODAY)
        thresholds = dossier.settings.thresholds
        self.measures = dossier.measures
        self.claims = align(dossier.claims, dossier.measures, thresholds)
        self.panel = build_panel(self.claims, thresholds.series_days)
        page = one_page(self.measures)
        self.links = link_series(self.panel, self.measures, page)
        slips = find_slips(self.panel, self.links)
        self.events = find_events(self.panel, self.links, slips, self.measures, page)
        order = ["published", "status", "first"]  # a figure taken back on its day is gone
        last = self.panel.sort_values(order, na_position="first", kind="stable")
        last = last.drop_duplicates(["series", "at"], keep="last")
        self.series = {
            str(name): rows.set_index("at").sort_index()
            for name, rows in last[last["status"] != "withdrawn"].groupby("series")
        }

    def places(self, kind: str) -> set[Place]:
        rows = self.events[self.events["kind"] == kind]
        return set(zip(rows["series"], rows["at_last"], strict=True))


@pytest.fixture(scope="module")
def gaza_daily() -> Gaza:
    return Gaza()


def test_every_fall_of_a_running_total_is_an_event(gaza_daily: Gaza) -> None:
    falls = {
        (name, day)
        for name, rows in gaza_daily.series.items()
        if rows["kind"].iloc[0] == "cumulative"
        for day in rows.index[rows["value"].diff() < 0]
    }
    found = gaza_daily.places("fall") | gaza_daily.places("switch")
    assert falls <= found
    assert gaza_daily.places("fall") <= falls


def test_every_daily_figure_that_differs_from_its_step_is_an_event(gaza_daily: Gaza) -> None:
    """A figure may equal the step of the day, that over its period, or the sum over a gap."""
    expected = set()
    totals = gaza_daily.links[gaza_daily.links["relation"] == "total"]
    for flow_name, total_name in zip(totals["series"], totals["other"], strict=True):
        flow, total = gaza_daily.series[flow_name], gaza_daily.series[total_name]["value"]
        sums, running = flow["value"].cumsum().to_list(), dict(zip(total.index, total, strict=True))
        days, known, first = list(flow.index), list(total.index), list(flow["first"])
        for place, day in enumerate(days):
            spot = bisect_left(known, day)
            if day not in running or spot == 0:
                continue
            before = known[spot - 1]
            base = bisect_left(known, first[place]) - 1
            steps = {running[day] - running[before]}
            steps |= {running[day] - running[known[base]]} if base >= 0 else set()
            since = bisect_right(days, before)
            whole = place - since + 1 == (day - before).days
            whole = whole and first[since : place + 1] == days[since : place + 1]
            together = sums[place] - (sums[since - 1] if since else 0)
            if flow["value"].iloc[place] not in steps and not (whole and together in steps):
                expected.add((flow_name, day))
    assert gaza_daily.places("mismatch") == expected
    assert len(expected) > 20


def test_only_the_figure_that_is_wrong_is_called_an_error(gaza_daily: Gaza) -> None:
    called = gaza_daily.events[gaza_daily.events["error"]]
    assert set(called["kind"]) == {"typing error"}
    assert called["blamed"].is_unique
    assert (called["likelihood"] >= 0.5).all()


def test_known_cases_have_the_cause_that_was_read_off_the_rows(gaza_daily: Gaza) -> None:
    events = gaza_daily.events.set_index(["series", "kind", "at_last"])["cause"]
    source = "techforpalestine"
    known = {
        ("killed_daily", "mismatch", "2023-12-05"): "gap absorbed",
        ("killed_daily", "mismatch", "2023-12-08"): "unexplained",
        ("killed_daily", "mismatch", "2024-01-12"): "late batch",
        ("killed", "typing error", "2024-08-27"): "copied forward",
        ("killed", "surge", "2025-10-04"): "late batch",
        ("injured", "typing error", "2024-08-27"): "copied forward",
        ("injured_daily", "mismatch", "2023-12-02"): "late batch",
        ("injured_daily", "mismatch", "2023-12-12"): "rounding",
        ("injured_daily", "typing error", "2023-12-24"): "transposed digits",
        ("killed_women", "switch", "2023-10-19"): "source switch",
        ("killed_women", "fall", "2023-10-21"): "rounding",
        ("killed_lebanon", "switch", "2026-03-05"): "counting base reset",
    }
    for (measure, kind, day), cause in known.items():
        scope = "[since_phase_start]" if measure == "killed_lebanon" else ""
        assert events[f"{measure}.{source}{scope}", kind, pd.Timestamp(day)] == cause, (
            measure,
            day,
        )


def test_a_reader_is_not_drowned(gaza_daily: Gaza) -> None:
    drafts = find_series_events(gaza_daily.events, gaza_daily.claims, gaza_daily.measures)
    assert 0 < len(drafts) < MOST_FINDINGS
    assert all(draft.sentence.endswith(".") and ".." not in draft.sentence for draft in drafts)
    known = set(gaza_daily.claims["id"])
    assert all(set(draft.claims) <= known for draft in drafts)
