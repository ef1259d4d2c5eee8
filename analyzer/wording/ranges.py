"""Read the second amount of a range: "between 20 and 30", "10 to 15 million", "0 < x < 1"."""
# ruff: noqa: RUF001 - letters and marks of other scripts are the subject here

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.wording.amounts import read_amount
from analyzer.wording.fractions import Amount
from analyzer.wording.lexicon import ARTICLE
from analyzer.wording.numerals import HYPHENS
from analyzer.wording.scan import NUMBER, WORD

if TYPE_CHECKING:
    from analyzer.wording.numerals import Context

__all__ = ["CURRENCY", "between", "opening", "reaching", "share_scale", "skip_right"]

CURRENCY = frozenset("$€£¥₪₹₽¢")
_DEGREES = frozenset("°′″'")
_LESS = frozenset("<≤⩽≦")


def opening(context: Context, index: int) -> tuple[tuple[int, bool] | None, bool]:
    """Find a "between" or "from" before the number.

    Returns where it starts and whether "and" may close it, or None; and whether it tells a
    change ("rose from 20 to 30"), which is two figures and no range.
    """
    tokens, grammar = context.tokens, context.lexicon.grammar
    at = _skip_left(context, index)
    if at == 0:
        return None, False
    before, closing = context.lexicon.before, grammar["range_and"]
    if tokens[at - 1].key in before.backwards:
        hedge = before.ending_at(tokens, at)
        if hedge is not None and hedge[1] == "approximate":  # "between about 10 and 15"
            at = _skip_left(context, hedge[0])
    found = grammar["range_open"].ending_at(tokens, at)
    if found is None and at > 1 and tokens[at - 2].key in closing.backwards:
        found = closing.ending_at(tokens, at - 1)  # "between day 56 and day 91"
        at -= 1
    if found is None:
        return None, False
    changes = context.lexicon.words.get("change", frozenset())
    if found[0] > 0 and tokens[found[0] - 1].key in changes:
        return None, True
    return (found[0], closing.ending_at(tokens, at) is not None), False


def _skip_left(context: Context, index: int) -> int:
    """Step left over articles and currency marks."""
    tokens = context.tokens
    while index > 0:
        token = tokens[index - 1]
        if token.key not in CURRENCY and not (
            token.entry is not None and token.entry[0] == ARTICLE
        ):
            break
        index -= 1
    return index


def between(context: Context, index: int, amount: Amount) -> Amount | None:
    """Read "and n" behind "between m"."""
    for name in ("range_between", "range_words"):
        found = _second(context, index, amount, name)
        if found is not None:
            return found
    return None


def reaching(context: Context, index: int, amount: Amount, *, falling: bool) -> Amount | None:
    """Read "to n" or "-n" behind m; "from 3.8 to 2.5" may fall."""
    if amount.end >= len(context.tokens):
        return None
    if context.tokens[amount.end].key in _LESS:
        return _sandwich(context, amount)
    return _second(context, index, amount, "range_words", falling=falling)


def _sandwich(context: Context, amount: Amount) -> Amount | None:
    """Read "0 < x < 1" and "1 ≤ i ≤ 7"."""
    tokens, end = context.tokens, amount.end
    for index in range(end + 2, min(end + 6, len(tokens) - 1)):
        if tokens[index].key in _LESS and tokens[index + 1].kind == NUMBER:
            high = read_amount(context, index + 1)
            return high if high is not None and high.value > amount.value else None
    return None


def _second(
    context: Context, first: int, amount: Amount, name: str, *, falling: bool = False
) -> Amount | None:
    tokens = context.tokens
    if amount.end >= len(tokens):
        return None
    end = _skip_unit(context, amount.end)
    for position in (amount.end, end) if end > amount.end else (end,):
        found = _connector(context, position, name)
        if found is None:
            continue
        index = skip_right(context, found)
        label = tokens[first - 1] if first else None
        if label is not None and index < len(tokens) and label.kind == WORD:
            index += tokens[index].key == label.key  # "between day 56 and day 91"
        if index >= len(tokens) or tokens[index].kind not in (NUMBER, WORD):
            continue
        second = read_amount(context, index)
        if second is None or second.vague or amount.vague:
            continue
        if second.ordinal and not amount.ordinal:
            continue
        worded = tokens[found - 1].kind == WORD
        if _rises(amount, second) or (falling and worded and second.value < amount.value):
            return second
    return None


def _connector(context: Context, position: int, name: str) -> int | None:
    """Return the end of a range word, which may stand between hyphens: 100-to-300."""
    tokens, phrases = context.tokens, context.lexicon.grammar[name]
    if position >= len(tokens) or tokens[position].key not in phrases.forwards:
        return None
    found = phrases.starting_at(tokens, position)
    if found is None:
        return None
    if found[0] < len(tokens) and found[1] and tokens[position].key in HYPHENS:
        inner = phrases.starting_at(tokens, found[0])
        if inner is not None and tokens[found[0]].kind == WORD:
            end = inner[0]
            hyphened = end < len(tokens) and tokens[end].key in HYPHENS
            return end + 1 if hyphened else end
    return found[0]


def _rises(low: Amount, high: Amount) -> bool:
    """Whether two amounts can be the ends of a range; 30-20 is no range, 10-15 million is."""
    return low.value < high.value or low.value * (high.scale or 1) < high.value


def _skip_unit(context: Context, index: int) -> int:
    """Step over a per cent sign, or a degree or other unit beside the first number."""
    tokens = context.tokens
    percent = context.lexicon.grammar["percent"]
    if tokens[index].key in percent.forwards:
        found = percent.starting_at(tokens, index)
        if found is not None:
            return found[0]
    if index < len(tokens) and tokens[index].key in _DEGREES:
        index += 1
    if index < len(tokens) and tokens[index].kind == WORD and tokens[index].entry is None:
        return index + 1
    return index


def skip_right(context: Context, index: int) -> int:
    """Step over currency marks, articles and hedges before the second number."""
    tokens, lexicon = context.tokens, context.lexicon
    for _ in range(3):
        if index < len(tokens) and tokens[index].key in CURRENCY:
            index += 1
        found = lexicon.before.starting_at(tokens, index)
        if found is not None and found[1] in ("approximate", "up_to") and found[0] < len(tokens):
            index = found[0]
        elif (filler := lexicon.grammar["fillers"].starting_at(tokens, index)) is not None:
            index = filler[0] if tokens[filler[0] - 1].entry is None else index
    return index


def share_scale(low: Amount, high: Amount) -> tuple[Amount, Amount]:
    """Give the first number of "10 to 15 million" the scale of the second."""
    smaller = low.value < 1000 and low.scale is None and not low.share
    if high.scale is not None and high.scale >= 12 and smaller:
        step = low.step * high.scale if low.step is not None else None
        shared = low.value * high.scale
        if shared < high.value or low.value >= high.value:
            rules = (*low.rules, "range.shared-scale")
            low = low._replace(value=shared, step=step, scale=high.scale, rules=rules)
    return low, high
