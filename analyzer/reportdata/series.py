"""The part of the report's data object that tells of series: events, revisions, versions."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from analyzer.discrepancies.series_sentences import percent
from analyzer.findings import INNOCENT
from analyzer.model import CAUSES, FINDING_KINDS
from analyzer.phrases import plural, when
from analyzer.pipeline import Analysis
from analyzer.readings import number
from analyzer.rows import labels_of
from analyzer.series.panel import latest

FALLS: Final = ("fall", "switch")  # told one by one, whatever their cause
RIVALS: Final = 2  # other causes named beside the likeliest
LEAST: Final = 0.05  # likelihood of a rival that is named
SUGGESTED: Final = 2  # further figures that would restore the series
SURE: Final = 0.05  # p-value below which a revision is said to lean to one side


def list_series(analysis: Analysis, measure: str) -> list[dict[str, Any]]:
    """The series of one measure, for the table on its page."""
    panel = latest(analysis.panel[analysis.panel["measure"] == measure])
    revised = analysis.revisions.set_index("series")["n_revised"]
    events = analysis.events["series"].value_counts()
    names = dict(zip(analysis.sources["source"], analysis.sources["name"], strict=True))
    return [
        {
            "name": _who(part.iloc[0], names),
            "origins": sorted({names[one] for one in part["authority"]}),
            "days": int(part["at"].nunique()),
            "span": when(part["at"].min(), part["at"].max()),
            "last": number(part.sort_values(["at", "claim"])["value"].iloc[-1]),
            "revised": int(revised.get(series, 0)),
            "events": int(events.get(series, 0)),
        }
        for series, part in panel.groupby("series", sort=True)
    ]


def describe_events(analysis: Analysis) -> dict[str, Any]:
    """Make the "events" entry: falls and what may be wrong one by one, all else counted.

    Returns
    -------
    dict
        "total" (events), "errors" (figures that are called mistyped), "series": one entry a
        series with its "rows", and "counted": events of which nothing is wrong, or that another
        row tells, by series, kind and cause.
    """
    events = analysis.events
    told = _told_alone(events)
    place = {measure: n for n, measure in enumerate(analysis.measures["measure"])}
    labels = labels_of(analysis.measures)
    names = dict(zip(analysis.sources["source"], analysis.sources["name"], strict=True))
    ordered = events.assign(place=events["measure"].map(place)).sort_values(
        ["place", "series", "at_last", "event"]
    )
    groups = ordered[told[ordered.index]].groupby(["place", "series"], sort=True)
    counted = ordered[~told[ordered.index]].groupby(["place", "series", "kind", "cause"], sort=True)
    return {
        "total": len(events),
        "errors": int(events["error"].sum()),
        "series": [
            {
                "label": labels[str(part["measure"].iloc[0])],
                "who": _who(part.iloc[0], names),
                "rows": [_event(event) for _, event in part.iterrows()],
            }
            for _, part in groups
        ],
        "counted": [
            {
                "label": labels[str(part["measure"].iloc[0])],
                "who": _who(part.iloc[0], names),
                "kind": str(part["kind"].iloc[0]),
                "cause": str(part["cause"].iloc[0]),
                "cause_text": CAUSES[str(part["cause"].iloc[0])],
                "number": len(part),
                "span": when(part["at_last"].min(), part["at_last"].max()),
            }
            for _, part in counted
        ],
        "kinds": [
            {"term": kind, "text": FINDING_KINDS[kind]}
            for kind in FINDING_KINDS
            if (events["kind"] == kind).any()
        ],
    }


def _told_alone(events: pd.DataFrame) -> pd.Series:
    """Errors and falls, and what is neither innocent nor the trace of an error told."""
    mistyped = set(events.loc[events["error"], "blamed"])
    traced = events["blamed"].isin(mistyped) & ~events["error"]
    open_question = ~events["cause"].isin(INNOCENT) & ~traced
    return events["error"] | events["kind"].isin(FALLS) | open_question


def _who(row: pd.Series, names: dict[str, str]) -> str:
    scope = str(row["scope"]).replace("_", " ")
    return f"{names[str(row['source'])]}{f', {scope}' if scope else ''}"


def _event(event: pd.Series) -> dict[str, Any]:
    rivals = [
        f"{cause} {percent(share)}" for cause, share in event["rivals"][:RIVALS] if share >= LEAST
    ]
    others = [one for one in event["suggestions"] if one != event["suggestion"]][:SUGGESTED]
    suggested = [event["suggestion"], *others] if not np.isnan(event["suggestion"]) else others
    return {
        "when": when(event["at_last"], event["at_last"]),
        "kind": str(event["kind"]),
        "what": _what(event),
        "cause": str(event["cause"]),
        "likelihood": percent(float(event["likelihood"])),
        "rivals": ", ".join(rivals),
        "error": bool(event["error"]),
        "suggestion": " or ".join(number(one) for one in suggested),
        "claims": list(event["claims"]),
    }


def _what(event: pd.Series) -> str:
    """What happened, without who says it: the table stands under the name of the series."""
    value, before = number(event["value"]), number(event["before"])
    kind = event["kind"]
    if kind == "mismatch":
        return f"{value} for the day; the running total {_moves(event['expected_low'])}"
    if kind == "account":
        total = number(event["expected_high"])
        if str(event["event"]).startswith(f"account.{event['series']}.parts."):
            return f"{value}; its parts come to {total}"
        return f"{value}, above its total of {total}"
    if kind == "typing error":
        return f"{value}{_between(event)}"
    if kind == "duplicate":
        return f"{value} and another figure in one version"
    verb = {"fall": "falls", "surge": "rises"}.get(str(kind), "goes")
    usual = dict(event["evidence"]).get("usual", "")
    return f"{verb} from {before} to {value}{f'; {usual}' if usual else ''}"


def _moves(step: float) -> str:
    if step == 0:
        return "does not rise"
    return f"rises by {number(step)}" if step > 0 else f"falls by {number(-step)}"


def _between(event: pd.Series) -> str:
    known = [number(event[side]) for side in ("before", "after") if not np.isnan(event[side])]
    return f", between {' and '.join(known)}" if len(known) == 2 else ""


def describe_revisions(analysis: Analysis) -> dict[str, Any]:
    """Make the "revisions" entry: how each series was revised, the most revised first.

    Returns
    -------
    dict
        "rows", one a series of which a figure was replaced, and "steady": how many others there
        are.
    """
    labels = labels_of(analysis.measures)
    names = dict(zip(analysis.sources["source"], analysis.sources["name"], strict=True))
    found = analysis.revisions
    touched = found["n_revised"] + found["n_twofold"] + found["n_withdrawn"] > 0
    order = found[touched].sort_values(["n_revised", "series"], ascending=[False, True])
    rows = [
        {"label": labels[str(row["measure"])], "who": _who(row, names)} | _revised(row)
        for _, row in order.iterrows()
    ]
    return {"rows": rows, "steady": int((~touched).sum())}


def _revised(row: pd.Series) -> dict[str, Any]:
    taken = {"n_twofold": "given twice in one version", "n_withdrawn": "taken back"}
    remarks = [f"{int(row[column])} {text}" for column, text in taken.items() if row[column]]
    return {
        "days": int(row["n_days"]),
        "revised": int(row["n_revised"]),
        "revisions": int(row["n_revisions"]),
        "first_lag": _rounded(row["first_lag"]),
        "last_lag": _rounded(row["last_lag"]),
        "near_lag": _rounded(row["near_lag"]),
        "near_lag_max": _rounded(row["near_lag_max"]),
        "spread": _rounded(row["spread"]),
        "rel_spread": "" if pd.isna(row["rel_spread"]) else percent(float(row["rel_spread"])),
        "bias": _signed(row["bias"]),
        "bias_p": _p(row["bias_p"]),
        "up_down": f"{int(row['n_up'])} / {int(row['n_down'])}",
        "sign_p": _p(row["sign_p"]),
        "mar": _rounded(row["mar"]),
        "noise": "" if pd.isna(row["noise_to_signal"]) else f"{row['noise_to_signal']:.2g}",
        "remarks": "; ".join(remarks),
    }


def _rounded(value: float) -> str:
    return "" if pd.isna(value) else number(round(float(value), 1))


def _signed(value: float) -> str:
    if pd.isna(value):
        return ""
    sign = "+" if value > 0 else "\N{MINUS SIGN}" if value < 0 else ""
    return f"{sign}{number(abs(round(float(value), 2)))}"


def _p(value: float) -> str:
    if pd.isna(value):
        return ""
    return "<0.001" if value < 0.001 else f"{value:.3f}" if value < SURE else f"{value:.2f}"


def describe_corrections(analysis: Analysis) -> list[dict[str, str]]:
    """Make the "corrections" entry: figures that a person corrected, as the analysis reads them."""
    labels = labels_of(analysis.measures)
    return [
        {str(name): str(cell) for name, cell in row.items()}
        | {"measure_label": labels[str(row["measure"])]}
        for row in analysis.corrections.to_dict("records")
    ]


def describe_waivers(analysis: Analysis) -> list[dict[str, str]]:
    """Make the "waivers" entry: findings that a person set aside, and waivers without effect."""
    return [
        {str(name): str(cell) for name, cell in row.items()}
        for row in analysis.waivers.to_dict("records")
    ]


def describe_vintage(analysis: Analysis) -> dict[str, str]:
    """Make the "vintage" entry: the day of knowledge in words; blank without one."""
    vintage = analysis.vintage
    if vintage is None:
        return {"as_known": "", "text": ""}
    text = str(vintage)
    return {
        "as_known": f"as known by {when(vintage.day, vintage.day)}",
        "text": f"This is the dossier {text}.",
    }


def superseded_text(analysis: Analysis) -> str:
    """How many claims are earlier versions, and what is done with them; blank without any."""
    count = int(analysis.claims["superseded"].sum())
    if not count:
        return ""
    return (
        f"{plural(count, 'claim')} are figures that their publisher replaced or took back in a "
        "later version; what is compared is the last version of each day."
    )
