"""The report's data object: everything that the PDF and report.json say, in plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analyzer.model import CAUSES, FINDING_KINDS, KINDS
from analyzer.phrases import leading, said, when
from analyzer.pipeline import Analysis
from analyzer.positions import label
from analyzer.readings import value_range
from analyzer.reportdata.accounting import describe_impossible, heading, unevaluated
from analyzer.reportdata.appendix import describe_appendix, list_claims, list_left_out
from analyzer.reportdata.guide import reading_guide
from analyzer.reportdata.key_findings import how_sure, key_findings
from analyzer.reportdata.method import method_sections
from analyzer.reportdata.questions import open_questions
from analyzer.reportdata.series import (
    describe_corrections,
    describe_events,
    describe_revisions,
    describe_vintage,
    describe_waivers,
    list_series,
    superseded_text,
)
from analyzer.reportdata.sources import ChartInfo, describe_sources
from analyzer.series.current import current


def build_report(
    analysis: Analysis,
    charts: Mapping[str, Sequence[ChartInfo]],
    since: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Make the data object of one report.

    Parameters
    ----------
    charts : mapping
        By measure, by "identity.<name>", by "finding.<id>", by "glance.<id>" and under "overview",
        the charts that were drawn: svg, png, csv, title, alt, caption.
    since : mapping or None
        What changed since an earlier report, as `history.changes_since` tells it.

    Returns
    -------
    dict
        JSON values only; the same for the same analysis whatever the order of its rows.
    """
    return {
        "dossier": {
            "name": analysis.settings.name,
            "title": analysis.settings.title,
            "description": analysis.settings.description,
            "licence": analysis.settings.licence,
        },
        "summary": _summary(analysis),
        "since": None if since is None else dict(since),
        "key_findings": key_findings(analysis.findings),
        "findings": _findings(analysis, charts),
        "reading": reading_guide(),
        "overview_chart": next(iter(charts.get("overview", [])), None),
        "measures": _measures(analysis, charts),
        "accounts": _accounts(analysis, charts),
        "unevaluated": _unevaluated(analysis),
        "impossible": describe_impossible(analysis, charts),
        "sources": describe_sources(analysis, charts),
        "vintage": describe_vintage(analysis),
        "questions": open_questions(analysis),
        "events": describe_events(analysis),
        "revisions": describe_revisions(analysis),
        "corrections": describe_corrections(analysis),
        "waivers": describe_waivers(analysis),
        "appendix": describe_appendix(analysis),
        "claims": list_claims(analysis),
        "left_out": list_left_out(analysis.left_out),
        "method": method_sections(analysis.settings),
    }


def paged_measures(analysis: Analysis) -> list[str]:
    """Measures with enough claims for a page, in the order of measures.csv."""
    counts = analysis.claims["measure"].value_counts()
    enough = analysis.settings.thresholds.chart_claims
    if counts.max() < enough:
        enough = FEW_CLAIMS
    return [m for m in analysis.measures["measure"] if counts.get(m, 0) >= enough]


def _summary(analysis: Analysis) -> dict[str, Any]:
    claims = analysis.claims
    return {
        "claims": len(claims),
        "sources": int(claims["source"].nunique()),
        "origins": int(claims["authority"].nunique()),
        "measures": int(claims["measure"].nunique()),
        "findings": len(analysis.findings),
        "spoken_from": when(claims["as_of_first"].min(), claims["as_of_first"].min()),
        "spoken_to": when(claims["as_of_last"].max(), claims["as_of_last"].max()),
        "latest_published": when(claims["said_last"].max(), claims["said_last"].max()),
        "superseded": superseded_text(analysis),
    }


def _findings(
    analysis: Analysis, charts: Mapping[str, Sequence[ChartInfo]]
) -> list[dict[str, Any]]:
    labels = analysis.measures.set_index("measure")["label"]
    keyed = analysis.claims.set_index("id", drop=False)
    alone = set(keyed.index[keyed["series"] == ""])
    return [
        {
            "id": row["id"],
            "rank": int(row["rank"]),
            "kind": row["kind"],
            "kind_text": FINDING_KINDS[row["kind"]],
            "cause": row["cause"],
            "cause_text": CAUSES[row["cause"]],
            "severity": row["severity"],
            "relation": row["relation"],
            "measure": row["measure"],
            "measure_label": labels[str(row["measure"])],
            "when": row["when"],
            "gap": round(float(row["gap"]), 4),
            "sentence": row["sentence"],
            "claims": list(row["claims"]),
            "in_series": alone.isdisjoint(row["claims"]),
            "positions": [
                _members(keyed.loc[list(ids)])
                for ids in row["positions"]
                if not alone.isdisjoint(row["claims"])  # of series, the claims say it all
            ],
            "evidence": [{"term": term, "text": text} for term, text in row["evidence"]],
            "sure": how_sure(row, keyed),
            "chart": next(iter(charts.get(f"glance.{row['id']}", [])), None),
        }
        for _, row in analysis.findings.iterrows()
    ]


def _members(members: pd.DataFrame) -> dict[str, Any]:
    """One position of a finding, told from its claims."""
    return {
        "label": _position_label(members),
        "claims": len(members),
        "origins": int(members["authority"].nunique()),
        "sources": int(members["source"].nunique()),
        "said": said(members),
        "names": leading(members["authority_name"], 4),
        "claim_ids": list(members["id"]),
    }


def _position_label(members: pd.DataFrame) -> str:
    """The reading of a position; its range where it gathers different figures."""
    low, high = members["face_low"].min(), members["face_high"].max()
    if high > low * WIDE_RANGE and np.isfinite(high) and members["stated"].notna().all():
        return value_range(low, high)
    return label(members)


def _measures(
    analysis: Analysis, charts: Mapping[str, Sequence[ChartInfo]]
) -> list[dict[str, Any]]:
    rows = {str(row["measure"]): row for _, row in analysis.measures.iterrows()}
    keyed = analysis.claims.set_index("id", drop=False)
    found = analysis.findings.groupby("measure")["id"].agg(list).to_dict()
    pages = []
    alone = set(analysis.claims.loc[analysis.claims["series"] == "", "id"])
    for measure in paged_measures(analysis):
        row = rows[measure]
        claims = current(analysis.claims)
        claims = claims[claims["measure"] == measure]
        mine = analysis.positions[analysis.positions["measure"] == measure]
        pages.append(
            {
                "measure": measure,
                "label": row["label"],
                "definition": row["definition"],
                "unit": row["unit"],
                "kind": row["kind"],
                "kind_text": KINDS[row["kind"]],
                "claims": len(claims),
                "origins": int(claims["authority"].nunique()),
                "sources": int(claims["source"].nunique()),
                "incomparable": int((~claims["comparable"]).sum()),
                "charts": list(charts.get(measure, [])),
                "positions": [
                    {"when": _position_time(keyed.loc[list(one.claims)])}
                    | {"scope": str(one.scope).replace("_", " ")}
                    | _members(keyed.loc[list(one.claims)])
                    for one in _shown_positions(mine, alone)
                ],
                "series": list_series(analysis, measure),
                "findings": found.get(measure, []),
            }
        )
    return pages


WIDE_RANGE = 1.1  # a position whose highest figure is a tenth above its lowest is no one figure
FEW_CLAIMS = 3  # in a small dossier, where no measure has enough claims for a page
MOST_POSITIONS = 30  # of one measure's table; those of the most claims
MOST_ACCOUNTS = 3  # that add up, in one identity's table; all that fail stand in it
VERDICTS = {"holds": "holds", "strains": "hardly holds", "contradicts": "does not hold"}


def _shown_positions(positions: pd.DataFrame, alone: set[str]) -> list[Any]:
    """Positions that more than one claim shares or that stand beside another, in order of time.

    Of places where only series speak none: their charts show them day by day.
    """
    lone = pd.Series([not alone.isdisjoint(ids) for ids in positions["claims"]], positions.index)
    place = [positions[column] for column in ("slot", "scope")]
    positions = positions[lone.groupby(place).transform("any").astype("bool")]
    several = positions.groupby(["slot", "scope"])["position"].transform("size") > 1
    shown = positions[(positions["n_claims"] > 1) | several]
    biggest = shown.sort_values(["n_claims", "slot", "position"], ascending=[False, True, True])
    return list(
        biggest.head(MOST_POSITIONS).sort_values(["slot", "scope", "position"]).itertuples()
    )


def _position_time(members: pd.DataFrame) -> str:
    if (members["kind"] == "fixed").all():
        return ""
    return when(members["at_first"].min(), members["at_last"].max())


def _accounts(
    analysis: Analysis, charts: Mapping[str, Sequence[ChartInfo]]
) -> list[dict[str, Any]]:
    pages = []
    terms = {str(key): part for key, part in analysis.terms.groupby("account")}
    for identity in analysis.identities.itertuples():
        mine = analysis.accounts[analysis.accounts["identity"] == identity.name]
        failed = mine[~mine["holds"]]
        implied = str(identity.name).startswith("part.")
        if mine.empty or (implied and failed.empty):
            continue
        drawn = charts.get(f"identity.{identity.name}", [])
        order = mine.sort_values(["holds", "gap", "name"], ascending=[True, False, True])
        pages.append(
            {
                "identity": heading(identity),
                "expression": identity.expression,
                "note": identity.note,
                "evaluated": len(mine),
                "failed": len(failed),
                "charts": list(drawn),
                "rows": [
                    {
                        "name": row["name"],
                        "text": account_text(row, terms[str(row["account"])]),
                        "verdict": VERDICTS[str(row["strength"])],
                    }
                    for _, row in order.head(len(failed) + MOST_ACCOUNTS).iterrows()
                ],
            }
        )
    return pages


SIGNS = {"=": "=", "<=": "≤", ">=": "≥"}


def account_text(account: pd.Series, terms: pd.DataFrame) -> str:
    """An account on one line: "134 + 8 + 40 + 60 = 242; some 250"."""
    sides = []
    for side in ("left", "right"):
        part = terms[terms["side"] == side]
        pieces = [
            _sign(place, term["factor"]) + str(term["wording"])
            for place, (_, term) in enumerate(part.iterrows())
        ]
        low, high = account[f"{side}_low"], account[f"{side}_high"]
        text = " ".join(pieces)
        sides.append(f"{text} = {value_range(low, high)}" if len(part) > 1 else text)
    sign = SIGNS[account["relation"]]
    return f"{sides[0]} {'should be ' if not account['holds'] else ''}{sign} {sides[1]}"


def _sign(place: int, factor: float) -> str:
    if factor < 0:
        return "\N{MINUS SIGN} "
    return "+ " if place else ""


def _unevaluated(analysis: Analysis) -> list[dict[str, str]]:
    return [
        {
            "identity": heading(row),
            "expression": str(row.expression),
            "reason": "no page, and no day, gives all of its terms",
        }
        for row in unevaluated(analysis)
    ]
