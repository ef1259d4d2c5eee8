"""Slips in a publisher's table: typed figures, days and columns; and figures replaced later."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from analyzer.synth.books import DAY, EARLY, LATE, PARTS, TOTAL
from analyzer.synth.family import Family
from analyzer.synth.key import SERIES_KINDS, Item
from analyzer.synth.sheet import REPORTED, REVISED
from analyzer.synth.worlds import CUMULATIVE

YEAR = 365  # days; a date in January that still bears the year before
TRIES = 12

Slip = Callable[[Family, int, int, float], float | None]


def _digits(value: float) -> list[str]:
    return list(str(int(value)))


def _number(digits: list[str]) -> float:
    return float("".join(digits) or "0")


def transposed(family: Family, measure: int, day: int, value: float) -> float | None:
    """Two neighbouring digits change places."""
    digits = _digits(value)
    places = [one for one in range(len(digits) - 1) if digits[one] != digits[one + 1]]
    if not places:
        return None
    one = int(family.random.choice(places))
    digits[one], digits[one + 1] = digits[one + 1], digits[one]
    return _number(digits) if digits[0] != "0" else None


def missing(family: Family, measure: int, day: int, value: float) -> float | None:
    """One digit is left out."""
    digits = _digits(value)
    del digits[int(family.random.integers(len(digits)))]
    return _number(digits) if digits and digits[0] != "0" else None


def extra(family: Family, measure: int, day: int, value: float) -> float | None:
    """One digit too many, most often one struck twice."""
    digits = _digits(value)
    place = int(family.random.integers(len(digits)))
    twice = family.random.random() < 0.6
    digits.insert(place, digits[place] if twice else str(int(family.random.integers(1, 10))))
    return _number(digits)


def wrong_digit(family: Family, measure: int, day: int, value: float) -> float | None:
    """One digit is typed wrongly."""
    digits = _digits(value)
    place = int(family.random.integers(len(digits)))
    digits[place] = str(int(family.random.integers(1, 10)))
    return _number(digits)


def power(family: Family, measure: int, day: int, value: float) -> float | None:
    """A figure in hundreds or thousands is read as one in ones, or the reverse."""
    factor = float(family.random.choice((10.0, 100.0, 1000.0)))
    whole = value % factor == 0 and value > 0
    return value / factor if whole and family.random.random() < 0.5 else value * factor


def daily(family: Family, measure: int, day: int, value: float) -> float | None:
    """The figure of the day stands where the running total belongs."""
    return float(family.world.truth[DAY][day]) if measure == TOTAL else None


def copied(family: Family, measure: int, day: int, value: float) -> float | None:
    """The figure of the day before stands again."""
    return float(family.world.stated[measure][day - 1])


def next_days(family: Family, measure: int, day: int, value: float) -> float | None:
    """The figure of the next day stands a day early."""
    return float(family.world.stated[measure][day + 1])


def column(family: Family, measure: int, day: int, value: float) -> float | None:
    """The figure of another column of the day."""
    others = [one for one in family.world.table if one not in (measure, DAY)]
    return float(family.world.stated[int(family.random.choice(others))][day])


SLIP_WORDS: dict[str, tuple[Slip, str]] = {
    "transposed digits": (transposed, "two digits changed places"),
    "missing digit": (missing, "a digit was left out"),
    "extra digit": (extra, "a digit too many was typed"),
    "wrong digit": (wrong_digit, "a digit was typed wrongly"),
    "power of ten": (power, "zeros were added or dropped"),
    "daily typed as cumulative": (daily, "the figure of the day was typed as the total"),
    "copied forward": (copied, "the figure of the day before was typed again"),
    "misdated": (next_days, "the figure of the next day was typed"),
    "wrong column": (column, "the figure of another column was typed"),
}


def _slip(cause: str) -> Callable[[Family], bool]:
    """A planter that mistypes one figure of the table."""
    change, words = SLIP_WORDS[cause]

    def plant(family: Family) -> bool:
        day = family.free_day(EARLY, family.world.days - LATE)
        if day < 0:
            return False
        for _ in range(TRIES):
            measure = int(family.random.choice(family.world.table))
            row = int(family.cells[day, measure])
            if row < 0 or row in family.touched:
                continue
            right = float(family.sheet["value"][row])
            wrong = change(family, measure, day, right)
            if wrong is None or wrong == right:
                continue
            family.sheet["value"][row] = wrong
            text = f"{words}: {wrong:,.0f} for {right:,.0f}"
            return family.plant(_item(family, cause, measure, day, (row,), right, text, wrong))
        return False

    return plant


def _item(
    family: Family,
    cause: str,
    measure: int,
    day: int,
    rows: tuple[int, ...],
    right: float | None,
    text: str,
    wrong: float | None = None,
) -> Item:
    sentence = f"{family.label(measure)}, {family.day(day)}: {text}."
    seen = True if wrong is None else _can_be_seen(family, measure, day, wrong)
    return Item(cause, measure, SERIES_KINDS, rows, right, sentence, detectable=seen)


def _can_be_seen(family: Family, measure: int, day: int, wrong: float) -> bool:
    """Whether anything speaks against a figure: a column it adds up with, or its neighbours."""
    if measure in (TOTAL, DAY, *PARTS) or family.world.measures[measure].kind != CUMULATIVE:
        return True
    return _breaks_line(family, measure, day, wrong)


def _breaks_line(family: Family, measure: int, day: int, wrong: float) -> bool:
    """Whether a figure lies outside of those of the days before and after it."""
    before, after = (family.world.stated[measure][day + one] for one in (-1, 1))
    return not before <= wrong <= after


def swapped(family: Family) -> bool:
    """Two figures of one row change places."""
    day = family.free_day(EARLY, family.world.days - LATE)
    if day < 0:
        return False
    one, other = (int(x) for x in family.random.choice(PARTS, 2, replace=False))
    rows = (int(family.cells[day, one]), int(family.cells[day, other]))
    if min(rows) < 0 or family.touched.intersection(rows):
        return False
    values = family.sheet["value"]
    if values[rows[0]] == values[rows[1]]:
        return False
    values[list(rows)] = values[[rows[1], rows[0]]]
    right = float(family.world.stated[one][day])
    text = f"“{family.label(one)}” and “{family.label(other)}” changed places"
    item = _item(family, "swapped figures", one, day, rows, right, text)
    pairs = ((one, values[rows[0]]), (other, values[rows[1]]))
    item.detectable = any(_breaks_line(family, measure, day, wrong) for measure, wrong in pairs)
    return family.plant(item)


def wrong_year(family: Family) -> bool:
    """In January a row still bears the year before."""
    days = family.world.first + np.arange(family.world.days)
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12
    inner = (np.arange(len(days)) >= EARLY) & (np.arange(len(days)) < len(days) - LATE)
    january = np.flatnonzero((months == 0) & inner & family.given)
    january = np.array([one for one in january if all(abs(one - b) >= 6 for b in family.busy)])
    if not len(january):
        return False
    day = int(family.random.choice(january))
    rows = family.cells[day][family.cells[day] >= 0]
    if family.touched.intersection(rows.tolist()):
        return False
    family.busy.append(day)
    for name in ("as_of", "start"):
        held = family.sheet[name]
        held[rows] = np.where(held[rows] >= 0, held[rows] - YEAR, -1)
    text = f"the row bears a date a year before {family.day(day)}"
    plain = tuple(int(row) for row in rows)
    return family.plant(_item(family, "wrong year", TOTAL, day, plain, None, text))


def _replaced(cause: str, status: int) -> Callable[[Family], bool]:
    """A planter that prints another figure for a past day, with or without saying so."""

    def plant(family: Family) -> bool:
        day = family.free_day(EARLY, family.world.days - LATE)
        if day < 0:
            return False
        measure = int(family.random.choice((TOTAL, *PARTS, DAY)))
        row = int(family.cells[day, measure])
        if row < 0 or row in family.touched:
            return False
        old = float(family.sheet["value"][row])
        more = max(1, round(old * float(family.random.uniform(0.002, 0.02))))
        new = old + (more if family.random.random() < 0.5 else -min(more, old))
        if new == old:
            return False
        later = family.sheet["published"][row] + int(family.random.integers(5, 90))
        note = "revised by the publisher" if status == REVISED else ""
        edited = family.sheet.copy(
            np.array([row]), value=new, published=later, status=status, note=note, page=later
        )
        text = f"{old:,.0f} was replaced by {new:,.0f} later"
        item = _item(family, cause, measure, day, (row, int(edited[0])), new, text)
        item.honest = status == REVISED
        return family.plant(item)

    return plant


SLIPS: dict[str, Callable[[Family], bool]] = {
    **{cause: _slip(cause) for cause in SLIP_WORDS},
    "swapped figures": swapped,
    "wrong year": wrong_year,
    "silent edit": _replaced("silent edit", REPORTED),
    "announced revision": _replaced("announced revision", REVISED),
}
