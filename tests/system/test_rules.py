"""What kinds of measures and identities say of the places of a system.

Most tests hold that some figures are a contradiction and that their neighbours are none.
"""

from collections.abc import Sequence

import pytest
from systems import (
    Cells,
    allowed,
    ends,
    ids,
    measures_of,
    options,
    said,
    search_in,
    sets,
    system_of,
)

from analyzer.expressions import Ref
from analyzer.linear import LinearError
from analyzer.system.minimal import minimal_set
from analyzer.system.parts import Parts
from analyzer.system.places import NEVER, Calendar, Place, facts_of
from analyzer.system.rows import HARD
from analyzer.system.rules import ADDS, RUNNING, STRUCTURE, WITHIN
from analyzer.system.solve import ImpossibleRulesError

INF = float("inf")
KINDS = measures_of(
    dead="fixed",
    hurt="fixed",
    all="fixed",
    toll="cumulative",
    part="cumulative",
    held="stock",
    alive="stock",
    corpses="stock",
    came="flow",
    day="flow of toll",
    share="share percent",
    more="share percent",
    ratio="fixed ratio",
)
Rule = str | tuple[str, int | None, int | None]


def fails(claims: Sequence[Cells], *rules: Rule) -> bool:
    """Whether the claims contradict each other; if so, it takes all of them."""
    system = system_of(claims, KINDS, *rules)
    found = [one for part in Parts(system) if (one := minimal_set(part, part.atoms))]
    assert all(len(ids(system, one)) == len(claims) for one in found)
    return bool(found)


# kinds


def test_a_fixed_measure_is_the_same_at_all_times() -> None:
    assert fails([said("dead", 10, day=1), said("dead", 11, day=9)])
    assert not fails([said("dead", 10, 12, day=1), said("dead", 11, day=9)])


def test_a_running_total_does_not_fall() -> None:
    assert fails([said("toll", 10, day=1), said("toll", 9, day=2)])
    assert not fails([said("toll", 10, day=1), said("toll", 10, day=2)])
    assert not fails([said("toll", 10, day=1), said("toll", 90, day=2)])


def test_a_running_total_of_the_same_day_is_one_figure() -> None:
    assert fails([said("toll", 10, day=1), said("toll", 11, day=1)])


def test_a_running_total_is_bounded_by_the_days_around() -> None:
    """A day that a rule asks of lies between 10 and 20."""
    claims = [said("toll", 10, day=1), said("toll", 20, day=5), said("held", 0, 99, day=3)]
    found = search_in(claims, KINDS, "held <= toll")
    assert ends(found, KINDS, "toll") == [[10, 10], [10, 20], [20, 20]]


@pytest.mark.parametrize(("figure", "wrong"), [(9, True), (10, False), (20, False), (21, True)])
def test_a_month_s_claim_lies_between_its_first_and_its_last_day(
    figure: float, wrong: bool
) -> None:
    """10 on the first day and 20 on the last; the claim is of some day of the month."""
    day, month, last = (
        said("toll", 10, day=1),
        said("toll", figure, day=1, until=30),
        said("toll", 20, day=30),
    )
    found = sets(search_in([day, month, last], KINDS))
    assert found == ({frozenset({"c1", "c0" if figure < 10 else "c2"})} if wrong else set())


def test_a_month_s_claim_says_nothing_of_a_day_within_it() -> None:
    """30 in some day of the month can come after 10 on the fifth, and 1 before it."""
    assert not fails([said("toll", 30, day=1, until=30), said("toll", 10, day=5)])
    assert not fails([said("toll", 1, day=1, until=30), said("toll", 10, day=5)])


def test_two_months_are_in_order() -> None:
    assert fails([said("toll", 30, day=1, until=31), said("toll", 29, day=32, until=59)])


def test_running_totals_since_two_days_are_not_compared() -> None:
    claims = [
        said("toll", 10, day=1, since="1970-01-01"),
        said("toll", 9, day=2, since="1970-01-02"),
    ]
    assert not fails(claims)


def test_a_running_total_that_has_ended_stays_as_it_was() -> None:
    """Ended on day 5: an account of day 9 takes the total of day 5."""
    kinds = measures_of(freed="cumulative until 5", left="stock")
    claims = [said("freed", 10, day=5), said("left", 3, day=9)]
    found = search_in(claims, kinds, "freed + left = 14")
    assert sets(found) == {frozenset({"c0", "c1"})}


def test_a_stock_is_free_from_day_to_day_and_one_on_a_day() -> None:
    assert not fails([said("held", 10, day=1), said("held", 3, day=2), said("held", 40, day=3)])
    assert fails([said("held", 10, day=1), said("held", 3, day=1)])


def test_a_flow_is_the_step_of_its_total() -> None:
    """From 10 to 25 in a day are 15."""
    total = [said("toll", 10, day=1), said("toll", 25, day=2)]
    assert fails([*total, said("day", 14, day=2, start=2)])
    assert not fails([*total, said("day", 15, day=2, start=2)])
    assert fails([total[1], said("day", 14, 99, day=2, start=2), said("toll", 12, day=1)])


def test_a_flow_of_several_days_is_the_step_over_them() -> None:
    """From 10 at the end of day 1 to 25 at the end of day 4: days 2 to 4."""
    total = [said("toll", 10, day=1), said("toll", 25, day=4)]
    assert fails([*total, said("day", 14, day=4, start=2)])
    assert not fails([*total, said("day", 15, day=4, start=2)])


def test_flows_add_up_along_their_total() -> None:
    """10, then 4 and 5, then 20: one is missing. Nobody gives the total of day 2."""
    steps = [said("day", 4, day=2, start=2), said("day", 5, day=3, start=3)]
    assert fails([said("toll", 10, day=1), *steps, said("toll", 20, day=3)])
    found = search_in([said("toll", 10, day=1), *steps], KINDS)
    assert ends(found, KINDS, "toll") == [[10, 10], [14, 14], [19, 19]]


def test_a_flow_of_another_scope_is_no_step_of_the_total() -> None:
    total = [said("toll", 10, day=1), said("toll", 25, day=2)]
    assert not fails([*total, said("day", 40, day=2, start=2, scope="north")])


def test_a_flow_after_its_total_has_ended_adds_nothing_to_it() -> None:
    """The total of the first deal stays 100, however many a later deal frees."""
    kinds = measures_of(freed="cumulative until 5", on_day="flow of freed")
    claims = [
        said("freed", 100, day=5),
        said("on_day", 3, day=9, start=9),
        said("on_day", 0, day=8, start=8),
    ]
    found = search_in(claims, kinds)
    assert sets(found) == set()
    assert ends(found, kinds, "freed") == [[100, 100]]


def test_of_two_flows_the_longer_time_has_the_larger() -> None:
    """9 on day 3 against 8 on days 1 to 5."""
    assert fails([said("came", 8, day=5, start=1), said("came", 9, day=3, start=3)])
    assert not fails([said("came", 8, day=5, start=1), said("came", 8, day=3, start=3)])
    assert not fails([said("came", 8, day=5, start=1), said("came", 9, day=6, start=3)])


def test_of_several_flows_in_a_longer_time_none_is_larger() -> None:
    """The second day of the month that is given stands behind the first; both lie in the month."""
    claims = [said("came", 50, day=31, start=1), said("came", 20, day=10, start=10)]
    claims.append(said("came", 60, day=20, start=20))
    assert sets(search_in(claims, KINDS)) == {frozenset({"c0", "c2"})}


def test_a_day_within_two_longer_times_is_held_against_both() -> None:
    """Days 3 to 9 lie in days 1 to 10 and in days 2 to 12."""
    longer = [said("came", 8, day=10, start=1), said("came", 90, day=12, start=2)]
    found = sets(search_in([*longer, said("came", 9, day=9, start=3)], KINDS))
    assert found == {frozenset({"c0", "c2"})}


def test_flows_of_one_time_are_one_figure() -> None:
    assert fails([said("came", 8, day=5, start=1), said("came", 9, day=5, start=1)])


# identities: times, dates, scopes


def test_an_identity_of_fixed_measures_holds_once() -> None:
    assert fails([said("all", 10), said("dead", 6), said("hurt", 5)], "all = dead + hurt")
    assert not fails([said("all", 10), said("dead", 6), said("hurt", 4)], "all = dead + hurt")


def test_an_identity_of_stocks_holds_at_each_day() -> None:
    """20 + 25 is 45 on day 3; what is given for day 4 has no bearing on it."""
    claims = [said("held", 48, day=3), said("alive", 20, day=3)]
    assert fails([*claims, said("corpses", 25, day=3)], "held = alive + corpses")
    assert not fails([*claims, said("corpses", 25, day=4)], "held = alive + corpses")


def test_an_account_of_a_stock_takes_the_running_totals_of_its_day() -> None:
    """Released 5 by day 1 and 9 by day 5, so 5 to 9 on day 3: 10 taken leave 1 to 5 held."""
    totals = [said("toll", 5, day=1), said("toll", 9, day=5)]
    rule = "dead = toll + held"
    assert not fails([said("dead", 10), *totals, said("held", 5, day=3)], rule)
    found = search_in([said("dead", 10), *totals, said("held", 6, day=3)], KINDS, rule)
    assert sets(found) == {frozenset({"c0", "c1", "c3"})}


def test_a_part_of_a_running_total_is_held_against_the_whole_of_its_day() -> None:
    assert fails([said("part", 11, day=2), said("toll", 10, day=2)], "part <= toll")
    assert fails([said("part", 11, day=2), said("toll", 10, day=3)], "part <= toll")
    assert not fails([said("part", 11, day=3), said("toll", 10, day=2)], "part <= toll")


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        (None, None, True),
        (3, 3, True),
        (4, None, False),
        (None, 2, False),
        (1, 3, True),
        (3, 9, True),
    ],
)
def test_an_identity_holds_between_its_dates(
    start: int | None, end: int | None, wrong: bool
) -> None:
    claims = [said("held", 4, day=3), said("alive", 5, day=3)]
    assert fails(claims, ("alive <= held", start, end)) == wrong


def test_dates_bound_a_running_total_only_from_then_on() -> None:
    """At most 5 from day 10 on: 7 on day 1 can't have come down by day 12."""
    claims = [said("toll", 7, day=1), said("toll", 0, 9, day=12)]
    found = search_in(claims, KINDS, ("toll <= 5", 10, None))
    assert sets(found) == {frozenset({"c0"})}
    assert not fails([said("toll", 7, day=12)], ("toll <= 5", None, 11))


def test_a_plain_name_takes_claims_without_a_scope_only() -> None:
    scoped = said("held", 4, day=1, scope="north")
    assert not fails([scoped, said("alive", 5, day=1)], "alive <= held")
    assert fails([said("held", 4, day=1), said("alive", 5, day=1)], "alive <= held")


def test_a_scope_takes_its_own_claims_only() -> None:
    held, alive = said("held", 4, day=1), said("alive", 5, day=1)
    rule = "alive <= held[north]"
    assert not fails([held, alive], rule)
    assert not fails([held | {"scope": "south"}, alive], rule)
    assert fails([held | {"scope": "north"}, alive], rule)


def test_an_inequality_for_all_scopes_holds_in_each() -> None:
    """Of 4 in the north and 9 in the south, at most 5: the south is wrong."""
    claims = [said("held", 4, day=1, scope="north"), said("held", 9, day=1, scope="south")]
    found = search_in([*claims, said("dead", 5)], KINDS, "held[*] <= dead")
    assert sets(found) == {frozenset({"c1", "c2"})}


def test_two_measures_for_all_scopes_are_of_one_scope_at_a_time() -> None:
    """7 of 6 in the north is wrong; 7 in the north of 6 in the south is not."""
    alive = said("alive", 7, day=1, scope="north")
    assert fails([alive, said("held", 6, day=1, scope="north")], "alive[*] <= held[*]")
    assert not fails([alive, said("held", 6, day=1, scope="south")], "alive[*] <= held[*]")


def test_an_equality_for_all_scopes_holds_where_one_scope_is_claimed_at_the_time() -> None:
    """On day 1 both scopes are given, and which of them is meant is not known; on day 2 one is."""
    rule = "held[*] = alive + corpses"

    def told(day: int, *scopes: str) -> list[Cells]:
        held = [said("held", 101, day=day, scope=scope) for scope in scopes]
        return [*held, said("alive", 64, day=day), said("corpses", 33, day=day)]

    assert not fails(told(1, "all", "of_the_251"), rule)
    assert fails(told(2, "all"), rule)
    assert not fails([*told(2, "all")[1:], *told(1, "all", "of_the_251")[:2]], rule)


# sums and the day before


def test_the_days_of_a_flow_are_added_from_the_first_day_on() -> None:
    """90 + 200 = 290 from day 19 on; 30 on day 10 is of an earlier deal."""
    days = [said("came", 90, day=19, start=19), said("came", 200, day=25, start=25)]
    rule = ("toll >= sum(came)", 19, 60)
    assert fails([*days, said("toll", 289, day=26)], rule)
    assert not fails([*days, said("toll", 290, day=26)], rule)
    assert not fails([said("came", 30, day=10, start=10), *days, said("toll", 290, day=26)], rule)


def test_days_after_the_time_of_the_total_are_not_added() -> None:
    days = [said("came", 90, day=19, start=19), said("came", 200, day=25, start=25)]
    found = search_in([*days, said("toll", 89, day=24)], KINDS, ("toll >= sum(came)", 19, 60))
    assert sets(found) == {frozenset({"c0", "c2"})}


def test_a_handover_that_is_dated_a_night_apart_counts_once() -> None:
    """90 of day 19, and 90 of the night from day 19 to 20, are no 180."""
    days = [said("came", 90, day=19, start=19), said("came", 90, day=20, start=19)]
    rule = ("toll >= sum(came)", 19, 60)
    assert not fails([*days, said("toll", 90, day=26)], rule)
    assert sets(search_in([*days, said("toll", 89, day=26)], KINDS, rule))


def test_a_handover_that_is_dated_a_night_apart_is_given_up_as_a_whole() -> None:
    """Without the 90 of day 19 the 90 of the night still stand against 89 in all."""
    days = [said("came", 90, day=19, start=19), said("came", 90, day=20, start=19)]
    found = search_in([*days, said("toll", 89, day=26)], KINDS, ("toll >= sum(came)", 19, 60))
    assert options(found) == [(1, {frozenset({"c2"})})]


def test_of_several_scopes_of_a_day_the_largest_is_added() -> None:
    """5 hostages of whom 3 are Israelis: 5 and 4 the next day are 9, not 12."""
    days = [said("came", 5, day=1, start=1), said("came", 3, day=1, start=1, scope="Israelis")]
    days.append(said("came", 4, day=2, start=2))
    rule = ("toll >= sum(came[*])", 1, 60)
    assert sets(search_in([*days, said("toll", 9, day=2)], KINDS, rule)) == set()
    found = sets(search_in([*days, said("toll", 8, day=2)], KINDS, rule))
    assert found == {frozenset({"c0", "c2", "c3"})}


def test_a_sum_without_scopes_leaves_other_scopes_out() -> None:
    days = [said("came", 5, day=1, start=1), said("came", 4, day=2, start=2, scope="Thais")]
    assert not fails([*days, said("toll", 5, day=2)], ("toll >= sum(came)", 1, 60))


def test_a_sum_says_nothing_from_above() -> None:
    """Days that nobody gives may add more."""
    days = [said("came", 5, day=1, start=1)]
    assert not fails([*days, said("toll", 500, day=2)], ("toll = sum(came)", 1, 60))


def test_the_value_of_the_day_before_is_another_place() -> None:
    """29,954 and 81 more are 30,035."""
    kinds = measures_of(toll="cumulative", day="flow")
    before, step = said("toll", 29_954, day=1), said("day", 81, day=2, start=2)
    rule = "toll = before(toll) + day"
    found = search_in([before, step, said("toll", 30_035, day=2)], kinds, rule)
    assert sets(found) == set()
    found = search_in([before, step, said("toll", 30_036, day=2)], kinds, rule)
    assert sets(found) == {frozenset({"c0", "c1", "c2"})}


def test_the_day_before_a_flow_of_several_days_is_the_one_before_its_first() -> None:
    kinds = measures_of(toll="cumulative", day="flow")
    claims = [said("toll", 10, day=1), said("day", 6, day=4, start=2), said("toll", 15, day=4)]
    found = search_in(claims, kinds, "toll = before(toll) + day")
    assert sets(found) == {frozenset({"c0", "c1", "c2"})}


def test_a_stock_that_grows_by_a_flow_may_grow_less_the_next_day() -> None:
    """10, 15 and 17: 5 came on the second day and 2 on the third."""
    stock = [said("held", figure, day=day) for day, figure in ((1, 10), (2, 15), (3, 17))]
    flows = [said("came", 5, day=2, start=2), said("came", 2, day=3, start=3)]
    rule = "held = before(held) + came"
    assert not fails(stock, rule)
    assert not fails([*stock, *flows], rule)


def test_a_stock_that_grows_by_a_flow_grows_by_no_other_number() -> None:
    stock = [said("held", 10, day=1), said("held", 15, day=2)]
    flow = said("came", 4, day=2, start=2)
    assert fails([*stock, flow], "held = before(held) + came")


def test_a_stock_that_grows_by_a_flow_does_not_fall() -> None:
    """Nobody says how many came, and fewer than none did not."""
    assert fails([said("held", 10, day=1), said("held", 9, day=2)], "held = before(held) + came")


# shares and ratios


def test_a_share_is_put_in_as_a_number() -> None:
    """(20 + 30) of 200 are 25 %; 26 to 27 % would take 52 to 54 of them."""
    parts = [said("alive", 20, day=1), said("corpses", 30, day=1), said("held", 200, day=1)]
    rule = "share = 100 * (alive + corpses) / held"
    assert not fails([*parts, said("share", 24.5, 25.5, day=1)], rule)
    assert fails([*parts, said("share", 26, 27, day=1)], rule)
    assert fails([*parts, said("share", 20, 24, day=1)], rule)


def test_a_share_leaves_a_range_for_the_whole_and_for_the_parts() -> None:
    """24 to 25 % of 200 are 48 to 50; 50 are 24 to 25 % of 200 to 208.3, so of 208 at most."""
    rule, share = "share = 100 * alive / held", said("share", 24, 25, day=1)
    found = search_in([share, said("held", 200, day=1)], KINDS, rule)
    assert ends(found, KINDS, "alive") == [[48, 50]]
    found = search_in([share, said("alive", 50, day=1)], KINDS, rule)
    assert ends(found, KINDS, "held") == [[200, 208]]


def test_a_share_with_an_open_end_bounds_one_side_only() -> None:
    """At least 25 % of 200 are at least 50 of them."""
    rule, held = "share = 100 * alive / held", said("held", 200, day=1)
    share = said("share", 25, INF, day=1)
    assert fails([share, held, said("alive", 49, day=1)], rule)
    assert not fails([share, held, said("alive", 150, day=1)], rule)


def test_a_share_of_another_day_is_not_put_in() -> None:
    parts = [said("alive", 50, day=1), said("held", 200, day=1), said("share", 40, day=2)]
    assert not fails(parts, "share = 100 * alive / held")


def test_two_shares_of_one_day_are_put_in_each_for_itself() -> None:
    """25 % fits 50 of 200, 40 % does not; the two exclude each other besides."""
    parts = [said("alive", 50, day=1), said("held", 200, day=1)]
    shares = [said("share", 25, day=1), said("share", 40, day=1)]
    system = system_of([*parts, *shares], KINDS, "share = 100 * alive / held")
    owners = {atom for atom, rule in zip(system.atom, system.rules, strict=True) if rule == "i0"}
    assert ids(system, owners) == {"c2", "c3"}


def test_a_ratio_bounds_a_product() -> None:
    """Three prisoners for each of 30 hostages are at least 90."""
    rule = "all >= ratio * dead"
    ratio, hostages = said("ratio", 3), said("dead", 30)
    assert fails([ratio, hostages, said("all", 89)], rule)
    assert not fails([ratio, hostages, said("all", 90)], rule)
    found = search_in([ratio, hostages], KINDS, rule)
    assert ends(found, KINDS, "all") == [[90, INF]]


def test_of_a_ratio_from_2_to_3_only_what_is_sure_is_said() -> None:
    """30 times 2 to 3 are at least 60."""
    rule = "all >= ratio * dead"
    claims = [said("ratio", 2, 3), said("dead", 30)]
    assert not fails([*claims, said("all", 60)], rule)
    assert fails([*claims, said("all", 59)], rule)


def test_the_two_gaps_of_a_count_are_converted() -> None:
    """40 % missing of the whole are 40 / 60, two thirds above the count, not 41 %."""
    rule = "more = 100 * share / (100 - share)"
    assert not fails([said("share", 40, day=1), said("more", 66, 67, day=1)], rule)
    assert fails([said("share", 40, day=1), said("more", 41, day=1)], rule)


def test_a_factor_of_a_sum_that_can_have_either_sign_is_refused() -> None:
    """What the bounds of the ratio say of dead - hurt depends on which of the two is larger."""
    claims = [said("ratio", 2, 3), said("dead", 30), said("hurt", 10), said("all", 500)]
    with pytest.raises(LinearError, match="above and below 0"):
        system_of(claims, KINDS, "ratio * (dead - hurt) = all")


# rules of the whole


def test_identities_that_no_figures_satisfy_are_named() -> None:
    """All = dead + 1 and dead = all + 1; the third has nothing to do with it."""
    rules = ("all = dead + 1", "dead = all + 1", "hurt <= toll")
    with pytest.raises(ImpossibleRulesError, match=r"^i0, i1$"):
        search_in([said("dead", 5), said("hurt", 3)], KINDS, *rules)


def test_of_the_identities_of_a_part_only_those_that_clash_are_named() -> None:
    """Hurt is tied to dead, but by a rule that can be kept."""
    rules = ("all = dead + 1", "dead = all + 1", "hurt <= dead")
    with pytest.raises(ImpossibleRulesError, match=r"^i0, i1$"):
        search_in([said("dead", 5), said("hurt", 3)], KINDS, *rules)


def test_an_identity_that_contradicts_itself_is_named() -> None:
    with pytest.raises(ImpossibleRulesError, match="i0"):
        search_in([said("dead", 5)], KINDS, "dead = dead + 4")


def test_one_claim_can_contradict_an_identity_alone() -> None:
    found = search_in([said("dead", 7)], KINDS, "dead <= 5")
    assert sets(found) == {frozenset({"c0"})}
    assert options(found) == [(1, {frozenset({"c0"})})]


def test_a_row_says_whether_a_rule_or_an_atom_states_it() -> None:
    """From 10 to 12 on day 1, 20 or more on day 2: three bounds and the step between the days."""
    system = system_of([said("toll", 10, 12, day=1), said("toll", 20, INF, day=2)], KINDS)
    assert system.atom.tolist() == [0, 0, 1, HARD]
    assert system.rules == ("", "", "", RUNNING)
    assert system.bounds.tolist() == [10, -12, 20, 0]
    assert system.matrix.toarray().tolist() == [[1, 0], [-1, 0], [0, 1], [-1, 1]]


def test_what_no_row_ties_together_is_a_part_of_its_own() -> None:
    """Dead and hurt are one part with all; the toll is another."""
    claims = [said("dead", 1), said("hurt", 2), said("toll", 3, day=1)]
    system = system_of(claims, KINDS, "all = dead + hurt")
    part = {place.measure: number for place, number in zip(system.places, system.part, strict=True)}
    assert part["dead"] == part["hurt"] == part["all"] != part["toll"]


def test_days_can_be_asked_for_of_which_no_claim_speaks() -> None:
    """All but the stock of day 3 is known: 9 - 4 = 5 are left."""
    claims = [said("dead", 9), said("toll", 4, day=1), said("toll", 4, day=5)]
    system = system_of(claims, KINDS, "dead = toll + held", days=[3])
    assert Place("held", "", "", NEVER, 3, 3) in system.places
    assert Place("held", "", "", NEVER, 4, 4) not in system.places


def test_a_calendar_finds_the_place_of_a_measure_at_any_time() -> None:
    kinds = measures_of(dead="fixed", toll="cumulative until 5", held="stock", came="flow")
    calendar = Calendar([], facts_of(kinds))
    span = (2, 3, 7)
    never = (NEVER, NEVER, NEVER)
    places = {name: calendar.place(name, "", span) for name in ("dead", "toll", "held", "came")}
    assert places == {
        "dead": Place("dead", "", "", *never),
        "toll": Place("toll", "", "", NEVER, 3, 7),
        "held": Place("held", "", "", NEVER, 3, 7),
        "came": Place("came", "", "", *span),
    }
    assert calendar.place("toll", "", (6, 6, 8)) == Place("toll", "", "", NEVER, 5, 5)


def test_rules_of_kinds_have_names_of_their_own() -> None:
    """The step of a total, the fall of one, the flow within a flow."""
    claims = [said("toll", 1, day=1), said("toll", 2, day=2), said("day", 1, day=2, start=2)]
    claims += [said("came", 1, day=9, start=1), said("came", 1, day=2, start=2)]
    rules = set(system_of(claims, KINDS).rules) - {""}
    assert rules == set(STRUCTURE) == {RUNNING, ADDS, WITHIN}
    assert Ref("toll") != Ref("toll", "x")
    assert allowed(search_in(claims, KINDS), KINDS)["measure"].nunique() == 3
