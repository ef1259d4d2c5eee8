"""The settings of a dossier: `dossier.toml` as a checked value."""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass, fields
from typing import Any

from analyzer.errors import InputError, Problem
from analyzer.wording import Conventions


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Named limits of the comparison; each can be set under [conventions] in dossier.toml.

    Attributes
    ----------
    position_tolerance : float
        Exact counts of one total differ by a few names from revision to revision; within this
        share of the figure they are shown as one position (their differences stay findings).
    rounding_cap : float
        A bare round number is read as rounded to its last non-zero digit (Cummins, Sauerland &
        Solt 2012), but by no more than this share: 500 does not stand for 471.
    wide_gap : float
        A symmetric gap |a-b|/(|a|+|b|) from which a disagreement is ranked as high; 0.05 is
        one figure a tenth above the other.
    narrow_gap : float
        A gap below which an unexplained disagreement is ranked as low.
    current_days : int
        A figure of a fixed measure counts as current in an account of another day when it was
        said within this many days of it.
    running_days : int
        For this many days after an event, counts of a later day are running counts, each
        compared with those of its own day only.
    chart_claims : int
        Measures with at least this many claims get charts and a page.
    series_days : int
        One publisher's figures of one measure are a series from so many different days on.
    """

    position_tolerance: float = 0.02
    rounding_cap: float = 0.025
    wide_gap: float = 0.05
    narrow_gap: float = 0.01
    current_days: int = 90
    running_days: int = 30
    chart_claims: int = 8
    series_days: int = 30


@dataclass(frozen=True, slots=True)
class Settings:
    """What dossier.toml says of one dossier."""

    name: str
    title: str
    description: str
    licence: str
    thresholds: Thresholds
    wording: Conventions
    paper: str = "a4"


TOP_LEVEL = ("title", "description", "licence", "conventions", "wording", "report")
PAPERS = ("a4", "letter")  # sizes of the PDF's pages


def parse_settings(name: str, file: str, text: str) -> Settings:
    """Read the text of a dossier.toml.

    Raises
    ------
    InputError
        With every unknown key, missing key and value of the wrong type.
    """
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:  # many brackets in each other
        raise InputError([Problem(file, 0, "", "", f"is not TOML: {error}", "mend it")]) from error
    problems = [_unknown(file, key, TOP_LEVEL) for key in table if key not in TOP_LEVEL]
    for key in ("title", "description"):
        if not isinstance(table.get(key), str) or not table[key].strip():
            problems.append(Problem(file, 0, key, "", "is missing", "give it as text in quotes"))
    thresholds = _section(file, _table(file, table, "conventions", problems), Thresholds, problems)
    wording = _section(file, _table(file, table, "wording", problems), Conventions, problems)
    paper = _paper(file, _table(file, table, "report", problems), problems)
    if problems:
        raise InputError(problems)
    return Settings(
        name=name,
        title=table["title"].strip(),
        description=" ".join(table["description"].split()),
        licence=" ".join(str(table.get("licence", "")).split()),
        thresholds=Thresholds(**thresholds),
        wording=Conventions(**wording),
        paper=paper,
    )


def _table(
    file: str, given: dict[str, Any], key: str, problems: list[Problem]
) -> dict[str, object]:
    """One table of the file; anything else of its name becomes a problem."""
    found = given.get(key, {})
    if isinstance(found, dict):
        return found
    remedy = f"write [{key}] on a line of its own, its settings below"
    problems.append(Problem(file, 0, key, str(found), "is no table of settings", remedy))
    return {}


def _paper(file: str, given: dict[str, object], problems: list[Problem]) -> str:
    """The size of the report's pages."""
    problems += [_unknown(file, key, ("paper",)) for key in given if key != "paper"]
    paper = given.get("paper", PAPERS[0])
    if paper in PAPERS:
        return str(paper)
    remedy = f"take {' or '.join(PAPERS)}, in quotes"
    problems.append(Problem(file, 0, "paper", str(paper), "is no size of pages", remedy))
    return PAPERS[0]


def _section(
    file: str,
    given: dict[str, object],
    kind: type[Thresholds] | type[Conventions],
    problems: list[Problem],
) -> dict[str, Any]:
    """Values of one table that fit the dataclass; what doesn't fit becomes a problem."""
    known: dict[str, type] = {
        field.name: type(getattr(kind(), field.name)) for field in fields(kind)
    }
    fitting: dict[str, Any] = {}
    for key, value in given.items():
        if key not in known:
            problems.append(_unknown(file, key, tuple(known)))
        elif not _fits(value, known[key]):
            message = f"is no {known[key].__name__} that it can be set to"
            problems.append(Problem(file, 0, key, str(value), message, "see the codebook"))
        else:
            fitting[key] = tuple(value) if isinstance(value, list) else known[key](value)
    return fitting


def _fits(value: object, kind: type) -> bool:
    """Whether a TOML value can stand for a default of the kind."""
    if kind is bool:
        return isinstance(value, bool)
    if kind is tuple:
        return isinstance(value, list) and all(_fits(one, float) for one in value)
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def _unknown(file: str, key: str, known: tuple[str, ...]) -> Problem:
    near = difflib.get_close_matches(key, known, n=1)
    remedy = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(known)}"
    return Problem(file, 0, "", key, "is not a known setting", remedy)
