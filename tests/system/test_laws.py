"""Laws of worlds that have one truth, from which claims are cut.

Whatever holds the truth can be true together; a claim that misses all that the others allow is
named by every contradiction; and the envelope never loses the truth.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product

from hypothesis import assume, given
from hypothesis import strategies as st
from systems import (
    Cells,
    allowed,
    claims_of,
    date,
    few,
    identities_of,
    ids,
    measures_of,
    options,
    said,
    search_in,
    sets,
    within,
)

from analyzer.system.build import build_system
from analyzer.system.parts import Parts
from analyzer.system.places import NEVER, Place
from analyzer.system.search import search
from analyzer.system.solve import refute

INF = float("inf")
DAYS = range(1, 5)  # days that claims speak of; totals are known on day 0 too
KINDS = measures_of(
    whole="fixed",
    one="fixed",
    other="fixed",
    ratio="fixed ratio",
    toll="cumulative",
    part="cumulative",
    came="flow of toll",
    held="stock",
    alive="stock",
    corpses="stock",
    arrived="flow",
    left="flow",
    share="share percent",
)
RULES = (
    "whole = one + other",
    "ratio * one <= other",
    "part[*] <= toll[*]",
    "toll = before(toll) + came",
    ("toll >= sum(came)", 1, None),
    "held = alive + corpses",
    ("corpses <= one", 2, 3),
    "held[*] <= whole + toll",
    "share = 100 * alive / held",
)
READINGS = ("letter", "rounded", "implied")


@dataclass
class World:
    """What is true: fixed figures, and figures by day; claims of a month are of its last day."""

    fixed: dict[str, float] = field(default_factory=dict)
    daily: dict[str, list[float]] = field(default_factory=dict)

    def value(self, place: Place) -> float:
        if place.measure in self.fixed:
            return self.fixed[place.measure]
        steps = {"came": "toll", "arrived": "arrivals", "left": "departures"}
        total = self.daily[steps.get(place.measure, place.measure)]
        if place.measure in steps:
            return total[place.last] - total[place.start - 1]
        return total[place.last]


small = st.integers(0, 6)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    world = World()
    one, other = draw(small), draw(small)
    ratio = draw(st.integers(0, 4)) / 4 * (other / one if one else 3)
    world.fixed = {"whole": one + other, "one": one, "other": other, "ratio": ratio}
    toll = [draw(small)]
    for _ in DAYS:
        toll.append(toll[-1] + draw(small))
    share = draw(st.integers(0, 4))
    corpses = [draw(st.integers(0, one)) for _ in toll]  # at most `one`, as a rule says
    room = [world.fixed["whole"] + total - dead for total, dead in zip(toll, corpses, strict=True)]
    alive = [draw(st.integers(0, max(most, 0))) for most in room]
    held = [living + dead for living, dead in zip(alive, corpses, strict=True)]
    world.daily = {
        "toll": toll,
        "part": [total * share // 4 for total in toll],
        "held": held,
        "alive": alive,
        "corpses": corpses,
        "share": [100 * a / h if h else 0 for a, h in zip(alive, held, strict=True)],
    }
    return world


@st.composite
def told(draw: st.DrawFn, world: World, most: int = 8) -> list[Cells]:
    """Claims that hold the truth: implied bounds within the literal ones within those apart."""
    claims = []
    for _ in range(draw(st.integers(1, most))):
        measure = draw(st.sampled_from(sorted(set(KINDS["measure"]) - {"arrived", "left"})))
        kind = KINDS.set_index("measure").loc[measure, "kind"]
        last = draw(st.sampled_from(DAYS))
        first = draw(st.integers(1, last)) if kind in ("cumulative", "flow") else last
        times = (
            {}
            if kind == "fixed"
            else {"day": last}
            if kind != "cumulative"
            else {"day": first, "until": last}
        )
        times |= {"start": first} if kind == "flow" else {}
        if measure == "share" and not world.daily["held"][last]:
            continue  # a share of nobody is no number
        truth = world.value(Place(measure, "", "", first, first, last))
        low = high = truth
        cells = {}
        for name in ("implied", "near", "", "apart"):
            low, high = max(low - draw(st.integers(0, 2)), 0), high + draw(st.integers(0, 2))
            if name == "" and draw(st.booleans()):
                high = INF
            ends = {
                end.removeprefix("_"): value
                for end, value in ((f"{name}_low", low), (f"{name}_high", high))
            }
            cells |= ends
        claims.append(said(measure, 0, **times, who=draw(st.sampled_from(["", "x", "y"]))) | cells)
    assume(claims)
    return claims


@st.composite
def worlds_and_claims(draw: st.DrawFn) -> tuple[World, list[Cells]]:
    world = draw(worlds())
    return world, draw(told(world))


@few
@given(worlds_and_claims())
def test_what_holds_the_truth_is_no_contradiction_under_any_reading(
    drawn: tuple[World, list[Cells]],
) -> None:
    _, claims = drawn
    frame, identities = claims_of(claims, KINDS), identities_of(*RULES)
    for reading in READINGS:
        system = build_system(frame, identities, KINDS, reading, days=DAYS)
        assert not any(refute(part, part.atoms) for part in Parts(system))
    found = search(frame, identities, KINDS)
    assert (sets(found), options(found)) == (set(), [])


@few
@given(worlds_and_claims())
def test_the_envelope_holds_the_truth_at_every_place(drawn: tuple[World, list[Cells]]) -> None:
    world, claims = drawn
    found = search_in(claims, KINDS, *RULES)
    rows = allowed(found, KINDS)
    for row in rows.itertuples():
        times = [
            NEVER if day is None else day
            for day in map(number, (row.start, row.at_first, row.at_last))
        ]
        if row.measure == "share" and not world.daily["held"][times[2]]:
            continue
        truth = world.value(Place(row.measure, "", "", *times))
        assert within(row.low, truth, row.high)


def number(day: object) -> int | None:
    return None if day != day else (day - date(0)).days  # type: ignore[operator]


@few
@given(worlds_and_claims(), st.data())
def test_a_claim_that_misses_what_the_others_allow_is_in_every_contradiction(
    drawn: tuple[World, list[Cells]], data: st.DataObject
) -> None:
    """It is one beyond the envelope of a place; it or what weighs no more is given up."""
    _, claims = drawn
    rows = allowed(search_in(claims, KINDS, *RULES), KINDS)
    rows = rows[
        ~rows["measure"].isin(("share", "ratio")) & ((rows["low"] >= 1) | (rows["high"] < INF))
    ]
    assume(len(rows))
    row = rows.iloc[data.draw(st.integers(0, len(rows) - 1))]
    up = row["high"] < INF and (row["low"] < 1 or data.draw(st.booleans()))
    end = row["high"] + 1 if up else row["low"] - 1
    wide = data.draw(st.sampled_from([0, 2, INF]))
    low, high = (end, end + wide) if up else (max(end - wide, 0), end)
    days = {
        "day": number(row["at_first"]),
        "until": number(row["at_last"]),
        "start": number(row["start"]),
    }
    false = said(row["measure"], low, high, who="liar", **days)
    found = search_in([*claims, false], KINDS, *RULES)
    liar = f"c{len(claims)}"
    assert sets(found)
    assert all(liar in one for one in sets(found))
    ((votes, chosen),) = options(found)
    assert votes <= 1 + 1e-6
    for out in chosen:
        left = [claim for place, claim in enumerate([*claims, false]) if f"c{place}" not in out]
        assert sets(search_in(left, KINDS, *RULES)) == set() if left else True


changes = st.lists(st.integers(0, 5), min_size=4, max_size=4)
known = st.sets(st.tuples(st.sampled_from(["held", "arrived", "left"]), st.sampled_from(DAYS)))


@few
@given(changes, changes, st.integers(20, 25), known, st.booleans())
def test_a_stock_that_changes_by_flows_is_no_contradiction(
    arrived: list[int], left: list[int], start: int, known: set[tuple[str, int]], leaving: bool
) -> None:
    """Held is what was held and who arrived, less who left; some of the figures are known."""
    left = left if leaving else [0, 0, 0, 0]
    held = [start]
    for more, fewer in zip(arrived, left, strict=True):
        held.append(held[-1] + more - fewer)
    figures = {"held": held[1:], "arrived": arrived, "left": left}
    claims = [
        said(name, figures[name][day - 1], day=day, start=None if name == "held" else day)
        for name, day in sorted(known)
    ]
    claims.append(said("held", start, day=0))
    rule = "held = before(held) + arrived" + (" - left" if leaving else "")
    assert sets(search_in(claims, KINDS, rule)) == set()


# against a search through all whole numbers, which knows nothing of rows and matrices

TOTALS = measures_of(t="cumulative", p="cumulative", w="flow", s="stock")
TIES = ("t = before(t) + w", "p <= t", "s <= p")
MOST = 3
ends = st.tuples(st.integers(0, MOST), st.integers(0, 2))
some = st.lists(st.tuples(st.sampled_from("tpws"), st.integers(1, 2), ends), min_size=1, max_size=5)


def truths() -> list[dict[tuple[str, int], int]]:
    """Whole worlds of two days of totals, parts and steps: all of which claims can be said.

    Where no claim asks for more, a total of the second day needs no more than two figures.
    """
    found = []
    for t0, t1, t2 in product(range(MOST + 1), range(MOST + 1), range(2 * MOST + 1)):
        for p1, p2 in product(range(MOST + 1), repeat=2):
            if t0 <= t1 <= t2 and p1 <= min(p2, t1) and p2 <= t2:
                steps = {("w", 1): t1 - t0, ("w", 2): t2 - t1}
                found.append({("t", 1): t1, ("t", 2): t2, ("p", 1): p1, ("p", 2): p2} | steps)
    return found


ALL = truths()


def true(
    world: dict[tuple[str, int], int], claims: Sequence[tuple[str, int, tuple[int, int]]]
) -> bool:
    """Whether a world has room for some claims; what is held is at most the part of its day."""
    held = {day: [claim for claim in claims if claim[:2] == ("s", day)] for day in (1, 2)}
    for day, said_of in held.items():
        least = max((low for _, _, (low, _) in said_of), default=0)
        most = min((low + wide for _, _, (low, wide) in said_of), default=MOST)
        if least > min(most, world["p", day]):
            return False
    plain = [claim for claim in claims if claim[0] != "s"]
    return all(low <= world[name, day] <= low + wide for name, day, (low, wide) in plain)


@few
@given(some)
def test_a_contradiction_is_found_just_where_no_whole_numbers_fit(
    rows: list[tuple[str, int, tuple[int, int]]],
) -> None:
    """The rules, written down for both days, are of a kind whose corners are whole numbers."""
    rows = [(name, day, (low, min(wide, MOST - low))) for name, day, (low, wide) in rows]
    claims = [
        said(name, low, low + wide, day=day, start=day if name == "w" else None)
        for name, day, (low, wide) in rows
    ]
    found = search_in(claims, TOTALS, *TIES, days=[1, 2])
    assert bool(sets(found)) != any(true(world, rows) for world in ALL)
    for one in sets(found):
        chosen = [row for place, row in enumerate(rows) if f"c{place}" in one]
        assert not any(true(world, chosen) for world in ALL)
    kept = ids(found, found.kept)
    left = [row for place, row in enumerate(rows) if f"c{place}" in kept]
    assert any(true(world, left) for world in ALL)
