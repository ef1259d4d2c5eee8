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
from analyzer.accounts.hedged import hedged_counts, touched
from analyzer.accounts.values import Pool
from analyzer.accounts.verdicts import Verdicts, hold_identities
from analyzer.arrays import Truths
from analyzer.expressions import ANY
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
    held = hold_identities(claims, identities, measures, thresholds)
    labels = dict(zip(measures["measure"].tolist(), measures["label"].tolist(), strict=True))
    sources = claims[["source", "source_name"]].drop_duplicates("source", keep="last")
    names = dict(zip(sources["source"].tolist(), sources["source_name"].tolist(), strict=True))
    if not telling:
        return account_tables(held, labels, names, _every)
    hedged = hedged_counts(claims, held.shelves.claims)
    return account_tables(held, labels, names, partial(_telling, pool=held.pool, hedged=hedged))


def _every(verdict: Verdicts) -> Truths:
    return np.ones(len(verdict.places), dtype=bool)


def _telling(verdict: Verdicts, pool: Pool, hedged: Truths) -> Truths:
    wanted = verdict.strength != "holds"
    if verdict.shape.key.tree.relation == "=" and hedged.any():
        wanted |= (verdict.places.page >= 0) & touched(verdict, pool, hedged)
    return np.asarray(wanted)


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
