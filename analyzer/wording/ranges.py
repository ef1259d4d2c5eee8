"""Read the second amount of a range: "between 20 and 30", "10 to 15 million", "0 < x < 1"."""
# ruff: noqa: RUF001 - letters and marks of other scripts are the subject here

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from analyzer.wording.amounts import read_amount
from analyzer.wording.digits import times
from analyzer.wording.fractions import Amount
from analyzer.wording.lexicon import ARTICLE
from analyzer.wording.roles import BETWEEN, CURRENCY, HYPHENS, LEFT
from analyzer.wording.scan import NUMBER, WORD

if TYPE_CHECKING:
    from analyzer.wording.numerals import Context
    from analyzer.wording.scan import Token

__all__ = ["between", "opening", "reaching", "share_scale", "skip_right"]

_THOUSAND = 1000.0
_DECADE = 10  # "5-50,000" may share its thousands, "5-60,000" hardly
_OR = frozenset(("or", "ou", "o", "oder"))
_NEAR = 2  # how many times the lower end of "20 or 30" the upper may be
_DEGREES = frozenset("°′″'")
_LESS = frozenset("<≤⩽≦")


def opening(context: Context, index: int) -> tuple[tuple[int, bool] | None, bool]:
    """Find a "between" or "from" before the number.

    Returns where it starts and whether "and" may close it, or None; and whether it tells a
    change ("rose from 20 to 30"), which is two figures and no range.
    """
    tokens, grammar = context.tokens, context.lexicon.grammar
    if not index:
        return None, False
    near = tokens[index - 1].roles & LEFT or (index > 1 and tokens[index - 2].roles & BETWEEN)
    at = _skip_left(context, index) if near else 0
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
        index = skip_right(context, _behind_hyphen(tokens, found))
        label = tokens[first - 1] if first else None
        if label is not None and index < len(tokens) and label.kind == WORD:
            index += tokens[index].key == label.key  # "between day 56 and day 91"
        if index >= len(tokens) or tokens[index].kind not in (NUMBER, WORD):
            continue
        second = read_amount(context, index)
        if second is None or second.vague or amount.vague or second.ordinal > amount.ordinal:
            continue
        if not _alike(context, found, amount, second):
            continue
        if position == end > amount.end and _differ(context, amount.end, second.end):
            continue
        worded = tokens[found - 1].kind == WORD
        if _rises(amount, second) or (falling and worded and second.value < amount.value):
            return second
    return None


def _behind_hyphen(tokens: list[Token], index: int) -> int:
    """Step over the hyphen that ties a Hebrew "to" to its digits."""
    if index >= len(tokens) or tokens[index].key not in HYPHENS:
        return index
    return index + (tokens[index - 1].kind == WORD and tokens[index - 1].end == tokens[index].start)


def _alike(context: Context, found: int, low: Amount, high: Amount) -> bool:
    """Whether "or" joins neighbours: "two or three dozen" is a range, "5 or 500" a choice."""
    if context.tokens[found - 1].key not in _OR:
        return True
    smaller = low.value * ((high.scale or 1) if low.scale is None else 1)
    return 0 < smaller < high.value <= _NEAR * smaller


def _differ(context: Context, first: int, second: int) -> bool:
    """Whether only the first number is a percentage: "by 12 percent to 1.4 million"."""
    tokens, percent = context.tokens, context.lexicon.grammar["percent"]
    if percent.starting_at(tokens, first) is None:
        return False
    return percent.starting_at(tokens, second) is None


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


def share_scale(low: Amount, high: Amount, *, hyphened: bool) -> tuple[Amount, Amount]:
    """Give the first number of "10 to 15 million" and of "5-6,000" the scale of the second."""
    if hyphened and _in_thousands(low, high):
        high = replace(high, scale=_THOUSAND)
    smaller = low.value < 1000 and low.scale is None and not low.share
    if high.scale is not None and high.scale >= 12 and smaller:
        step = low.step * high.scale if low.step is not None else None
        shared = times(low.value, high.scale)
        if shared < high.value or low.value >= high.value:
            rules = (*low.rules, "range.shared-scale")
            low = replace(low, value=shared, step=step, scale=high.scale, rules=rules)
    return low, high


def _in_thousands(low: Amount, high: Amount) -> bool:
    """Whether the ends of "5-6,000" are both thousands: digits, and near to each other so."""
    if low.spelled or high.spelled or not high.rules or high.value % _THOUSAND:
        return False
    thousands = high.value / _THOUSAND
    return low.step is not None and low.step >= 1 and low.value < thousands <= _DECADE * low.value
