"""One page that gives two figures for the same thing on the same authority."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analyzer.discrepancies.apart import in_conflict, widest_gaps
from analyzer.discrepancies.contested import Contested
from analyzer.discrepancies.draft import Draft
from analyzer.discrepancies.parts import Part, earliest, latest
from analyzer.distinct import together
from analyzer.phrases import listed, quoted, when
from analyzer.rows import labels_of

PAGE = ["slot", "url", "source", "attributed_to", "scope"]


def find_self_contradictions(some: Contested, measures: pd.DataFrame) -> list[Draft]:
    """Claims of one page, slot and attribution that exclude each other.

    A page that tells a revision gives two figures on purpose; where one of the claims is marked
    as revised, nothing is reported.

    Parameters
    ----------
    some : Contested
        Claims of slots that can hold a conflict.
    """
    places = np.flatnonzero((some.rows["url"] != "").to_numpy(dtype=bool))
    rows = some.rows.iloc[places]
    page, _ = together([rows[column] for column in PAGE])
    sides = replace(some.apart.only(places), slot=page)
    over, _ = in_conflict(sides)
    revised = (rows["status"] == "revised").to_numpy(dtype=bool)
    told = np.flatnonzero(np.isin(page, page[over]) & ~np.isin(page, page[revised]))
    table, gaps = some.table(places[told]), widest_gaps(sides)[told].tolist()
    members: dict[int, list[int]] = {}
    for number, one in enumerate(page[told].tolist()):
        members.setdefault(one, []).append(number)
    labels, keys = labels_of(measures), list(zip(*map(table.column, PAGE), strict=True))
    ordered = sorted(members.values(), key=lambda part: keys[part[0]])
    return [_draft(labels, Part(table, part), max(gaps[one] for one in part)) for part in ordered]


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
