"""The sums of an account in words."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from analyzer.charts.accounts.account_terms import is_computed, term_name
from analyzer.charts.base.readings import TIMES, is_latin
from analyzer.phrases import count_word
from analyzer.readings import number

EDGE: Final = 1e-9
MINUS: Final = "\N{MINUS SIGN}"
POOLED: Final = "All sources"
LETTER: Final = "fit only to the letter of the wordings"


def term_wording(term: pd.Series) -> str:
    """Word a term as its page does; by its bounds where the words are not in Latin script."""
    wording = str(term["wording"]).strip()
    if not wording or not is_latin(wording):
        factor = abs(float(term["factor"])) or 1.0
        ends = sorted(abs(term[end]) / factor for end in ("low", "high"))
        wording = bounds_words(ends[0], ends[1])
    factor = abs(float(term["factor"]))
    return wording if abs(factor - 1) < EDGE else f"{number(factor)} {TIMES} {wording}"


def bounds_words(low: float, high: float) -> str:
    """Write an interval for people: 242, 242 to 250, at least 242, up to 250."""
    if np.isfinite(low) and np.isfinite(high):
        ends = [number(round(end, 6)) for end in (low, high)]
        return ends[0] if ends[0] == ends[1] else " to ".join(ends)
    if np.isfinite(low):
        return f"at least {number(low)}"
    return f"up to {number(high)}" if np.isfinite(high) else "any number"


def page_name(account: pd.Series, others: int = 0) -> str:
    """Name the page or date of an account, and how many more give the same figures."""
    name = str(account["name"])
    if name.startswith(POOLED):
        name = name.replace(POOLED, "All sources together", 1)
    return name + (f", and {count_word(others).lower()} more with these figures" * bool(others))


def sides_of(account: pd.Series, terms: pd.DataFrame) -> tuple[str, str]:
    """Names of the side of the parts and of the side of the total."""
    own = terms[terms["account"] == account["account"]]
    part = own.loc[own["part"], "side"]
    side = str(part.iloc[0]) if len(part) else "right"
    return (side, "left") if side == "right" else (side, "right")


def side_words(account: pd.Series, side: str, terms: pd.DataFrame) -> str:
    """Write what a side comes to: the wording of a single term, else its bounds."""
    own = terms[(terms["account"] == account["account"]) & (terms["side"] == side)]
    if len(own) == 1 and not is_computed(str(own["label"].iloc[0])):
        wording = term_wording(own.iloc[0])
        if len(wording) < 20 and "+" not in wording:
            return wording
    return bounds_words(account[f"{side}_low"], account[f"{side}_high"]) + percent_sign(own, terms)


def percent_sign(own: pd.DataFrame, terms: pd.DataFrame) -> str:
    """ " %" for a computed figure that stands beside one in percent."""
    beside = terms.loc[terms["account"].isin(own["account"]), "wording"]
    return " %" if beside.astype("str").str.endswith("%").any() else ""


def sum_words(account: pd.Series, terms: pd.DataFrame) -> str:
    """Both sides, their sums, and whether they fit.

    "134 + 40 + 8 + 60 = 242; the total given is 251, 9 more."
    """
    parts, total = sides_of(account, terms)
    if account["relation"] == "=" and not _is_computed(account, terms):
        ending = _beside_total(account, parts, total)
        words = [_terms_words(account, terms, side) for side in (parts, total)]
        return f"{'; the total given is '.join(words)}{ending}."
    left, right = (_terms_words(account, terms, side) for side in ("left", "right"))
    return f"{left} against {right}: {_verdict(account, terms)}."


def _beside_total(account: pd.Series, parts: str, total: str) -> str:
    """How the total stands to the sum: ", 9 more", ", at least 7 less", or that they fit."""
    if account["holds"]:
        return "" if _is_exact(account) else ": they can fit"
    more = account[f"{total}_low"] - account[f"{parts}_high"]
    word, gap = ("more", more) if more > 0 else ("less", None)
    gap = account[f"{parts}_low"] - account[f"{total}_high"] if gap is None else gap
    least = "" if _is_exact(account) else "at least "
    letter = f"; they {LETTER}" if account["strength"] == "strains" else ""
    return f", {least}{number(round(float(gap), 6))} {word}{letter}"


def _terms_words(account: pd.Series, terms: pd.DataFrame, side: str) -> str:
    own = terms[(terms["account"] == account["account"]) & (terms["side"] == side)]
    text = ""
    for _, term in own.iterrows():
        sign = MINUS if term["factor"] < 0 else "+"
        text += f" {sign} {term_wording(term)}" if text else term_wording(term)
    if len(own) == 1 and is_computed(str(own["label"].iloc[0])):
        return text + percent_sign(own, terms)
    if len(own) < 2 and "+" not in text and TIMES not in text:
        return text
    return f"{text} = {bounds_words(account[f'{side}_low'], account[f'{side}_high'])}"


def _is_computed(account: pd.Series, terms: pd.DataFrame) -> bool:
    own = terms[terms["account"] == account["account"]]
    return bool(own["label"].map(is_computed).any())


def _verdict(account: pd.Series, terms: pd.DataFrame) -> str:
    if account["holds"]:
        return "they fit" if _is_exact(account) else "they can fit"
    own = terms[terms["account"] == account["account"]]
    gap = gap_words(account, points=bool(percent_sign(own, terms)))
    return f"{gap}; they {LETTER}" if account["strength"] == "strains" else gap


def gap_of(account: pd.Series) -> float:
    """The least that is between two sides that do not fit; NaN where they do."""
    over = account["left_low"] - account["right_high"]
    under = account["right_low"] - account["left_high"]
    gap = {"<=": over, ">=": under}.get(account["relation"], max(over, under))
    return round(float(gap), 6) if gap > EDGE and np.isfinite(gap) else np.nan


def gap_words(account: pd.Series, *, points: bool = False) -> str:
    """Say what is between the two sides: "9 apart", "at least 9 apart", "9 points apart"."""
    gap = gap_of(account)
    if np.isnan(gap):
        return "apart even at the edges of the wordings"
    return f"{'' if _is_exact(account) else 'at least '}{number(gap)}{' points' * points} apart"


def _is_exact(account: pd.Series) -> bool:
    return bool(
        account["left_low"] == account["left_high"]
        and account["right_low"] == account["right_high"]
    )


def quoted_sum(total: pd.DataFrame) -> str:
    """Names of terms that are added, in quotation marks; fixed numbers last."""
    names = [
        str(term["label"]) if term["constant"] else f"“{term['label']}”"
        for _, term in total.sort_values("constant", kind="stable").iterrows()
    ]
    return " + ".join(names) if len(names) < 3 else f"{names[0]} with {len(names) - 1} more"


def named_sum(terms: pd.DataFrame) -> str:
    """List each term with its wording, for an alternative text."""
    return "; ".join(f"{term_name(term)}: {term_wording(term)}" for _, term in terms.iterrows())
