"""`analyzer normalize`: how a wording is read."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from analyzer.cli.terminal import put, say
from analyzer.errors import InputError, Problem, visible
from analyzer.wording import Figure, Interval, WordingError, explain, parse


def print_readings(
    figures: list[str], file: Path | None, as_json: bool, language: str | None, whole: bool
) -> int:
    """Print each wording with its bounds, qualifier and rules; unreadable ones are problems."""
    texts = [(f"figure {place}", text) for place, text in enumerate(figures, 1)]
    if file is not None:
        texts += [(f"{file}:{row}", text) for row, text in _lines(file)]
    if not texts:
        texts = [(f"-:{row}", text) for row, text in _lines(Path("-"))]
    problems, figures_read = [], []
    for place, text in texts:
        try:
            figure = parse(text, language=language, integral=whole)
        except WordingError as error:
            problems.append(Problem(place, 0, "", text, "can't be read as a figure", str(error)))
            continue
        figures_read.append(figure)
    if as_json:
        put("\n".join(map(_json, figures_read)) + "\n")
    elif len(texts) == 1:
        say("\n".join(map(_plain, figures_read)))
    else:
        say(_table(figures_read))
    if problems:
        raise InputError(problems)
    return 0


def _lines(file: Path) -> list[tuple[int, str]]:
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        remedy = "save it as UTF-8"
        raise InputError([Problem(str(file), 0, "", "", "is not UTF-8", remedy)]) from error
    return [(row, line.strip()) for row, line in enumerate(text.splitlines(), 1) if line.strip()]


def _plain(figure: Figure) -> str:
    return "\n".join(
        [
            figure.text,
            f"  literal   {_interval(figure.literal)}",
            f"  implied   {_interval(figure.implied)}",
            f"  qualifier {figure.qualifier}",
            f"  rules     {' '.join(figure.rules)}",
            f"  {explain(figure)}",
        ]
    )


def _table(figures: list[Figure]) -> str:
    """One line a figure: wording, bounds, qualifier, and the rule in words."""
    head = ("wording", "literal", "implied", "qualifier", "how it is read")
    rows = [
        (
            visible(figure.text),
            _interval(figure.literal),
            _interval(figure.implied),
            figure.qualifier,
            explain(figure),
        )
        for figure in figures
    ]
    widths = [max(len(row[place]) for row in [head, *rows]) for place in range(4)]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]])
        for row in [head, *rows]
    )


def _interval(interval: Interval) -> str:
    left = "[" if interval.low_closed else "("
    right = "]" if interval.high_closed else ")"
    return f"{left}{_number(interval.low)}, {_number(interval.high)}{right}"


def _number(value: float) -> str:
    if value in (float("inf"), -float("inf")):
        return "no upper end" if value > 0 else "no lower end"
    return f"{value:,.10g}"


def _json(figure: Figure) -> str:
    def bounds(interval: Interval) -> dict[str, float | bool | None]:
        finite = {
            end: value if abs(value) != float("inf") else None
            for end, value in (("low", interval.low), ("high", interval.high))
        }
        return {
            **finite,
            "low_closed": interval.low_closed,
            "high_closed": interval.high_closed,
        }

    return json.dumps(
        {
            "text": figure.text,
            "literal": bounds(figure.literal),
            "implied": bounds(figure.implied),
            "point": figure.point,
            "qualifier": figure.qualifier,
            "granularity": figure.granularity,
            "unit": figure.unit,
            "language": figure.language,
            "rules": list(figure.rules),
        },
        ensure_ascii=False,
    )
