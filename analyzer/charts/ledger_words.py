"""The words of a ledger: title, what is drawn of it, and the alternative text."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analyzer.charts.readings import date_text, day_text
from analyzer.charts.waterfall_steps import quoted_sum, size_words
from analyzer.intervals import Bounds
from analyzer.phrases import listed, plural

MOST_NAMED: Final = 6


def last_terms(parts: pd.DataFrame) -> pd.DataFrame:
    """Terms of the last time."""
    now: pd.Series = parts["at"] == parts["at"].max()
    return parts[now]


def name_of(term: pd.Series) -> str:
    """Find what a term is called in print."""
    return f"{'fixed number ' * bool(term['constant'])}{term['label']}"


def total_terms(terms: pd.DataFrame) -> pd.DataFrame:
    """Each term of the total once."""
    return terms[~terms["part"]].drop_duplicates("label")


def total_name(terms: pd.DataFrame) -> str:
    """Find what the total is called in print."""
    return " + ".join(name_of(term) for _, term in total_terms(terms).iterrows())


def ledger_title(terms: pd.DataFrame, every: pd.DataFrame) -> str:
    """Say what is held against what, from when to when, and at how many times it cannot fit."""
    parts = terms[terms["part"]].drop_duplicates("label")
    against = (
        f"the sum of its {len(parts)} parts" if len(parts) > 1 else f"“{name_of(parts.iloc[0])}”"
    )
    head = f"{quoted_sum(total_terms(terms))} and {against}, {date_text(every, 'at')}"
    broken = every[every["broken"]]
    if broken.empty:
        return f"{head}: they can fit at all {len(every)} times"
    if len(broken) == 1:
        return f"{head}: they cannot fit on {day_text(broken['at'].iloc[0])}"
    if len(broken) == len(every):
        return f"{head}: they fit at none of {len(every)} times"
    return f"{head}: they cannot fit at {len(broken)} of {len(every)} times"


def ledger_counts(ledger: pd.DataFrame, sums: pd.DataFrame, every: pd.DataFrame) -> str:
    """How many times are drawn, and what became of the others."""
    text = f"{len(sums)} times side by side; days between them are left out."
    missing = len(every) - len(sums)
    if missing:
        broken = int(every["broken"].sum() - sums["broken"].sum())
        which = f"{broken} of them cannot fit" if broken else "at all of which they can fit"
        text += f" Not drawn: {missing} more, {which}."
    lacking = ledger["at"].nunique() - len(every)
    if lacking:
        are = "is" if lacking == 1 else "are"
        text += f" {plural(lacking, 'time')} without all terms {are} left out."
    return text


def ledger_alt(terms: pd.DataFrame, every: pd.DataFrame) -> str:
    """Say when the two sides cannot fit, and what each term is on the last day."""
    now, total, when = every.iloc[-1], quoted_sum(total_terms(terms)), date_text(every, "at")
    named = last_terms(terms[terms["part"] & ~terms["constant"].astype(bool)])
    sides = [(name_of(part), part["low"], part["high"]) for _, part in named.iterrows()]
    sides.append((total_name(terms), now["total_low"], now["total_high"]))
    last = "; ".join(f"{name}: {size_words(Bounds(low, high))}" for name, low, high in sides)
    broken = [
        f"{day_text(row['at'])} (left over {size_words(Bounds(row['rest_low'], row['rest_high']))})"
        for _, row in every[every["broken"]].iterrows()
    ]
    fit = f"They cannot fit on {listed(broken, MOST_NAMED)}." if broken else "They can always fit."
    return (
        f"{total} beside the sum of its parts at {len(every)} times, {when}. {fit} "
        f"On the last day: {last}."
    )


def ledger_caption(sums: pd.DataFrame) -> str:
    """Say how the chart is read."""
    text = (
        "Above, the parts are stacked at the middle of what all kept claims jointly allow, beside "
        "the total with its bounds; pale parts and hollow points are given by no claim for that "
        "day. Below is what the total leaves when the parts are taken off, as far as the bounds "
        "leave it open; arrows go on beyond the panel."
    )
    return text + " Dark: zero is not possible; the widest are named." * bool(sums["broken"].any())
