"""Families to the tables of a dossier, chunk by chunk, each of whole families."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analyzer.model import CLAIMS, IDENTITIES, MEASURES
from analyzer.synth import roster
from analyzer.synth.family import Family, Whole
from analyzer.synth.key import COLUMNS, key_frame, key_rows
from analyzer.synth.make import Plan, make_family
from analyzer.synth.sheet import STATUSES
from analyzer.synth.wordings import write

CHUNK = 50_000  # claims after which a chunk is handed on
TABLES = 43  # claims a measure that come of the daily tables, on average over all measures
KEPT = 0.85  # share of what a measure is allotted that is printed: repeats are left out
LEAST = 12  # claims a measure, outside the tables
VALUES = {"measure": "Key.", "day": "Day.", "value": "What was true."}


@dataclass(frozen=True, slots=True)
class Chunk:
    """Tables of some whole families: claims, measures, identities, and the answer key."""

    claims: pd.DataFrame
    measures: pd.DataFrame
    identities: pd.DataFrame
    errors: pd.DataFrame
    values: pd.DataFrame
    families: int


def chunks(claims: int, measures: int, seed: int, errors: float) -> Iterator[Chunk]:
    """Make families until there are so many claims.

    Parameters
    ----------
    claims : int
        The last family goes over it by some hundreds.
    measures : int
        About how many measures; it sets how many claims each has outside the daily tables.
    errors : float
        Planted items a claim.
    """
    per = (claims / max(measures, 1) - TABLES) / KEPT
    plan = Plan(max(LEAST, round(per)), errors)
    made, number = 0, 0
    while made < claims:
        families: list[Family] = []
        size = 0
        while made + size < claims and size < CHUNK:
            families.append(make_family(seed, number, plan))
            size += len(families[-1].sheet)
            number += 1
        made += size
        yield _chunk(families, number)


def sources(families: int) -> pd.DataFrame:
    """sources.csv of a dossier of so many families."""
    return roster.sources(roster.size_for(families))


def _chunk(families: list[Family], number: int) -> Chunk:
    parts = [_claims(family) for family in families]
    return Chunk(
        claims=pd.concat([part for part, _ in parts], ignore_index=True),
        measures=_frame([row for one in families for row in _measures(one)], list(MEASURES)),
        identities=_frame(
            [row for one in families for row in one.world.identities], list(IDENTITIES)
        ),
        errors=key_frame([row for _, rows in parts for row in rows]),
        values=pd.concat([_values(one) for one in families], ignore_index=True),
        families=number,
    )


def _frame(rows: list[dict[str, str]], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=pd.Index(columns), dtype="str").fillna("")


def _measures(family: Family) -> Iterator[dict[str, str]]:
    world = family.world

    def named(place: int) -> str:
        return world.measures[place].name if place >= 0 else ""

    for one in world.measures:
        yield {
            "measure": one.name,
            "label": one.label,
            "definition": one.definition,
            "unit": one.unit,
            "kind": one.kind,
            "part_of": named(one.part_of),
            "plan": named(one.plan),
            "closed": "",
            "total": named(one.total),
            "table": world.measures[0].name,
        }


def _days(numbers: Whole) -> list[str]:
    """Days as text, each distinct one written once; blank for none."""
    distinct, places = np.unique(numbers, return_inverse=True)
    texts = np.array(
        ["" if one < 0 else str(np.datetime64(one, "D")) for one in distinct.tolist()],
        dtype=object,
    )
    return list(texts[places])


def _claims(family: Family) -> tuple[pd.DataFrame, list[dict[str, str]]]:
    """Claims of one family as text, and its rows of the key."""
    sheet = family.sheet
    names = [one.name for one in family.world.measures]
    keys = {int(one): roster.key_of(int(one)) for one in np.unique(sheet["source"])}
    keys |= {int(one): roster.key_of(int(one)) for one in np.unique(sheet["cited"])}
    keys |= {int(one): roster.key_of(int(one)) for one in np.unique(sheet["via"]) if one >= 0}
    measure = [names[one] for one in sheet["measure"].tolist()]
    source = [keys[one] for one in sheet["source"].tolist()]
    ids = [
        f"{one}.{who}.{number:x}"
        for number, (one, who) in enumerate(zip(measure, source, strict=True))
    ]
    frame = pd.DataFrame(
        {
            "id": ids,
            "measure": measure,
            "figure": write(sheet["value"], sheet["style"], sheet["form"]),
            "of": [names[one] if one >= 0 else "" for one in sheet["of"].tolist()],
            "scope": sheet["scope"],
            "as_of": _days(sheet["as_of"]),
            "as_of_basis": "page",
            "period_start": _days(sheet["start"]),
            "published": _days(sheet["published"]),
            "published_context": "",
            "source": source,
            "attributed_to": [keys[one] for one in sheet["cited"].tolist()],
            "via": [keys.get(one, "") for one in sheet["via"].tolist()],
            "status": [STATUSES[one] for one in sheet["status"].tolist()],
            "url": [
                f"https://{who.replace('_', '-')}.example/{family.world.name}/{page}"
                for who, page in zip(source, sheet["page"].tolist(), strict=True)
            ],
            "note": sheet["note"],
        },
        columns=pd.Index(list(CLAIMS)),
    )
    key = key_rows(family.items, family.world.name, names, ids, sheet["gone"].tolist())
    return frame[~sheet["gone"]], key


def _values(family: Family) -> pd.DataFrame:
    """True value of each measure on each day that a claim speaks of."""
    sheet, world = family.sheet, family.world
    pairs = np.unique(np.stack([sheet["measure"], sheet["as_of"] - world.first]), axis=1)
    known = pairs[:, (pairs[1] >= 0) & (pairs[1] < world.days)]
    true = [world.truth[one][day] for one, day in zip(*known.tolist(), strict=True)]
    return pd.DataFrame(
        {
            "measure": [world.measures[one].name for one in known[0].tolist()],
            "day": _days(known[1] + world.first),
            "value": [f"{one:.10g}" for one in true],
        },
        columns=pd.Index(list(VALUES)),
    )


__all__ = ["COLUMNS", "Chunk", "chunks", "sources"]
