"""Findings against the answer key: what was found, under which cause, and what was invented."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

import pandas as pd

Z: Final = 1.959963984540054  # of a two-sided interval of 95 %
BY_CAUSE: Final = {
    "cause": "Cause that was planted.",
    "planted": "Items of the key that the claims can tell.",
    "found": "Items of which a finding of a right kind shares a claim.",
    "right_cause": "Items of which such a finding names the cause.",
    "recall": "Found of planted.",
    "recall_low": "Lower end of its 95 % Wilson interval.",
    "recall_high": "Upper end.",
    "named": "Findings that name this cause.",
    "right": "Those that share a claim with an item of this cause.",
    "precision": "Right of named.",
    "precision_low": "Lower end of its 95 % Wilson interval.",
    "precision_high": "Upper end.",
}
BY_KIND: Final = {
    "kind": "Kind of finding.",
    "findings": "Findings of it.",
    "matched": "Those that share a claim with an item of which they are a right detection.",
    "beside": "Those that share a claim only with items that should show otherwise.",
    "false_alarms": "Those that touch nothing planted.",
    "precision": "Matched of findings.",
    "precision_low": "Lower end of its 95 % Wilson interval.",
    "precision_high": "Upper end.",
}


def wilson(hits: int, size: int) -> tuple[float, float]:
    """95 % interval of a share (Wilson 1927, J. Am. Stat. Assoc. 22); (0, 1) of nothing."""
    if not size:
        return 0.0, 1.0
    share, spread = hits / size, Z * Z / size
    middle = (share + spread / 2) / (1 + spread)
    half = Z * math.sqrt(share * (1 - share) / size + spread / (4 * size)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def matches(findings: pd.DataFrame, key: pd.DataFrame) -> pd.DataFrame:
    """Pairs of a finding and an item that share a claim.

    Parameters
    ----------
    findings : DataFrame
        Columns kind, cause and claims (a sequence of ids, or text with semicolons).
    key : DataFrame
        `key.COLUMNS`.

    Returns
    -------
    DataFrame
        One row a pair: `finding` and `item` (places in the two frames), `fits` (the kind is a
        right one) and `same` (the cause is that of the item).
    """
    one = pd.Series(findings["claims"].map(_ids).to_numpy(), name="claim").explode()
    other = pd.Series(key["claims"].map(_ids).to_numpy(), name="claim").explode()
    pairs = (
        one.dropna().rename_axis("finding").reset_index()
        .merge(other.dropna().rename_axis("item").reset_index(), on="claim")
        .drop(columns="claim").drop_duplicates(ignore_index=True)
    )  # fmt: skip
    kinds = findings["kind"].to_numpy(dtype=object)[pairs["finding"]]
    causes = findings["cause"].to_numpy(dtype=object)[pairs["finding"]]
    right = key["kinds"].map(lambda text: frozenset(str(text).split(";"))).to_numpy()
    wanted = right[pairs["item"]]
    return pairs.assign(
        fits=[kind in kinds_of for kind, kinds_of in zip(kinds, wanted, strict=True)],
        same=causes == key["cause"].to_numpy(dtype=object)[pairs["item"]],
    )


def score_causes(findings: pd.DataFrame, key: pd.DataFrame) -> pd.DataFrame:
    """One row a cause of the key or the findings, columns `BY_CAUSE`."""
    pairs = matches(findings, key)
    fits = pairs[pairs["fits"]]
    items = pd.DataFrame(
        {
            "cause": key["cause"].to_numpy(dtype=object),
            "planted": (key["detectable"] == "yes").to_numpy(),
        }
    )
    items["found"] = items["planted"] & items.index.isin(fits["item"])
    items["right_cause"] = items["planted"] & items.index.isin(fits.loc[fits["same"], "item"])
    told = pd.DataFrame({"cause": findings["cause"].to_numpy(dtype=object), "named": True})
    told["right"] = told.index.isin(fits.loc[fits["same"], "finding"])
    table = items.groupby("cause").sum().join(told.groupby("cause").sum(), how="outer")
    table = table.fillna(0).astype("int64").reset_index()
    table = _with_shares(table, "recall", "found", "planted")
    return _with_shares(table, "precision", "right", "named")[list(BY_CAUSE)]


def score_kinds(findings: pd.DataFrame, key: pd.DataFrame) -> pd.DataFrame:
    """One row a kind of finding, columns `BY_KIND`."""
    pairs = matches(findings, key)
    table = pd.DataFrame({"kind": findings["kind"].to_numpy(dtype=object), "findings": 1})
    table["matched"] = table.index.isin(pairs.loc[pairs["fits"], "finding"]).astype(int)
    table["beside"] = table.index.isin(pairs["finding"]).astype(int) - table["matched"]
    table["false_alarms"] = 1 - table["matched"] - table["beside"]
    table = table.groupby("kind").sum().reset_index()
    return _with_shares(table, "precision", "matched", "findings")[list(BY_KIND)]


def totals(table: pd.DataFrame, name: str, *shares: tuple[str, str, str]) -> pd.DataFrame:
    """The table with a row of its sums.

    Parameters
    ----------
    shares : tuple of str
        Each share that is taken anew, with the columns that it is taken of.
    """
    numbers = table.select_dtypes("integer").sum()
    last = pd.DataFrame([{name: "all"} | dict(numbers)])
    for share, hits, size in shares:
        last = _with_shares(last, share, hits, size)
    return pd.concat([table, last], ignore_index=True)


def _with_shares(table: pd.DataFrame, share: str, hits: str, size: str) -> pd.DataFrame:
    ends = [wilson(int(a), int(b)) for a, b in zip(table[hits], table[size], strict=True)]
    told = table.copy()
    told[share] = (table[hits] / table[size]).astype("float64")
    told[f"{share}_low"], told[f"{share}_high"] = (list(end) for end in zip(*ends, strict=True))
    return told


def _ids(claims: Iterable[str] | str) -> list[str]:
    parts = claims.split(";") if isinstance(claims, str) else claims
    return [one for one in parts if one]
