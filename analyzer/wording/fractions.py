"""Read fractions, mixed numbers and ratios around a numeral.

"two thirds", "3/4", "a hundred and three quarters", "a million and a half", "half a million",
"one in five", "27 out of 28"; and denominators in the ways of the other languages.
"""
# ruff: noqa: RUF001 - letters and marks of other scripts are the subject here

from __future__ import annotations

from dataclasses import dataclass, replace

from analyzer.wording.lexicon import (
    AND,
    ARTICLE,
    DENOMINATOR,
    HALF,
    ORDINAL,
    PLURAL,
    SCALE,
    VALUE,
)
from analyzer.wording.numerals import Context, Numeral, read_cardinal, step_of
from analyzer.wording.roles import HYPHENS
from analyzer.wording.scan import MARK, NUMBER, VULGAR, WORD

__all__ = [
    "VULGAR_FRACTIONS",
    "Amount",
    "bare_denominator",
    "closes_fraction",
    "compound_denominator",
    "definite_share",
    "entry_at",
    "mixed_digits",
    "over_denominator",
    "ratio",
    "scaled",
    "share_of",
    "slashed",
    "with_fraction",
]

VULGAR_FRACTIONS = {
    "¼": (1, 4), "½": (1, 2), "¾": (3, 4), "⅐": (1, 7), "⅑": (1, 9), "⅒": (1, 10),
    "⅓": (1, 3), "⅔": (2, 3), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5),
    "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
    "↉": (0, 3),
}  # fmt: skip


@dataclass(slots=True, repr=False, eq=False)
class Amount:
    """An amount that was read, up to the token before `end`.

    `step` is the granularity, None for fractions; `scale` the last scale, which a range shares
    ("10 to 15 million"); `vague` the vague word with its multiplier.
    """

    value: float
    step: float | None
    end: int
    rules: tuple[str, ...]
    scale: float | None = None
    whole: tuple[float, float] | None = None
    vague: tuple[str, float] | None = None
    share: bool = False
    ordinal: bool = False
    spelled: bool = False


def share_of(value: float, end: int) -> Amount:
    """Return a share that ends before a token."""
    return Amount(value, None, end, ("share.fraction",), share=True)


def entry_at(context: Context, index: int) -> tuple[int, float]:
    """Return kind and value of a token, (0, 0) for none."""
    tokens = context.tokens
    return (tokens[index].entry or (0, 0.0)) if index < len(tokens) else (0, 0.0)


def slashed(context: Context, numeral: Numeral) -> Amount | None:
    """Read "3/4"; in right-to-left text "2/1" is a half, since halves are not written so."""
    tokens, end = context.tokens, numeral.end
    if end + 1 >= len(tokens) or tokens[end + 1].kind != NUMBER or numeral.spelled:
        return None
    other = read_cardinal(context, end + 1)
    part, whole = numeral.value, other.value if other else 0.0
    if other is None or whole == 0 or (end + 2 < len(tokens) and tokens[end + 2].key == "/"):
        return None
    if whole == 1 and part and context.lexicon.script in ("arabic", "hebrew"):
        part, whole = whole, part
    return share_of(part / whole, other.end)


def mixed_digits(context: Context, numeral: Numeral) -> Amount | None:
    """Read "2 1/4"."""
    tokens, end = context.tokens, numeral.end
    if end + 2 >= len(tokens) or tokens[end + 1].key not in "/⁄∕":
        return None
    part = read_cardinal(context, end)
    fraction = slashed(context, part) if part is not None else None
    if fraction is None or fraction.value >= 1 or numeral.value != int(numeral.value):
        return None
    return replace(
        fraction, value=numeral.value + fraction.value, rules=("number.mixed",), share=False
    )


def over_denominator(context: Context, numeral: Numeral, index: int) -> Amount | None:
    """Read "two thirds", "three twenty-firsts" and "a hundred and three quarters"."""
    kind, value = entry_at(context, index)
    key = context.tokens[index].key if index < len(context.tokens) else ""
    if kind not in (DENOMINATOR, ORDINAL, HALF) and key not in context.lexicon.denominators:
        return None
    if kind == HALF and context.tokens[index].start == context.tokens[index - 1].end:
        return _half_more(context, numeral, value)
    value = context.lexicon.denominators.get(key, 1 / value if kind == HALF else value)
    if numeral.head is not None and value:
        head, scale = numeral.head
        part = (numeral.value - head) / value * (scale if scale >= 1000 else 1.0)
        return Amount(head + part, None, index + 1, ("number.mixed",), spelled=True)
    if kind == ORDINAL or value == 0 or numeral.value == 0:
        return None
    return scaled(context, share_of(numeral.value / value, index + 1))


def _half_more(context: Context, numeral: Numeral, half: float) -> Amount:
    """Read German "dreieinhalb", and with a scale "dreieinhalb Millionen"."""
    value, end = numeral.value + half, numeral.end + 1
    kind, scale = entry_at(context, end)
    if kind in (SCALE, PLURAL):
        return Amount(value * scale, scale / 10, end + 1, ("number.mixed",), scale, spelled=True)
    return Amount(value, None, end, ("number.mixed",), spelled=True)


def compound_denominator(context: Context, numeral: Numeral) -> Amount | None:
    """Read "three twenty firsts" as 3/21, Spanish "un cientocincoavo" as 1/105."""
    base = read_cardinal(context, numeral.end)
    if base is None:
        return None
    index = base.end
    if index < len(context.tokens) and context.tokens[index].key in HYPHENS:
        index += 1
    kind, unit = entry_at(context, index)
    close = index < len(context.tokens) and (
        context.tokens[index].start == context.tokens[index - 1].end
    )
    if kind not in (DENOMINATOR, ORDINAL) or (base.value < 11 and not close):
        return None
    if unit < 10:
        return share_of(numeral.value / (base.value + unit), index + 1)
    return share_of(numeral.value / (base.value * unit), index + 1) if close else None


def with_fraction(context: Context, numeral: Numeral) -> Amount | None:
    """Read "two and a half" and "a million and a half" (half of the scale)."""
    lexicon, end = context.lexicon, numeral.end
    opening = lexicon.grammar["mixed"].starting_at(context.tokens, end)
    if opening is None:
        return None
    index = opening[0]
    fraction = _bare_fraction(context, index)
    if fraction is None:
        return None
    large = numeral.scale or (step_of(numeral.value) if numeral.spelled else 1.0)
    large = large if large >= 1000 else 1.0
    added = fraction.value * (large if fraction.scale is None else 1.0)
    scale = fraction.scale if fraction.scale is not None else numeral.scale
    value = numeral.value + added
    end = _same_scale(context, fraction.end, numeral.scale)
    if end:  # "a million and half the million"
        return Amount(value, None, end, ("number.mixed",), scale, spelled=True)
    kind, larger = entry_at(context, fraction.end)
    if kind in (SCALE, PLURAL) and numeral.scale is None and fraction.scale is None:
        return Amount(
            value * larger, None, fraction.end + 1, ("number.mixed",), larger, spelled=True
        )
    return Amount(value, None, fraction.end, ("number.mixed",), scale, spelled=True)


def _same_scale(context: Context, index: int, scale: float | None) -> int:
    """Return the end of an Arabic scale that is named again behind its half, else 0."""
    tokens = context.tokens
    if scale is None or index >= len(tokens) or tokens[index].key != "ال":
        return 0
    return index + 2 if entry_at(context, index + 1) == (SCALE, scale) else 0


def _bare_fraction(context: Context, index: int) -> Amount | None:
    """Read "a half", "three fifths", "half", "⅔" behind "and"."""
    tokens = context.tokens
    if index >= len(tokens):
        return None
    if tokens[index].kind == VULGAR:
        above, below = VULGAR_FRACTIONS[tokens[index].key]
        return share_of(above / below, index + 1)
    kind, value = entry_at(context, index)
    if kind == HALF and value < 1:
        return share_of(value, index + 1)
    if kind == ARTICLE and entry_at(context, index + 1)[0] in (DENOMINATOR, HALF):
        whole = context.lexicon.denominators.get(tokens[index + 1].key, 2.0)
        return share_of(1 / whole, index + 2)
    if kind == DENOMINATOR and value:
        return share_of(1 / value, index + 1)
    if context.lexicon.bare_denominators and tokens[index].key in context.lexicon.denominators:
        return share_of(1 / context.lexicon.denominators[tokens[index].key], index + 1)
    if kind == VALUE or tokens[index].kind == NUMBER:
        return _counted_fraction(context, index)
    return None


def _counted_fraction(context: Context, index: int) -> Amount | None:
    """Read "three fifths" behind "and": below one, or a part of a scale."""
    numeral = read_cardinal(context, index, joining=False)
    if numeral is None:
        return None
    amount = over_denominator(context, numeral, numeral.end)
    if amount is None and numeral.end < len(context.tokens):
        amount = compound_denominator(context, numeral)
    fits = amount is not None and (amount.value < 1 or amount.scale is not None)
    return amount if fits else None


def ratio(context: Context, numeral: Numeral) -> Amount | None:
    """Read "one in five", "27 out of 28" and "one over three"."""
    tokens, lexicon = context.tokens, context.lexicon
    phrase = lexicon.grammar["ratio"].starting_at(tokens, numeral.end)
    if phrase is None or phrase[0] >= len(tokens):
        return None
    token = tokens[phrase[0]]
    if token.kind != NUMBER and (token.entry or (0,))[0] not in (VALUE, SCALE, ARTICLE):
        return None
    start = phrase[0] + (entry_at(context, phrase[0])[0] == ARTICLE)
    whole = read_cardinal(context, start) if start < len(tokens) else None
    if whole is None or not 0 < numeral.value <= whole.value:
        return None
    if not _is_ratio(context, whole):
        return None
    return Amount(
        numeral.value / whole.value,
        None,
        whole.end,
        ("share.ratio",),
        whole=(numeral.value, whole.value),
        share=True,
    )


def _is_ratio(context: Context, whole: Numeral) -> bool:
    """Whether the second number of "n in m" is not a year, a time or a percentage."""
    tokens, lexicon, end = context.tokens, context.lexicon, whole.end
    if not whole.spelled and whole.step == 1 and 1500 <= whole.value <= 2100:
        return False
    if end < len(tokens) and tokens[end].kind == WORD:
        return tokens[end].key not in lexicon.words.get("times", frozenset())
    return end >= len(tokens) or lexicon.grammar["percent"].starting_at(tokens, end) is None


def closes_fraction(context: Context, index: int) -> bool:
    """Whether what follows "a third" lets it be a share rather than an ordinal."""
    tokens, lexicon = context.tokens, context.lexicon
    if index >= len(tokens) or tokens[index].kind != WORD:
        return True
    if lexicon.grammar["of"].starting_at(tokens, index):
        return True
    return tokens[index].key in lexicon.stops or (tokens[index].entry or (0,))[0] in (
        AND, SCALE, HALF, DENOMINATOR,
    )  # fmt: skip


def scaled(context: Context, share: Amount) -> Amount:
    """Multiply a share by the scale that follows: "half a million", "two thirds of a million"."""
    tokens, lexicon = context.tokens, context.lexicon
    index = share.end
    if index < len(tokens) and tokens[index].kind == MARK and tokens[index].key in HYPHENS:
        index += 1
    elif (of := lexicon.grammar["of"].starting_at(tokens, index)) is not None:
        index = of[0]
    if entry_at(context, index)[0] == ARTICLE:
        index += 1
    kind, value = entry_at(context, index)
    if kind not in (SCALE, PLURAL) or (index == share.end + 1 and kind == PLURAL):
        return share
    number = read_cardinal(context, index) if kind == SCALE else None
    if number is not None and number.value != value:
        value, index = number.value, number.end - 1
    amount = share.value * value
    step = step_of(amount) if float(amount).is_integer() else None
    return Amount(amount, step, index + 1, ("number.part-of-scale",), value, spelled=True)


def definite_share(context: Context, start: int, numeral: Numeral) -> bool:
    """Whether an Arabic five before a definite noun is a fifth: "a fifth (of) the hour"."""
    tokens = context.tokens
    if numeral.end != start + 1 or tokens[start].key not in context.lexicon.denominators:
        return False
    return numeral.end < len(tokens) and tokens[numeral.end].key.startswith("ال")


def bare_denominator(context: Context, start: int, value: float) -> Amount | None:
    """Read a denominator without a numerator: "quarter of a million", else an ordinal."""
    if not value:
        return None
    share = scaled(context, share_of(1 / value, start + 1))
    if not share.share or context.lexicon.bare_denominators:
        return share
    if context.lexicon.grammar["of"].starting_at(context.tokens, start + 1) and value != 1:
        return share
    return Amount(value, 1.0, start + 1, ("ordinal",), ordinal=True, spelled=True)
