"""The end of the report's data object: the claims that are listed, and the rows left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from analyzer.errors import Problem
from analyzer.pipeline import Analysis
from analyzer.rows import labels_of

MOST_LISTED: Final = 2000  # claims; at some 25 a page, more would be a book that nobody reads


def lists_all(analysis: Analysis) -> bool:
    """Whether the appendix lists every claim, and not only those that findings cite."""
    return len(analysis.claims) <= MOST_LISTED


def where_listed(analysis: Analysis) -> str:
    """Where every claim of the dossier can be looked up."""
    return "the report" if lists_all(analysis) else "claims.csv"


def describe_appendix(analysis: Analysis) -> dict[str, Any]:
    """Make the "appendix" entry: title, where the other claims are, whether rows are brief."""
    if lists_all(analysis):
        return {"title": "Appendix: every claim", "text": "", "brief": False}
    return {
        "brief": True,
        "title": "Appendix: the claims that findings cite",
        "text": f"Of the {len(analysis.claims):,} claims of this dossier, the "
        f"{len(_cited(analysis)):,} are listed that a finding cites. All of them, with their "
        "bounds, chains and links, stand in claims.csv beside this report.",
    }


def list_claims(analysis: Analysis) -> list[dict[str, str]]:
    """Make the "claims" entry, by measure and time."""
    labels = labels_of(analysis.measures)
    place = {measure: n for n, measure in enumerate(analysis.measures["measure"])}
    claims = analysis.claims.assign(place=analysis.claims["measure"].map(place))
    if not lists_all(analysis):
        claims = claims[claims["id"].isin(_cited(analysis))]
    ordered = claims.sort_values(["place", "at_first", "said_first", "id"])
    return [
        {
            "id": row["id"],
            "measure": row["measure"],
            "measure_label": labels[str(row["measure"])],
            "figure": row["figure"],
            "printed": row["printed"],
            "bounds": row["reading"],
            "as_of": row["as_of"],
            "published": row["published"]
            or (f"[{row['published_context']}]" if row["published_context"] else ""),
            "source_name": row["source_name"],
            "origin_name": row["origin_name"],
            "chain": row["chain"],
            "status": row["status"],
            "scope": row["scope"].replace("_", " "),
            "url": row["url"],
            "note": row["note"],
        }
        for _, row in ordered.iterrows()
    ]


def _cited(analysis: Analysis) -> set[str]:
    """Claims that a finding or a likelihood of copying rests on, and corrected ones."""
    shown = [*analysis.findings["claims"], *analysis.copying["claims"]]
    return {one for ids in shown for one in ids} | set(analysis.corrections["claim"])


def list_left_out(problems: Sequence[Problem]) -> list[dict[str, str]]:
    """Make the "left_out" entry: one a row that was left out, with all that is wrong with it."""
    by_place: dict[str, list[str]] = {}
    for problem in problems:
        place = f"{problem.file}:{problem.row}" if problem.row else problem.file
        subject = f"{problem.column} " if problem.column else ""
        quote = f"“{problem.text}” " if problem.text else ""
        text = f"{subject}{quote}{problem.message}; {problem.remedy}"
        by_place.setdefault(place, []).append(text)
    return [{"place": place, "text": ". ".join(texts)} for place, texts in by_place.items()]
