"""A dossier of any size to its findings: small tables here, claims wherever the engine has them."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analyzer.blocks import NAME, Block, list_blocks, read_blocks, spool
from analyzer.corrections import COLUMNS as CORRECTIONS
from analyzer.engines.contract import COLUMNS, Engine, Options, Survey
from analyzer.engines.memory import keep_memory
from analyzer.engines.partition import Comparison
from analyzer.engines.pool import Workers
from analyzer.errors import EngineError, InputError, Problem
from analyzer.groups import connected_groups, partitions
from analyzer.intake import check_tables, read_all
from analyzer.model import TABLES
from analyzer.ranking import DRAFTED, ranked
from analyzer.read import read_table, shown_path, table_path
from analyzer.settings import Settings
from analyzer.validate.claims import check_ids
from analyzer.validate.references import check_references
from analyzer.vintages import Vintage
from analyzer.waivers import COLUMNS as WAIVERS
from analyzer.waivers import join_waivers

ENGINES = ("pandas", "duckdb", "dask", "spark")
OF_THIS_MACHINE = ("pandas", "duckdb")  # with processes of ours
LARGE = 30_000_000  # bytes of claims that surely make several partitions
SMALL = [table for table in TABLES if table != "claims"]


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a run; as for `intake.load_dossier`, and how it is spread.

    Attributes
    ----------
    engine : str
        One of `ENGINES`.
    size : int
        Claims of a partition.
    """

    folder: Path
    today: dt.date
    encoding: str = "utf-8"
    keep_going: bool = False
    known_by: dt.date | None = None
    engine: str = "pandas"
    size: int = 100_000


@dataclass(frozen=True, slots=True)
class Found:
    """The findings of a dossier, and what is left out of them.

    Attributes
    ----------
    findings : DataFrame
        `schemas.Findings`.
    waivers : DataFrame
        `waivers.COLUMNS`.
    corrections : DataFrame
        `corrections.COLUMNS`: those that the claims were read with.
    claims : int
        How many were compared.
    """

    settings: Settings
    findings: pd.DataFrame
    waivers: pd.DataFrame
    corrections: pd.DataFrame
    claims: int
    left_out: tuple[Problem, ...]
    vintage: Vintage | None


def find(request: Request, options: Options) -> Found:
    """Read, check and compare a dossier, partition by partition.

    Raises
    ------
    InputError
        As `intake.load_dossier`.
    EngineError
        When the engine is not installed, or can't go on.
    """
    keep_memory()
    settings, tables, unread = read_all(request.folder, request.encoding, SMALL)
    files = {table: shown_path(table_path(request.folder, table)) for table in TABLES}
    tables, wrong, sound = _sound(tables, files, request.keep_going)
    with ExitStack() as stack:
        workers = stack.enter_context(closing(Workers(options.workers)))
        if request.engine in OF_THIS_MACHINE and _is_large(request.folder):
            workers.ahead()
        engine, bad = _engine(request, options, workers)
        stack.callback(engine.close)
        survey = engine.survey()
        groups = connected_groups(tables["measures"], tables["identities"], survey.pairs)
        part = Comparison(
            settings=settings,
            tables=tables,
            files=files,
            groups=groups,
            again=frozenset(survey.repeats.loc[survey.repeats["id"].duplicated(), "row"]),
            named=frozenset(tables["corrections"]["claim"]) | frozenset(tables["waivers"]["claim"]),
            today=request.today,
            keep_going=request.keep_going,
            known_by=request.known_by,
            sound=sound,
            compares=request.keep_going or not wrong,
        )
        counts = survey.pairs.groupby("measure")["claims"].sum()
        places = partitions(groups, counts, request.size)
        told = _gathered(engine.run(places, part))
    problems = [*unread, *bad, *wrong, *_repeated(survey, files), *_told_problems(told["problem"])]
    problems += _unknown(tables, told, files)
    return _found(request, settings, told, list(dict.fromkeys(problems)))


def _sound(
    tables: dict[str, pd.DataFrame], files: dict[str, str], keep_going: bool
) -> tuple[dict[str, pd.DataFrame], list[Problem], bool]:
    """The small tables, with `keep_going` without their bad rows, and what is wrong with them.

    Where nothing is wrong with what is left, the tables have their dates read, and the last
    value is true.
    """
    wrong: list[Problem] = []
    while True:
        found, checked = check_tables(tables, files)
        if not found:
            return checked, wrong, True
        wrong += found
        if not keep_going or any(not problem.row for problem in found):
            return tables, wrong, False
        rows = {table: {one.row for one in found if one.file == files[table]} for table in tables}
        tables = {
            table: frame[~frame["row"].isin(rows[table])].reset_index(drop=True)
            for table, frame in tables.items()
        }


def _is_large(folder: Path) -> bool:
    """Whether workers will surely be needed; a file that can't be read is told of later."""
    try:
        return table_path(folder, "claims").stat().st_size > LARGE
    except OSError:
        return False


def _engine(request: Request, options: Options, workers: Workers) -> tuple[Engine, list[Problem]]:
    """The engine with the claims in its hands, and rows of a CSV that could not be read.

    Raises
    ------
    EngineError
        When it is not installed.
    """
    blocks, claims, problems = _claims(request, options)
    try:
        if request.engine == "duckdb":
            from analyzer.engines.duck import DuckEngine

            return DuckEngine(read_blocks(blocks), options, workers), problems
        if request.engine == "dask":
            from analyzer.engines.dasked import DaskEngine

            return DaskEngine(blocks, options), problems
        if request.engine == "spark":
            from analyzer.engines.sparked import SparkEngine

            return SparkEngine(blocks, options), problems
    except ImportError as error:
        message = f"{request.engine} is not installed ({error.name} is missing)"
        remedy = f"install it with: pip install 'claim-discrepancy-analyzer[{request.engine}]'"
        raise EngineError(f"{message}; {remedy}") from error
    from analyzer.engines.frames import PandasEngine

    if blocks:
        claims = pd.concat(read_blocks(blocks), ignore_index=True)
    return PandasEngine(claims, workers), problems


def _claims(request: Request, options: Options) -> tuple[list[Block], pd.DataFrame, list[Problem]]:
    """Blocks of claims, or for pandas all rows of a CSV; and rows that could not be read."""
    if table_path(request.folder, "claims").name == NAME:
        return list_blocks(request.folder), pd.DataFrame(columns=pd.Index(COLUMNS)), []
    claims, problems = read_table(request.folder, "claims", request.encoding)
    if claims.empty:
        file = shown_path(table_path(request.folder, "claims"))
        nothing = Problem(file, 0, "", "", "holds no usable claim", "add a row")
        raise InputError([*problems, nothing])
    if request.engine == "pandas":
        return [], claims, problems
    return spool(claims, options.scratch), claims.head(0), problems


def _gathered(results: Iterable[pd.DataFrame]) -> dict[str, list[Any]]:
    """What the parts said, by word."""
    told: dict[str, list[Any]] = defaultdict(list)
    for result in results:
        for what, body in zip(result["what"], result["body"], strict=True):
            told[what].append(json.loads(body))
    return told


def _repeated(survey: Survey, files: dict[str, str]) -> list[Problem]:
    """Ids that stand in several rows, wherever those are."""
    return check_ids(survey.repeats, files["claims"])


def _told_problems(rows: list[Any]) -> list[Problem]:
    return [Problem(*row) for row in rows]


def _unknown(
    tables: dict[str, pd.DataFrame], told: dict[str, list[Any]], files: dict[str, str]
) -> list[Problem]:
    """Claims that corrections and waivers name and that no part has."""
    known = [one for ids in told["ids"] for one in ids]
    return [
        problem
        for table in ("corrections", "waivers")
        for problem in check_references(tables[table], "claim", known, "claims.csv", files[table])
    ]


def _found(
    request: Request, settings: Settings, told: dict[str, list[Any]], problems: list[Problem]
) -> Found:
    """Put together what the parts said.

    Raises
    ------
    InputError
        With all problems, unless they are of rows that may be left out; when no claim is left.
    """
    fatal = any(not problem.row for problem in problems)
    if problems and (fatal or not request.keep_going):
        raise InputError(problems)
    count = sum(number for (number,) in told["claims"])
    if not count:
        raise InputError([*problems, *_told_problems(told["nothing"][:1])])
    vintage = None
    if request.known_by is not None:
        later, undated = (sum(one) for one in zip(*told["later"], strict=True))
        vintage = Vintage(request.known_by, later, undated)
    drafted = pd.DataFrame(told["finding"], columns=pd.Index(DRAFTED))
    corrections = pd.DataFrame(told["correction"], columns=pd.Index(CORRECTIONS), dtype="str")
    return Found(
        settings=settings,
        findings=ranked(drafted),
        waivers=join_waivers(
            [pd.DataFrame(rows, columns=pd.Index(WAIVERS), dtype="str") for rows in told["waivers"]]
        ),
        corrections=corrections.sort_values("claim", ignore_index=True),
        claims=count,
        left_out=tuple(sorted(set(problems))),
        vintage=vintage,
    )
