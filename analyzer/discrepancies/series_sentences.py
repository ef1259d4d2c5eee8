"""Sentences on the events of series; every number in them comes from a row."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Any

import pandas as pd

from analyzer.model import CAUSES
from analyzer.phrases import attributed, quoted, when
from analyzer.readings import number
from analyzer.rows import Rows

MOST_LIKELY = 0.75  # from this likelihood on the sentence says "most likely"
PROBABLY = 0.5  # from this one on "probably", below it "perhaps"


WEAK = ("after", "usual")  # evidence that says no more than the cause does
MISTYPED = "is {} mistyped"
SLIPPED = {  # how a sentence puts slips that are not of the keys, with how sure it is
    "copied forward": "{} repeats the figure of an earlier day",
    "misdated": "is {} the figure of another day",
    "wrong year": "{} bears a wrong year",
    "wrong column": "is {} the figure of another measure",
    "daily typed as cumulative": "is {} the figure of the day, not the running total",
    "swapped figures": "{} changed places with another figure",
}


def series_name(event: Any, label: str) -> str:
    """Label of the measure, with the scope of the series."""
    scope = str(event["scope"]).replace("_", " ")
    return f"{label} ({scope})" if scope else label


def percent(share: float) -> str:
    """ "79 %"."""
    return f"{100 * share:.0f} %"


def one_sentence(event: Any, claims: Rows, name: str) -> str:
    """What a careful journalist would sign on one event."""
    return f"{name}: {SENTENCES[str(event['kind'])](event, claims)}."


def all_in_one_sentence(events: list[Any], claims: Rows, name: str, days: int) -> str:
    """One sentence on many events of one series, kind and cause: how many, and the largest."""
    head = events[0]
    kind, cause, count = str(head["kind"]), str(head["cause"]), f"{len(events):,}"
    sure = _how_sure(float(median(event["likelihood"] for event in events)))
    what = {
        "fall": f"the running total falls {count} times",
        "switch": f"the running total goes on with other figures {count} times",
        "surge": f"{count} steps of the running total stand out",
        "mismatch": f"{count} of {days:,} daily figures differ from the step of the running total",
        "account": f"on {count} of {days:,} days the figure and its total or parts do not add up",
        "typing error": f"of {days:,} figures {count} look wrong",
    }[kind]
    why = "no test explains them" if cause == "unexplained" else f"{sure} because {CAUSES[cause]}"
    largest = SENTENCES[kind](head, claims, why=False)
    which = "the largest in proportion" if head["gap"] else "the first"
    return f"{name}: {what}; {why}; {which}: {largest}."


def _because(cause: str, likelihood: float) -> str:
    if cause == "unexplained":
        return "no test explains it"
    return f"{_how_sure(likelihood)} because {CAUSES[cause]}"


def _how_sure(likelihood: float) -> str:
    if likelihood >= MOST_LIKELY:
        return "most likely"
    return "probably" if likelihood >= PROBABLY else "perhaps"


def _why(event: Any, why: bool) -> str:
    """The cause and how sure it is, with the first of the evidence, as the end of a sentence."""
    if not why:
        return ""
    text = _because(str(event["cause"]), float(event["likelihood"]))
    unexplained = event["cause"] == "unexplained"
    found = [one for term, one in event["evidence"] if unexplained or term not in WEAK]
    if unexplained:
        return f"; {text} ({found[0]})" if found else f"; {text}"
    return f"; {text}: {found[0]}" if found else f"; {text}"


def _figure(claims: Rows, claim: str, *, who: bool = True) -> str:
    row = claims.named(claim)
    text = f"{quoted(row)} for {when(row['at_last'], row['at_last'])}"
    return f"{text} ({attributed(row)})" if who else text


def _two(event: Any, claims: Rows) -> tuple[str, str]:
    """The figures before and after a step; who gives them, once if it is the same."""
    before, after = (claims.named(one) for one in event["claims"][:2])
    same = attributed(before) == attributed(after)
    return _figure(claims, before["id"], who=not same), _figure(claims, after["id"])


def _fall(event: Any, claims: Rows, why: bool = True) -> str:
    before, after = _two(event, claims)
    return f"the running total falls from {before} to {after}{_why(event, why)}"


def _switch(event: Any, claims: Rows, why: bool = True) -> str:
    before, after = _two(event, claims)
    text = f"the running total goes from {before} to {after}"
    if event["cause"] == "counting base reset":
        text = f"the running total starts anew, from {before} to {after}"
    if event["cause"] == "source switch" and why:
        return f"{text}; {_how_sure(event['likelihood'])} because another origin is cited"
    return text + _why(event, why)


def _surge(event: Any, claims: Rows, why: bool = True) -> str:
    before, after = _two(event, claims)
    step = number(event["value"] - event["before"])
    return f"the running total rises by {step}, from {before} to {after}{_why(event, why)}"


def _mismatch(event: Any, claims: Rows, why: bool = True) -> str:
    flow, before, after = event["claims"][:3]
    step = event["expected_low"]
    moves = f"rises by {number(step)}" if step > 0 else f"falls by {number(-step)}"
    if step == 0:
        moves = "does not rise"
    totals = f"from {_figure(claims, before, who=False)} to {_figure(claims, after, who=False)}"
    return (
        f"{_figure(claims, flow)} stands beside a running total that {moves}, "
        f"{totals}{_why(event, why)}"
    )


def _typing_error(event: Any, claims: Rows, why: bool = True) -> str:
    cause = str(event["cause"])
    text = _figure(claims, str(event["blamed"]))
    restored = ""
    if pd.notna(event["suggestion"]):
        value, right = number(event["value"]), number(event["suggestion"])
        restored = f"{value} -> {right} would restore the series"
    if not why:
        return f"{text}; {restored}" if restored else text
    sure = _how_sure(float(event["likelihood"]))
    said = f"{text} {SLIPPED.get(cause, MISTYPED).format(sure)}"
    if cause not in SLIPPED and restored:
        return f"{said}: {restored}; {CAUSES[cause]}"
    return f"{said}: {restored or event['evidence'][0][1]}"


def _account(event: Any, claims: Rows, why: bool = True) -> str:
    one, *others = event["claims"]
    if str(event["event"]).startswith(f"account.{event['series']}.parts."):
        total = number(event["expected_high"])
        return f"the parts of {_figure(claims, one)} come to {total}{_why(event, why)}"
    above = _figure(claims, others[0], who=False)
    return f"{_figure(claims, one)} lies above its total, {above}{_why(event, why)}"


SENTENCES: dict[str, Callable[..., str]] = {
    "fall": _fall,
    "switch": _switch,
    "surge": _surge,
    "mismatch": _mismatch,
    "typing error": _typing_error,
    "account": _account,
}
"""How each kind of event is told: (event, claims by id, whether to say why) to a clause."""
