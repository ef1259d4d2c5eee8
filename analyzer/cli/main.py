"""Parses the command line, maps what can go wrong to exit codes; nothing else.

0 clean run, 1 a finding reaches --fail-on, 2 bad input or usage, 70 a bug, 130 interrupted,
143 ended by SIGTERM. Whatever ends a run, it leaves what it would have replaced as it was.
pandas and matplotlib are imported inside the commands, so that help is instant.
"""

from __future__ import annotations

import signal
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from analyzer.cli.terminal import finish, hush, warn
from analyzer.errors import EngineError, InputError

OK, FAILED_ON, BAD_INPUT, BUG, INTERRUPTED, ENDED = 0, 1, 2, 70, 130, 143

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Shows where, when and why published figures disagree, with the claims that prove it.",
)


class Level(StrEnum):
    """Severities, for --fail-on."""

    high = "high"
    medium = "medium"
    low = "low"
    info = "info"


class Form(StrEnum):
    """Forms in which findings are printed."""

    table = "table"
    csv = "csv"
    json = "json"


class Rows(StrEnum):
    """Files that claims are written to."""

    csv = "csv"
    parquet = "parquet"


class Engine(StrEnum):
    """What moves the claims of a large dossier around."""

    pandas = "pandas"
    duckdb = "duckdb"
    dask = "dask"
    spark = "spark"


class Paper(StrEnum):
    """Sizes of the report's pages."""

    a4 = "a4"
    letter = "letter"


Datasets = Annotated[Path, typer.Option(help="Folder that holds the dossiers.")]
Encoding = Annotated[str, typer.Option(help="Encoding of the CSV files; it is never guessed.")]
KeepGoing = Annotated[
    bool, typer.Option("--keep-going", help="Leave out rows with problems, and list them.")
]
FailOn = Annotated[
    Level | None, typer.Option(help="Exit with 1 when a finding is at least so severe.")
]
KnownBy = Annotated[
    str,
    typer.Option(
        "--known-by",
        metavar="DAY",
        help="Only what was published by that day, as 2025-03-01; all where none is named.",
    ),
]
Names = Annotated[list[str] | None, typer.Argument(help="Dossiers; all where none is named.")]
Name = Annotated[str, typer.Argument(help="A folder in the datasets folder.")]


@app.command(epilog="Example: analyzer report gaza-war --keep-going")
def report(
    dossier: Names = None,
    datasets: Datasets = Path("datasets"),
    out: Annotated[Path, typer.Option(help="Folder for the reports.")] = Path("reports"),
    keep_going: KeepGoing = False,
    encoding: Encoding = "utf-8",
    fail_on: FailOn = None,
    known_by: KnownBy = "",
    since: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH",
            help="The report.json of an earlier report, or its folder, to compare findings with; "
            "the last report without it.",
        ),
    ] = None,
    paper: Annotated[
        Paper | None, typer.Option(help="Size of the pages; that of dossier.toml without it.")
    ] = None,
) -> int:
    """Build the report: PDF, charts, findings and normalized claims."""
    from analyzer.cli.reports import build_reports

    return build_reports(
        datasets, dossier, out, keep_going, encoding, fail_on, known_by, since, paper
    )


@app.command(epilog="Example: analyzer check gaza-war")
def check(
    dossier: Names = None,
    datasets: Datasets = Path("datasets"),
    encoding: Encoding = "utf-8",
    known_by: KnownBy = "",
) -> int:
    """Only validate: every problem with its file, row, column and remedy."""
    from analyzer.cli.commands import check_dossiers

    return check_dossiers(datasets, dossier, encoding, known_by)


@app.command(epilog="Example: analyzer findings gaza-war --format csv > findings.csv")
def findings(
    dossier: Name,
    form: Annotated[Form, typer.Option("--format", help="How to print them.")] = Form.table,
    datasets: Datasets = Path("datasets"),
    keep_going: KeepGoing = False,
    encoding: Encoding = "utf-8",
    fail_on: FailOn = None,
    known_by: KnownBy = "",
    out: Annotated[
        Path | None, typer.Option(help="A Parquet file to write them to, instead of printing them.")
    ] = None,
    engine: Annotated[
        Engine, typer.Option(help="What moves the claims around, when they are many.")
    ] = Engine.pandas,
    workers: Annotated[
        int, typer.Option(min=0, help="Processes on this machine; 0: one for each core.")
    ] = 0,
    partition: Annotated[
        int, typer.Option(min=1, help="Claims that are analyzed at a time.")
    ] = 100_000,
    memory: Annotated[
        int, typer.Option(min=100, help="Megabytes for DuckDB, each Dask worker, Spark's Java.")
    ] = 2000,
    scheduler: Annotated[
        str, typer.Option(help="Address of a running Dask scheduler or Spark master.")
    ] = "",
    scratch: Annotated[
        Path | None, typer.Option(help="Folder for what does not fit into memory.")
    ] = None,
) -> int:
    """Find what doesn't fit in a dossier of any size; print it, the weightiest first."""
    from analyzer.cli.finding import Spread, print_findings

    spread = Spread(engine, workers, partition, memory, scheduler, scratch)
    return print_findings(
        datasets, dossier, form, keep_going, encoding, fail_on, known_by, spread, out
    )


@app.command(
    "import", epilog="Example: analyzer import west_bank_daily.csv --dossier gaza-daily --dry-run"
)
def import_(
    table: Annotated[Path, typer.Argument(help="A CSV of dated figures, wide or long.")],
    dossier: Annotated[str, typer.Option(help="The dossier that the figures go into.")],
    mapping: Annotated[
        Path | None,
        typer.Option(
            help="Which column is which measure: a TOML file. Left out: imports/TABLE.toml of "
            "the dossier."
        ),
    ] = None,
    published: Annotated[
        str, typer.Option(help="Day of this version of the table, as 2025-01-22.")
    ] = "",
    datasets: Datasets = Path("datasets"),
    encoding: Annotated[str, typer.Option(help="Encoding of the table.")] = "utf-8",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be added; write nothing.")
    ] = False,
) -> int:
    """Add a table of dated figures to a dossier: what is new, and what differs from before."""
    from analyzer.cli.importing import import_table

    return import_table(datasets, dossier, table, mapping, published, encoding, dry_run)


@app.command(epilog="Example: analyzer sources gaza-war")
def sources(
    dossier: Name,
    datasets: Datasets = Path("datasets"),
    keep_going: KeepGoing = False,
    encoding: Encoding = "utf-8",
    known_by: KnownBy = "",
) -> int:
    """Print the profile of each origin and publisher: how much, how faithful, how late."""
    from analyzer.cli.commands import print_sources

    return print_sources(datasets, dossier, keep_going, encoding, known_by)


@app.command(epilog="Example: analyzer revisions gaza-daily killed_children")
def revisions(
    dossier: Name,
    measure: Annotated[str, typer.Argument(help="A key of measures.csv.")],
    form: Annotated[
        Form | None, typer.Option("--format", help="How to print them; table, with --replay csv.")
    ] = None,
    replay: Annotated[
        bool, typer.Option("--replay", help="The series as it stood at each vintage, instead.")
    ] = False,
    datasets: Datasets = Path("datasets"),
    keep_going: KeepGoing = False,
    encoding: Encoding = "utf-8",
    known_by: KnownBy = "",
) -> int:
    """Show how the figures of one measure were revised: statistics, then each version."""
    from analyzer.cli.revisions import print_revisions

    return print_revisions(datasets, dossier, measure, form, replay, keep_going, encoding, known_by)


@app.command(
    epilog="Example: analyzer reproduce 1259 --measure killed --between 2025-10-10 2026-08-13"
)
def reproduce(
    number: Annotated[str, typer.Argument(help="The number that is looked for, as 1259 or 1,259.")],
    measure: Annotated[str, typer.Option(help="A key of measures.csv.")],
    between: Annotated[
        tuple[str, str] | None,
        typer.Option(
            metavar="FIRST LAST", help="The period's two days, as 2025-10-10; all days without it."
        ),
    ] = None,
    dossier: Annotated[
        str | None, typer.Option(help="A dossier; all that have the measure without it.")
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="How to print them.")] = Form.table,
    limit: Annotated[int, typer.Option(help="How many recipes are listed; all are counted.")] = 20,
    tolerance: Annotated[
        float, typer.Option(help="Values so far from the number count too, the nearer first.")
    ] = 0,
    datasets: Datasets = Path("datasets"),
    encoding: Encoding = "utf-8",
    known_by: KnownBy = "",
) -> int:
    """Search the recorded figures for sums and differences that give a number, plainest first."""
    from analyzer.cli.reproduce import print_recipes

    return print_recipes(
        datasets, number, measure, between, dossier, form, limit, tolerance, encoding, known_by
    )


@app.command(epilog="Example: analyzer envelope gaza-war hostages_held --on 2025-03-01")
def envelope(
    dossier: Name,
    measure: Annotated[str, typer.Argument(help="A key of measures.csv.")],
    on: Annotated[
        list[str] | None,
        typer.Option(
            metavar="DAY", help="Only this day, as 2025-03-01, claimed or not; repeatable."
        ),
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="How to print it.")] = Form.table,
    datasets: Datasets = Path("datasets"),
    keep_going: KeepGoing = False,
    encoding: Encoding = "utf-8",
    known_by: KnownBy = "",
) -> int:
    """Show the range that all kept claims and the accounts jointly allow, and what binds it."""
    from analyzer.cli.accounting import print_envelope

    return print_envelope(
        datasets, dossier, measure, on or [], form, keep_going, encoding, known_by
    )


@app.command(epilog="Example: analyzer explain 31 --dossier gaza-war")
def explain(
    finding: Annotated[
        str, typer.Argument(help="Id of a finding, as in findings.csv; with --dossier its rank.")
    ],
    dossier: Annotated[
        str | None, typer.Option(help="The dossier of the finding; all are searched without it.")
    ] = None,
    datasets: Datasets = Path("datasets"),
    encoding: Encoding = "utf-8",
    known_by: KnownBy = "",
) -> int:
    """Show what proves a finding: its claims, what each leaves for the others, other readings."""
    from analyzer.cli.accounting import print_explanation

    return print_explanation(datasets, finding, dossier, encoding, known_by)


@app.command(epilog="Example: analyzer trace killed_oct7.uol.36rjlu")
def trace(
    claim: Annotated[str, typer.Argument(help="Id of a claim, as in the report's appendix.")],
    datasets: Datasets = Path("datasets"),
    encoding: Encoding = "utf-8",
    known_by: KnownBy = "",
) -> int:
    """Show the chain of a claim and what its origin had said by then."""
    from analyzer.cli.commands import print_trace

    return print_trace(datasets, claim, encoding, known_by)


@app.command(epilog='Example: analyzer normalize "over 47,000" "about a third"')
def normalize(
    figures: Annotated[
        list[str] | None, typer.Argument(help="Wordings of figures, each in quotes.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option(help="A text file, one wording a line; - for standard input.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    language: Annotated[str | None, typer.Option(help="Language, as en, ar, es.")] = None,
    whole: Annotated[
        bool, typer.Option("--whole", help="Whole things are counted: 1.139 is 1,139.")
    ] = False,
) -> int:
    """Show how the wording of a figure is read: bounds, qualifier, rule."""
    from analyzer.cli.wordings import print_readings

    return print_readings(figures or [], file, as_json, language, whole)


@app.command(epilog="Example: analyzer synth made-up --claims 5000 --seed 1")
def synth(
    folder: Annotated[Path, typer.Argument(help="Folder for the dossier; new, or empty.")],
    claims: Annotated[int, typer.Option(help="About how many claims; the last family is whole.")],
    measures: Annotated[
        int, typer.Option(help="About how many measures; one for 100 claims without it.")
    ] = 0,
    seed: Annotated[int, typer.Option(help="The same seed makes the same dossier.")] = 0,
    form: Annotated[Rows, typer.Option("--format", help="File of the claims.")] = Rows.csv,
    errors: Annotated[float, typer.Option(help="Planted items a claim.")] = 1 / 250,
) -> int:
    """Make up a dossier of any size, with a key of the errors that are planted in it."""
    from analyzer.cli.synth import make_dossier

    return make_dossier(folder, claims, measures, seed, form.value, errors)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns
    -------
    int
        The exit code.
    """
    ended: list[int] = []
    before = _on_ending(ended)
    try:
        return _run(argv)
    except (KeyboardInterrupt, typer.Abort):
        warn(f"{'ended' if ended else 'interrupted'}; nothing was changed")
        return ENDED if ended else INTERRUPTED
    except Exception as error:
        if hasattr(error, "exit_code") and hasattr(error, "format_message"):
            warn(f"analyzer: {error.format_message()}; see --help")
            return BAD_INPUT
        import traceback

        traceback.print_exc()
        return BUG
    finally:
        if before is not None:
            signal.signal(signal.SIGTERM, before)


def _run(argv: Sequence[str] | None) -> int:
    """Run one command; what people and machines do wrong is told in a line."""
    try:
        code = int(app(args=argv, standalone_mode=False) or OK)
        if code == INTERRUPTED:  # typer catches the key press itself
            raise KeyboardInterrupt
        finish()
        return code
    except InputError as error:
        for problem in error.problems:
            warn(problem)
        count = len(error.problems)
        warn(f"{count} problem{'s' if count > 1 else ''} found")
    except EngineError as error:
        warn(f"analyzer: {error}")
    except BrokenPipeError:
        hush()
        return OK
    except OSError as error:
        warn(f"analyzer: {error}")
        hush()
    except MemoryError:
        warn("analyzer: there is not enough memory for it")
    return BAD_INPUT


def _on_ending(ended: list[int]) -> Any:
    """Let SIGTERM end a run as the key press does, so that it clears up; gives what it did before.

    It is left alone, and None given, where it is not the default or can't be set.
    """

    def end(number: int, _: object) -> None:
        ended.append(number)
        raise KeyboardInterrupt

    if signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        return None
    try:
        return signal.signal(signal.SIGTERM, end)
    except ValueError:  # not in the main thread
        return None
