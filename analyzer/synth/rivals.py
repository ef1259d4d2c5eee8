"""Other origins and other ways of counting: real disagreements, estimates, scopes, revisions."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from analyzer.synth.books import TOTAL
from analyzer.synth.family import Family, Whole
from analyzer.synth.key import RELAY_KINDS, Item
from analyzer.synth.sheet import ESTIMATED, REPORTED, REVISED
from analyzer.synth.wordings import ABOUT, EXACT, unit_of
from analyzer.synth.worlds import FIXED

KINDS = (*RELAY_KINDS, "two scopes", "revision", "divergence")
NOTABLE = 100
SPELL = 40  # days that a rival origin keeps giving its own count
CURRENT = 20  # days after a revision from which nobody can have missed it


def _mine(family: Family, least: float = NOTABLE) -> Whole:
    """Exact statements of the origin that nothing was planted in."""
    sheet, rows = family.sheet, family.mine
    fit = (sheet["style"][rows] == EXACT) & (sheet["value"][rows] >= least)
    fit &= (sheet["status"][rows] == REPORTED) & (sheet["cited"][rows] == family.cast.origin)
    return np.asarray(rows[fit])


def _plant(
    family: Family, cause: str, rows: tuple[int, ...], text: str, true: float, honest: bool
) -> bool:
    measure = int(family.sheet["measure"][rows[0]])
    sentence = f"{family.label(measure)}: {text}."
    return family.plant(Item(cause, measure, KINDS, rows, true, sentence, honest=honest))


def disagreement(family: Family) -> bool:
    """A second origin counts otherwise, for some time, and nothing tells why."""
    sheet, random = family.sheet, family.random
    row = family.take(_mine(family))
    if row < 0:
        return False
    rows = _mine(family)
    same = rows[sheet["measure"][rows] == sheet["measure"][row]]
    near = same[np.abs(sheet["published"][same] - sheet["published"][row]) <= SPELL][:4]
    factor = float(random.choice((0.8, 0.88, 1.12, 1.25)))
    values = np.rint(sheet["value"][near] * factor)
    rival = family.cast.rival
    own = sheet.copy(near, value=values, source=rival, cited=rival, via=-1)
    outlet = family.cast.outlets[random.integers(0, len(family.cast.outlets), len(near))]
    passed = sheet.copy(own, source=outlet, published=sheet["published"][own] + 1)
    text = f"a second origin gives {factor:.2f} times the figure of the first"
    touched = tuple(int(one) for one in (*near, *own, *passed))
    true = float(sheet["value"][row])
    return _plant(family, "unexplained", touched, text, true, honest=False) and bool(
        _borrowed(family, own)
    )


def _borrowed(family: Family, own: Whole) -> bool:
    """A relay gives the rival's figure in the name of the first origin."""
    sheet = family.sheet
    row = int(own[0])
    outlet = family.cast.outlets[int(family.random.integers(len(family.cast.outlets)))]
    made = sheet.copy(
        np.array([row]),
        source=outlet,
        cited=family.cast.origin,
        published=sheet["published"][row] + 2,
        page=sheet["published"][row] + 2,
    )
    text = "the figure of the second origin is given in the name of the first"
    rows = (int(made[0]), row)
    true = float(sheet["value"][row])
    return _plant(family, "another origin's figure", rows, text, true, honest=False)


def rival_table(family: Family) -> bool:
    """A second origin prints a table of its own, whose total runs apart from the first."""
    sheet = family.sheet
    if not family.in_table or TOTAL in family.changed:
        return False
    days = np.flatnonzero(family.cells[:, TOTAL] >= 0)
    factor = float(family.random.choice((0.9, 0.95, 1.07)))
    true = family.world.truth[TOTAL][days]
    rival, as_of = family.cast.rival, family.world.first + days
    own = sheet.copy(
        family.cells[days, TOTAL],
        value=np.rint(true * factor),
        as_of=as_of,
        published=as_of + 1,
        source=rival,
        cited=rival,
        status=REPORTED,
        note="",
        page=days,
    )
    text = f"a second origin's table gives {factor:.2f} times the figures of the first"
    touched = tuple(own.tolist())
    return _plant(family, "unexplained", touched, text, float(true[-1]), honest=False)


def estimate(family: Family) -> bool:
    """A third party estimates, well apart from the count."""
    sheet, random = family.sheet, family.random
    row = family.take(_mine(family))
    if row < 0:
        return False
    count = float(sheet["value"][row])
    drawn = count * float(random.choice((0.55, 0.7, 1.4, 1.7)))
    value = round(drawn / unit_of(drawn)) * unit_of(drawn)
    rival = family.cast.rival
    made = sheet.copy(
        np.array([row]), value=value, style=ABOUT, source=rival, cited=rival, status=ESTIMATED
    )
    text = f"an estimate of {value:,.0f} stands beside a count of {count:,.0f}"
    rows = (row, int(made[0]))
    return _plant(family, "estimate beside count", rows, text, count, honest=True)


def scope(family: Family) -> bool:
    """A page counts a part of those that the measure counts, and says so."""
    sheet, random = family.sheet, family.random
    row = family.take(_mine(family))
    if row < 0:
        return False
    count = float(sheet["value"][row])
    value = float(np.rint(count * random.uniform(0.6, 0.85)))
    outlet = family.cast.outlets[int(random.integers(len(family.cast.outlets)))]
    word = str(random.choice(("civilians_only", "residents_only", "identified_only")))
    later = sheet["published"][row] + 1
    made = sheet.copy(
        np.array([row]), value=value, source=outlet, scope=word, published=later, page=later
    )
    text = f"{value:,.0f} is given for a scope ({word.replace('_', ' ')}), {count:,.0f} for all"
    rows = (row, int(made[0]))
    return _plant(family, "scope or definition change", rows, text, count, honest=True)


def revision(family: Family) -> bool:
    """The origin revises a fixed total and says so; most follow, one still prints the old one."""
    sheet, random, world = family.sheet, family.random, family.world
    fixed = [n for n, one in enumerate(world.measures) if one.kind == FIXED and one.told]
    if not fixed or world.kind != "event":
        return False
    measure = int(random.choice(fixed))
    final = (sheet["measure"] == measure) & (sheet["as_of"] == world.first)
    final &= (sheet["style"] == EXACT) & (sheet["status"] == REPORTED)
    final &= sheet["cited"] == family.cast.origin
    own = np.flatnonzero(final & (sheet["source"] == family.cast.origin))
    own = own[np.argsort(sheet["published"][own], kind="stable")]
    if len(own) < 4 or family.touched.intersection(own.tolist()):
        return False
    old = float(sheet["value"][own[0]])
    if old < NOTABLE:
        return False
    new = float(np.rint(old * random.choice((0.85, 0.9, 1.1, 1.2)))) + 1
    turn = own[len(own) // 2]
    after = np.flatnonzero(final & (sheet["published"] >= sheet["published"][turn]))
    sheet["value"][after] = new
    sheet["status"][turn] = REVISED
    earlier = [int(one) for one in own[: len(own) // 2]]
    text = f"the origin revised {old:,.0f} to {new:,.0f} and said so"
    _plant(family, "announced revision", (int(turn), *earlier), text, new, honest=True)
    relays = after[sheet["source"][after] != family.cast.origin]
    late = relays[sheet["published"][relays] > sheet["published"][turn] + CURRENT]
    late = late[[one not in family.touched for one in late.tolist()]]
    if len(late):
        one = int(random.choice(late))
        sheet["value"][one] = old
        text = f"{old:,.0f} is still printed after it was revised to {new:,.0f}"
        _plant(family, "stale repeat", (one, int(turn)), text, new, honest=False)
    return True


RIVALS: dict[str, Callable[[Family], bool]] = {
    "disagreement": disagreement,
    "rival table": rival_table,
    "estimate": estimate,
    "scope": scope,
    "revision": revision,
}
