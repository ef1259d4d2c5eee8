"""Open questions: what the claims of a dossier leave unanswered, and what would answer it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import pandas as pd

from analyzer.phrases import listed, plural
from analyzer.pipeline import Analysis
from analyzer.relays import unchecked
from analyzer.reportdata.accounting import heading, unevaluated
from analyzer.series.current import current

WEIGHTY: Final = ("high", "medium")
NAMED: Final = 6  # measures or accounts that are named; more are counted


def open_questions(analysis: Analysis) -> list[dict[str, Any]]:
    """Make the "questions" entry of the report's data object.

    Returns
    -------
    list of dict
        `title`, `text` and `findings` (ids, ranked) of each question that the dossier leaves.
    """
    asked = (
        _unexplained(analysis),
        _unsure(analysis),
        _conflicts(analysis),
        _accounts(analysis),
        _relays(analysis),
        _dates(analysis),
        _incomparable(analysis),
    )
    return [question for question in asked if question]


def _question(title: str, text: str, findings: Iterable[Any] = ()) -> dict[str, Any]:
    return {"title": title, "text": text, "findings": [str(one) for one in findings]}


def _names(analysis: Analysis, measures: pd.Series) -> str:
    labels = analysis.measures.set_index("measure")["label"]
    return listed(list(dict.fromkeys(labels[str(one)] for one in measures)), NAMED)


def _unexplained(analysis: Analysis) -> dict[str, Any] | None:
    found = analysis.findings
    open_ones = found[(found["cause"] == "unexplained") & found["severity"].isin(WEIGHTY)]
    if open_ones.empty:
        return None
    return _question(
        "Which disagreements have no explanation?",
        f"{plural(len(open_ones), 'finding')} of high or medium severity passed no test of a "
        f"cause: {_names(analysis, open_ones['measure'])}. A page of the origin that says what it "
        "counted, for which days and from which sources, could explain them.",
        open_ones["id"],
    )


def _unsure(analysis: Analysis) -> dict[str, Any] | None:
    """Events whose likeliest cause is less likely than all others together."""
    events = analysis.events
    unsure = events[(events["likelihood"] < 0.5) & (events["cause"] != "unexplained")]
    if unsure.empty:
        return None
    return _question(
        "Which events have a cause that is less likely than not?",
        f"For {plural(len(unsure), 'event')} of the daily series the likeliest cause stays under "
        f"50 %: {_names(analysis, unsure['measure'])}. The reports of the days before and after, "
        "or the publisher's log of changes, would tell.",
    )


def _conflicts(analysis: Analysis) -> dict[str, Any] | None:
    given_up = analysis.given_up
    if given_up.empty:
        return None
    options = given_up.groupby("conflict")["option"].nunique()
    several = int((options > 1).sum())
    if not several:
        return None
    of_all = f"{several:,} of {len(options):,} conflicts"
    which = "the one conflict" if len(options) == 1 else of_all
    return _question(
        "Which of several figures would have to be given up?",
        f"In {which} several choices are equally light, "
        "so that counting origins does not tell which figure is off. They stand under “The least "
        "to give up”.",
    )


def _accounts(analysis: Analysis) -> dict[str, Any] | None:
    names = [heading(row) for row in unevaluated(analysis)]
    if not names:
        return None
    return _question(
        "Which accounts could not be evaluated?",
        f"No page, and no day, gives all terms of {listed(names, NAMED)}. A row for each of the "
        "missing terms, of one day, would do.",
    )


def _relays(analysis: Analysis) -> dict[str, Any] | None:
    told = " ".join(unchecked(analysis.relays))
    if not told:
        return None
    return _question(
        "Which figures that are passed on could not be held against their origin?",
        f"{told} Rows of the origins' own pages would let them be checked.",
    )


def _dates(analysis: Analysis) -> dict[str, Any] | None:
    claims = current(analysis.claims)
    inferred = claims[claims["as_of_basis"] == "context"]
    if inferred.empty:
        return None
    return _question(
        "Which figures have no date of their own?",
        f"The day that {len(inferred):,} of {plural(len(claims), 'claim')} speak of is taken from "
        "the context, as their pages don't state it; a disagreement that rests on it is ranked "
        "one level lower.",
    )


def _incomparable(analysis: Analysis) -> dict[str, Any] | None:
    claims = current(analysis.claims)
    apart = claims[~claims["comparable"]]
    if apart.empty:
        return None
    return _question(
        "Which claims could not be compared with any other?",
        f"{len(apart):,} of {plural(len(claims), 'claim')}: their time, their unit or their base "
        f"is not known ({_names(analysis, apart['measure'])}).",
    )
