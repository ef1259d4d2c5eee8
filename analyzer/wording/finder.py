"""Find the figures of a running text, and read a figure that stands on its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.wording.bounds import bounds_of
from analyzer.wording.conventions import Conventions
from analyzer.wording.detect import chosen
from analyzer.wording.errors import WordingError
from analyzer.wording.exclusions import is_count
from analyzer.wording.figure import Figure
from analyzer.wording.grammar import Reading, joined, opposite, read_figure
from analyzer.wording.lexicon import AND, ARTICLE, VAGUE, load
from analyzer.wording.marking import marked
from analyzer.wording.numerals import Context
from analyzer.wording.scan import MARK, NUMBER, VULGAR, WORD, scan

if TYPE_CHECKING:
    from analyzer.wording.scan import Token

__all__ = ["find", "parse"]

_DEFAULT = Conventions()


def parse(
    text: str,
    *,
    language: str | None = None,
    conventions: Conventions = _DEFAULT,
    integral: bool = False,
) -> Figure:
    """Read a figure that stands on its own."""
    context = _context(text, language, integral)
    readings = _readings(context, strict=False)
    if not readings:
        raise WordingError(text, text, "no number was found; write it in digits, as 1,139")
    reading = readings[0]
    if len(readings) > 1:
        part = _slice(context, readings[1])
        raise WordingError(text, part, "a second figure; write one figure, or a range as 10-20")
    _check_rest(context, reading)
    return _figure(context, reading, conventions, text.strip(), None)


def find(
    text: str,
    *,
    language: str | None = None,
    conventions: Conventions = _DEFAULT,
    integral: bool = False,
) -> list[Figure]:
    """Find the figures of a running text, in order."""
    context = _context(text, language, integral)
    figures = []
    for reading in _readings(context, strict=True):
        span = context.tokens[reading.start].start, context.tokens[reading.end - 1].end
        figures.append(_figure(context, reading, conventions, text[span[0] : span[1]], span))
    return figures


def _context(text: str, language: str | None, integral: bool) -> Context:
    tokens = scan(text)
    lexicon = load(chosen(tokens, language))
    return Context(marked(tokens, lexicon), lexicon, integral, text)


def _readings(context: Context, *, strict: bool) -> list[Reading]:
    tokens = context.tokens
    readings: list[Reading] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.entry is not None:
            kind = token.entry[0]
            if kind > VAGUE and (kind != ARTICLE or not _opens_numeral(tokens, index + 1)):
                index += 1
                continue
            beyond = _qualifier_over(context, index)
            if beyond:
                index = beyond  # the number behind it looks back at its qualifiers
                continue
        elif token.kind not in (NUMBER, VULGAR):
            index += 1
            continue
        reading = read_figure(context, index)
        if reading is None or reading.end <= index:
            index += 1
            continue
        if not strict or is_count(context, reading, index):
            _append(context, readings, reading)
        index = reading.end
    return readings


def _opens_numeral(tokens: list[Token], index: int) -> bool:
    """Whether a numeral word can follow an article."""
    return index < len(tokens) and tokens[index].entry is not None


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
    if readings and readings[-1].end <= reading.start <= readings[-1].end + 2:
        between = context.tokens[readings[-1].end : reading.start]
        links = context.lexicon.words.get("links", frozenset())
        linked = all(t.key in ",،" or t.key in links or _is_and(t) for t in between)
        if linked and opposite(readings[-1], reading):
            readings[-1] = joined(readings[-1], reading)
            return
    readings.append(reading)


def _is_and(token: Token) -> bool:
    return token.entry is not None and token.entry[0] == AND


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


def _figure(
    context: Context,
    reading: Reading,
    conventions: Conventions,
    text: str,
    span: tuple[int, int] | None,
) -> Figure:
    bounds = bounds_of(reading, conventions)
    lexicon = context.lexicon
    low, high = reading.low, reading.high
    point = bounds.stated if bounds.qualifier in ("exact", "approximate", "nearly") else None
    rules = (*low.rules, *(high.rules if high else ()), bounds.rule, *reading.rules)
    step = low.step
    if high is not None and high.step and (not step or high.step < step):
        step = high.step
    return Figure(
        text=text,
        literal=bounds.literal,
        implied=bounds.implied,
        point=point,
        qualifier=bounds.qualifier,
        granularity=step or None,
        unit=reading.unit,
        language=lexicon.code,
        rules=rules,
        whole=low.whole,
        span=span,
        stated=bounds.stated,
    )
