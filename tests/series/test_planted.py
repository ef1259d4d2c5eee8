"""A dossier in which each cause is planted once, beside an innocent twin that must stay unseen.

Every cause has publishers of its own, so that no series explains another by chance. What is
expected is written by hand as (series, day, cause); nothing else may be found.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pandas as pd
import pytest
from dossiers import write_dossier
from panels import growing, one_page, steps_of

from analyzer.align import align
from analyzer.intake import Dossier, load_dossier
from analyzer.series.events import find_events
from analyzer.series.links import link_series
from analyzer.series.panel import build_panel
from analyzer.series.slips import find_slips

START, DAYS, AT = date(2023, 3, 1), 70, 40
TODAY = date(2026, 11, 23)
SLIPPED = (
    "missing_digit",
    "extra_digit",
    "wrong_digit",
    "power_of_ten",
    "daily_typed_as_cumulative",
    "swapped_figures",
    "misdated",
)
Values = Sequence[float | None]
Rows = list[dict[str, str]]
MEASURES = [
    {"measure": key, "label": label, "definition": label, "unit": "people"} | more
    for key, label, more in (
        ("toll", "Dead of the war", {"kind": "cumulative"}),
        ("toll_day", "Dead of the day", {"kind": "flow", "total": "toll"}),
        ("new", "Killed on the day", {"kind": "flow", "part_of": "toll_day"}),
        ("found", "Bodies found", {"kind": "flow", "part_of": "toll_day"}),
        ("committee", "Approved", {"kind": "flow", "part_of": "toll_day"}),
        ("children", "Children killed", {"kind": "cumulative", "part_of": "toll"}),
        ("women", "Women killed", {"kind": "cumulative", "part_of": "toll"}),
        ("hurt", "Injured", {"kind": "cumulative"}),
        ("hurt_day", "Injured of the day", {"kind": "flow", "total": "hurt"}),
    )
]


def day(number: int) -> str:
    return (START + timedelta(days=number)).isoformat()


def claims(
    source: str,
    measure: str,
    values: Values,
    *,
    scope: str = "",
    dates: dict[int, str] | None = None,
    **cells: dict[int, str],
) -> Rows:
    """One series of a publisher; `cells` and `dates` give what differs, by number of the day."""
    rows = []
    for number, value in enumerate(values):
        if value is None:
            continue
        row = {
            "measure": measure,
            "figure": f"{value:.0f}",
            "scope": scope,
            "as_of": (dates or {}).get(number, day(number)),
            "published": day(number),
            "source": source,
        }
        if measure in ("toll_day", "new", "found", "committee", "hurt_day"):
            row["period_start"] = row["as_of"]
        rows.append(row | {name: given[number] for name, given in cells.items() if number in given})
    return rows


def since(number: int, text: str) -> dict[int, str]:
    return dict.fromkeys(range(number, DAYS), text)


def changed(values: Values, **at: float | None) -> list[float | None]:
    """Some values replaced: at_40=7."""
    found = list(values)
    for name, value in at.items():
        found[int(name.removeprefix("at_"))] = value
    return found


def shifted(values: Values, by: float, first: int = AT, until: int = DAYS) -> list[float | None]:
    return [
        one + by if one is not None and first <= place < until else one
        for place, one in enumerate(values)
    ]


def total(start: float = 20_000, step: int = 20) -> list[float | None]:
    return growing(DAYS, start, step)


def fall_causes() -> Iterator[tuple[Rows, set[tuple[str, int, str]]]]:
    """Falls of a running total, and totals that do not fall."""
    yield (
        claims("corrected", "toll", shifted(total(), -60)),
        {("toll.corrected", AT, "downward correction")},
    )
    yield claims("uncorrected", "toll", total()), set()
    yield (
        claims("revised", "toll", shifted(total(), -60), status=since(AT, "revised")),
        {("toll.revised", AT, "announced revision")},
    )
    yield claims("revised_up", "toll", total(), status=since(AT, "revised")), set()
    yield (
        claims("switched", "toll", shifted(total(), -60), attributed_to=since(AT, "army")),
        {("toll.switched", AT, "source switch")},
    )
    yield claims("switched_alike", "toll", total(), attributed_to=since(AT, "army")), set()
    halved = [
        *claims("ocha", "toll", total(34_000)),
        *claims("ocha", "children", shifted(total(14_000, 7), -6_703)),
        *claims("ocha", "women", shifted(total(9_000, 5), -4_541)),
    ]
    yield (
        halved,
        {
            ("children.ocha", AT, "scope or definition change"),
            ("women.ocha", AT, "scope or definition change"),
        },
    )
    yield (
        [
            *claims("unocha", "toll", total(34_000)),
            *claims("unocha", "children", total(14_000, 7)),
            *claims("unocha", "women", total(9_000, 5)),
        ],
        set(),
    )
    yield (
        [
            *claims("reset", "toll", shifted(total(4_000), -(total(4_000)[AT - 1] or 0))),
            *claims("reset", "toll", total(4_000), scope="all"),
        ],
        {("toll.reset", AT, "counting base reset")},
    )
    yield claims("late_start", "toll", [None] * 30 + growing(40, 10)), set()
    yield (
        claims("rounded", "toll", changed(total(), at_40=21_000, at_41=20_985)),
        {("toll.rounded", 41, "rounding")},
    )
    yield claims("exact", "toll", changed(total(), at_40=21_000 - 40)), set()
    yield (
        claims("collapsed", "toll", changed(total(), at_40=0)),
        {("toll.collapsed", AT, "unexplained")},
    )


def days_and_steps(
    source: str, running: Values, days: Values, measure: str = "toll", **cells: dict[int, str]
) -> Rows:
    return [
        *claims(source, measure, running, **cells),
        *claims(source, f"{measure}_day", days),
    ]


def mismatch_causes() -> Iterator[tuple[Rows, set[tuple[str, int, str]]]]:
    """Daily figures that differ from their steps, and some that only seem to."""
    running = total()
    days = steps_of(running)
    yield (
        days_and_steps("gap", changed(running, at_39=None), changed(days, at_39=None)),
        {("toll_day.gap", AT, "gap absorbed")},
    )
    yield days_and_steps("filled", changed(running, at_39=None), days), set()
    yield (
        days_and_steps("two_days", running, changed(days, at_40=(days[39] or 0) + (days[40] or 0))),
        {("toll_day.two_days", AT, "gap absorbed")},
    )
    yield (
        [
            *days_and_steps("additions", running, changed(days, at_40=(days[40] or 0) - 9)),
            *claims("additions", "found", [2.0] * AT + [9.0] + [2.0] * 29),
        ],
        {("toll_day.additions", AT, "late batch")},
    )
    yield (
        [
            *days_and_steps("no_additions", running, days),
            *claims("no_additions", "found", [2.0] * AT + [9.0] + [2.0] * 29),
        ],
        set(),
    )
    both = [
        *days_and_steps("batches", shifted(running, 15), days),
        *days_and_steps(
            "batches", shifted(total(50_000, 60), 35), steps_of(total(50_000, 60)), "hurt"
        ),
    ]
    yield (
        both,
        {
            ("toll_day.batches", AT, "late batch"),
            ("hurt_day.batches", AT, "late batch"),
        },
    )
    near = round((running[AT] or 0) / 100) * 100.0
    yield (
        days_and_steps("round_total", changed(running, at_40=near), days),
        {("toll_day.round_total", AT, "rounding"), ("toll_day.round_total", AT + 1, "rounding")},
    )
    yield (
        days_and_steps(
            "transposed", total(20_000, 340), changed(steps_of(total(20_000, 340)), at_42=304)
        ),
        {("toll_day.transposed", 42, "transposed digits")},
    )
    stood = changed(total(20_000, 40), at_40=total(20_000, 40)[AT - 1])
    yield (
        days_and_steps("copied", stood, steps_of(total(20_000, 40))),
        {
            ("toll.copied", AT, "copied forward"),
            ("toll_day.copied", AT, "copied forward"),
            ("toll_day.copied", AT + 1, "copied forward"),
        },
    )
    yield days_and_steps("quiet", stood, steps_of(stood)), set()
    reset = shifted(total(4_000), -(total(4_000)[AT - 1] or 0))
    yield (
        days_and_steps("new_base", reset, steps_of(total(4_000))),
        {
            ("toll.new_base", AT, "counting base reset"),
            ("toll_day.new_base", AT, "counting base reset"),
        },
    )


def other_causes() -> Iterator[tuple[Rows, set[tuple[str, int, str]]]]:
    """Surges, parts, dates and columns."""
    batch = shifted(total(), 720)
    named: Values = [None] * 5 + [1.0] * 4 + [None] * 31 + [720.0] + [None] * 29
    yield (
        [
            *days_and_steps("committee", batch, steps_of(batch)),
            *claims("committee", "committee", named),
        ],
        {("toll.committee", AT, "late batch")},
    )
    yield days_and_steps("one_bad_day", batch, steps_of(batch)), set()
    still = changed(total(), **{f"at_{n}": total()[30] for n in range(31, AT)})
    yield claims("stood_still", "toll", still), {("toll.stood_still", AT, "gap absorbed")}
    yield claims("leap", "toll", batch), {("toll.leap", AT, "unexplained")}
    whole = steps_of(total())
    less = [None if one is None else one - 2 for one in whole]
    twos: Values = [2.0] * DAYS
    yield (
        [
            *claims("parts", "toll_day", whole),
            *claims("parts", "new", less),
            *claims("parts", "found", changed(twos, at_40=None)),
        ],
        {("toll_day.parts", AT, "incomplete parts")},
    )
    yield (
        [
            *claims("all_parts", "toll_day", whole),
            *claims("all_parts", "new", less),
            *claims("all_parts", "found", twos),
        ],
        set(),
    )
    part = shifted(total(), -10, first=0)
    yield (
        [
            *claims("above", "toll", total()),
            *claims("above", "children", changed(part, at_40=(total()[AT] or 0) + 3)),
        ],
        {("children.above", AT, "unexplained")},
    )
    yield [*claims("below", "toll", total()), *claims("below", "children", part)], set()
    weeks = [1_000.0 + 90 * number + 7 * (number % 4) for number in range(DAYS)]
    dates = {number: (START + timedelta(days=7 * number)).isoformat() for number in range(DAYS)}
    wrong = {number: dates[number].replace("2024", "2023") for number in (44, 45, 46)}
    yield (
        claims("wrong_year", "toll", weeks, dates=dates | wrong, published=dates),
        {("toll.wrong_year", 7 * number - 365, "wrong year") for number in (44, 45, 46)}
        | {("toll.wrong_year", 0, "wrong year")},
    )
    yield claims("right_year", "toll", weeks, dates=dates, published=dates), set()
    other = total(60_000, 70)
    taken = [*total(500, 4)[:10], *other[10:15], *total(500, 4)[15:]]
    yield (
        [*claims("columns", "toll", taken), *claims("columns", "hurt", other)],
        {("toll.columns", number, "wrong column") for number in range(10, 16)},
    )
    yield [*claims("alike", "toll", total()), *claims("alike", "hurt", total())], set()


def slips() -> Iterator[tuple[Rows, set[tuple[str, int, str]]]]:
    """Mistyped figures of a running total, with the fall that each leaves."""
    running = total(23_017, 340)
    value = running[AT] or 0
    text = f"{value:.0f}"
    step = value - (running[AT - 1] or 0)
    typed = {
        "missing digit": float(text[:2] + text[3:]),
        "extra digit": float(text[:3] + text[2:]),
        "wrong digit": value + 50_000,
        "power of ten": value * 1_000,
        "daily typed as cumulative": step,
    }
    for cause, wrong in typed.items():
        source = cause.replace(" ", "_")
        fall = AT if wrong < value else AT + 1
        found = {(f"toll.{source}", number, cause) for number in (AT, fall)}
        yield claims(source, "toll", changed(running, at_40=wrong)), found
    after = running[AT + 1]
    yield (
        claims("swapped_figures", "toll", changed(running, at_40=after, at_41=value)),
        {("toll.swapped_figures", number, "swapped figures") for number in (AT, AT + 1)},
    )
    days = steps_of(running)
    yield (
        days_and_steps("misdated", changed(running, at_40=after), days),
        {("toll.misdated", AT, "misdated")}
        | {("toll_day.misdated", number, "misdated") for number in (AT, AT + 1)},
    )
    yield claims("well_typed", "toll", running), set()


SCENARIOS = [*fall_causes(), *mismatch_causes(), *other_causes(), *slips()]


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    rows = [row for scenario, _ in SCENARIOS for row in scenario]
    names = sorted({row["source"] for row in rows} | {"ministry", "army"})
    sources = [
        {"source": name, "name": name.title(), "kind": "newspaper", "side": "third-party"}
        for name in names
    ]
    folder = tmp_path_factory.mktemp("planted") / "planted"
    return load_dossier(
        write_dossier(folder, rows, measures=MEASURES, sources=sources), today=TODAY
    )


@pytest.fixture(scope="module")
def events(dossier: Dossier) -> pd.DataFrame:
    aligned = align(dossier.claims, dossier.measures, dossier.settings.thresholds)
    panel = build_panel(aligned, 5)
    page = one_page(dossier.measures)
    links = link_series(panel, dossier.measures, page)
    return find_events(panel, links, find_slips(panel, links), dossier.measures, page)


def test_each_planted_cause_is_found_and_nothing_else(events: pd.DataFrame) -> None:
    days = (events["at_last"] - pd.Timestamp(START)).dt.days
    found = set(zip(events["series"], days, events["cause"], strict=True))
    assert found == set().union(*(expected for _, expected in SCENARIOS))


def test_only_mistyped_figures_are_called_errors(events: pd.DataFrame) -> None:
    called = events[events["error"]]
    assert set(called["kind"]) == {"typing error"}
    assert set(called["series"]) == {
        "toll.wrong_year",
        "toll.columns",
        "toll.copied",
        "toll_day.transposed",
        *(f"toll.{name}" for name in SLIPPED),
    }
