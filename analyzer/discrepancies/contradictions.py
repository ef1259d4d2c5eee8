"""One page that gives two figures for the same thing on the same authority."""

from __future__ import annotations

import pandas as pd

from analyzer.discrepancies.conflicts import conflicts, slots, widest_gap
from analyzer.discrepancies.draft import Draft
from analyzer.phrases import listed, quoted, when


def find_self_contradictions(claims: pd.DataFrame, measures: pd.DataFrame) -> list[Draft]:
    """Claims of one page, slot and attribution that exclude each other.

    A page that tells a revision gives two figures on purpose; where one of the claims is marked
    as revised, nothing is reported.
    """
    labels = measures.set_index("measure")["label"]
    drafts = []
    for _, group in slots(claims[claims["url"] != ""]):
        for (url, _, _, _), page in group.groupby(
            ["url", "source", "attributed_to", "scope"], sort=True
        ):
            if len(page) < 2 or (page["status"] == "revised").any():
                continue
            if conflicts(page, "contradicts").any():
                drafts.append(_draft(str(labels[page["measure"].iloc[0]]), str(url), page))
    return drafts


def _draft(label: str, url: str, page: pd.DataFrame) -> Draft:
    fixed = page["kind"].iloc[0] == "fixed"
    time = "" if fixed else when(page["at_first"].min(), page["at_last"].max())
    head = f"{label}, {time}" if time else label
    figures = listed([quoted(row) for _, row in page.iterrows()])
    notes = [note for note in page["note"] if note]
    return Draft(
        kind="self-contradiction",
        cause="unexplained",
        relation="contradicts",
        measure=str(page["measure"].iloc[0]),
        key=f"{page['source'].iloc[0]}.{page['id'].min().rsplit('.', 1)[-1]}",
        when=time,
        gap=widest_gap(page, conflicts(page, "contradicts")),
        claims=tuple(page["id"]),
        sentence=f"{head}: one page of {page['source_name'].iloc[0]} gives {figures}.",
        evidence=(("page", url), *(("note", note) for note in notes)),
        positions=tuple((one,) for one in page["id"]),
    )
