"""Changes in a publisher's bookkeeping, before it prints its table: honest, and seen in series."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from analyzer.synth.family import Family
from analyzer.synth.key import SERIES_KINDS, Item
from analyzer.synth.worlds import CUMULATIVE

EARLY, LATE = 12, 8  # days of a table before and after a change, by which it can be told
MOST_BACK = 0.09  # share of a figure that a correction takes back
TOTAL, WOMEN, CHILDREN, MEN, DAY, INJURED = range(6)  # measures of a war
PARTS = (WOMEN, CHILDREN, MEN)


def late_batch(family: Family) -> bool:
    """Entries of earlier days are added to the total and its parts in one day."""
    day = family.free_day(EARLY, family.world.days - LATE)
    if day < 0:
        return False
    size = max(12, int(_usual(family) * family.random.uniform(6, 15)))
    shares = family.random.multinomial(size, (0.25, 0.35, 0.4))
    _shift(family, day, shares)
    text = f"{size} deaths of earlier days are added to the total in one day"
    return _note(family, "late batch", day, (TOTAL, *PARTS, DAY), float(size), text)


def downward_correction(family: Family) -> bool:
    """Entries are taken back; what follows stays lower."""
    day = family.free_day(EARLY, family.world.days - LATE)
    if day < 0:
        return False
    step = np.diff([one[day - 1 : day + 1] for one in _parts(family)], axis=1).ravel()
    least = np.maximum(step, 0) + 1
    back = np.rint(least + _usual(family) * family.random.uniform(0.4, 1.0, 3))
    shares = back / [max(1.0, one[day - 1]) for one in _parts(family)]
    if shares.max() > MOST_BACK:
        return False
    _shift(family, day, -back)
    text = f"{back.sum():.0f} entries are taken back"
    return _note(family, "downward correction", day, (TOTAL, *PARTS, DAY), None, text)


def base_reset(family: Family) -> bool:
    """From a day on the count starts anew, as after a truce."""
    days = family.world.days
    if family.reset < days:
        return False
    day = family.free_day(max(EARLY, days // 2), days - LATE)
    if day < 0 or family.world.stated[TOTAL][-1] - family.world.stated[TOTAL][day] < 1:
        return False
    family.reset = day
    touched = [one for one in family.world.table if _kind(family, one) == CUMULATIVE]
    for measure in touched:
        stated = family.world.stated[measure]
        stated[day:] -= stated[day - 1]
    family.changed.update(touched)
    text = "the count starts anew on that day"
    return _note(family, "counting base reset", day, (*touched, DAY), None, text)


def scope_change(family: Family) -> bool:
    """From a day on the parts hold identified people only, the total holds all."""
    day = family.free_day(EARLY, family.world.days - LATE)
    if day < 0 or any(one["valid_to"] for one in family.world.identities):
        return False
    share = family.random.uniform(0.55, 0.8)
    for measure in PARTS:
        stated = family.world.stated[measure]
        stated[day:] = np.rint(stated[day:] * share)
    family.changed.update(PARTS)
    for identity in family.world.identities:
        identity["valid_to"] = family.day(day - 1)
        identity["note"] = "until the groups held identified people only"
    text = "from that day on the groups hold identified people only, the total holds all"
    return _note(family, "scope or definition change", day, (*PARTS, TOTAL), None, text)


def source_switch(family: Family) -> bool:
    """From a day on the table takes its figures from the other origin, whose level differs."""
    day = family.free_day(EARLY, family.world.days - LATE)
    if day < 0 or family.cast.publisher == family.cast.origin:
        return False
    if (family.cited != family.cast.origin).any():
        return False
    family.cited[day:] = family.cast.rival
    factor = family.random.choice((0.95, 1.06, 1.1, 1.15))
    stated = family.world.stated
    for measure in (*PARTS, INJURED):
        stated[measure][day:] = np.rint(stated[measure][day:] * factor)
    stated[TOTAL] = np.sum(_parts(family), axis=0)
    stated[DAY][day + 1 :] = np.diff(stated[TOTAL])[day:]
    if family.reset < family.world.days:
        stated[DAY][family.reset] = stated[TOTAL][family.reset]
    family.changed.update((TOTAL, *PARTS, INJURED))
    text = "from that day on the table cites another origin, whose level is another"
    return _note(family, "source switch", day, (TOTAL, *PARTS, INJURED, DAY), None, text)


def gap_absorbed(family: Family) -> bool:
    """Days without a table; the next total takes them in, its daily figure does not."""
    length = int(family.random.integers(1, 5))
    day = family.free_day(EARLY, family.world.days - LATE - length)
    if day < 0:
        return False
    family.given[day : day + length] = False
    last = day + length
    text = f"no table was printed on {length} days; the next total takes them in"
    return _note(family, "gap absorbed", last, (TOTAL, DAY), None, text, before=day - 1)


def incomplete_parts(family: Family) -> bool:
    """One group is left blank on a day; the others alone do not make up the total.

    Where the groups no longer add up to the total, nothing tells a blank from a group not counted.
    """
    day = family.free_day(EARLY, family.world.days - LATE)
    if day < 0:
        return False
    blank = int(family.random.choice(PARTS))
    text = f"“{family.label(blank)}” is left blank on that day"
    true = float(family.world.stated[blank][day])
    _note(family, "incomplete parts", day, (TOTAL, *PARTS), true, text, before=day)
    family.items[-1].detectable = _adds_up(family, day)
    family.blank.append((day, blank))
    return True


def _adds_up(family: Family, day: int) -> bool:
    """Whether an identity says that the parts make up the total on a day."""
    return any(
        not one["valid_to"] or family.day(day) <= one["valid_to"] for one in family.world.identities
    )


def enter(family: Family) -> None:
    """Turn the days and measures that were noted before there were rows into rows."""
    cells = family.cells
    for day, blank in family.blank:
        family.sheet["gone"][cells[day, blank]] = True
        family.mine = family.mine[family.mine != cells[day, blank]]
        cells[day, blank] = -1
    for item in family.items:
        pairs = zip(item.rows[::2], item.rows[1::2], strict=True)
        item.rows = tuple(int(cells[day, one]) for day, one in pairs if cells[day, one] >= 0)
        family.touched.update(item.rows)


def _note(
    family: Family,
    cause: str,
    day: int,
    measures: tuple[int, ...],
    true: float | None,
    text: str,
    before: int | None = None,
) -> bool:
    """An item whose rows are, for now, pairs of day and measure."""
    days = (day - 1 if before is None else before, day)
    pairs = tuple(value for one in measures for at in days for value in (at, one))
    sentence = f"{family.label(measures[0])}, {family.day(day)}: {text}."
    honest = cause != "incomplete parts"
    item = Item(cause, measures[0], SERIES_KINDS, pairs, true, sentence, honest=honest)
    family.items.append(item)
    return True


def _shift(family: Family, day: int, amounts: npt.NDArray[Any]) -> None:
    """Add to the parts and their total from a day on, up to where the count starts anew."""
    span = slice(day, family.reset if day < family.reset else None)
    for measure, amount in zip((*PARTS, TOTAL), (*amounts, amounts.sum()), strict=True):
        family.world.stated[measure][span] += float(amount)


def _parts(family: Family) -> list[npt.NDArray[np.float64]]:
    return [family.world.stated[one] for one in PARTS]


def _usual(family: Family) -> float:
    return max(1.0, float(np.mean(family.world.truth[DAY][1:])))


def _kind(family: Family, measure: int) -> str:
    return family.world.measures[measure].kind


BOOKS: dict[str, Callable[[Family], bool]] = {  # in the order in which they are made
    "counting base reset": base_reset,
    "source switch": source_switch,
    "late batch": late_batch,
    "downward correction": downward_correction,
    "scope or definition change": scope_change,
    "gap absorbed": gap_absorbed,
    "incomplete parts": incomplete_parts,
}
