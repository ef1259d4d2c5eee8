"""`analyzer envelope` and `analyzer explain`: what is left possible, and what proves a finding."""

from __future__ import annotations

import datetime as dt
import difflib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analyzer.cli.commands import load, names_of, print_left_out
from analyzer.cli.terminal import put, say
from analyzer.errors import InputError, Problem, visible
from analyzer.phrases import plural

if TYPE_CHECKING:
    from analyzer.intake import Dossier
    from analyzer.pipeline import Analysis

OPTION = "--on"
WIDE = 10_000  # characters; nothing of a sentence is cut


def print_envelope(
    datasets: Path,
    name: str,
    measure: str,
    days: list[str],
    form: str,
    keep_going: bool,
    encoding: str,
    known_by: str,
) -> int:
    """Print the envelope of one measure, at the times that the dossier knows or on some days."""
    from analyzer.outputs import listed_csv
    from analyzer.pipeline import envelope_of
    from analyzer.reportdata.accounting import envelope_row

    dossier = load(datasets, name, encoding, keep_going, known_by)
    _require_measure(dossier, measure)
    frame, claims = envelope_of(dossier, measure, [_day(text) for text in days])
    labels = dossier.measures.set_index("measure")["label"]
    keyed = claims.set_index("id", drop=False).rename_axis(None)
    rows = [envelope_row(row, keyed, labels) for row in frame.to_dict("records")]
    if form == "csv":
        put(listed_csv(frame))
    elif form == "json":
        put(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    else:
        say("\n".join(_envelope_lines(rows)) or "nothing is known of it on those days")
    print_left_out(dossier)
    return 0


def _envelope_lines(rows: list[dict[str, Any]]) -> list[str]:
    lines: list[str] = []
    for place, row in enumerate(rows):
        if place == 0 or row["label"] != rows[place - 1]["label"]:
            lines += ([""] if lines else []) + [row["label"]]
        stated = f"stated: {row['stated']}" if row["stated"] else "no claim states it"
        if row["set_aside"]:
            aside = f"set aside, as lightest to give up: {visible(row['set_aside'], WIDE)}"
            stated = f"{stated}; {aside}" if row["stated"] else aside
        lines.append(f"  {row['when'] or 'at any time'}: {row['range']} ({stated})")
        if row["stated"] == row["range"]:
            continue
        for end, by in (("at least, by", row["low_by"]), ("at most, by", row["high_by"])):
            if by:
                lines.append(f"    {end} {visible(by, WIDE)}")
    return lines


def _day(text: str) -> int:
    """Days from 1970 of a day as it is typed."""
    try:
        return (dt.date.fromisoformat(text) - dt.date(1970, 1, 1)).days
    except ValueError as error:
        raise InputError([Problem(OPTION, 0, "", text, "is no day", "type 2025-03-01")]) from error


def _require_measure(dossier: Dossier, measure: str) -> None:
    known = list(dossier.measures["measure"])
    if measure not in known:
        near = difflib.get_close_matches(measure, known, n=1)
        remedy = f"did you mean '{near[0]}'?" if near else "take one from its measures.csv"
        where = dossier.settings.name
        raise InputError([Problem(where, 0, "", measure, "is no measure of the dossier", remedy)])


def print_explanation(
    datasets: Path, finding: str, dossier_name: str | None, encoding: str, known_by: str
) -> int:
    """Print what proves one finding, named by its id or its rank in a dossier.

    Without the name of a dossier it is looked for in every one.
    """
    from analyzer.pipeline import analyze

    known: list[str] = []
    names = [dossier_name] if dossier_name else names_of(datasets, None)
    for name in names:
        dossier = load(datasets, name, encoding, True, known_by)
        analysis = analyze(dossier)
        ids = list(analysis.findings["id"])
        ranked = finding.isdecimal() and len(names) == 1 and 0 < int(finding) <= len(ids)
        known += ids
        if finding in ids or ranked:
            one = ids[int(finding) - 1] if ranked else finding
            say("\n".join(explanation_lines(analysis, one)))
            print_left_out(dossier)
            return 0
    near = difflib.get_close_matches(finding, known, n=1)
    remedy = f"did you mean '{near[0]}'?" if near else "take one from findings.csv"
    if finding.isdecimal():
        remedy = "a rank needs its dossier: --dossier NAME"
    where = dossier_name or str(datasets)
    raise InputError([Problem(where, 0, "", finding, "is the id of no finding", remedy)])


def explanation_lines(analysis: Analysis, finding: str) -> list[str]:
    """Lines on one finding: sentence, evidence, proof, readings, and its claims."""
    row = analysis.findings[analysis.findings["id"] == finding].iloc[0]
    lines = [str(row["sentence"]), "", f"{row['severity']}, cause: {row['cause']}"]
    lines += [f"{term}: {text}" for term, text in row["evidence"]]
    lines += _proof_lines(analysis, finding)
    keyed = analysis.claims.set_index("id", drop=False).rename_axis(None)
    lines += ["", f"proved by {plural(len(row['claims']), 'claim')}:"]
    for _, claim in keyed.loc[list(row["claims"])].iterrows():
        lines += _claim_lines(claim)
    return [visible(line, WIDE) for line in lines]


def _proof_lines(analysis: Analysis, finding: str) -> list[str]:
    from analyzer.reportdata.accounting import proof_row, stands_text

    steps = analysis.proofs[analysis.proofs["finding"] == finding]
    if steps.empty:
        return []
    lines = ["", "these can't all be true; leave out any one, and the others agree:"]
    for step in map(proof_row, steps.to_dict("records")):
        time = f", {step['when']}" if step["when"] else ""
        lines.append(f"  {step['label']}{time}: “{step['wording']}” ({step['who']})")
        lines.append(f"    allows {step['says']}; {_left(step['left'])}")
        if step["elsewhere"]:
            lines.append(f"    all other claims that can hold together leave {step['elsewhere']}")
        if step["nearest"]:
            lines.append(f"    nearest figure at which all agree: {step['nearest']}")
    readings = analysis.readings[analysis.readings["finding"] == finding]
    return [*lines, "", stands_text(readings)]


def _left(text: str) -> str:
    return f"the others leave {text}" if text else "what the others leave is not worked out"


def _claim_lines(claim: pd.Series) -> list[str]:
    said = claim["published"] or f"[{claim['published_context']}]"
    return [
        f"  {claim['id']}: “{claim['figure']}”, {claim['source_name']}, {said}",
        f"    of {claim['as_of'] or 'no date'}; from {claim['chain']}",
        f"    {claim['url'] or 'no address'}",
    ]
