"""Do the figures add up? Each identity, held against every account that gives its terms.

An account is one page's own figures for one time, or what all sources say of that time. Terms
are intervals; an identity fails only when no choice of values within them satisfies it.

Look-ups and interval arithmetic run over all accounts of all identities of one shape at once
(package `accounts`); texts are written only for the accounts that a caller wants.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from analyzer.accounts.frames import account_tables, no_accounts
from analyzer.accounts.holding import hold_identities
from analyzer.accounts.verdicts import Verdicts
from analyzer.arrays import Truths
from analyzer.expressions import ANY
from analyzer.rows import labels_of
from analyzer.settings import Thresholds


def evaluate_identities(
    claims: pd.DataFrame,
    identities: pd.DataFrame,
    measures: pd.DataFrame,
    thresholds: Thresholds,
    *,
    telling: bool = False,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Hold every identity against every account.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`.
    telling : bool
        Leave out the accounts that no finding needs: those that hold, but for pages that add up
        an exact count which others hedge. Numbers in `account` stay those among all accounts.

    Returns
    -------
    accounts : DataFrame
        One row an account, columns `accounts.frames.ACCOUNTS`; `strength` is "contradicts" (even
        the literal bounds, with round numbers read as rounded, can't satisfy it), "strains" (only
        the implied ones can't) or "holds".
    terms : DataFrame
        One row a term of an account, columns `accounts.frames.TERMS`, bounds times their factor;
        `partial_sums` holds, for days added up, the last day and the least sum up to each of
        them, and () for a term that is no sum of days.
    """
    if identities.empty:
        return no_accounts()
    held = hold_identities(claims, identities, measures, thresholds, telling=telling)
    labels = labels_of(measures)
    kept = partial(_telling, hedged=held.hedged) if telling else _every
    return account_tables(held, labels, kept)


def _every(verdict: Verdicts) -> Truths:
    return np.ones(len(verdict.places), dtype=bool)


def _telling(verdict: Verdicts, hedged: Truths) -> Truths:
    """What findings need; `hedged` are the sets of the pool with a count that others hedge."""
    return np.asarray((verdict.strength != "holds") | verdict.proves(hedged))


def part_identities(measures: pd.DataFrame) -> pd.DataFrame:
    """The identities that part_of states: no part is above its whole.

    Shares are left out; their part_of names what they are a share of.
    """
    counts = measures[(measures["part_of"] != "") & (measures["kind"] != "share")]
    return pd.DataFrame(
        {
            "name": "part." + counts["measure"],
            "label": counts["label"] + ": a part is not above its whole",
            "expression": counts["measure"] + f"[{ANY}] <= " + counts["part_of"] + f"[{ANY}]",
            "valid_from": "",
            "valid_to": "",
            "note": "A part is not above its whole",
            "valid_from_first": pd.Series(pd.NaT, counts.index, dtype="datetime64[s]"),
            "valid_to_last": pd.Series(pd.NaT, counts.index, dtype="datetime64[s]"),
        }
    )
