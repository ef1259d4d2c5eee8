"""The words of a ledger: title, what is drawn of it, and the alternative text."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analyzer.charts.accounts.account_terms import term_name
from analyzer.charts.accounts.account_words import bounds_words, quoted_sum
from analyzer.charts.base.readings import day_text
from analyzer.phrases import count_word, listed, plural

MOST_NAMED: Final = 4


def total_terms(terms: pd.DataFrame) -> pd.DataFrame:
    """Each term of the total once."""
    return terms[~terms["part"]].drop_duplicates("place")


def total_name(terms: pd.DataFrame) -> str:
    """Find what the total is called beside its line."""
    return " + ".join(str(label) for label in total_terms(terms)["label"])


def ledger_title(terms: pd.DataFrame, every: pd.DataFrame) -> str:
    """Say what the parts come to against their total, where they fit least."""
    parts = terms[terms["part"]].drop_duplicates("place")
    total = quoted_sum(total_terms(terms))
    head = f"The {count_word(len(parts)).lower()} parts of {total}"
    if len(parts) == 1:
        head = f"{total} and {quoted_sum(parts)}"
    broken = every[every["broken"]]
    first, last = day_text(every["at"].iloc[0]), day_text(every["at"].iloc[-1])
    if broken.empty:
        can = "can add up to it" if len(parts) > 1 else "can fit"
        return f"{head} {can} at all {plural(len(every), 'date')}, {first} to {last}"
    widest = broken[["rest_low", "rest_high"]].abs().min(axis=1).to_numpy().argmax()
    row = broken.iloc[int(widest)]
    ends = sum_and_total(row)
    if len(broken) == 1:
        come = "come to" if len(parts) > 1 else "differ:"
        return f"{head} {come} {ends} on {day_text(row['at'])}"
    fit = "cannot add up to it" if len(parts) > 1 else "cannot fit"
    at = f"at {len(broken)} of {len(every)} dates"
    if len(broken) == len(every):
        at = f"at any of {len(every)} dates"
    return f"{head} {fit} {at}; on {day_text(row['at'])} they come to {ends}"


def sum_and_total(row: pd.Series) -> str:
    """ "240 to 244 against a total of 251"."""
    parts = bounds_words(row["parts_low"], row["parts_high"])
    return f"{parts} against a total of {bounds_words(row['total_low'], row['total_high'])}"


def ledger_subtitle(
    ledger: pd.DataFrame, identity: pd.Series, sums: pd.DataFrame, every: pd.DataFrame
) -> str:
    """Say by which rule, which dates are drawn, and what became of the others."""
    label = str(identity.get("label", "") or "").strip()
    text = f"Rule “{label}”. " if label else ""
    text += f"{plural(len(sums), 'date')} side by side; days between them are left out."
    missing = len(every) - len(sums)
    if missing:
        broken = int(every["broken"].sum() - sums["broken"].sum())
        which = f"{broken:,} of which cannot fit" if broken else "all of which can fit"
        text += f" Not drawn: {plural(missing, 'more date')}, {which}."
    lacking = ledger["at"].nunique() - len(every)
    if lacking:
        are = "is" if lacking == 1 else "are"
        text += f" {plural(lacking, 'date')} without all figures {are} left out."
    return text


def rest_label(row: pd.Series) -> str:
    """How much is missing in the parts, or too much: "7 to 11 missing"."""
    ends = sorted(abs(row[end]) for end in ("rest_low", "rest_high"))
    return f"{bounds_words(ends[0], ends[1])} {'missing' if row['rest_low'] > 0 else 'too many'}"


def ledger_alt(title: str, terms: pd.DataFrame, every: pd.DataFrame) -> str:
    """The finding, the dates at which the sums cannot fit, and each term on the last day."""
    now = every.iloc[-1]
    last = terms[terms["at"] == now["at"]]
    named = [
        f"{term_name(term)}: {bounds_words(term['low'], term['high'])}"
        for _, term in last[~last["constant"].astype(bool)].iterrows()
    ]
    broken = [
        f"{day_text(row['at'])} ({rest_label(row)})" for _, row in every[every["broken"]].iterrows()
    ]
    fit = f" The sums cannot fit on {listed(broken, MOST_NAMED)}." if broken else ""
    return f"{title}.{fit} On {day_text(now['at'])}: {'; '.join(named)}."


def ledger_caption(terms: pd.DataFrame, sums: pd.DataFrame) -> str:
    """Say how the chart is read."""
    text = "Solid: the least that the parts come to; grey above: how much more the claims allow."
    if not terms["stated"].all():
        text += " Pale: no claim for that day, so the figure follows from other days and parts."
    text += " Where the line of the total meets bar or grey, the figures can fit."
    return text + " Hatched: what no reading of the claims fills." * bool(sums["broken"].any())
