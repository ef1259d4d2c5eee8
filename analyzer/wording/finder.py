"""Find the figures of a running text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.wording.bounds import bounds_of
from analyzer.wording.conventions import Conventions
from analyzer.wording.detect import chosen
from analyzer.wording.exclusions import is_count
from analyzer.wording.figure import Figure
from analyzer.wording.grammar import Reading, joined, opposite, read_figure
from analyzer.wording.lexicon import AND, ARTICLE, VAGUE, load
from analyzer.wording.marking import marked
from analyzer.wording.numerals import Context
from analyzer.wording.scan import NUMBER, VULGAR, Pieces, cut

if TYPE_CHECKING:
    from analyzer.wording.lexicon import Lexicon
    from analyzer.wording.scan import Token

__all__ = ["context_of", "figure_of", "find", "readings_of"]

_DEFAULT = Conventions()
_POINTS = ("exact", "approximate", "nearly")


def find(
    text: str,
    *,
    language: str | None = None,
    conventions: Conventions = _DEFAULT,
    integral: bool = False,
) -> list[Figure]:
    """Find the figures of a running text, in order."""
    pieces = cut(text)
    lexicon = load(chosen(pieces, language))
    if not _may_hold_figures(pieces, lexicon):
        return []
    context = context_of(text, pieces, lexicon, integral)
    tokens = context.tokens
    figures = []
    for reading in readings_of(context, strict=True):
        span = tokens[reading.start].start, tokens[reading.end - 1].end
        figures.append(figure_of(lexicon, reading, conventions, text[span[0] : span[1]], span))
    return figures


def _may_hold_figures(pieces: Pieces, lexicon: Lexicon) -> bool:
    """Whether there is a digit, or a word that can open an amount."""
    if NUMBER in pieces.kinds or VULGAR in pieces.kinds or lexicon.prefixes or lexicon.pieces:
        return True
    return not lexicon.openers.isdisjoint(pieces.keys)


def context_of(text: str, pieces: Pieces, lexicon: Lexicon, integral: bool) -> Context:
    """Return what the grammar reads: the tokens of a text in a language."""
    return Context(marked(pieces, lexicon), lexicon, integral, text)


def readings_of(context: Context, *, strict: bool) -> list[Reading]:
    """Return the figures of a text in order; `strict` leaves out what counts nothing."""
    tokens = context.tokens
    readings: list[Reading] = []
    done = 0
    starts = [
        index
        for index, token in enumerate(tokens)
        if token.kind in (NUMBER, VULGAR) or token.entry is not None
    ]
    for index in starts:
        if index < done or not _opens(context, index):
            continue
        beyond = _qualifier_over(context, index) if tokens[index].entry is not None else 0
        if beyond:
            done = beyond  # the number behind it looks back at its qualifiers
            continue
        reading = read_figure(context, index)
        if reading is None or reading.end <= index:
            continue
        if not strict or is_count(context, reading, index):
            _append(context, readings, reading)
        done = reading.end
    return readings


def _opens(context: Context, index: int) -> bool:
    """Whether a token can open an amount: an article only with a numeral behind it."""
    tokens = context.tokens
    entry = tokens[index].entry
    if entry is None or entry[0] <= VAGUE:
        return True
    return entry[0] == ARTICLE and index + 1 < len(tokens) and tokens[index + 1].entry is not None


def _qualifier_over(context: Context, index: int) -> int:
    """Return the end of a qualifier that a word belongs to, as "many" to "as many as"; else 0."""
    before = context.lexicon.before
    for start in range(max(index - 2, 0), index + 1):
        if context.tokens[start].key in before.forwards:
            found = before.starting_at(context.tokens, start)
            if found is not None and found[0] > index and found[0] - start > 1:
                return found[0]
    return 0


def _append(context: Context, readings: list[Reading], reading: Reading) -> None:
    """Add a reading, or join it with the opposite bound before it: "over 20 and at most 35"."""
    if readings and reading.marks and readings[-1].end <= reading.start <= readings[-1].end + 2:
        between = context.tokens[readings[-1].end : reading.start]
        links = context.lexicon.words.get("links", frozenset())
        linked = all(t.key in ",،" or t.key in links or _is_and(t) for t in between)
        if linked and opposite(readings[-1], reading):
            readings[-1] = joined(readings[-1], reading)
            return
    readings.append(reading)


def _is_and(token: Token) -> bool:
    return token.entry is not None and token.entry[0] == AND


def figure_of(
    lexicon: Lexicon,
    reading: Reading,
    conventions: Conventions,
    text: str,
    span: tuple[int, int] | None = None,
) -> Figure:
    """Return the figure that a reading is under conventions; `span` is its place in the text."""
    bounds = bounds_of(reading, conventions)
    low, high = reading.low, reading.high
    step, rules = low.step, (*low.rules, bounds.rule, *reading.rules)
    if high is not None:
        rules = (*low.rules, *high.rules, bounds.rule, *reading.rules)
        if high.step and (not step or high.step < step):
            step = high.step
    qualifier = bounds.qualifier
    return Figure(
        text,
        bounds.literal,
        bounds.implied,
        bounds.stated if qualifier in _POINTS else None,
        qualifier,
        step or None,
        reading.unit,
        lexicon.code,
        rules,
        low.whole,
        span,
        bounds.stated,
    )
