"""The parts that a word or a mark can play beside a number, as bits for one look-up.

Most words beside a number mean nothing to it. A token carries the bits of its key, so that the
readers of qualifiers, ranges and units are asked only where one of their words stands.
"""
# ruff: noqa: RUF001 - letters and marks of other scripts are the subject here

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyzer.wording.phrases import Phrases

__all__ = [
    "AFTER", "BETWEEN", "COMPOUND", "CURRENCY", "HYPHENS", "LEFT", "RIGHT", "STREET",
    "SUSPECT_AFTER", "SUSPECT_BEFORE", "roles_of",
]  # fmt: skip

LEFT = 1  # may qualify the number behind it, or open a range
BETWEEN = 2  # "between", which may stand one word before the number: "between day 56 and day 91"
AFTER = 4  # may open a unit, a qualifier or the second half of a range, also behind a noun
RIGHT = 8  # may continue the number itself: a fraction, a ratio, a power
COMPOUND = 16  # the first word of a numeral of several words
SUSPECT_BEFORE = 32  # may make the number behind it a label, a date or an age
STREET = 128  # may close an address: "14 Baker Street"
SUSPECT_AFTER = 64  # may make the number before it a date, a time or an age

HYPHENS = frozenset("-‐‑–−")
CURRENCY = frozenset("$€£¥₪₹₽¢")
_COMPARING = "<≤⩽≦>≥"
_PART_OF_NAMES = "#№.,-‐‑−/:"
_LABELLING = ("ranks", "labels", "age_words", "months", "not_a_count_before")
_DATING = ("time_words", "months", "not_a_count_after")
_ENDS_LEFT = ("fillers", "range_open", "range_and", "minus", "articles")
_STARTS_AFTER = ("range_words", "range_between", "percent")
_STARTS_RIGHT = ("ratio", "mixed", "of", "and", "point", "power")


def roles_of(
    before: Phrases,
    after: Phrases,
    grammar: Mapping[str, Phrases],
    words: Mapping[str, frozenset[str]],
    compounds: Iterable[str],
) -> dict[str, int]:
    """Return the bits of every key of a language that can play a part."""
    roles: dict[str, int] = {}

    def add(keys: Iterable[str], bit: int) -> None:
        for key in keys:
            roles[key] = roles.get(key, 0) | bit

    add(before.backwards, LEFT)
    for name in _ENDS_LEFT:
        add(grammar[name].backwards, LEFT)
    add(HYPHENS | CURRENCY, LEFT)
    add(grammar["range_and"].backwards, BETWEEN)
    add(after.forwards, AFTER)
    for name in _STARTS_AFTER:
        add(grammar[name].forwards, AFTER)
    add(_COMPARING, AFTER)
    add("°′″'", AFTER)
    for name in _STARTS_RIGHT:
        add(grammar[name].forwards, RIGHT)
    add("/⁄∕^×", RIGHT)
    add(HYPHENS, AFTER | RIGHT)
    add(compounds, COMPOUND)
    for name in _LABELLING:
        add(words.get(name, ()), SUSPECT_BEFORE)
    add(_PART_OF_NAMES, SUSPECT_BEFORE)
    for name in _DATING:
        add(words.get(name, ()), SUSPECT_AFTER)
    add(("-", "‑", "/", ":", "of", "de", "del", "year", "years", "a", "p"), SUSPECT_AFTER)
    if "ordinal_nouns" in words:  # "7. Oktober"
        add(".", SUSPECT_AFTER)
    add(words.get("streets", ()), STREET)
    return roles
