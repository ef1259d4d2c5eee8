"""The words of a contradiction: title, rule, and how its rows are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from analyzer.charts.accounts.contradiction_rows import Row, iso_day, span_words, stated_words
from analyzer.phrases import count_word, listed

AS_HEARD: Final = "as usually understood, "
REST_FITS: Final = "any one of them, the rest fit"


def others_make(count: int) -> str:
    """What says something else than a claim, with its verb."""
    if count == 1:
        return "the rules make it"
    return "the other one makes it" if count == 2 else f"the other {_word(count - 1)} make it"


def _word(count: int) -> str:
    return count_word(count).lower()


def contradiction_title(proof: pd.DataFrame, rows: Sequence[Row], *, as_heard: bool) -> str:
    """Say what the first claim gives, and what the others leave for it.

    Parameters
    ----------
    proof : DataFrame
        As from `contradiction_rows.in_reading_order`; `rows` are read from it.
    """
    first, count = rows[0], len(rows)
    name = f"“{first.label}”"
    said = span_words(first.own) + first.sign
    if first.own.low != first.own.high:
        said = stated_words(proof.iloc[0])
    if first.empty:
        verb = "hardly fit together" if as_heard else "cannot all be true"
        return f"{count_word(count)} figures that {verb}, among them {said} for {name}"
    read = ", as usually understood," if as_heard else ""
    whose = {1: f"the rules{read} make it", 2: f"one other figure{read} makes it"}.get(
        count, f"{_word(count - 1)} other figures{read} make it"
    )
    return f"{name} is given as {said}; {whose} {span_words(first.left)}{first.sign}"


def contradiction_subtitle(count: int, identities: Sequence[str], *, as_heard: bool) -> str:
    """Say what cannot hold together, by which rules, and that no claim of it is one too many."""
    claims = "this figure" if count == 1 else f"these {_word(count)} figures"
    text = f"{AS_HEARD * as_heard}{claims} cannot "
    text += {1: "", 2: "both "}.get(count, "all ") + "be true"
    if named := [f"“{name}”" for name in identities]:
        text += (
            f" if the rule{'s' * (len(named) > 1)} {listed(named)} hold{'s' * (len(named) == 1)}"
        )
    if as_heard:
        text += "; to the letter of the wordings they can"
    elif count > 1:
        text += "; without " + ("either, the other one fits" if count == 2 else REST_FITS)
    return f"{text[:1].upper()}{text[1:]}."


def contradiction_caption(rows: Sequence[Row]) -> str:
    """Say how a row is read."""
    text = (
        "Diamond or dark bar: the claim. Ring or pale bar: what the other figures and the "
        "rules make it."
    )
    if len(rows) > 1:
        text += " Each row has a scale of its own."
    return text + " A fading end goes on beyond the row."


def contradiction_alt(title: str, proof: pd.DataFrame, rows: Sequence[Row], others: str) -> str:
    """The finding, and what each row says."""
    parts = []
    for (_, claim), row in zip(proof.iterrows(), rows, strict=True):
        when = f" ({claim['when']})" if str(claim["when"]).strip() else ""
        parts.append(f"{claim['label']}{when} {row.own_words}, {row.left_words(others)}")
    return f"{title}. {'; '.join(parts)}."


def contradiction_data(proof: pd.DataFrame) -> pd.DataFrame:
    """One row a claim, in the order in which they are drawn."""
    return pd.DataFrame(
        {
            "label": proof["label"],
            "as_of": [iso_day(str(when)) for when in proof["when"]],
            "stated": proof["wording"],
            "source": proof["who"],
            "low": proof["low"],
            "high": proof["high"],
            "others_leave_low": proof["implied_low"],
            "others_leave_high": proof["implied_high"],
            "claims_that_say_so": proof["n_copies"],
            "claims": [" ".join(ids) for ids in proof["claims"]],
        }
    )
