"""Page one: which findings stand there, and how sure one can be of each."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analyzer.model import CAUSES
from analyzer.phrases import plural

MOST: Final = 5
RELATIONS: Final = {
    "contradicts": "To the letter of their wordings, these figures cannot all be right.",
    "strains": "To the letter these figures can all be right; as a hearer takes them they are not.",
}
# Kinds whose figures are of one thing at one time; the figures of others replace one another.
TOGETHER: Final = frozenset(
    {"disagreement", "overtaken", "account", "joint contradiction", "self-contradiction"}
)
APART: Final = frozenset({"scope or definition change", "incomplete parts"})  # both can be right


def key_findings(findings: pd.DataFrame) -> list[str]:
    """Ids of the findings for page one: the first by rank, each on another measure.

    Where there are too few measures, the next by rank fill up.

    Parameters
    ----------
    findings : DataFrame
        `schemas.Findings`.
    """
    ranked = findings.sort_values("rank")
    first = ranked[~ranked["measure"].duplicated()]
    others = ranked[ranked["measure"].duplicated()]
    chosen = pd.concat([first, others]).head(MOST)
    return [str(one) for one in chosen.sort_values("rank")["id"]]


def how_sure(finding: pd.Series, claims: pd.DataFrame) -> str:
    """What the finding rests on, what it does and doesn't show, and whether a cause is known.

    Parameters
    ----------
    finding : Series
        A row of `schemas.Findings`.
    claims : DataFrame
        `schemas.Aligned`, indexed by id.
    """
    mine = claims.loc[list(finding["claims"])]
    rests = (
        f"Rests on {plural(len(mine), 'claim')} by {plural(mine['source'].nunique(), 'publisher')}"
        f", going back to {plural(mine['authority'].nunique(), 'origin')}."
    )
    told = [rests, _dates(mine)]
    if finding["kind"] in TOGETHER and finding["cause"] not in APART:
        told.append(RELATIONS.get(str(finding["relation"]), ""))
    told.append(_cause(finding))
    return " ".join(part for part in told if part)


def _dates(mine: pd.DataFrame) -> str:
    """How many of the claims have a date that their page does not state."""
    inferred = int((mine["as_of_basis"] == "context").sum())
    if not inferred:
        return ""
    if inferred == len(mine):
        return "All their dates are taken from the context."
    are = "is" if inferred == 1 else "are"
    return f"{inferred:,} of the dates {are} taken from the context."


def _cause(finding: pd.Series) -> str:
    likely = next((text for term, text in finding["evidence"] if term == "likelihood"), "")
    if finding["cause"] == "unexplained":
        return f"No test explains it{f' ({likely})' if likely else ''}."
    meaning = CAUSES[str(finding["cause"])]
    return f"Likely cause: {meaning} ({likely})." if likely else f"Likely cause: {meaning}."
