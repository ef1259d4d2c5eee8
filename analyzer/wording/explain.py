"""The rules of a figure in plain words.

Each rule id has its sentence here; `explain` joins those of the rules that fired, so that every
conversion can be audited by someone who does not read code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyzer.wording.figure import Figure

__all__ = ["SENTENCES", "explain"]

# rule id: what it did, continuing "It is read as ..."
SENTENCES = {
    "exact": "the number as it stands",
    "approximate": "an approximation, near the number on both sides",
    "nearly": "a number not quite reached, so the truth lies just below it",
    "vague": "a vague quantity, known only within wide ends",
    "range": "a range that includes both ends",
    "range.approximate": "a hedged range, whose ends may be a little off",
    "range.low-end": "the lower half of a range",
    "range.high-end": "the upper half of a range",
    "range.at-least": "a lower bound given as a range, likely within that range",
    "range.at-most": "an upper bound given as a range, likely within that range",
    "range.two-bounds": "a range between two bounds that were stated one by one",
    "bound.at-least": "a lower bound that includes the number",
    "bound.more-than": "a lower bound that excludes the number",
    "bound.plus": "a lower bound; 'plus' behind a number means 'or more'",
    "bound.at-most": "an upper bound that includes the number",
    "bound.up-to": "an upper bound that includes the number, though weaker than 'at most'",
    "bound.less-than": "an upper bound that excludes the number",
}
# rule id: how the number itself was read
NOTES = {
    "digits.grouped": "the marks group thousands",
    "digits.grouped-whole-things": "the mark groups thousands, as whole things are counted",
    "digits.mark-by-language": "the language decides whether the mark groups or is decimal",
    "digits.mark-assumed": "no language is known: a comma groups, a point is decimal",
    "digits.decimal-mark": "the mark is decimal",
    "digits.both-marks": "of two different marks the last is decimal",
    "number.words": "the number is spelled in words",
    "number.none": "the word says that there was none",
    "number.mixed": "a whole number and a fraction were added",
    "number.part-of-scale": "a fraction was taken of the scale word",
    "ordinal": "an ordinal was read as its number",
    "range.shared-scale": "both ends share the scale word",
    "share.fraction": "it is a fraction of a whole",
    "share.ratio": "it is a part out of a whole",
    "share.percent": "it is a percentage",
    "share.vague": "it is a share known only roughly",
    "vague.plural": "a bare plural means two of the kind at the least",
    "vague.word": "the vague word has conventional ends",
}


def explain(figure: Figure) -> str:
    """Say in one or two sentences how a wording became bounds.

    Parameters
    ----------
    figure : Figure
        What `parse` or `find` returned.
    """
    sense = next((SENTENCES[rule] for rule in figure.rules if rule in SENTENCES), figure.qualifier)
    unit = " percent" if figure.unit == "percent" else ""
    text = (
        f"{figure.text!r} is read as {sense}: literally {figure.literal}{unit}, "
        f"and a hearer takes {figure.implied}{unit} from it."
    )
    notes = [NOTES[rule] for rule in dict.fromkeys(figure.rules) if rule in NOTES]
    if not notes:
        return text
    joined = "; ".join(notes)
    return f"{text} {joined[0].upper()}{joined[1:]}."
