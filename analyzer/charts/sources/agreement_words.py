"""What the table of agreement says in words, and the data behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd


def write_title(pairs: pd.DataFrame) -> str:
    """How many of all comparisons agree."""
    agrees, total = int(pairs["agrees"].sum()), int(pairs["comparable"].sum())
    if total == agrees:
        return f"Wherever two origins speak of the same thing, they agree: {total:,} comparisons"
    return f"Two origins that speak of the same thing agree in {agrees:,} of {total:,} comparisons"


def write_subtitle(pairs: pd.DataFrame, origins: int, rows: int) -> str:
    """What is compared, what became of the other comparisons, and how many are drawn."""
    strains, against = int(pairs["strains"].sum()), int(pairs["contradicts"].sum())
    rest = [
        (strains, "fit if read loosely"),
        (against, "can't both be true"),
    ]
    others = [f"{count:,} {words}" for count, words in rest if count]
    text = "Claims of the same count, place and time that go back to two origins."
    if others:
        text += f" Of the other comparisons, {' and '.join(others)}."
    if origins > rows:
        text += f" Drawn: the {rows} of {origins:,} origins with the most comparisons."
    return text


def write_alt(pairs: pd.DataFrame, keys: Sequence[str], names: Mapping[str, str]) -> str:
    """Sum up all pairs, and name the drawn pair with the most comparisons."""
    drawn = pairs[pairs["a"].isin(keys) & pairs["b"].isin(keys)]
    ordered = drawn.sort_values(["comparable", "a", "b"], ascending=[False, True, True])
    total = pairs[["comparable", "agrees", "strains", "contradicts"]].sum().astype("int64")
    origins = pd.concat([pairs["a"], pairs["b"]]).nunique()
    text = (
        f"Table of {len(keys)} of {origins:,} origins, pair by pair. In all, {total['agrees']:,} "
        f"of {total['comparable']:,} comparisons agree, {total['strains']:,} fit if read loosely "
        f"and {total['contradicts']:,} can't both be true."
    )
    if ordered.empty:
        return text
    often = ordered.iloc[0]
    first, second = (names.get(str(often[end]), str(often[end])) for end in ("a", "b"))
    return (
        f"{text} Most often compared are {first} and {second}: they agree in "
        f"{often['agrees']:,.0f} of {often['comparable']:,.0f}."
    )


COLUMNS = {
    "comparable": "comparisons",
    "agrees": "agree",
    "strains": "fit_if_read_loosely",
    "contradicts": "cannot_both_be_true",
}


def tabulate_pairs(
    pairs: pd.DataFrame, keys: Sequence[str], names: Mapping[str, str], counts: pd.Series
) -> pd.DataFrame:
    """Make the data behind the chart: a row a cell, from top to bottom, and one for all pairs.

    Parameters
    ----------
    pairs : DataFrame
        All pairs that can be compared.
    keys : sequence of str
        The origins of the table, from top to bottom.
    counts : Series
        Claims of each origin.
    """
    place = {key: n for n, key in enumerate(keys)}
    cells = pairs[pairs["a"].isin(keys) & pairs["b"].isin(keys)]
    below = cells["a"].map(place) > cells["b"].map(place)
    cells = cells.assign(
        origin=cells["a"].where(below, cells["b"]), other=cells["b"].where(below, cells["a"])
    )
    cells = cells.sort_values(["origin", "other"], key=lambda ends: ends.map(place))
    frame = pd.DataFrame(
        {
            "origin": cells["origin"].map(lambda key: names.get(key, key)),
            "origin_claims": cells["origin"].map(counts).fillna(0),
            "other_origin": cells["other"].map(lambda key: names.get(key, key)),
            "other_origin_claims": cells["other"].map(counts).fillna(0),
            **{new: cells[old] for old, new in COLUMNS.items()},
        }
    )
    everyone = pd.concat([pairs["a"], pairs["b"]])
    total: dict[str, object] = {new: pairs[old].sum() for old, new in COLUMNS.items()}
    total |= {"origin": "all pairs", "other_origin": f"of {everyone.nunique():,} origins"}
    found = pd.concat([frame, pd.DataFrame([total])], ignore_index=True)
    numbers = ["origin_claims", "other_origin_claims", *COLUMNS.values()]
    return found.astype(dict.fromkeys(numbers, "Int64"))
