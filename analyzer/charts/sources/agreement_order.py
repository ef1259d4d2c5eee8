"""Which origins stand in the table of agreement, and in what order."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

NEUTRAL: Final = 1.0  # how many comparisons the overall share weighs in the order of rows


def rank_by_comparisons(pairs: pd.DataFrame) -> list[str]:
    """Those with the most comparisons first; equal numbers go by key."""
    ends = pd.concat([pairs.set_index(end)["comparable"] for end in ("a", "b")])
    totals = ends.groupby(level=0).sum()
    return sorted(totals.index, key=lambda key: (-totals[key], key))


def seriate(keys: list[str], pairs: pd.DataFrame) -> list[str]:
    """Order in which those that agree stand together.

    Sorts by the Fiedler vector of the graph whose edges weigh the share of comparisons that agree
    (Atkins, Boman & Hendrickson 1998, SIAM Journal on Computing 28). Few comparisons count less:
    each share is drawn towards the overall one, which also stands for pairs without any.
    """
    keys = sorted(keys)
    if len(keys) < 3:
        return keys
    place = {key: n for n, key in enumerate(keys)}
    known = pairs[pairs["a"].isin(keys) & pairs["b"].isin(keys)]
    overall = pairs["agrees"].sum() / pairs["comparable"].sum()
    weight = np.full((len(keys), len(keys)), overall)
    for a, b, agrees, n in zip(
        known["a"], known["b"], known["agrees"], known["comparable"], strict=True
    ):
        share = (agrees + NEUTRAL * overall) / (n + NEUTRAL)
        weight[place[a], place[b]] = weight[place[b], place[a]] = share
    np.fill_diagonal(weight, 0)
    laplacian = np.diag(weight.sum(axis=1)) - weight
    vector = np.linalg.eigh(laplacian)[1][:, 1].round(9)
    if vector[np.argmax(np.abs(vector))] < 0:
        vector = -vector
    return [keys[n] for n in np.lexsort((np.arange(len(keys)), vector))]
