"""Add one token to a numeral under way.

A numeral is a sum of parts, each a group times a scale. A number word may join the group while
there is room for it: after "twenty" there is room below ten, after "hundred" below a hundred.
That one rule, with the scales in falling order, reads the numerals of all languages here; the
exceptions (French sixty and eighty, units before tens) are settings of the language.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite
from typing import TYPE_CHECKING

from analyzer.wording.digits import read_digits, times
from analyzer.wording.lexicon import AND, PLURAL, SCALE, VALUE
from analyzer.wording.roles import HYPHENS
from analyzer.wording.scan import MARK, NUMBER

if TYPE_CHECKING:
    from analyzer.wording.lexicon import Lexicon
    from analyzer.wording.scan import Token

__all__ = ["Context", "Sum", "add", "step_of"]

_THOUSAND = 1000.0


@dataclass(slots=True, repr=False, eq=False)
class Context:
    """What is being read: the tokens, the language, and whether whole things are counted."""

    tokens: list[Token]
    lexicon: Lexicon
    integral: bool
    text: str


@dataclass(slots=True, repr=False, eq=False)
class Sum:
    """A numeral under way."""

    parts: list[tuple[float, float]]
    group: float | None = None
    room: float = 0.0
    step: float | None = None
    end: int = 0
    rule: str = ""
    words: int = 0
    digits: int = 0
    tens_joined: bool = False  # the last "and" was that of "three and twenty"
    multiplier: float | None = None  # the hundred or dozen that the numeral ends in so far
    tens: bool = False  # the last "and" joined a unit to its tens: "treinta y un"
    joined: bool = False  # an "and" came, and its right side is under way

    def total(self) -> float:
        """Return the value so far."""
        return sum(value for value, _ in self.parts) + (self.group or 0.0)

    def copy(self) -> Sum:
        """Return the same state, to step back to."""
        return Sum(
            self.parts.copy(), self.group, self.room, self.step, self.end, self.rule,
            self.words, self.digits,
        )  # fmt: skip


def step_of(value: float) -> float:
    """Return the granularity of a number: its largest power of ten, 47,000 having 1000."""
    if not isfinite(value):
        return 1.0
    if value != int(value):
        return 10.0 ** -len(repr(value).partition(".")[2]) if "e" not in repr(value) else 1.0
    digits = str(int(abs(value)))
    stripped = digits.rstrip("0")
    return 10.0 ** (len(digits) - len(stripped)) if stripped else 1.0


def add(context: Context, index: int, state: Sum) -> int | None:
    """Add the token to the sum; return the next index, the same index to stop, or None.

    None says that the right side of the last "and" turned out to be a numeral of its own.
    """
    tokens, lexicon = context.tokens, context.lexicon
    token = tokens[index]
    if token.kind == NUMBER:
        return _add_digits(context, index, state)
    if token.kind == MARK:
        return _pass_hyphen(context, index, state)
    entry = token.entry
    if entry is None:
        return _add_suffix(context, index, state)
    kind, value = entry
    if kind == VALUE and state.group is not None and token.key in lexicon.scales:
        kind, value = SCALE, lexicon.scales[token.key]  # Arabic "two thousand", or thousand
    if kind == VALUE:
        return _add_value(context, index, state, value)
    if kind not in (SCALE, PLURAL) or (kind == PLURAL and not state.end):
        return index
    fits = _add_scale(state, value) if value >= _THOUSAND else _add_hundred(state, value)
    if not fits:
        return None if state.joined else index
    state.words += 1
    state.end = index + 1
    return index + 1


def _add_digits(context: Context, index: int, state: Sum) -> int:
    tokens, lexicon, integral = context.tokens, context.lexicon, context.integral
    digits = read_digits(tokens[index].key, lexicon.decimal, integral)
    if digits is None:
        return index
    following = tokens[index + 1].entry if index + 1 < len(tokens) else None
    scaled = following is not None and following[0] in (SCALE, PLURAL)
    if state.group is None:
        last = state.parts[-1][1] if state.parts else inf
        additive = state.joined and digits.value < _THOUSAND and lexicon.and_room < 100
        if state.parts and not (digits.value < last and (scaled or additive)):
            return index
        state.group = digits.value
    elif 0 < digits.value < state.room and (state.room == 10 or state.joined):
        state.group += digits.value
    else:
        return index
    state.room, state.multiplier = 0.0, None
    state.digits += 1
    state.step = digits.granularity
    state.rule = state.rule or digits.rule
    state.end = index + 1
    return index + 1


def _pass_hyphen(context: Context, index: int, state: Sum) -> int:
    """Step over the hyphen of "twenty-one", "two-hundred" and "10-million"."""
    tokens = context.tokens
    mark = tokens[index]
    if not state.end or mark.key not in HYPHENS or index + 1 >= len(tokens):
        return index
    entry = tokens[index + 1].entry
    if entry is None:
        return index
    close = tokens[index - 1].end == mark.start and tokens[index + 1].start == mark.end
    kind, value = entry
    if kind == VALUE and state.group is not None and 0 < value < state.room:
        return index + 1 if (close or state.room == 10) and state.words else index
    if kind == AND and close and state.room == 10:
        return index + 1
    return index + 1 if close and kind in (SCALE, PLURAL) else index


def _add_suffix(context: Context, index: int, state: Sum) -> int:
    """Multiply by a suffix written against the digits: 47k, 2bn, 3M."""
    last = context.tokens[index - 1]
    if last.kind != NUMBER or index < 1 or state.group is None or state.words:
        return index
    scale = _suffix(context, index, last)
    if scale is None:
        return index
    _add_scale(state, scale)
    state.end = index + 1
    return index + 1


def _suffix(context: Context, index: int, last: Token) -> float | None:
    tokens, lexicon = context.tokens, context.lexicon
    token = tokens[index]
    if token.start != last.end:
        return None
    return lexicon.suffixes.get(context.text[token.start : token.end])


def _add_value(context: Context, index: int, state: Sum, value: float) -> int | None:
    lexicon = context.lexicon
    if state.group is None:
        if state.parts and value >= state.parts[-1][1]:
            return None if state.joined else index
        state.group = value
    elif 0 < value < state.room:
        state.group += value
        state.tens = state.joined and state.room == 10
    elif lexicon.units_first and 0 < state.group % 100 < 10 and _joins_tens(state, value):
        state.group += value
        state.tens_joined = True
        state.words += 1
        state.end, state.room = index + 1, 0.0
        return index + 1
    elif _reads_as_hundreds(context, index, state, value):
        state.group = state.group * 100 + value
    else:
        return index
    state.room = _room(value, lexicon)
    state.multiplier = None
    state.words += 1
    state.end = index + 1
    return index + 1


def _joins_tens(state: Sum, value: float) -> bool:
    """Whether tens join the unit before them: three and twenty; in Arabic, three ten."""
    if value == 10:
        return not state.joined
    return state.joined and value in (20, 30, 40, 50, 60, 70, 80, 90)


def _reads_as_hundreds(context: Context, index: int, state: Sum, value: float) -> bool:
    """Whether "one twenty two" or the year "nineteen forty-eight" is being read."""
    tokens, lexicon = context.tokens, context.lexicon
    group = state.group or 0
    if lexicon.code != "en" or state.parts or state.words != 1 or state.digits:
        return False
    if 15 <= group <= 20 and 10 <= value < 100 and state.room in (0, 10):
        return True
    if not 0 < group < 10:
        return False
    following = tokens[index + 1].entry if index + 1 < len(tokens) else None
    return (
        20 <= value < 100
        and value % 10 == 0
        and following is not None
        and (following[0] == VALUE and 0 < following[1] < 10)
    )


def _room(value: float, lexicon: Lexicon) -> float:
    """Return the bound below which a number word may join this one."""
    special = lexicon.rooms.get(value)
    if special is not None:
        return special
    if value < 20:
        return 0.0
    if value < 100:
        return 10.0 if value % 10 == 0 else 0.0
    return 100.0 if value < _THOUSAND and value % 100 == 0 else step_of(value)


def _add_hundred(state: Sum, value: float) -> bool:
    """Multiply the group by a hundred, a dozen or a score."""
    group = state.group
    if group is None:
        state.group = value
    elif value == 100 and group > _THOUSAND and 0 < group % _THOUSAND < 10:
        rest = group % _THOUSAND  # Hebrew and Arabic "two-thousand and three hundred"
        state.group = group - rest + rest * value
    elif state.joined and group > 100 and value < 100:  # three hundred and two dozens
        base = group - group % 100
        state.group = base + (group - base) * value
    elif group < 100 or (state.digits and not state.words and not state.joined):
        state.group = times(group, value)
    else:
        return False
    state.room = value if value in (20, 100) else 0.0
    state.multiplier = value
    state.step = state.step * value if state.step is not None else None
    return True


def _add_scale(state: Sum, value: float) -> bool:
    """Close the group with a scale; smaller scales before it are multiplied along."""
    amount = state.group
    if amount is None and state.parts and state.parts[-1][1] > value:
        last, scale = state.parts.pop()  # "crore lakh"
        state.parts.append((times(last, value), scale))
        return True
    if state.joined and not state.tens and state.parts and state.parts[-1][1] <= value:
        return False
    while state.parts and state.parts[-1][1] < value:
        amount = (amount or 0.0) + state.parts.pop()[0]
    if state.parts and state.parts[-1][1] == value:
        return False
    state.parts.append((times(1.0 if amount is None else amount, value), value))
    state.step = state.step * value if state.step is not None else None
    state.group, state.room, state.joined, state.tens = None, 0.0, False, False
    return True
