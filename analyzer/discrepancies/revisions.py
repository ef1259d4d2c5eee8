"""Fixed figures that were replaced: by what, when, and who still printed the old one."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analyzer.discrepancies.draft import Draft
from analyzer.gaps import gap
from analyzer.phrases import attributed, listed, lower_first, plural, quoted, said
from analyzer.positions import split
from analyzer.rows import handy
from analyzer.settings import Thresholds


def find_revisions(
    claims: pd.DataFrame, measures: pd.DataFrame, thresholds: Thresholds
) -> list[Draft]:
    """Announced revisions of fixed measures.

    A revision is a position whose claims are marked as revised, and an earlier position of the
    same authority that it excludes. Claims of the old position said after it are listed: those
    on pages that give the new figure too, and those that give the old one alone.
    """
    stands = (claims["kind"] == "fixed") & (claims["slot"] == claims["group"])
    stands &= claims["modality"] == "actual"
    revised = claims.loc[stands & (claims["status"] == "revised"), "measure"]
    if revised.empty:
        return []
    fixed = handy(claims[stands & claims["measure"].isin(set(revised))])
    labels = measures.set_index("measure")["label"]
    drafts = []
    for measure, group in fixed.groupby("measure", sort=True):
        for old, new in _replacements(group, thresholds):
            drafts.append(_draft(str(labels[measure]), group, old, new))
    return drafts


def _replacements(
    group: pd.DataFrame, thresholds: Thresholds
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Pairs of an old and a new position, each of one authority."""
    revised = group[group["status"] == "revised"]
    for authority, theirs in revised.groupby("authority", sort=True):
        own = group[(group["authority"] == authority) & (group["status"] != "revised")]
        for new in split(theirs.sort_values("id"), thresholds.position_tolerance):
            start, pages = new["said_first"].min(), set(new["url"]) - {""}
            earlier = own[(own["said_first"] <= start) | own["url"].isin(pages)]
            excluded = earlier[
                (earlier["apart_low"] > new["apart_high"].max())
                | (earlier["apart_high"] < new["apart_low"].min())
            ]
            if excluded.empty or pd.isna(start):
                continue
            yield split(excluded.sort_values("id"), thresholds.position_tolerance)[0], new


def _draft(label: str, group: pd.DataFrame, old: pd.DataFrame, new: pd.DataFrame) -> Draft:
    start = new["said_first"].min()
    low, high = old["near_low"].min(), old["near_high"].max()
    same_as_old = (group["near_low"] <= high) & (group["near_high"] >= low)
    not_new = (group["apart_low"] > new["apart_high"].max()) | (
        group["apart_high"] < new["apart_low"].min()
    )
    theirs = group["authority"] == new["authority"].iloc[0]
    after = group[same_as_old & not_new & theirs & (group["said_last"] > start)]
    after = after.sort_values(["said_first", "id"])
    agrees_with_new = (group["near_low"] <= new["near_high"].max()) & (
        group["near_high"] >= new["near_low"].min()
    )
    new_pages = set(group.loc[agrees_with_new, "url"]) - {""}
    beside = after[after["url"].isin(new_pages)]
    alone = after[~after["url"].isin(new_pages)]
    old_label, new_label = _wording(old), _wording(new)
    sentence = (
        f"{label}: the figure of {new['authority_name'].iloc[0]} was revised from {old_label} "
        f"to {new_label} by {said(new.nsmallest(1, 'said_first'))}"
    )
    sentence += _later(
        "later pages with the old figure, and no newer one of theirs in this dossier", alone, start
    )
    sentence += _later("pages that quote it beside the new one", beside, start)
    proof = pd.concat([old, new, after]).drop_duplicates("id")
    evidence = [
        ("revised", listed([f"{quoted(row)} ({attributed(row)})" for _, row in new.iterrows()], 4)),
        ("before", listed([f"{quoted(row)} ({attributed(row)})" for _, row in old.iterrows()], 4)),
    ]
    if not alone.empty:
        evidence.append(("stale repeat", f"{plural(len(alone), 'page')} after the revision"))
    return Draft(
        kind="revision",
        cause="stale repeat" if len(alone) else "announced revision",
        relation="contradicts",
        measure=str(group["measure"].iloc[0]),
        key=f"{new['authority'].iloc[0]}.{start:%Y-%m-%d}",
        when="",
        gap=float(gap(old["face_low"].median(), new["face_low"].median())),
        claims=tuple(proof["id"]),
        sentence=f"{sentence}.",
        evidence=tuple(evidence),
        positions=(tuple(pd.concat([old, after])["id"].unique()), tuple(new["id"])),
        backing=min(old["authority"].nunique(), new["authority"].nunique()),
    )


def _wording(members: pd.DataFrame) -> str:
    """The most frequent wording of a position, in lower case."""
    counts = members["figure"].map(lower_first).value_counts()
    return f"“{min(counts[counts == counts.max()].index)}”"


def _later(words: str, rows: pd.DataFrame, start: pd.Timestamp) -> str:
    if rows.empty:
        return ""
    pages = [
        f"{row['source_name']} ({said(rows.loc[[index]])}"
        f"{', perhaps before it' if row['said_first'] <= start else ''}"
        f"{'' if row['published'] else ', dated by its context'})"
        for index, row in rows.iterrows()
    ]
    return f"; {words}: {listed(list(dict.fromkeys(pages)), 6)}"
