"""The rules of a figure in plain words.

Each way in which a number can be bounded has its sentence here, and each way in which digits or
words become a number its note; `explain` joins those of the rules that fired, so that every
conversion can be audited by someone who does not read code.
"""

from __future__ import annotations

from math import isinf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyzer.wording.figure import Figure, Interval

__all__ = ["NOTES", "SENTENCES", "explain"]

# rule: what the wording says and what a hearer takes it to say
SENTENCES = {
    "exact": "{text} states the number {value} as it is.",
    "approximate": "{text} puts the number near {value}: anything from {low} to {high} is in "
    "keeping with it, and a hearer takes it to round to {value} ({near_low} to {near_high}).",
    "approximate.rate": "{text} names the simple share that is nearest, {value}: anything from "
    "{low} to {high} is in keeping with it, and a hearer takes it to be {near_low} to {near_high}.",
    "nearly": "{text} stays below {value}, and not under {low}; a hearer takes it to be at "
    "least {near_low}.",
    "vague": "{text} gives no number; {span}, and a hearer takes it to be {hearsay}.",
    "range": "{text} is a range that includes both ends, {low} and {high}.",
    "range.approximate": "{text} is a range whose ends, {near_low} and {near_high}, are rough.",
    "range.low-end": "{text} names the lower half of the range from {low} to {high}: a hearer "
    "takes it to be at most {near_high}.",
    "range.high-end": "{text} names the upper half of the range from {low} to {high}: a hearer "
    "takes it to be at least {near_low}.",
    "range.at-least": "{text} sets a lower bound, {low}, and a hearer takes the number to be "
    "no higher than {near_high}.",
    "range.at-most": "{text} sets an upper bound, {high}, and a hearer takes the number to be "
    "no lower than {near_low}.",
    "range.two-bounds": "{text} sets two bounds: the lower, {low}, is {low_in}, the upper, "
    "{high}, is {high_in}.",
    "bound.at-least": "{text} sets a lower bound that is included, {value}; a hearer takes it to "
    "stay below {next}, {near_high}.",
    "bound.more-than": "{text} sets a lower bound that is not included, {value}; a hearer takes "
    "it to stay below {next}, {near_high}.",
    "bound.plus": "The plus behind {value} means {value} or more; a hearer takes it to stay below "
    "{next}, {near_high}.",
    "bound.at-most": "{text} sets an upper bound that is included, {value}; a hearer takes it to "
    "stay above {previous}, {near_low}.",
    "bound.up-to": "{text} sets an upper bound that is included, {value}, though more weakly than "
    "“at most” would; a hearer takes it to stay above {previous}, {near_low}.",
    "bound.less-than": "{text} sets an upper bound that is not included, {value}; a hearer takes "
    "it to be at least {previous}, {near_low}.",
}
# rule: how the number itself was read
NOTES = {
    "digits.grouped": "the marks in it group thousands",
    "digits.grouped-whole-things": "its mark groups thousands, as whole things are counted",
    "digits.mark-by-language": "its language decides whether the mark groups or is decimal",
    "digits.mark-assumed": "no language is known, so a comma groups and a point is decimal",
    "digits.decimal-mark": "its mark is decimal",
    "digits.both-marks": "of its two different marks the last is decimal",
    "number.words": "the number is spelled in words",
    "number.none": "the word says that there was none",
    "number.mixed": "a whole number and a fraction were added",
    "number.part-of-scale": "a fraction was taken of the scale word",
    "number.power": "a power of ten was multiplied out",
    "ordinal": "an ordinal was read as its number",
    "range.shared-scale": "both ends share the scale",
    "share.fraction": "it is a fraction of a whole",
    "share.ratio": "it is a part out of a whole",
    "share.percent": "it is a percentage",
    "share.vague": "it is a share known only roughly",
    "vague.plural": "a bare plural means two of the kind at the least",
    "vague.word": "the ends of the word are a convention",
}


_ROUND = {10: "ten", 100: "hundred", 1000: "thousand", 1e4: "ten thousand",
          1e5: "hundred thousand", 1e6: "million", 1e9: "billion"}  # fmt: skip


def explain(figure: Figure) -> str:
    """Say in one or two sentences how a wording became bounds.

    Parameters
    ----------
    figure : Figure
        What `parse` or `find` returned.
    """
    sense = next((rule for rule in figure.rules if rule in SENTENCES), "exact")
    said = SENTENCES[sense].format_map(_parts(figure))
    said = said[0].upper() + said[1:]
    notes = [NOTES[rule] for rule in dict.fromkeys(figure.rules) if rule in NOTES]
    if not notes:
        return said
    joined = ", and ".join(", ".join(notes).rsplit(", ", 1)) if len(notes) > 1 else notes[0]
    return f"{said} {joined[0].upper()}{joined[1:]}."


def _parts(figure: Figure) -> dict[str, str]:
    """Return the words that the sentences are filled with."""
    literal, implied = figure.literal, figure.implied
    percent = " percent" if figure.unit == "percent" else ""
    ends = {"low": literal.low, "high": literal.high}
    ends |= {"near_low": implied.low, "near_high": implied.high}
    ends |= {"value": figure.stated if figure.stated is not None else implied.low}
    return {
        **{name: f"{_number(value)}{percent}" for name, value in ends.items()},
        "text": f"“{' '.join(figure.text.split())}”",
        "next": f"the next {_round(figure)}",
        "previous": f"the {_round(figure)} before it",
        "span": _between(literal),
        "hearsay": _between(implied).removeprefix("the number is "),
        "low_in": "included" if literal.low_closed else "not included",
        "high_in": "included" if literal.high_closed else "not included",
    }


def _round(figure: Figure) -> str:
    """Name the kind of number that a bound reaches to: a round thousand, a whole number."""
    if figure.granularity == 1:
        return "whole number"
    return f"round {_ROUND.get(figure.granularity or 0, 'number')}"


def _between(interval: Interval) -> str:
    """Say where a number lies."""
    if isinf(interval.low):
        return f"the number is {_number(interval.high)} or fewer"
    if isinf(interval.high):
        return f"the number is {_number(interval.low)} or more"
    return f"the number is between {_number(interval.low)} and {_number(interval.high)}"


def _number(value: float) -> str:
    """Write a number with thousands separators, and no more digits than it needs."""
    if isinf(value):
        return "any number"
    if abs(value) >= 1e15 or (value and abs(value) < 1e-4):
        mantissa, exponent = f"{value:.6e}".split("e")
        return f"{mantissa.rstrip('0').rstrip('.')} × 10^{int(exponent)}"  # noqa: RUF001
    written = f"{value:,.4f}"
    return written.rstrip("0").rstrip(".")
