"""The part of the report's data object that tells what can't all be true, and what is left."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analyzer.explanations import MOST_SETS
from analyzer.phrases import attributed, listed, plural, quoted, when
from analyzer.pipeline import Analysis
from analyzer.readings import left_range, number, value_range
from analyzer.reportdata.sources import ChartInfo
from analyzer.system.listing import KINDS
from analyzer.system.rules import STRUCTURE
from analyzer.system.survival import DATES, WORDINGS

NAMED = 3  # claims that bind an end and are named; all stand in envelope.csv
MOST_FIGURES = 4  # of one measure in an option that are written out; all stand in given_up.csv
MOST_OPTIONS = 4  # of a conflict that are written out; all stand in given_up.csv
MOST_ROWS = 30  # of the table of what no source states


def describe_impossible(
    analysis: Analysis, charts: Mapping[str, Sequence[ChartInfo]]
) -> dict[str, Any]:
    """Make the "impossible" entry: proofs, the least to give up, what is jointly allowed."""
    counts = analysis.contradictions["kind"].value_counts()
    return {
        "counted": [
            {"kind": text, "number": int(counts.get(kind, 0))} for kind, text in KINDS.items()
        ],
        "complete": analysis.contradictions_complete,
        "proofs": _proofs(analysis, charts),
        "given_up": _given_up(analysis),
        "envelope": _envelope(analysis),
    }


def _proofs(analysis: Analysis, charts: Mapping[str, Sequence[ChartInfo]]) -> list[dict[str, Any]]:
    """One entry a finding that has a proof, in the order of rank."""
    labels = identity_labels(analysis)
    steps = {str(key): part for key, part in analysis.proofs.groupby("finding", sort=False)}
    readings = {str(key): part for key, part in analysis.readings.groupby("finding", sort=False)}
    entries = []
    for finding in analysis.findings.to_dict("records"):
        name = str(finding["id"])
        if name not in steps:
            continue
        rules = [text for term, text in finding["evidence"] if term == "identity"]
        sets = int(steps[name]["n_sets"].iloc[0])
        entries.append(
            {
                "strains": finding["relation"] == "strains",
                "finding": name,
                "rank": int(finding["rank"]),
                "sentence": finding["sentence"],
                "identities": [labels.get(rule, rule) for rule in rules],
                "sets": sets,
                "more_sets": sets >= MOST_SETS,
                "stands": stands_text(readings[name]),
                "charts": list(charts.get(f"finding.{name}", [])),
                "rows": [proof_row(row) for row in steps[name].to_dict("records")],
            }
        )
    return entries


def proof_row(step: Mapping[Any, Any]) -> dict[str, Any]:
    """One figure of a proof in words: what it says, what the others leave, where all agree."""
    near = float(step["nearest"])
    return {
        "label": step["label"],
        "when": step["when"],
        "wording": step["wording"],
        "who": step["who"] + (f" and {step['n_copies'] - 1} more" if step["n_copies"] > 1 else ""),
        "says": value_range(step["low"], step["high"]),
        "left": left_range(step["implied_low"], step["implied_high"]),
        "elsewhere": left_range(step["elsewhere_low"], step["elsewhere_high"]),
        "nearest": "" if math.isnan(near) else number(round(near)),
        "claims": list(step["claims"]),
    }


def stands_text(readings: pd.DataFrame) -> str:
    """Under how many readings a contradiction stands, and which dissolve it."""
    stands = int(readings["stands"].sum())
    text = f"Stands under {stands} of {len(readings)} readings"
    lost = readings[~readings["stands"].astype(bool)]
    if lost.empty:
        return f"{text}."
    ends = []
    for column, words in (("wording", WORDINGS), ("dates", DATES)):
        for key, part in lost.groupby(column, sort=False):
            if len(part) == (readings[column] == key).sum():
                ends.append(words[str(key)])
    if ends:
        return f"{text}; it dissolves when read as follows: {'; '.join(ends)}."
    return f"{text}; it dissolves under some combinations of wording and dates."


def heading(identity: Any) -> str:
    """Printed name of a row of the identities."""
    return str(identity.label) or str(identity.name).replace("_", " ")


def unevaluated(analysis: Analysis) -> list[Any]:
    """Rows of the identities for which no page, and no day, gives all terms."""
    known = set(analysis.accounts["identity"])
    return [
        row
        for row in analysis.identities.itertuples(index=False)
        if row.name not in known and not str(row.name).startswith("part.")
    ]


def identity_labels(analysis: Analysis) -> dict[str, str]:
    """Printed names of identities, and of the rules that need none."""
    names = zip(analysis.identities["name"], analysis.identities["label"], strict=True)
    return {str(name): str(label) or str(name) for name, label in names}


def _given_up(analysis: Analysis) -> list[dict[str, Any]]:
    """One entry a conflict: what every option gives up, and what one or the other does."""
    keyed = analysis.claims.set_index("id", drop=False).rename_axis(None)
    labels = analysis.measures.set_index("measure")["label"]
    entries = []
    for conflict, options in analysis.given_up.groupby("conflict", sort=True):
        sets = [frozenset(claims) for claims in options["claims"]]
        always = frozenset.intersection(*sets)
        either = [_figures(keyed.loc[sorted(one - always)], labels) for one in sets if one - always]
        entries.append(
            {
                "conflict": int(str(conflict)),
                "votes": float(options["votes"].iloc[0]),
                "always": _figures(keyed.loc[sorted(always)], labels),
                "either": either[:MOST_OPTIONS],
                "more": len(either[MOST_OPTIONS:]),
            }
        )
    return entries


def _figures(rows: pd.DataFrame, labels: pd.Series) -> str:
    """Figures that are given up together: "Killed in Gaza: “24,686” (ynet, …) and …"."""
    told = []
    for measure, part in rows.groupby("measure", sort=True):
        figures = []
        for _, same in part.groupby(["figure", "at_first", "at_last"], dropna=False, sort=True):
            claim = same.sort_values("id").iloc[0]
            time = "" if claim["kind"] == "fixed" else when(claim["at_first"], claim["at_last"])
            more = f" and {plural(len(same) - 1, 'more claim')}" if len(same) > 1 else ""
            inside = "; ".join(filter(None, [time, f"{attributed(claim)}{more}"]))
            figures.append(f"{quoted(claim)} ({inside})")
        told.append(f"{labels[measure]}: {listed(figures, MOST_FIGURES)}")
    return "; ".join(told)


def _envelope(analysis: Analysis) -> dict[str, Any]:
    """What no claim states and the others bound on both sides, the tightest first shown.

    Left out are ranges that rest on a figure of a place of which other figures are set aside.
    """
    frame = analysis.envelope
    bounded = np.isfinite(frame["high"]) & ((frame["low"] > 0) | (frame["high"] == 0))
    silent = (frame["claims"].map(len) == 0) & (frame["set_aside"].map(len) == 0)
    sound = ~_rests_on_disputed(frame, analysis.claims)
    unstated = frame[silent & bounded & sound & tied_by_identity(frame)]
    merged = _merged(unstated)
    width = (merged["high"] - merged["low"]) / merged["high"].clip(lower=1.0)
    order = width.sort_values(kind="stable").index[:MOST_ROWS]
    shown = merged.loc[order].sort_values(["measure", "scope", "at_first"])
    keyed = analysis.claims.set_index("id", drop=False).rename_axis(None)
    labels = analysis.measures.set_index("measure")["label"]
    return {
        "total": len(merged),
        "rows": [envelope_row(row, keyed, labels) for row in shown.to_dict("records")],
    }


def _rests_on_disputed(ranges: pd.DataFrame, claims: pd.DataFrame) -> pd.Series:
    """Whether a claim that binds an end stands beside others of its time that are set aside."""
    slots = claims.set_index("id")["slot"]
    aside = {slots[claim] for ids in ranges["set_aside"] for claim in ids}
    found = [
        any(slots[claim] in aside for claim in (*low, *high))
        for low, high in zip(ranges["low_claims"], ranges["high_claims"], strict=True)
    ]
    return pd.Series(found, ranges.index, dtype="bool")


def tied_by_identity(ranges: pd.DataFrame) -> pd.Series:
    """Whether an end of each range of `system.envelope` rests on an identity."""
    tied = [
        bool((set(low) | set(high)) - set(STRUCTURE))
        for low, high in zip(ranges["low_rules"], ranges["high_rules"], strict=True)
    ]
    return pd.Series(tied, ranges.index, dtype="bool")


def _merged(rows: pd.DataFrame) -> pd.DataFrame:
    """Times that follow each other with the same range, as one."""
    same = ["measure", "scope", "low", "high"]
    ordered = rows.sort_values(["measure", "scope", "at_first", "at_last"])
    new = (ordered[same] != ordered[same].shift()).any(axis=1)
    merged = ordered.groupby(new.cumsum()).agg("first")
    merged["at_last"] = ordered.groupby(new.cumsum())["at_last"].max()
    return merged.reset_index(drop=True)


def envelope_row(row: Mapping[Any, Any], claims: pd.DataFrame, labels: pd.Series) -> dict[str, Any]:
    """One range in words, with the claims that bind it."""
    scope = str(labels.get(row["scope"], str(row["scope"]).replace("_", " ")))
    first = row["start"] if not pd.isna(row["start"]) else row["at_first"]
    stated = left_range(row["stated_low"], row["stated_high"]) if row["claims"] else ""
    return {
        "label": f"{labels[row['measure']]}{f' ({scope})' if scope else ''}",
        "when": when(first, row["at_last"]),
        "range": left_range(row["low"], row["high"]),
        "stated": stated,
        "set_aside": _binding(row["set_aside"], claims, labels),
        "low_by": _binding(row["low_claims"], claims, labels),
        "high_by": _binding(row["high_claims"], claims, labels),
    }


def _binding(ids: Sequence[str], claims: pd.DataFrame, labels: pd.Series) -> str:
    """The figures that an end rests on: "Hostages taken “251”, …"."""
    rows = claims.loc[list(ids)]
    figures = []
    for (measure, *_), part in rows.groupby(
        ["measure", "low", "high", "at_first"], dropna=False, sort=True
    ):
        claim = part.sort_values("id").iloc[0]
        time = "" if claim["kind"] == "fixed" else when(claim["at_first"], claim["at_last"])
        inside = ", ".join(filter(None, [str(claim["source_name"]), time]))
        figures.append(f"{labels[str(measure)]} {quoted(claim)} ({inside})")
    return listed(figures, NAMED)
