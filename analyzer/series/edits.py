"""Replaced figures: announced or silent, put back later, taken from another column or origin."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from analyzer.arrays import Integers, among, begins
from analyzer.phrases import attributed, quoted, when
from analyzer.rows import Rows, rows_of, taken
from analyzer.series.panel import CELL
from analyzer.series.versions import REVISIONS, cell_keys

COLUMNS = [*REVISIONS, "cause", "why", "other", "batch", "put_back"]
SAYS_SO = re.compile(
    r"\b(?:revised|restated|amended|corrected|correction of|revision of)\b", re.IGNORECASE
)
OWN = ["id", "measure", "scope", "authority", "stated", "at_last", "said_first"]
NEAR_DAYS = 3  # a statement of the origin may speak of the day of its report, not of its count
SAME_COLUMN = 0.8  # share of a batch that equals another measure's figures
FEWEST = 3  # so many equal figures are no chance; a single one can be


def list_edits(
    revisions: pd.DataFrame,
    versions: pd.DataFrame,
    claims: pd.DataFrame,
    measures: pd.DataFrame,
    groups: pd.Series,
) -> pd.DataFrame:
    """Replaced figures with what is known of why.

    Parameters
    ----------
    revisions, versions : DataFrame
        `series.revisions.REVISIONS` and `VERSIONS`.
    claims : DataFrame
        `schemas.Aligned`.
    groups : Series
        Group of each measure, of `groups.connected_groups`: figures of another column are looked
        for within the group.

    Returns
    -------
    DataFrame
        The revisions that the bounds rule out, and: `cause`, one of announced revision (the new
        row's status or note says so, or the origin itself gave the new figure in between), source
        switch (the new figure cites another origin), wrong column (the new figures of the batch
        are those of a measure that it has no part in) and silent edit; `why`, what announces it
        ("" where nothing does); `other`, the measure whose figures they are; `batch`, the day on
        which the figure was first replaced, where that was undone, else `published`; `put_back`,
        the day on which the earlier figure stood again (NaT where it didn't).
    """
    edits = revisions[~revisions["compatible"]].reset_index(drop=True)
    other = _other_column(edits, versions, measures, groups)
    edits = edits.assign(why=_announcements(edits, claims), other=other)
    edits = _put_back(edits)
    found = {
        "announced revision": edits["why"] != "",
        "wrong column": edits["other"] != "",
        "source switch": edits["authority"] != edits["old_authority"],
    }
    cause = np.select(list(found.values()), list(found), "silent edit")
    return edits.assign(cause=pd.Series(cause, edits.index, dtype="str"))[COLUMNS]


def families(measures: pd.DataFrame) -> dict[str, str]:
    """By measure, the whole or the total that it leads up to, or itself."""
    columns = [measures[column].tolist() for column in ("measure", "total", "part_of")]
    above = {measure: total or whole for measure, total, whole in zip(*columns, strict=True)}
    tops = {}
    for measure, over in above.items():
        top, seen = measure, {measure, ""}
        while over not in seen:
            top, over = over, above.get(over, "")
            seen.add(top)
        tops[measure] = top
    return tops


def _announcements(edits: pd.DataFrame, claims: pd.DataFrame) -> pd.Series:
    """What announces each new figure; "" where nothing does."""
    new, told = rows_of(claims, edits["claim"].tolist()), _statements(edits, claims)
    found = []
    for claim, status in zip(edits["claim"].tolist(), edits["status"].tolist(), strict=True):
        note = new.named(claim)["note"]
        if status == "revised":
            found.append("the new row is marked as revised")
        elif SAYS_SO.search(note):
            found.append(f"the note says: “{note}”")
        else:
            found.append(told.get(claim, ""))
    return pd.Series(found, edits.index, dtype="str")


def _statements(edits: pd.DataFrame, claims: pd.DataFrame) -> dict[str, str]:
    """By new claim, what its origin itself said: the new figure, after the old one stood."""
    places = _own_words(edits, claims)
    if not len(places):
        return {}
    found = edits.merge(
        taken(claims, OWN, places).assign(place=places),
        left_on=["measure", "scope", "authority", "value"],
        right_on=["measure", "scope", "authority", "stated"],
    )
    near = pd.Timedelta(days=NEAR_DAYS)
    found = found[
        ((found["at_last"] - found["at"]).abs() <= near)
        & (found["said_first"] > found["since"])
        & (found["said_first"] <= found["published"] + near)
    ]
    found = found.sort_values(["claim", "said_first", "id"]).drop_duplicates("claim")
    rows = Rows(claims, found["place"].to_numpy())
    return {
        claim: f"{attributed(row)} itself gave {quoted(row)} on "
        f"{when(row['said_first'], row['said_last'])}"
        for claim, row in zip(found["claim"], rows.rows(range(len(found))), strict=True)
    }


def _own_words(edits: pd.DataFrame, claims: pd.DataFrame) -> Integers:
    """Places of claims, outside the series, of origins that give one of the figures themselves."""
    series = set(zip(edits["measure"].tolist(), edits["source"].tolist(), strict=True))
    places = np.flatnonzero(claims["stated"].isin(edits["value"]) & claims["at_last"].notna())
    places = places[among(claims["measure"].iloc[places], edits["measure"])]
    rows = Rows(claims, places)
    own = [
        number
        for number, row in enumerate(rows.rows(range(len(places))))
        if row["source"] == row["origin"]
        and (row["measure"], row["source"]) not in series
        and row["modality"] == "actual"
        and row["status"] != "withdrawn"
    ]
    return np.asarray(places[own])


def _other_column(
    edits: pd.DataFrame, versions: pd.DataFrame, measures: pd.DataFrame, groups: pd.Series
) -> pd.Series:
    """The measure whose figures stood for the same days, where a batch took them over.

    A part can equal its whole, so measures of one family are not held against each other.
    """
    none = pd.Series("", edits.index, dtype="str")
    if versions.empty:
        return none
    top = families(measures)
    known = versions[~versions["twofold"]]
    until = known.groupby(CELL)["published"].shift(-1)
    stood = known.assign(stood=known["published"], until=until, table=known["measure"].map(groups))
    stood = stood[["source", "at", "value", "table", "measure", "stood", "until"]]
    batch = ["series", "published"]
    pairs = edits[["source", "at", "value", "measure", *batch]].reset_index(names="edit")
    pairs = pairs.assign(table=pairs["measure"].map(groups))
    pairs = pairs.merge(stood, on=["source", "at", "value", "table"], suffixes=("", "_other"))
    pairs = pairs[
        (pairs["measure"].map(top) != pairs["measure_other"].map(top))
        & (pairs["stood"] < pairs["published"])
        & (pairs["until"].isna() | (pairs["until"] >= pairs["published"]))
    ].drop_duplicates(["edit", "measure_other"])
    if pairs.empty:
        return none
    sizes = edits.groupby(batch).size().rename("size").reset_index()
    shared = pairs.groupby([*batch, "measure_other"])
    equal = shared.agg(equal=("edit", "size"), different=("value", "nunique")).reset_index()
    equal = equal.merge(sizes, on=batch)
    equal = equal[
        (equal["equal"] >= SAME_COLUMN * equal["size"]) & (equal["different"] >= FEWEST)
    ].sort_values([*batch, "equal", "measure_other"], ascending=[True, True, False, True])
    best = equal.drop_duplicates(batch)
    taken = pairs.merge(best[[*batch, "measure_other"]], on=[*batch, "measure_other"])
    return taken.set_index("edit")["measure_other"].reindex(edits.index).fillna("")


def _put_back(edits: pd.DataFrame) -> pd.DataFrame:
    """Pairs of a replacement and the one that took it back; each belongs to one pair at most.

    Figures of the same series that were first published while the others were replaced, and
    replaced on the day the others were put back, go with them.
    """
    never = pd.Series(pd.NaT, edits.index, dtype=edits["published"].dtype)
    if len(begins(*cell_keys(edits))) == len(edits):
        return edits.assign(batch=edits["published"], put_back=never)
    groups, cell = edits.groupby(CELL), [edits[column] for column in CELL]
    back = edits["old_value"] == groups["value"].shift(-1)
    if not back.any():
        return edits.assign(batch=edits["published"], put_back=never)
    run = (~back).groupby(cell).cumsum()
    opens = back & (back.groupby([*cell, run]).cumsum() % 2 == 1)
    closes = opens.groupby(cell).shift(fill_value=False)
    next_day = groups["published"].shift(-1)
    previous = groups["published"].shift()
    edits = edits.assign(
        batch=edits["published"].mask(closes, previous),
        put_back=next_day.where(opens).mask(closes, edits["published"]),
    )
    pairs = edits.loc[opens, ["series", "batch", "put_back"]].drop_duplicates()
    alone = edits[edits["put_back"].isna()].reset_index(names="edit")
    between = alone[["edit", "series", "since", "published"]].merge(pairs, on="series")
    between = between[
        (between["published"] == between["put_back"]) & (between["since"] >= between["batch"])
    ].drop_duplicates("edit")
    joined = between.set_index("edit")
    edits.loc[joined.index, ["batch", "put_back"]] = joined[["batch", "put_back"]]
    return edits
