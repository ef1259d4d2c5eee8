"""`analyzer revisions`: how the figures of one measure were revised, version by version."""

from __future__ import annotations

import difflib
import json
import math
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import pandas as pd

from analyzer.align import align
from analyzer.cli.commands import load, print_left_out
from analyzer.cli.terminal import put, say
from analyzer.errors import InputError, Problem, visible
from analyzer.groups import connected_groups
from analyzer.intake import Dossier
from analyzer.outputs import table_csv
from analyzer.phrases import plural
from analyzer.rows import labels_of
from analyzer.series.edits import list_edits
from analyzer.series.panel import CELL, build_panel
from analyzer.series.replay import replay
from analyzer.series.revisions import (
    WITHIN,
    list_revisions,
    list_versions,
    revision_cells,
    revision_statistics,
)

COLUMNS = ["series", "first", "at", "published", "lag", "figure", "value", "change", "cause"]
COLUMNS += ["why", "claim"]
FIGURE_WIDTH = 18  # characters of a figure in the table


def print_revisions(
    datasets: Path,
    name: str,
    measure: str,
    form: str | None,
    vintages: bool,
    keep_going: bool,
    encoding: str,
    known_by: str,
) -> int:
    """Print statistics and versions of one measure, or its series at each vintage."""
    dossier = load(datasets, name, encoding, keep_going, known_by)
    label = _label(dossier, measure)
    thresholds = dossier.settings.thresholds
    claims = align(dossier.claims, dossier.measures, thresholds)
    panel = build_panel(claims, thresholds.series_days)
    versions = list_versions(panel)
    told = _versions_table(versions, claims, dossier)
    told = told[told["series"].isin(versions.loc[versions["measure"] == measure, "series"])]
    mine = versions[versions["measure"] == measure]
    statistics = revision_statistics(revision_cells(mine))
    if vintages:
        _print_frame(replay(mine), form or "csv")
    elif form == "csv":
        put(table_csv(told))
    elif form == "json":
        put(_json({"measure": measure, "label": label}, statistics, told) + "\n")
    else:
        say("\n".join(_page(label, measure, statistics, told, claims, thresholds.series_days)))
    print_left_out(dossier)
    return 0


def _label(dossier: Dossier, measure: str) -> str:
    labels = labels_of(dossier.measures)
    if measure in labels:
        return str(labels[measure])
    near = difflib.get_close_matches(measure, labels, n=1)
    remedy = f"did you mean '{near[0]}'?" if near else "take one from its measures.csv"
    where = dossier.settings.name
    raise InputError([Problem(where, 0, "", measure, "is no measure of the dossier", remedy)])


def _versions_table(versions: pd.DataFrame, claims: pd.DataFrame, dossier: Dossier) -> pd.DataFrame:
    """Versions of days that have more than one; columns `COLUMNS`."""
    revisions = list_revisions(versions)
    ties = claims[["measure", "of"]].drop_duplicates()
    groups = connected_groups(dossier.measures, dossier.identities, ties)
    edits = list_edits(revisions, versions, claims, dossier.measures, groups)
    several = versions.groupby(CELL)["claim"].transform("size") > 1
    shown = versions[several | versions["twofold"]].reset_index(drop=True)
    shown = shown.merge(revisions[["claim", "change", "compatible"]], on="claim", how="left")
    shown = shown.merge(edits[["claim", "cause", "why", "put_back"]], on="claim", how="left")
    undone = shown["put_back"] == shown["published"]
    cause = shown["cause"].fillna("")
    cause = cause.mask(undone, "put back").mask(shown["compatible"].eq(True), "within its bounds")
    cause = cause.mask(shown["status"] == "withdrawn", "withdrawn")
    figure = shown["claim"].map(claims.set_index("id")["figure"])
    return shown.assign(
        figure=figure.mask(shown["twofold"], "more than one"),
        cause=cause.mask(shown["twofold"], "more than one figure on one day"),
        why=shown["why"].fillna(""),
    )[COLUMNS]


def _page(
    label: str,
    measure: str,
    statistics: pd.DataFrame,
    told: pd.DataFrame,
    claims: pd.DataFrame,
    series_days: int,
) -> list[str]:
    lines = [f"{label} ({measure})"]
    if statistics.empty:
        count = int((claims["measure"] == measure).sum())
        return [
            *lines,
            f"  no versions: of its {plural(count, 'claim')}, no source gives figures with a day "
            f"of publication for {series_days} days or more",
        ]
    names = claims.drop_duplicates("source").set_index("source")["source_name"]
    for row in statistics.to_dict("records"):
        scope = f", {str(row['scope']).replace('_', ' ')}" if row["scope"] else ""
        lines += ["", f"{names[row['source']]}{scope}", *_statistics(row)]
        part = told[told["series"] == row["series"]]
        if part.empty:
            lines.append("  no figure of a day was published in a second version")
        else:
            lines += ["", *_rows(part)]
    return lines


def _statistics(row: dict[Any, Any]) -> list[str]:
    """The statistics of one series in words, a line each."""
    number = _number
    pairs = [
        (
            "days",
            f"{row['n_days']:,} in {plural(row['n_versions'], 'version')}; {row['n_backfilled']:,} "
            "first published no earlier than a later day",
        ),
        (
            "revised",
            f"{plural(row['n_revised'], 'day')}, {plural(row['n_revisions'], 'revision')}; "
            f"{row['n_compatible']:,} changes within the bounds; {row['n_twofold']:,} versions "
            "with several figures",
        ),
        ("first lag", f"{number(row['first_lag'])} days, median of the other days"),
        ("last lag", f"{number(row['last_lag'])} days to the last change, median of revised days"),
        (
            "settled",
            f"{number(row['near_lag'])} days to stay within {WITHIN:.0%} of the last figure, "
            f"median of revised days; longest {number(row['near_lag_max'])}",
        ),
        (
            "spread",
            f"{number(row['spread'])} at most; {_percent(row['rel_spread'])} of a day's largest "
            "figure at most",
        ),
        (
            "bias",
            f"{number(row['bias'])} per day from first to last figure, standard error "
            f"{number(row['bias_error'])}, p = {number(row['bias_p'])}",
        ),
        (
            "signs",
            f"{row['n_up']:,} days raised, {row['n_down']:,} lowered, p = {number(row['sign_p'])}",
        ),
        ("absolute", f"{number(row['mar'])} per day, mean of absolute revisions"),
        ("noise", f"{number(row['noise_to_signal'])} of the standard deviation of last figures"),
    ]
    if not row["n_revised"]:
        pairs = [pair for pair in pairs if pair[0] in ("days", "revised", "first lag")]
    return [f"  {term:<10} {text}" for term, text in pairs]


def _number(value: float) -> str:
    if math.isnan(value):
        return "not known"
    return f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"


def _percent(value: float) -> str:
    return "0%" if math.isnan(value) else f"{value:.0%}"


def _rows(told: pd.DataFrame) -> list[str]:
    """One line a version; the day stands at its first one."""
    head = ("day", "published", "days after", "figure", "change", "")
    again = told.duplicated(CELL)
    days = told["at"].dt.strftime("%Y-%m-%d")
    period = told["first"].dt.strftime("%Y-%m-%d") + "/" + days
    days = days.where(told["first"] == told["at"], period).mask(again, "")
    table = [
        head,
        *zip(
            days,
            told["published"].dt.strftime("%Y-%m-%d"),
            told["lag"].map("{:,}".format),
            told["figure"].map(lambda text: visible(str(text), FIGURE_WIDTH)),
            ["" if pd.isna(change) else f"{change:+,.10g}" for change in told["change"]],
            told["cause"],
            strict=True,
        ),
    ]
    return _aligned(table, right=(2, 3, 4))


def _aligned(rows: list[tuple[str, ...]], right: tuple[int, ...] = ()) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  "
        + "  ".join(
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _print_frame(frame: pd.DataFrame, form: str) -> None:
    if form == "csv":
        put(table_csv(frame))
    elif form == "json":
        put(json.dumps(_records(frame), ensure_ascii=False, indent=1) + "\n")
    else:
        texts = [tuple(line.split(",")) for line in table_csv(frame).splitlines()]
        say("\n".join(_aligned(texts)))


def _json(head: dict[str, str], statistics: pd.DataFrame, told: pd.DataFrame) -> str:
    data = {**head, "series": _records(statistics), "versions": _records(told)}
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False)


def _records(frame: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """Rows as JSON values: days as text, None where a value is not known."""
    days = frame.select_dtypes("datetime").columns
    texts = frame.assign(**{day: frame[day].dt.strftime("%Y-%m-%d") for day in days})
    plain = texts.astype(object)
    return plain.where(texts.notna(), None).to_dict("records")
