"""What goes wrong when a figure is passed on: qualifiers, numbers, days, names, columns."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from analyzer.synth.family import Family, Whole
from analyzer.synth.key import RELAY_KINDS, Item
from analyzer.synth.sheet import REPORTED
from analyzer.synth.wordings import ABOUT, AT_LEAST, EXACT, NEARLY, SENSES, UP_TO, unit_of
from analyzer.synth.worlds import CUMULATIVE, STOCK

NOTABLE = 100  # smaller numbers are often equal by chance
CAP = 0.02  # a headline rounds by less than this share


def _relays(family: Family, style: int, least: float = NOTABLE) -> Whole:
    """Relays of statements in one style, of numbers that tell something."""
    sheet, rows = family.sheet, family.relays
    fit = (sheet["style"][rows] == style) & (sheet["value"][rows] >= least)
    fit &= sheet["status"][rows] == REPORTED
    return np.asarray(rows[fit])


def _passed(family: Family, row: int) -> int:
    """The statement that a relay passes on."""
    return int(family.passed[row - family.relays[0]])


def _plant(family: Family, cause: str, row: int, text: str, true: float | None, *more: int) -> bool:
    measure = int(family.sheet["measure"][row])
    sentence = f"{family.label(measure)}, printed on {_day(family, row)}: {text}."
    honest = cause == "rounding"
    rows = (row, *more)
    return family.plant(Item(cause, measure, RELAY_KINDS, rows, true, sentence, honest=honest))


def _day(family: Family, row: int) -> str:
    return str(np.datetime64(int(family.sheet["published"][row]), "D"))


def _restyled(cause: str, before: int, after: tuple[int, ...]) -> Callable[[Family], bool]:
    """A planter that passes a number on under another qualifier."""

    def plant(family: Family) -> bool:
        row = family.take(_relays(family, before))
        if row < 0:
            return False
        style = int(family.random.choice(after))
        family.sheet["style"][row] = style
        was, now = SENSES.get(before, "exact"), SENSES.get(style, "without a qualifier")
        value = float(family.sheet["value"][row])
        text = f"{value:,.0f}, given as {was}, is passed on {now}"
        return _plant(family, cause, row, text, value)

    return plant


def rounding(family: Family) -> bool:
    """A headline rounds, and doesn't say so."""
    rows = _relays(family, EXACT, 1000)
    value = family.sheet["value"][rows]
    unit = np.array([unit_of(one) for one in value.tolist()], dtype="float64")
    rounded = np.rint(value / unit) * unit
    close = (rounded != value) & (np.abs(rounded - value) < CAP * value)
    row = family.take(rows[close])
    if row < 0:
        return False
    right = float(family.sheet["value"][row])
    family.sheet["value"][row] = round(right / unit_of(right)) * unit_of(right)
    family.sheet["form"][row] = 0
    return _plant(family, "rounding", row, f"{right:,.0f} is rounded in a headline", right)


def misquoted(family: Family) -> bool:
    """Another number than the one that was said."""
    row = family.take(_relays(family, EXACT))
    if row < 0:
        return False
    right = float(family.sheet["value"][row])
    factor = float(family.random.choice((0.7, 0.85, 0.9, 1.1, 1.15, 1.4)))
    wrong = float(np.rint(right * factor)) + float(family.random.integers(1, 9))
    same = family.sheet["measure"] == family.sheet["measure"][row]
    given = set(family.sheet["value"][same].tolist())
    while wrong in given:  # it would be the figure of another day
        wrong += 1
    family.sheet["value"][row] = wrong
    text = f"{wrong:,.0f} is passed on for {right:,.0f}"
    return _plant(family, "relay misquoted", row, text, right)


def stale(family: Family) -> bool:
    """The figure of an earlier statement is given for the day of a newer one."""
    sheet = family.sheet
    rows = _relays(family, EXACT)
    moving = [one.kind in (CUMULATIVE, STOCK) for one in family.world.measures]
    row = family.take(rows[np.array(moving)[sheet["measure"][rows]]])
    if row < 0:
        return False
    mine = family.mine
    same = mine[sheet["measure"][mine] == sheet["measure"][row]]
    age = sheet["as_of"][row] - sheet["as_of"][same]
    value = sheet["value"][row]
    older = same[(age > 3) & (age < 60) & (np.abs(sheet["value"][same] - value) > 0.01 * value)]
    older = older[sheet["cited"][older] == sheet["cited"][row]]
    older = older[sheet["value"][older] % 10 != 0]  # a round number is no evidence of a copy
    older = older[[one not in family.touched for one in older.tolist()]]
    if not len(older):
        return False
    old = int(family.random.choice(older))
    sheet["value"][row] = sheet["value"][old]
    text = f"{sheet['value'][old]:,.0f}, of an earlier day, is given again for {value:,.0f}"
    return _plant(family, "stale repeat", row, text, float(value), old, _passed(family, row))


def misdated(family: Family) -> bool:
    """A relay gives the right figure for a wrong, earlier day."""
    sheet = family.sheet
    rows = _relays(family, EXACT)
    moving = [one.kind == CUMULATIVE for one in family.world.measures]
    row = family.take(rows[np.array(moving)[sheet["measure"][rows]]])
    if row < 0:
        return False
    mine = family.mine[sheet["measure"][family.mine] == sheet["measure"][row]]
    age = sheet["as_of"][row] - sheet["as_of"][mine]
    value = float(sheet["value"][row])
    other = mine[(age > 5) & (age < 90) & (sheet["value"][mine] < 0.95 * value)]
    if not len(other):
        return False
    sheet["as_of"][row] = sheet["as_of"][other[-1]]
    text = f"{value:,.0f} is given for a day before the one that it is of"
    true = float(sheet["value"][other[-1]])
    return _plant(family, "misdated", row, text, true)


def other_measure(family: Family) -> bool:
    """The number of one measure is passed on as that of a measure beside it."""
    sheet = family.sheet
    row = family.take(_relays(family, EXACT))
    if row < 0:
        return False
    mine = family.mine
    beside = mine[
        (sheet["as_of"][mine] == sheet["as_of"][row])
        & (sheet["measure"][mine] != sheet["measure"][row])
        & (sheet["style"][mine] == EXACT)
        & (sheet["value"][mine] >= NOTABLE)
        & (sheet["status"][mine] == REPORTED)
        & (np.abs(sheet["value"][mine] - sheet["value"][row]) > 0.05 * sheet["value"][row])
    ]
    if not len(beside):
        return False
    right, other = float(sheet["value"][row]), int(family.random.choice(beside))
    sheet["value"][row] = sheet["value"][other]
    text = f"the figure of “{family.label(int(sheet['measure'][other]))}” is given for {right:,.0f}"
    return _plant(family, "wrong column", row, text, right, other)


def two_on_a_page(family: Family) -> bool:
    """One page gives two figures for one thing."""
    row = family.take(_relays(family, EXACT))
    if row < 0:
        return False
    right = float(family.sheet["value"][row])
    wrong = right + max(3.0, float(np.rint(right * family.random.uniform(0.03, 0.2))))
    other = family.sheet.copy(np.array([row]), value=wrong)
    text = f"one page gives {right:,.0f} and {wrong:,.0f}"
    return _plant(family, "unexplained", row, text, right, int(other[0]))


def plan_told(family: Family) -> bool:
    """The planned number is given as done while the rounds go on."""
    sheet, rows = family.sheet, family.relays
    plans = {number: one.plan for number, one in enumerate(family.world.measures) if one.plan >= 0}
    planned = np.array([plans.get(int(one), -1) for one in sheet["measure"][rows]], dtype=np.int64)
    early = sheet["as_of"][rows] < family.world.first + family.world.days // 2
    row = family.take(rows[(planned >= 0) & early & (sheet["value"][rows] > 0)])
    if row < 0:
        return False
    plan = plans[int(sheet["measure"][row])]
    right, wrong = float(sheet["value"][row]), float(family.world.truth[plan][0])
    sheet["value"][row] = wrong
    sheet["style"][row] = EXACT
    text = f"{wrong:,.0f}, the planned number, is given as done; it was {right:,.0f}"
    return _plant(family, "plan told as fact", row, text, right)


def wrong_base(family: Family) -> bool:
    """A percentage of one base is printed as that of another."""
    if family.world.kind != "share":
        return False
    sheet, rows = family.sheet, family.relays
    row = family.take(rows[sheet["measure"][rows] == 4])
    if row < 0:
        return False
    right = float(sheet["value"][row])
    sheet["value"][row] = family.world.truth[3][0]
    text = f"the share of the survey is printed as that of the register, {right:.1f} %"
    page = np.flatnonzero(
        (sheet["source"] == sheet["source"][row])
        & (sheet["as_of"] == sheet["as_of"][row])
        & (sheet["measure"] == 3)
    )
    if not len(page):
        page = sheet.copy(np.array([row]), measure=3)
    return _plant(family, "wrong base of a percentage", row, text, right, int(page[0]))


MISREPORTS: dict[str, Callable[[Family], bool]] = {
    "rounding": rounding,
    "qualifier lost": _restyled("relay lost the qualifier", AT_LEAST, (EXACT,)),
    "qualifier added": _restyled("relay added a qualifier", EXACT, (AT_LEAST, ABOUT)),
    "qualifier turned": _restyled("relay turned the qualifier", AT_LEAST, (UP_TO, NEARLY, ABOUT)),
    "misquoted": misquoted,
    "stale": stale,
    "misdated": misdated,
    "other measure": other_measure,
    "two on a page": two_on_a_page,
    "plan told": plan_told,
    "wrong base": wrong_base,
}
