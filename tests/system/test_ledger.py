"""An identity over time: what claims say of each of its terms."""

from collections.abc import Sequence

import pandas as pd
from systems import Cells, claims_of, date, identities_of, measures_of, said

from analyzer.system.ledger import COLUMNS, find_ledgers
from analyzer.system.search import search

INF = float("inf")
KINDS = measures_of(
    taken="fixed", freed="cumulative", rescued="cumulative", held="stock", share="share percent"
)
RULE = "taken + 4 = freed + rescued + held[all]"


def held(low: float, high: float | None = None, *, day: int) -> Cells:
    return said("held", low, high, day=day, scope="all")


def ledger(claims: Sequence[Cells], *rules: object) -> pd.DataFrame:
    identities = identities_of(*rules)  # type: ignore[arg-type]
    found = search(claims_of(claims, KINDS), identities, KINDS)
    return find_ledgers(found, identities, KINDS)


def bounds(table: pd.DataFrame) -> dict[int, list[tuple[str, float, float, bool]]]:
    """By day: label, low, high and whether it is stated, in the order of the terms."""
    rows: dict[int, list[tuple[str, float, float, bool]]] = {}
    for one in table.to_dict("records"):
        day = (one["at"] - date(0)).days
        rows.setdefault(day, []).append((one["label"], one["low"], one["high"], one["stated"]))
    return rows


def test_each_term_is_told_at_each_day_that_its_stock_is_claimed() -> None:
    """By day 5 100 are freed, by day 9 120; on day 7 between."""
    claims = [said("taken", 251), said("freed", 100, day=5), said("freed", 120, day=9)]
    claims += [said("rescued", 3, day=2), held(150, day=5), held(90, 140, day=7)]
    table = ledger(claims, RULE)
    assert list(table.columns) == COLUMNS
    assert bounds(table) == {
        5: [
            ("Taken", 251, 251, True),
            ("4", 4, 4, True),
            ("Freed", 100, 100, True),
            ("Rescued", 3, INF, False),
            ("Held (all)", 150, 150, True),
        ],
        7: [
            ("Taken", 251, 251, True),
            ("4", 4, 4, True),
            ("Freed", 100, 120, False),
            ("Rescued", 3, INF, False),
            ("Held (all)", 90, 140, True),
        ],
    }
    assert table["side"].tolist() == ["left", "left", "right", "right", "right"] * 2
    assert table["constant"].tolist() == [False, True, False, False, False] * 2


def test_a_term_is_told_times_its_factor() -> None:
    """Taken less 90 to 100 held: the factor is -1, the bounds -100 to -90."""
    table = ledger(
        [said("taken", 251), held(90, 100, day=7), said("freed", 151, day=7)],
        "freed = taken - held[all]",
    )
    row = table[table["measure"] == "held"].iloc[0]
    assert (row["factor"], row["low"], row["high"]) == (-1, -100, -90)


def test_a_day_without_one_of_two_stocks_is_not_told() -> None:
    claims = [held(150, day=5), held(140, day=7), said("held", 9, day=7, scope="part")]
    table = ledger(
        [*claims, said("taken", 251)], "taken >= held[all]", "held[all] = held[part] + 131"
    )
    assert set(bounds(table)) == {7}


def test_a_figure_that_nobody_gives_is_what_the_other_identities_leave() -> None:
    """At most thrice the 100 freed; that the ledger itself leaves just 250 has no say in it."""
    claims = [held(150, day=5), said("freed", 100, day=5), said("rescued", 4, day=5)]
    assert bounds(ledger(claims, RULE))[5][0] == ("Taken", 0, INF, False)
    assert bounds(ledger(claims, RULE, "taken <= 3 * freed"))[5][0] == ("Taken", 0, 300, False)


def test_a_figure_that_a_lightest_removal_gives_up_has_no_say_elsewhere() -> None:
    """Three say 100 on day 3 and two say 90 on day 5: on day 7 it is at least 100."""
    claims = [
        *(said("freed", 100, day=3) for _ in range(3)),
        said("taken", 251),
        held(1, 99, day=7),
    ]
    claims += [said("freed", 90, day=5), said("freed", 90, day=5)]
    assert bounds(ledger(claims, RULE))[7][2] == ("Freed", 100, INF, False)


def test_days_outside_its_dates_are_not_told() -> None:
    claims = [said("taken", 251), *(held(150, day=day) for day in (5, 7, 9))]
    assert set(bounds(ledger(claims, (RULE, 6, 8)))) == {7}


def test_only_equalities_that_are_plain_sums_are_told() -> None:
    claims = [
        said("taken", 251),
        held(150, day=5),
        said("share", 40, day=5),
        said("freed", 1, day=5),
    ]
    rules = ("held[all] <= taken", "share = 100 * freed / taken", "held[*] = taken - 101")
    rules += ("held[all] = before(held[all]) + 1", "2 * freed = share")
    assert ledger(claims, *rules).empty


def test_running_totals_alone_are_told_at_each_of_their_days() -> None:
    """4 on day 2 and 9 on day 6, of which 1 to 3 on day 4 are a part."""
    claims = [said("freed", 4, day=2), said("freed", 9, day=6), said("rescued", 1, 3, day=4)]
    table = ledger(claims, "freed = rescued + 3")
    assert [(day, rows[0][1:], rows[1][1:]) for day, rows in bounds(table).items()] == [
        (2, (4, 4, True), (0, 3, False)),
        (4, (4, 9, False), (1, 3, True)),
        (6, (9, 9, True), (1, INF, False)),
    ]


def test_what_a_removal_of_pairs_gives_up_is_left_out() -> None:
    """Two origins give 150 held, one 160."""
    claims = [said("taken", 251), held(150, day=5), held(150, day=5), held(160, day=5)]
    ((*_, (_, low, high, _)),) = bounds(ledger(claims, RULE)).values()
    assert (low, high) == (150, 150)
