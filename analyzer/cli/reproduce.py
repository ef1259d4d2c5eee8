"""`analyzer reproduce`: which recorded figures give a number."""

from __future__ import annotations

import datetime as dt
import difflib
import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from analyzer.align import align
from analyzer.cli.commands import load, print_left_out
from analyzer.cli.terminal import put, say
from analyzer.dates import DateError, parse_date
from analyzer.errors import InputError, Problem
from analyzer.intake import Dossier
from analyzer.outputs import table_csv
from analyzer.read import read_table
from analyzer.reproduce import Answer, Question, figures_table, page_lines, reproduce
from analyzer.series.current import mark_series
from analyzer.series.panel import build_panel

NUMBER = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?|\d+(\.\d+)?")
DIGITS = 15  # more are not told apart in arithmetic


def print_recipes(
    datasets: Path,
    text: str,
    measure: str,
    between: tuple[str, str] | None,
    name: str | None,
    form: str,
    limit: int,
    tolerance: float,
    encoding: str,
    known_by: str = "",
) -> int:
    """Print the recipes of a number, of one dossier or of all that have the measure."""
    first, last = parse_between(between)
    question = Question(parse_number(text), measure, first, last, tolerance)
    _check_options(limit, tolerance)
    answers = []
    for one in _dossiers(datasets, name, measure, encoding):
        dossier = load(datasets, one, encoding, False, known_by)
        answers.append((dossier, _answer(dossier, question, limit)))
    if form == "csv":
        tables = [_named(dossier, figures_table(answer)) for dossier, answer in answers]
        put(table_csv(pd.concat(tables, ignore_index=True)))
    elif form == "json":
        data = [_data(dossier, answer) for dossier, answer in answers]
        text = json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False, default=str)
        put(text + "\n")
    else:
        pages = [
            "\n".join(page_lines(dossier.settings.name, answer)) for dossier, answer in answers
        ]
        say("\n\n".join(pages))
    for dossier, _ in answers:
        print_left_out(dossier)
    return 0


def parse_number(text: str) -> float:
    """Read the number that is looked for: 1259, 1,259 or 12.5.

    Raises
    ------
    InputError
        When the text is none of these, or not above 0.
    """
    bare = text.strip()
    if not NUMBER.fullmatch(bare) or len(re.sub(r"\D", "", bare)) > DIGITS:
        message, remedy = "is no number", "type digits, as 1259 or 1,259"
    elif not float(bare.replace(",", "")):
        message, remedy = "can't be looked for", "name a number above 0"
    else:
        return float(bare.replace(",", ""))
    raise InputError([Problem("number", 0, "", text, message, remedy)])


def parse_between(days: tuple[str, str] | None) -> tuple[dt.date | None, dt.date | None]:
    """Read the two days of --between; none where it is left out.

    Raises
    ------
    InputError
        When one is no day, or the second is before the first.
    """
    if not days:
        return None, None
    problems, spans = [], []
    for text in days:
        try:
            span = parse_date(text.strip())
        except DateError as error:
            remedy = str(error).removesuffix(", or 2025-01 or 2025")
            problems.append(Problem("--between", 0, "", text, "is no day", remedy))
            continue
        if span.first != span.last:
            remedy = f"name a day, as its first one, {span.first}"
            problems.append(Problem("--between", 0, "", text, "is no single day", remedy))
        spans.append(span.first)
    if not problems and spans[1] < spans[0]:
        remedy = f"change places: --between {spans[1]} {spans[0]}"
        message = "is before the first day"
        problems = [Problem("--between", 0, "", str(spans[1]), message, remedy)]
    if problems:
        raise InputError(problems)
    return spans[0], spans[1]


def _check_options(limit: int, tolerance: float) -> None:
    problems = []
    if limit < 1:
        problems.append(Problem("--limit", 0, "", str(limit), "lists nothing", "name 1 or more"))
    if not 0 <= tolerance < float("inf"):
        remedy = "name 0 or more"
        problems.append(Problem("--tolerance", 0, "", str(tolerance), "is no distance", remedy))
    if problems:
        raise InputError(problems)


def _dossiers(datasets: Path, name: str | None, measure: str, encoding: str) -> list[str]:
    """The dossiers that have the measure; a measure that none has is one problem."""
    names = [name] if name else sorted(path.parent.name for path in datasets.glob("*/claims.csv"))
    known = {one: _measures(datasets, one, encoding) for one in names}
    if not known:
        remedy = "run it where datasets/ is, or name the folder with --datasets"
        raise InputError([Problem(str(datasets), 0, "", "", "holds no dossier", remedy)])
    having = [one for one, keys in known.items() if keys is None or measure in keys]
    if having:
        return having
    every = sorted({key for keys in known.values() for key in keys or ()})
    near = difflib.get_close_matches(measure, every, n=1)
    remedy = f"did you mean '{near[0]}'?" if near else "take one from a measures.csv"
    where, what = (name, "the dossier") if name else (str(datasets), "any dossier")
    raise InputError([Problem(where, 0, "", measure, f"is no measure of {what}", remedy)])


def _measures(datasets: Path, name: str, encoding: str) -> list[str] | None:
    """Keys of measures.csv; None for a folder that is not there, which `load` tells of."""
    folder = datasets / name
    if not folder.is_dir() and "/" in name and Path(name).is_dir():
        folder = Path(name)
    if not folder.is_dir():
        return None
    return [str(key) for key in read_table(folder, "measures", encoding)[0]["measure"]]


def _answer(dossier: Dossier, question: Question, limit: int) -> Answer:
    thresholds = dossier.settings.thresholds
    claims = align(dossier.claims, dossier.measures, thresholds)
    marked = mark_series(claims, build_panel(claims, thresholds.series_days))
    return reproduce(marked, dossier.measures, dossier.identities, question, limit)


def _named(dossier: Dossier, table: pd.DataFrame) -> pd.DataFrame:
    table.insert(0, "dossier", dossier.settings.name)
    return table


def _data(dossier: Dossier, answer: Answer) -> dict[str, Any]:
    """The answer as JSON values; days become text."""
    return {
        "dossier": dossier.settings.name,
        **asdict(answer.question),
        "label": answer.label,
        "found": answer.found,
        "counts": dict(answer.counts),
        "neighbours": answer.neighbours,
        "rivals": answer.rivals,
        "exact": answer.exact,
        "hedged": answer.hedged,
        "recipes": [asdict(recipe) for recipe in answer.recipes],
        "nearest": [
            {key: value for key, value in asdict(recipe).items() if key not in ("rank", "figures")}
            for recipe in answer.nearest
        ],
    }
