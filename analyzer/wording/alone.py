"""Read a figure that stands on its own: all of its text must be understood."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from analyzer.wording.bare import bare_figure
from analyzer.wording.conventions import Conventions
from analyzer.wording.dates import beside_month
from analyzer.wording.detect import chosen
from analyzer.wording.digits import read_digits
from analyzer.wording.errors import WordingError
from analyzer.wording.finder import context_of, figure_of, readings_of
from analyzer.wording.lexicon import ARTICLE, load
from analyzer.wording.scan import MARK, NUMBER, WORD, cut
from analyzer.wording.shapes import any_digits_fit, parted, with_digits

if TYPE_CHECKING:
    from analyzer.wording.figure import Figure
    from analyzer.wording.grammar import Reading
    from analyzer.wording.lexicon import Lexicon
    from analyzer.wording.numerals import Context

__all__ = ["parse", "parse_by_grammar"]

_DEFAULT = Conventions()
_SHAPES = 4096  # that are remembered


def parse(
    text: str,
    *,
    language: str | None = None,
    conventions: Conventions = _DEFAULT,
    integral: bool = False,
) -> Figure:
    """Read a figure that stands on its own."""
    bare = bare_figure(text, integral=integral) if language is None else None
    if bare is not None:
        return bare
    known = _by_shape(text, language, integral)
    if known is None:
        return parse_by_grammar(text, language=language, conventions=conventions, integral=integral)
    return figure_of(*known, conventions, text.strip())


def parse_by_grammar(
    text: str,
    *,
    language: str | None = None,
    conventions: Conventions = _DEFAULT,
    integral: bool = False,
) -> Figure:
    """Do what `parse` does, without what is known of bare digits and of shapes."""
    context, reading = _read(text, language, integral)
    return figure_of(context.lexicon, reading, conventions, text.strip())


def _by_shape(text: str, language: str | None, integral: bool) -> tuple[Lexicon, Reading] | None:
    """Return the language and the reading of a text whose shape is known, else None."""
    parts = parted(text)
    if parts is None:
        return None
    before, written, behind = parts
    shape = _of_shape(before, behind, language, integral)
    if shape is None:
        return None
    lexicon, reading = shape
    digits = read_digits(written, lexicon.decimal, integral)
    return (lexicon, with_digits(reading, digits)) if digits is not None else None


@lru_cache(maxsize=_SHAPES)
def _of_shape(
    before: str, behind: str, language: str | None, integral: bool
) -> tuple[Lexicon, Reading] | None:
    """Read the words around some digits; None where they read otherwise around others."""
    try:
        context, reading = _read(f"{before}1{behind}", language, integral)
    except WordingError:
        return None
    return (context.lexicon, reading) if any_digits_fit(context) else None


def _read(text: str, language: str | None, integral: bool) -> tuple[Context, Reading]:
    pieces = cut(text)
    context = context_of(text, pieces, load(chosen(pieces, language)), integral)
    readings = readings_of(context, strict=False)
    if not readings:
        raise WordingError(text, text, "no number was found; write it in digits, as 1,139")
    reading = readings[0]
    if len(readings) > 1:
        part = _slice(context, readings[1])
        raise WordingError(text, part, "a second figure; write one figure, or a range as 10-20")
    if integral and beside_month(context, reading):
        raise WordingError(text, text, "a date, not a count; write the figure alone")
    _check_rest(context, reading)
    return context, reading


def _slice(context: Context, reading: Reading) -> str:
    tokens = context.tokens
    return context.text[tokens[reading.start].start : tokens[reading.end - 1].end]


def _check_rest(context: Context, reading: Reading) -> None:
    """Refuse a figure with words around it that may change its meaning."""
    position = reading.start
    while position > 0:
        passed = _pass_left(context, position)
        if passed is None:
            token = context.tokens[position - 1]
            raise WordingError(
                context.text,
                context.text[token.start : token.end],
                "this word is not known before a number; leave it out, or state the language",
            )
        position = passed
    _check_behind(context, reading.end)


def _pass_left(context: Context, position: int) -> int | None:
    """Step left over what may stand before a figure without changing it."""
    token, grammar = context.tokens[position - 1], context.lexicon.grammar
    if token.kind == MARK or (token.entry is not None and token.entry[0] == ARTICLE):
        return position - 1
    for name in ("fillers", "lead", "range_open"):
        found = grammar[name].ending_at(context.tokens, position)
        if found is not None:
            return found[0]
    return None


def _check_behind(context: Context, end: int) -> None:
    """Refuse what may qualify the number from behind, or cannot be understood there."""
    tokens, lexicon = context.tokens, context.lexicon
    words = [token for token in tokens[end:] if token.kind == WORD]
    if lexicon.code is None and (len(words) > 1 or any(not t.key.isascii() for t in words)):
        part = context.text[words[0].start : words[-1].end]
        raise WordingError(context.text, part, "its language is not known; state the language")
    for index in range(end, len(tokens)):
        number = tokens[index].kind == NUMBER
        if number or (index > end and lexicon.after.starting_at(tokens, index) is not None):
            part = context.text[tokens[index].start : tokens[-1].end]
            raise WordingError(
                context.text, part, "this part behind the number is not known; leave it out"
            )
