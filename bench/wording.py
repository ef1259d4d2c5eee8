"""Score the reading of wordings, and measure its speed beside other libraries.

Run as ``python -m bench.wording``; prints markdown tables. The other readers are measured in the
same run where they can be imported, or with ``--peers-python PATH`` in the Python that has them.

A case counts as *value* when a
figure with its number (both ends of a range) is found where its quote stands, and as *full*
when the qualifier and the open or closed ends are right too. Conventions of the cases that are
no disagreement about language are left out of the comparison: the half-open ranges of
`ms-range`, the strictness in `grobid` and `duckling` (direction only), the ends of vague words
(overlap only), and the qualifiers that `quantulum3` ignores.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from math import inf, isclose
from pathlib import Path
from typing import Any

from analyzer.wording import Figure, WordingError, find, parse

ROOT = Path(__file__).parents[1]
CASES = Path(__file__).parent / "data" / "wordings.csv"
REPEAT_SECONDS = 2.0

Texts = dict[str, list[str]]
Read = Callable[[str], object]
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


def rates(texts: Texts, read_short: Read, read_sentence: Read) -> tuple[float, float]:
    """Return short figures and sentences a second."""
    return speed(texts["short"], read_short), speed(texts["sentences"], read_sentence)


def texts_of(cases: list[dict[str, str]]) -> Texts:
    """Return what the speed is measured on: English core cases."""
    english = [row for row in cases if row["language"] == "en" and row["core"] == "1"]
    short = [row["text"] for row in english if row["mode"] == "phrase" and len(row["text"]) < 40]
    return {
        "short": [text for text in short if _parses(text)],
        "sentences": [row["text"] for row in english if row["mode"] == "sentence"],
    }


def speeds(cases: list[dict[str, str]], python: Path | None) -> list[str]:
    """Return the rates of this process, and of the peers in theirs, as markdown."""
    texts = texts_of(cases)
    lines = ["| reader | short figures/s | sentences/s |", "|---|---:|---:|"]
    short, running = rates(
        texts, lambda text: parse(text, language="en"), lambda text: find(text, language="en")
    )
    lines.append(f"| analyzer.wording | {short:,.0f} | {running:,.0f} |")
    peers = _peers(texts, cases, python)
    for name, peer in peers.items():
        lines.append(f"| {name} | {peer['short']:,.0f} | {peer['sentences']:,.0f} |")
    length = sum(map(len, texts["sentences"])) / len(texts["sentences"])
    said = f"{len(texts['short'])} short figures, {len(texts['sentences'])} sentences of "
    lines += ["", f"{said}{length:.0f} characters.", "", *growth()]
    if peers:
        lines += ["", "| reader | English cases | value % |", "|---|---:|---:|"]
        found = [(name, peer["found"], peer["cases"]) for name, peer in peers.items()]
        ours = [score(case).value for case in _stated(cases)]
        for name, right, of in [("analyzer.wording", sum(ours), len(ours)), *found]:
            lines.append(f"| {name} | {of:.0f} | {100 * right / of:.1f} |")
    return lines


def growth() -> list[str]:
    """Return how the time grows with the length of a text: 1 is linear."""
    sentence = "At least 1,139 people died, between 20 and 30 of them children, on 7 October. "
    lines = [
        "| text | characters | time of four times the text, over four times |",
        "|---|---:|---:|",
    ]
    for name, piece in (("prose", sentence), ("one hundred and", "one hundred and "), ("1-", "1-")):
        times_over = 200_000 // len(piece)
        times = [_took(piece * count) for count in (times_over // 4, times_over)]
        lines.append(f"| {name} | {times_over * len(piece):,} | {times[1] / times[0] / 4:.2f} |")
    return lines


def _took(text: str) -> float:
    """Return the seconds of the faster of two readings."""
    times = []
    for _ in range(2):
        start = time.perf_counter()
        find(text, language="en")
        times.append(time.perf_counter() - start)
    return min(times)


def _stated(cases: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the English core cases with one stated number, that other readers can be held to."""
    rows = [row for row in cases if row["language"] == "en" and row["core"] == "1"]
    return [row for row in rows if row["point"] and not row["suite"].startswith("grobid")]


def _peers(
    texts: Texts, cases: list[dict[str, str]], python: Path | None
) -> dict[str, dict[str, float]]:
    """Measure the other readers: in this process, or in one of another Python."""
    asked = {"texts": texts, "cases": [[row["text"], row["point"]] for row in _stated(cases)]}
    if python is None:
        return measured(asked)
    words = [str(python), "-m", "bench.wording", "--as-peer"]
    done = subprocess.run(
        words, input=json.dumps(asked), capture_output=True, text=True, check=True, cwd=ROOT
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def measured(asked: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Return the rates of the readers that are installed here, and how many values they find."""
    peers = {}
    for name, read in _others():
        values = _unbroken(read)
        short, running = rates(asked["texts"], values, values)
        found = sum(
            any(_near(value, float(point)) for value in values(text))
            for text, point in asked["cases"]
        )
        counts = {"found": found, "cases": len(asked["cases"])}
        peers[name] = {"short": short, "sentences": running, **counts}
    return peers


def _unbroken(read: Callable[[str], list[float]]) -> Callable[[str], list[float]]:
    """Return a reader that finds nothing in a text on which it breaks."""

    def safe(text: str) -> list[float]:
        with suppress(Exception):
            return read(text)
        return []

    return safe


def _others() -> list[tuple[str, Callable[[str], list[float]]]]:
    """Return the other readers that are installed here, as functions from a text to its values."""
    readers: list[tuple[str, Callable[[str], list[float]]]] = []
    with suppress(ImportError):
        model = import_module("recognizers_number").NumberRecognizer("en-us").get_number_model()

        def recognized(text: str) -> list[float]:
            return [float(found.resolution["value"]) for found in model.parse(text)]

        readers.append(("recognizers-text-number", recognized))
    with suppress(ImportError):
        quantities = import_module("quantulum3.parser").parse
        readers.append(("quantulum3", lambda text: [found.value for found in quantities(text)]))
    return readers


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
    options.add_argument("--peers-python", type=Path, help="Python that has the other readers")
    options.add_argument("--as-peer", action="store_true", help=argparse.SUPPRESS)
    chosen = options.parse_args(argv)
    if chosen.as_peer:
        sys.stdout.write("\n" + json.dumps(measured(json.load(sys.stdin))) + "\n")
        return 0
    cases = read_cases(chosen.cases)
    lines = tables(cases)
    if chosen.misses:
        lines += ["", *misses(cases)]
    if not chosen.no_speed:
        lines += ["", *speeds(cases, chosen.peers_python)]
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
