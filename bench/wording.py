"""Score the reading of wordings, and measure its speed beside other libraries.

Run as ``python -m bench.wording``; prints markdown tables. A case counts as *value* when a
figure with its number (both ends of a range) is found where its quote stands, and as *full*
when the qualifier and the open or closed ends are right too. Conventions of the cases that are
no disagreement about language are left out of the comparison: the half-open ranges of
`ms-range`, the strictness in `grobid` and `duckling` (direction only), the ends of vague words
(overlap only), and the qualifiers that `quantulum3` ignores.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from math import inf, isclose
from pathlib import Path

from analyzer.wording import Figure, WordingError, find, parse

CASES = Path(__file__).parent / "data" / "wordings.csv"
REPEAT_SECONDS = 2.0

_UP, _DOWN = ("at least", "more than"), ("at most", "less than")


@dataclass(frozen=True)
class Score:
    """Whether a case's value, full interval and direction were found."""

    value: bool
    full: bool
    direction: bool


def read_cases(path: Path) -> list[dict[str, str]]:
    """Read the cases that state an expectation."""
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["qualifier"]]


def figures_of(case: dict[str, str]) -> list[Figure]:
    """Read a phrase as one figure where it is one, else search it."""
    text, language = case["text"], case["language"]
    if case["mode"] == "phrase":
        try:
            return [parse(text, language=language)]
        except WordingError:
            pass
    return find(text, language=language)


def _near(found: float, expected: float) -> bool:
    return found == expected or isclose(found, expected, rel_tol=1e-6, abs_tol=1e-24)


def _beside(case: dict[str, str], figure: Figure) -> bool:
    """Whether the figure touches the quote."""
    at = case["text"].find(case["quote"]) if case["quote"] else -1
    if at < 0 or figure.span is None:
        return True
    return any(
        start < figure.span[1] and figure.span[0] < start + len(case["quote"])
        for start in _places(case["text"], case["quote"])
    )


def _places(text: str, quote: str) -> Iterable[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _value(case: dict[str, str], figure: Figure) -> bool:
    if case["qualifier"] == "vague":
        low, high = float(case["low"] or -inf), float(case["high"] or inf)
        return figure.literal.low <= high and low <= figure.literal.high
    if case["point"]:
        return figure.stated is not None and _near(figure.stated, float(case["point"]))
    ends = [float(case[end]) for end in ("low", "high") if abs(float(case[end])) != inf]
    said = [figure.literal.low, figure.literal.high]
    return all(any(_near(end, number) for number in said) for end in ends)


def _full(case: dict[str, str], figure: Figure) -> bool:
    wanted, qualifier = case["qualifier"], figure.qualifier
    if case["suite"] == "quantulum3":
        return True
    if wanted in ("approximate", "nearly"):
        return qualifier in ("approximate", "nearly")
    if wanted == "vague":
        return qualifier == "vague"
    if case["suite"].startswith(("grobid", "duckling")) and wanted in _UP + _DOWN:
        return _direction(case, figure)
    if wanted != qualifier and not (wanted == "exact" and qualifier == "exact"):
        return False
    literal = figure.literal
    if not (_near(literal.low, float(case["low"])) and _near(literal.high, float(case["high"]))):
        return False
    closed = (case["low_closed"] == "1", case["high_closed"] == "1")
    return wanted == "range" or closed == (literal.low_closed, literal.high_closed)


def _direction(case: dict[str, str], figure: Figure) -> bool:
    """Whether the figure bounds the number on the expected side; an end of a range does.

    The number itself is not compared: some quotes lost their decimal mark.
    """
    if case["qualifier"] == "range":
        return figure.qualifier == "range"
    return figure.qualifier in (*(_UP if case["qualifier"] in _UP else _DOWN), "range")


def score(case: dict[str, str]) -> Score:
    """Score one case; a case that expects no figure counts as found when none is."""
    figures = [figure for figure in figures_of(case) if _beside(case, figure)]
    if case["qualifier"] == "none":
        return Score(not figures, not figures, not figures)
    matching = [figure for figure in figures if _value(case, figure)]
    return Score(
        bool(matching),
        any(_full(case, figure) for figure in matching),
        any(_direction(case, figure) for figure in figures),
    )


def speed(texts: list[str], read: Callable[[str], object]) -> float:
    """Return how many texts a second `read` reads, in the best of the rounds of some seconds.

    The best round, as in `timeit`: the others measure what else the machine was doing.
    """
    best = inf
    end = time.perf_counter() + REPEAT_SECONDS
    while time.perf_counter() < end:
        start = time.perf_counter()
        for text in texts:
            read(text)
        best = min(best, time.perf_counter() - start)
    return len(texts) / best


def table(title: str, rows: list[dict[str, str]], by: str) -> list[str]:
    """Return a markdown table of the scores by one column."""
    counts: Counter[str] = Counter()
    values: Counter[str] = Counter()
    fulls: Counter[str] = Counter()
    for row in rows:
        result = score(row)
        counts[row[by]] += 1
        values[row[by]] += result.value
        fulls[row[by]] += result.full
    lines = [f"| {title} | cases | value % | full % |", "|---|---:|---:|---:|"]
    for name in sorted(counts):
        n = counts[name]
        value, full = 100 * values[name] / n, 100 * fulls[name] / n
        lines.append(f"| {name} | {n} | {value:.1f} | {full:.1f} |")
    return lines


def tables(cases: list[dict[str, str]]) -> list[str]:
    """Return the scores of the core cases as markdown."""
    core = [row for row in cases if row["core"] == "1"]
    plain = [row for row in core if not row["suite"].startswith("grobid")]
    grobid = [row for row in core if row["suite"].startswith("grobid")]
    lines = [*table("language", plain, "language"), "", *table("suite", core, "suite"), ""]
    lines += [*table("class", plain, "qualifier"), "", *table("form", plain, "numform"), ""]
    right = sum(score(row).direction for row in grobid)
    share = 100 * right / len(grobid) if grobid else 0.0
    lines.append(f"Direction on grobid: {right} of {len(grobid)} = {share:.1f} %")
    return lines


def _others() -> list[tuple[str, Callable[[str], object]]]:
    """Return the other readers that are installed here."""
    readers: list[tuple[str, Callable[[str], object]]] = []
    with suppress(ImportError):
        numbers = import_module("recognizers_number")
        model = numbers.NumberRecognizer("en-us").get_number_range_model()
        readers.append(("recognizers-text-number", model.parse))
    with suppress(ImportError):
        readers.append(("quantulum3", import_module("quantulum3.parser").parse))
    return readers


def speeds(cases: list[dict[str, str]]) -> list[str]:
    """Return the rates of this process as markdown."""
    english = [row for row in cases if row["language"] == "en" and row["core"] == "1"]
    short = [row["text"] for row in english if row["mode"] == "phrase" and len(row["text"]) < 40]
    short = [text for text in short if _parses(text)]
    sentences = [row["text"] for row in english if row["mode"] == "sentence"]
    lines = ["| reader | short figures/s | sentences/s |", "|---|---:|---:|"]
    ours = speed(short, lambda text: parse(text, language="en"))
    running = speed(sentences, lambda text: find(text, language="en"))
    lines.append(f"| analyzer.wording | {ours:,.0f} | {running:,.0f} |")
    for name, read in _others():
        lines.append(f"| {name} | {speed(short, read):,.0f} | {speed(sentences, read):,.0f} |")
    length = sum(map(len, sentences)) / len(sentences)
    said = f"{len(short)} short figures, {len(sentences)} sentences of {length:.0f} characters."
    lines += ["", said]
    return lines


def _parses(text: str) -> bool:
    try:
        parse(text, language="en")
    except WordingError:
        return False
    return True


def main(argv: list[str] | None = None) -> int:
    """Print scores and speeds; 0 always, since the bar is held by the tests."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=Path, default=CASES)
    options.add_argument("--misses", action="store_true", help="list what was not read in full")
    options.add_argument("--no-speed", action="store_true")
    chosen = options.parse_args(argv)
    cases = read_cases(chosen.cases)
    lines = tables(cases)
    if chosen.misses:
        lines += ["", *misses(cases)]
    if not chosen.no_speed:
        lines += ["", *speeds(cases)]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def misses(cases: list[dict[str, str]]) -> list[str]:
    """List the core cases that were not read in full, with what was read."""
    lines = []
    for case in cases:
        result = score(case)
        right = result.direction if case["suite"].startswith("grobid") else result.full
        if case["core"] == "1" and not right:
            found = [
                f"{figure.text}:{figure.literal}{figure.qualifier}" for figure in figures_of(case)
            ]
            wanted = f"{case['low'][:9]}..{case['high'][:9]} {case['qualifier']}"
            at = max(case["text"].find(case["quote"]) - 40, 0)
            excerpt = case["text"][at : at + 120]
            lines.append(
                f"{'V' if result.value else '-'} {case['suite']} | {excerpt} | {case['quote']} | "
                f"{wanted} | {'; '.join(found)[:200]}"
            )
    return lines


if __name__ == "__main__":
    raise SystemExit(main())
