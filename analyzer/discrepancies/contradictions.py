"""One page that gives two figures for the same thing on the same authority."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyzer.discrepancies.apart import comparables, in_conflict, widest_gaps
from analyzer.discrepancies.conflicts import contested
from analyzer.discrepancies.draft import Draft
from analyzer.discrepancies.parts import Part, earliest, latest
from analyzer.distinct import together
from analyzer.phrases import listed, quoted, when
from analyzer.rows import Rows

PAGE = ["slot", "url", "source", "attributed_to", "scope"]


def find_self_contradictions(claims: pd.DataFrame, measures: pd.DataFrame) -> list[Draft]:
    """Claims of one page, slot and attribution that exclude each other.

    A page that tells a revision gives two figures on purpose; where one of the claims is marked
    as revised, nothing is reported.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`, all or those that are `conflicts.contested`.
    """
    rows = contested(claims)
    rows = rows[rows["url"] != ""]
    page, _ = together([rows[column] for column in PAGE])
    several = (np.bincount(page) > 1)[page]
    revised = np.isin(page, page[(rows["status"] == "revised").to_numpy(dtype=bool)])
    rows, page = rows[several & ~revised], page[several & ~revised]
    sides = comparables(rows, page, np.ones(len(rows), dtype=bool))
    over, _ = in_conflict(sides)
    apart = np.isin(page, page[over])
    rows, page, sides = rows[apart], page[apart], sides.only(apart)
    gaps = pd.Series(widest_gaps(sides)).groupby(page).max().to_dict()
    labels = dict(zip(measures["measure"].tolist(), measures["label"].tolist(), strict=True))
    table = Rows(rows)
    members: dict[int, list[int]] = {}
    for place, number in enumerate(page.tolist()):
        members.setdefault(number, []).append(place)
    keys = list(zip(*(table.column(column) for column in PAGE), strict=True))
    ordered = sorted(members, key=lambda number: keys[members[number][0]])
    return [_draft(labels, Part(table, members[one]), float(gaps[one])) for one in ordered]


def _draft(labels: dict[str, str], page: Part, gap: float) -> Draft:
    one = page.row(0)
    fixed = one["kind"] == "fixed"
    time = "" if fixed else when(earliest(page["at_first"]), latest(page["at_last"]))
    label = labels[one["measure"]]
    head = f"{label}, {time}" if time else label
    figures = listed([quoted(page.row(number)) for number in range(len(page))])
    notes = [note for note in page["note"] if note]
    return Draft(
        kind="self-contradiction",
        cause="unexplained",
        relation="contradicts",
        measure=one["measure"],
        key=f"{one['source']}.{min(page['id']).rsplit('.', 1)[-1]}",
        when=time,
        gap=gap,
        claims=tuple(page["id"]),
        sentence=f"{head}: one page of {one['source_name']} gives {figures}.",
        evidence=(("page", one["url"]), *(("note", note) for note in notes)),
        positions=tuple((one,) for one in page["id"]),
    )
