"""Series are weighed all at once, and none of them feels what stands above or below it."""

from itertools import pairwise, product

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from panels import day, growing, no_slips, one_page, series, steps_of

from analyzer.series.causes.lines import build_lines
from analyzer.series.causes.slipped import wrong_columns
from analyzer.series.divergence import find_divergences
from analyzer.series.events import find_events
from analyzer.series.keyed import SLIPS, slips_of
from analyzer.series.keys import meant
from analyzer.series.links import link_series
from analyzer.series.paths import NEVER, RUN, Ways, sound_by_ways
from analyzer.series.revisions import list_versions, revision_cells, revision_statistics
from analyzer.series.slips import find_slips
from analyzer.series.tracks import Stack

COPIES = 3
MEASURES = pd.DataFrame(
    {
        "measure": ["toll", "day", "hurt"],
        "label": ["Toll", "Day", "Hurt"],
        "part_of": "",
        "total": ["", "toll", ""],
    }
)


def dossier(prefix: str = "", missing: int = 0) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Panel, claims and measures: slips, a fall, a surge, a rival that runs apart, a daily series.

    The first days of the totals can be missing, so that copies differ in length.
    """
    toll = growing(60, 4000)
    flows = steps_of(toll)
    toll[20], toll[44] = 437.0, toll[43]
    hurt = growing(60, 9000)
    hurt[30:] = [(one or 0) + 4000 for one in hurt[30:]]
    rival = [(one or 0) + 300 for one in growing(60, 4000)]
    frames = [
        series("toll", [None] * missing + toll[missing:], source="page"),
        series("day", flows, kind="flow", source="page"),
        series("hurt", hurt, source="page"),
        series("toll", rival, source="other").assign(claim=lambda rows: "rival." + rows["claim"]),
    ]
    panel = pd.concat(frames, ignore_index=True)
    panel["published"] = panel["at"] + pd.Timedelta(days=1)
    for column in ("series", "measure", "source", "claim"):
        panel[column] = prefix + panel[column]
    panel = panel.sort_values(["series", "at"], ignore_index=True)
    claims = panel[["claim", "low", "high"]].set_axis(["id", "apart_low", "apart_high"], axis=1)
    measures = MEASURES.copy()
    measures["measure"] = prefix + measures["measure"]
    measures["total"] = (prefix + measures["total"]).where(measures["total"] != "", "")
    return panel, claims, measures


def findings(
    panel: pd.DataFrame, claims: pd.DataFrame, measures: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    page = one_page(measures)
    links = link_series(panel, measures, page)
    slips = find_slips(panel, links)
    return {
        "links": links,
        "slips": slips,
        "events": find_events(panel, links, slips, measures, page),
        "divergences": find_divergences(panel, claims),
        "statistics": revision_statistics(revision_cells(list_versions(panel))),
    }


def test_copies_of_a_dossier_bear_the_findings_of_each_of_them() -> None:
    each = [dossier(f"copy{number}-", missing=7 * number) for number in range(COPIES)]
    alone = [findings(*one) for one in each]
    together = findings(
        *(pd.concat(frames, ignore_index=True) for frames in zip(*each, strict=True))
    )
    assert {len(frame) for frame in alone[0].values()} != {0}
    for name, frame in together.items():
        parts = pd.concat([one[name] for one in alone], ignore_index=True)
        pd.testing.assert_frame_equal(frame, parts, check_exact=True)


def test_all_that_was_planted_is_found_in_each_stage() -> None:
    found = findings(*dossier())
    assert {437.0} <= set(found["slips"]["value"])
    assert {"fall", "surge", "typing error"} <= set(found["events"]["kind"])
    assert found["divergences"]["apart"].gt(50).all() and len(found["divergences"]) == 1


def test_the_order_of_rows_changes_nothing() -> None:
    panel, claims, measures = dossier()
    shuffled = panel.sample(frac=1, random_state=1)
    one, other = findings(panel, claims, measures), findings(shuffled, claims[::-1], measures)
    for name in ("links", "slips", "divergences", "statistics"):
        pd.testing.assert_frame_equal(one[name], other[name])


def test_only_columns_of_the_own_group_stand_beside_a_series() -> None:
    panel, _, measures = dossier()
    groups = pd.Series({"toll": "a", "day": "a", "hurt": "b"})
    found = link_series(panel, measures, groups)
    beside = found[found["relation"] == "beside"]
    assert set(zip(beside["series"], beside["other"], strict=True)) == {
        ("toll.page", "day.page"),
        ("day.page", "toll.page"),
    }
    every = link_series(panel, measures, one_page(measures))
    assert len(every[every["relation"] == "beside"]) == 6
    pd.testing.assert_frame_equal(
        found[found["relation"] != "beside"].reset_index(drop=True),
        every[every["relation"] != "beside"].reset_index(drop=True),
    )


def test_figures_of_a_column_of_another_group_are_not_looked_for() -> None:
    own, other = growing(40, 100), growing(40, 5000)
    own[5:10] = other[5:10]
    lines = build_lines(pd.concat([series("toll", own), series("hurt", other)])).values()
    labels = {"toll": "Toll", "hurt": "Hurt"}
    assert len(wrong_columns(lines, labels, {"toll": "a", "hurt": "a"})) == 5
    assert wrong_columns(lines, labels, {"toll": "a", "hurt": "b"}) == {}


def test_without_slips_events_are_still_found() -> None:
    panel, _, measures = dossier()
    page = one_page(measures)
    links = link_series(panel, measures, page)
    found = find_events(panel, links, no_slips(), measures, page)
    assert found["at_last"].isin([pd.Timestamp(day(20))]).any()


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=8))
def test_slips_of_many_figures_are_those_of_each(typed: list[int]) -> None:
    figures, slips, chances = slips_of(np.array(typed, dtype=np.float64))
    for row, one in enumerate(typed):
        found: dict[tuple[int, str], float] = {}
        for figure, slip, chance in zip(figures[row], slips[row], chances[row], strict=True):
            if chance:
                key = int(figure), SLIPS[slip]
                found[key] = found.get(key, 0.0) + chance
        expected = {(figure, cause): chance for figure, cause, chance in meant(one)}
        assert found.keys() == expected.keys()
        assert all(abs(found[key] - chance) < 1e-12 for key, chance in expected.items())


def test_fractions_negative_and_huge_figures_have_slips_as_one_by_one() -> None:
    figures, _, chances = slips_of(np.array([0.5, -3.0, 10.0**16]))
    assert (chances[:2] == 0).all()
    assert {float(figure) for figure, _, _ in meant(10**16)} == set(figures[2][chances[2] > 0])


def sound_by_hand(over: np.ndarray, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Chance that each figure is sound, from every way to call each figure sound or wrong."""
    size = len(first)
    whole, sound = 0.0, np.zeros(size)
    for ways in product((False, True), repeat=size):
        places = np.flatnonzero(ways)
        if not len(places) or max(np.diff(places), default=1) > RUN + 1:
            continue
        log = first[places[0]] + last[places[-1]]
        log += sum(over[two - one - 1, two] for one, two in pairwise(places))
        chance = np.exp(log)
        whole += chance
        sound[places] += chance
    return sound / whole


@settings(deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=4), st.integers(0, 1000))
def test_ways_through_stacked_series_add_up_as_if_each_was_walked(
    lengths: list[int], seed: int
) -> None:
    random = np.random.default_rng(seed)
    starts = np.cumsum(lengths) - lengths
    stack = Stack(starts.astype(np.int64), sum(lengths))
    over = random.normal(-3, 2, (RUN + 1, stack.size))
    for wrong in range(RUN + 1):
        over[wrong, stack.place <= wrong] = NEVER
    first = np.where(stack.place <= RUN, random.normal(-2, 1, stack.size), NEVER)
    last = np.where(stack.after <= RUN, random.normal(-2, 1, stack.size), NEVER)
    found = sound_by_ways(Ways(stack, over, first, last))
    for start, length in zip(starts, lengths, strict=True):
        own = slice(start, start + length)
        np.testing.assert_allclose(
            found[own], sound_by_hand(over[:, own], first[own], last[own]), rtol=1e-9
        )
