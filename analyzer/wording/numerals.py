"""Read one numeral: digits, words, or both ("1.9 million", "treinta y 3").

The tokens are added one by one (`adding`) until one does not fit. What stands behind an "and"
may turn out to be a numeral of its own; then the reader steps back to before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from analyzer.wording.adding import Context, Sum, add, step_of
from analyzer.wording.digits import read_digits
from analyzer.wording.lexicon import AND, PLURAL, SCALE, VALUE
from analyzer.wording.roles import HYPHENS
from analyzer.wording.scan import MARK, NUMBER, WORD

if TYPE_CHECKING:
    from analyzer.wording.lexicon import Lexicon
    from analyzer.wording.scan import Token

__all__ = ["Context", "Numeral", "read_cardinal", "step_of"]

_SCORE = 20.0
_PARTS_AHEAD = 6  # words in which the scale of the next part must come


@dataclass(slots=True, repr=False, eq=False)
class Numeral:
    """A numeral that was read.

    `end` is the index behind its last token; `scale` its last scale, if it ends in one;
    `head` is the numeral before the last "and" with its scale, for "a hundred and three
    quarters"; `rule` is the rule that read the digits' marks.
    """

    value: float
    step: float
    end: int
    scale: float | None
    head: tuple[float, float] | None
    rule: str
    spelled: bool


def read_cardinal(context: Context, start: int, *, joining: bool = True) -> Numeral | None:
    """Return the numeral that starts at a token, or None.

    `joining` off ends the numeral before "and": "between one hundred and fifty".
    """
    tokens, lexicon, integral = context.tokens, context.lexicon, context.integral
    token = tokens[start]
    if token.kind == NUMBER:
        following = tokens[start + 1] if start + 1 < len(tokens) else None
        digits = read_digits(token.key, lexicon.decimal, integral)
        if digits is None:
            return None
        if following is None or not _may_continue(token, following, lexicon):
            return Numeral(
                digits.value, digits.granularity, start + 1, None, None, digits.rule, False
            )
    state = Sum([])
    before: Sum | None = None
    index = start
    while index < len(tokens):
        if state.end and _is_and(context, index, state) and joining:
            before = state.copy()
            state.joined = True
            index += 1
            continue
        if tokens[index].key == "," and joining and _next_part(context, index + 1, state):
            index += 1
            continue
        outcome = add(context, index, state)
        if outcome is None:  # what follows "and" is another numeral
            state, before = (before, None) if before else (state, None)
            break
        if outcome == index:
            break
        index = outcome
    return _finish(state, before)


def _may_continue(token: Token, following: Token, lexicon: Lexicon) -> bool:
    """Whether a numeral can go on behind a digit string."""
    if following.kind == WORD:
        if following.start == token.end and following.entry is None:
            return True
        return following.entry is not None and following.entry[0] in (SCALE, PLURAL, AND)
    return following.kind == MARK and following.key in HYPHENS and following.start == token.end


def _finish(state: Sum, before: Sum | None) -> Numeral | None:
    if not state.end:
        return None
    if before is not None and (state.end == before.end or state.tens_joined):
        before = None
    value = state.total()
    if value == inf:
        return None
    scale = _scale(state)
    step = state.step if state.step is not None and state.digits == 1 else step_of(value)
    head = (before.total(), _scale(before) or 1.0) if before is not None else None
    return Numeral(value, step, state.end, scale, head, state.rule, state.words > 0)


def _scale(state: Sum) -> float | None:
    """Return the scale that the numeral ends in."""
    if state.group is not None:
        return state.multiplier
    return state.parts[-1][1] if state.parts else None


def _is_and(context: Context, index: int, state: Sum) -> bool:
    """Whether the token is an "and" inside this numeral."""
    tokens, lexicon = context.tokens, context.lexicon
    entry = tokens[index].entry
    if entry is None or entry[0] != AND or index + 1 >= len(tokens):
        return False
    again = not state.joined or lexicon.and_room <= 10  # "a hundred and five and twenty"
    return again and _numeric(tokens[index + 1], lexicon) and _fits(state, lexicon)


def _next_part(context: Context, index: int, state: Sum) -> bool:
    """Whether a comma parts the scales of one spelled number: "two million, five thousand"."""
    if state.group is not None or not state.parts or state.digits:
        return False
    for token in context.tokens[index : index + _PARTS_AHEAD]:
        if token.entry is None or token.entry[0] not in (VALUE, SCALE, AND):
            return token.key in HYPHENS
        if token.entry[0] == SCALE:
            return token.entry[1] < state.parts[-1][1]
    return False


def _fits(state: Sum, lexicon: Lexicon) -> bool:
    if state.group is None:
        return bool(state.parts)
    if state.digits and not state.words and lexicon.and_room >= 100:
        return False
    if state.multiplier == _SCORE and lexicon.and_room >= 100:  # "three score and ten"
        return state.room > 1
    units_first = lexicon.units_first and 0 < state.group % 100 < 10
    return units_first or (state.room >= lexicon.and_room and state.room > 1)


def _numeric(token: Token, lexicon: Lexicon) -> bool:
    if token.kind == NUMBER:
        return True
    return token.entry is not None and token.entry[0] in (
        (VALUE, SCALE) if lexicon.and_room < 100 else (VALUE,)
    )
