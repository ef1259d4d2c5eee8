"""Read one figure around an amount: its range, its unit, and the qualifiers on both sides.

A figure is found from its numeral outwards: the amount, a second amount behind a range word,
then the qualifiers that end where the amount starts, then those that start where it ends.
"""
# ruff: noqa: RUF001 - letters and marks of other scripts are the subject here

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from analyzer.wording.amounts import read_amount
from analyzer.wording.fractions import Amount
from analyzer.wording.lexicon import ARTICLE, DENOMINATOR, HALF, ORDINAL, SCALE, VALUE, WHOLE
from analyzer.wording.nouns import counted_noun
from analyzer.wording.ranges import (
    between,
    opening,
    reaching,
    share_scale,
    skip_right,
)
from analyzer.wording.roles import AFTER, CURRENCY, HYPHENS, LEFT
from analyzer.wording.scan import MARK, NUMBER, VULGAR, WORD

if TYPE_CHECKING:
    from analyzer.wording.numerals import Context
    from analyzer.wording.scan import Token

__all__ = ["Reading", "read_figure"]

_LEFTWARDS = 6  # qualifiers, articles and marks that may stand before one number
_BOUND_BEHIND = {"≤": "at_least", "<": "more_than", "≥": "at_most", ">": "less_than"}
_OPPOSITE = {
    "at_least": ("at_most", "less_than"),
    "more_than": ("at_most", "less_than"),
    "at_most": ("at_least", "more_than"),
    "less_than": ("at_least", "more_than"),
}


@dataclass(slots=True, repr=False, eq=False)
class Reading:
    """What stands in the text, before conventions make bounds of it.

    `start` and `end` are token indices; `marks` the qualifiers from the outermost to the
    innermost; `high` the second amount of a range, or the second bound of two.
    """

    start: int
    end: int
    low: Amount
    high: Amount | None
    marks: tuple[str, ...]
    high_marks: tuple[str, ...]
    unit: str | None
    sign: int
    rules: tuple[str, ...]


def read_figure(context: Context, index: int) -> Reading | None:
    """Return the figure whose first amount starts at a token, or None."""
    amount = read_amount(context, index)
    if amount is None:
        return None
    if not _goes_on(context.tokens, amount.end):
        return _marked_left(context, index, amount)
    start, sign = _minus(context, index)
    opened, changed = opening(context, start)
    if changed:
        ranged = None
    elif opened is not None and opened[1]:
        ranged = between(context, index, amount)
        if ranged is None:
            shorter = read_amount(context, index, joining=False)
            ranged = between(context, index, shorter) if shorter is not None else None
            amount = shorter if ranged is not None and shorter is not None else amount
    else:
        ranged = reaching(context, index, amount, falling=opened is not None)
    if ranged is not None:
        start = opened[0] if opened is not None else start
        hyphened = context.tokens[amount.end].key in HYPHENS
        low, high = share_scale(amount, ranged, hyphened=hyphened)
        return _qualified(context, start, sign, low, high)
    return _qualified(context, start, sign, amount, None)


def _goes_on(tokens: list[Token], end: int) -> bool:
    """Whether a unit, a qualifier or the second half of a range can stand behind an amount."""
    if end >= len(tokens):
        return False
    after = tokens[end]
    if after.roles & AFTER:
        return True
    if after.kind != WORD or end + 1 >= len(tokens):
        return False
    return bool(tokens[end + 1].roles & AFTER)


def _marked_left(context: Context, index: int, amount: Amount) -> Reading:
    """Add sign, qualifiers and noun to an amount with nothing behind it."""
    start, sign = index, 1
    marks: tuple[str, ...] = ()
    if index and context.tokens[index - 1].roles & LEFT:
        start, sign = _minus(context, index)
        start, marks = _left(context, start)
    nobody = (context.tokens[index].entry or (0,))[0] == WHOLE
    unit = None if nobody else counted_noun(context, amount.end)
    return Reading(start, amount.end, amount, None, marks, (), unit, sign, ())


def _minus(context: Context, index: int) -> tuple[int, int]:
    """Return where the number starts with its sign, and the sign."""
    tokens, lexicon = context.tokens, context.lexicon
    if index == 0:
        return index, 1
    token = tokens[index - 1]
    if token.kind == MARK:
        touches = token.end == tokens[index].start
        before = tokens[index - 2] if index > 1 else None
        free = before is None or (before.end < token.start or before.key in "([=$€<>~")
        if token.key in "-−" and free and (touches or before is None):
            return index - 1, -1
        return index, 1
    if token.key not in lexicon.grammar["minus"].backwards:
        return index, 1
    if lexicon.before.ending_at(tokens, index) is not None:  # "au moins"
        return index, 1
    found = lexicon.grammar["minus"].ending_at(tokens, index)
    return (found[0], -1) if found is not None and token.kind == WORD else (index, 1)


def _qualified(
    context: Context, start: int, sign: int, low: Amount, high: Amount | None
) -> Reading:
    """Add unit and qualifiers to one amount or a range."""
    end = (high or low).end
    end, unit = _unit(context, end)
    start, left = _left(context, start)
    end, right, unit = _right(context, end, unit)
    if unit is None and not right:
        unit = counted_noun(context, end)
    rules: tuple[str, ...] = ()
    if unit == "percent":
        rules = ("share.percent",)
        if low.share:
            low = replace(low, rules=tuple(r for r in low.rules if not r.startswith("share.")))
    return Reading(start, end, low, high, (*right, *left), (), unit, sign, rules)


def _unit(context: Context, index: int) -> tuple[int, str | None]:
    """Return the end behind a per cent word or a unit of time, and the unit."""
    tokens, lexicon = context.tokens, context.lexicon
    percent = lexicon.grammar["percent"]
    if index < len(tokens) and tokens[index].key in percent.forwards:
        found = percent.starting_at(tokens, index)
        if found is not None:
            return found[0], "percent"
    return index, None


def _left(context: Context, start: int) -> tuple[int, tuple[str, ...]]:
    """Collect the qualifiers that end where the number starts, innermost last."""
    tokens, lexicon = context.tokens, context.lexicon
    marks: list[str] = []
    position: int | None = start
    for _ in range(_LEFTWARDS):
        if not position or not tokens[position - 1].roles & LEFT:
            break
        found = lexicon.before.ending_at(tokens, position)
        if found is not None:
            start = position = found[0]
            marks.insert(0, found[1])
            continue
        position = _pass_filler(context, position)
    return start, tuple(marks)


def _pass_filler(context: Context, position: int) -> int | None:
    """Step left over an article, a currency mark, or a word like "another"."""
    tokens, lexicon = context.tokens, context.lexicon
    token = tokens[position - 1]
    if token.key in CURRENCY or (token.entry is not None and token.entry[0] == ARTICLE):
        return position - 1
    if token.kind == MARK and token.key in HYPHENS and position < len(tokens):
        before = tokens[position - 2] if position > 1 else None
        close = before is not None and before.end == token.start and before.kind == WORD
        return position - 1 if close and token.end == tokens[position].start else None
    fillers = lexicon.grammar["fillers"]
    if token.key not in fillers.backwards:
        return None
    found = fillers.ending_at(tokens, position)
    return found[0] if found is not None else None


def _right(context: Context, end: int, unit: str | None) -> tuple[int, tuple[str, ...], str | None]:
    """Collect the qualifiers that start where the number ends, or behind its noun."""
    tokens, lexicon = context.tokens, context.lexicon
    after = lexicon.after
    compared = _compared(context, end)
    if compared is not None:
        return end, (compared,), unit
    for skip in (0, 1):
        position = end + skip
        if skip and not (end < len(tokens) and tokens[end].kind == WORD):
            break
        if position < len(tokens) and tokens[position].key in HYPHENS:
            position += 1
        if position >= len(tokens) or tokens[position].key not in after.forwards:
            continue
        found = after.starting_at(tokens, position)
        if found is None or (found[1] == "plus" and skip):
            continue
        if _opens_next(context, position, found[0]):
            break
        if found[1] == "plus" and found[0] < len(tokens) and tokens[found[0]].kind == NUMBER:
            continue
        if skip and unit is None:
            unit = counted_noun(context, end)
        return found[0], (found[1],), unit
    return end, (), unit


def _compared(context: Context, end: int) -> str | None:
    """Return the bound that "3 AU ≤ r" or "5 < x" sets on the quantity behind the number."""
    tokens = context.tokens
    for position in (end, end + 1):
        if position + 1 >= len(tokens):
            return None
        if tokens[position].key in _BOUND_BEHIND:
            named = tokens[position + 1].kind == WORD and tokens[position + 1].entry is None
            return _BOUND_BEHIND[tokens[position].key] if named else None
        if tokens[position].kind != WORD:
            return None
    return None


def _opens_next(context: Context, start: int, end: int) -> bool:
    """Whether what looks like "and more" opens the next figure: "and more than 40"."""
    tokens, before = context.tokens, context.lexicon.before
    if end < len(tokens) and _numeric(tokens[end]):
        return True
    for position in (start, start + 1):
        found = before.starting_at(tokens, position)
        if found is not None and found[0] >= end and found[0] < len(tokens):
            index = skip_right(context, found[0])
            index += index < len(tokens) and tokens[index].key in HYPHENS
            if index < len(tokens) and _numeric(tokens[index]):
                return True
    return False


def _numeric(token: Token) -> bool:
    if token.kind in (NUMBER, VULGAR):
        return True
    return token.entry is not None and token.entry[0] in (
        VALUE, SCALE, HALF, ARTICLE, DENOMINATOR, ORDINAL
    )  # fmt: skip


def opposite(first: Reading, second: Reading) -> bool:
    """Whether two one-sided figures bound one number from both sides."""
    if first.high is not None or second.high is not None or not first.marks or not second.marks:
        return False
    if second.marks[0] not in _OPPOSITE.get(first.marks[0], ()):
        return False
    rising = first.marks[0] in ("at_least", "more_than")
    low, high = (first.low, second.low) if rising else (second.low, first.low)
    return low.value < high.value


def joined(first: Reading, second: Reading) -> Reading:
    """Return the range that two opposite bounds make."""
    return replace(
        first,
        end=second.end,
        high=second.low,
        high_marks=second.marks,
        unit=first.unit or second.unit,
    )
