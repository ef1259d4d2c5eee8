"""The rows of a small chart of a finding: its positions, or its figures day by day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from analyzer.charts.base.days import iso, span_text
from analyzer.charts.base.readings import MONTHS, day_text, read_marks
from analyzer.charts.claims.stands import Stand
from analyzer.phrases import plural
from analyzer.positions import label

MOST: Final = 5
MOST_NAMED: Final = 3  # rows with a second line
DATED: Final = frozenset({"overtaken", "fall", "surge", "switch"})  # told day by day
IN_ORDER: Final = frozenset({"revision"})  # the old figure, then the new one
REVERSED: Final = frozenset({"relay"})  # what the origin gave stands first


def position_rows(finding: pd.Series, claims: pd.DataFrame) -> tuple[list[Stand], int]:
    """One row a position, the lowest first, and how many are left out.

    The lowest and the highest are kept, and else those of most claims. A revision goes from the
    old figure to the new one, a relay from what the origin gave to what was made of it.

    Parameters
    ----------
    finding : Series
        A row of `schemas.Findings`.
    claims : DataFrame
        `schemas.Aligned`, those of the finding.
    """
    marks = read_marks(claims).set_index("id", drop=False).rename_axis(None)
    parts = [marks[marks["id"].isin(ids)] for ids in finding["positions"]]
    parts = [part for part in parts if len(part)]
    places = {id(part): place for place, part in enumerate(parts)}
    chosen = _chosen(parts)
    kind = str(finding["kind"])
    if kind in IN_ORDER | REVERSED:
        chosen = sorted(chosen, key=lambda part: places[id(part)], reverse=kind in REVERSED)
    return [_of_position(part, kind) for part in chosen], len(parts) - len(chosen)


def _chosen(parts: list[pd.DataFrame]) -> list[pd.DataFrame]:
    """At most so many, by value: the two ends, and those of most claims."""
    by_value = sorted(parts, key=lambda part: (_typical(part)["value"], part["id"].min()))
    ends = [*by_value[:1], *by_value[1:][-1:]]
    between = sorted(by_value[1:-1], key=lambda part: (-len(part), part["id"].min()))
    kept = {id(part) for part in [*ends, *between[: MOST - len(ends)]]}
    return [part for part in by_value if id(part) in kept]


def _typical(part: pd.DataFrame) -> pd.Series:
    """The claim whose reading stands for all of a position."""
    text = label(part.assign(reading=part["text"]))
    same = part[part["text"] == text]
    return same.sort_values(["said_first", "id"], na_position="last").iloc[0]


def _of_position(part: pd.DataFrame, kind: str) -> Stand:
    claim = _typical(part)
    if kind in REVERSED:
        return _relayed(claim, part)
    names = part["authority_name"].value_counts()
    top = str(min(names.index, key=lambda name: (-names[name], name)))
    scope = scope_of(claim)
    others = f"and {len(names) - 1:,} more" if len(names) > 1 else ""
    counted = plural(len(part), "claim")
    more = [scope, others or _relays(part, top), counted]
    if kind in IN_ORDER and (months := _said(part)):
        more = [months, counted]
    return stand_of(
        claim,
        name=top,
        more=", ".join(filter(None, more)),
        brief=", ".join(filter(None, [top, scope])),
        rest=others,
        claims=part,
    )


def _relayed(claim: pd.Series, part: pd.DataFrame) -> Stand:
    """One side of a relay: what an origin gave, or what another made of it."""
    source, origin = str(claim["source_name"]), str(claim["authority_name"])
    more = "its own figure" if source == origin else f"citing {origin}"
    return stand_of(claim, name=source, more=more, brief=source, claims=part)


def scope_of(claim: pd.Series) -> str:
    """What a claim is limited to, in words; blank where that is what a share is taken of."""
    scope = str(claim["scope"])
    return "" if scope == str(claim.get("of", "")) else scope.replace("_", " ")


def _relays(part: pd.DataFrame, top: str) -> str:
    """Say through whom an origin's figure came; blank where it published it itself."""
    names = sorted(set(part["source_name"]) - {top})
    if not names:
        return ""
    return f"via {names[0]}" if len(names) == 1 else f"via {len(names):,} publishers"


def _said(part: pd.DataFrame) -> str:
    first, last = part["said_first"].min(), part["said_last"].max()
    if pd.isna(first) or pd.isna(last):
        return ""
    months = [f"{MONTHS[day.month - 1]} {day.year}" for day in (first, last)]
    return " to ".join(dict.fromkeys(months))


def dated_rows(finding: pd.Series, claims: pd.DataFrame) -> tuple[list[Stand], int]:
    """One row a figure and day, the earliest first, and how many are left out.

    Of many the first and the last are kept, the highest and the lowest, and others between.
    """
    marks = read_marks(claims)
    marks = marks[marks["id"].isin([one for ids in finding["positions"] for one in ids])]
    order = marks.sort_values(["at_first", "at_last", "value", "text", "id"], na_position="last")
    groups = [part for _, part in order.groupby(["at_first", "at_last", "value"], dropna=False)]
    groups.sort(key=lambda part: (part["at_last"].isna().iloc[0], *_day_and_value(part)))
    values = [float(part["value"].iloc[0]) for part in groups]
    if not values:
        return [], 0
    evenly = np.linspace(0, len(groups) - 1, MOST).round().astype(int).tolist()
    wanted = [int(np.argmax(values)), 0, len(groups) - 1, int(np.argmin(values)), *evenly]
    kept = sorted(list(dict.fromkeys(wanted))[:MOST])
    return [_of_day(groups[place]) for place in kept], len(groups) - len(kept)


def _day_and_value(part: pd.DataFrame) -> tuple[str, str, float]:
    first, last = (iso(part[column]).iloc[0] for column in ("at_first", "at_last"))
    return first, last, float(part["value"].iloc[0])


def _of_day(part: pd.DataFrame) -> Stand:
    claim = _typical(part)
    day = span_text(claim["at_first"], claim["at_last"]) if pd.notna(claim["at_first"]) else ""
    names = sorted(set(part["authority_name"]))
    who = ", ".join(filter(None, [names[0], scope_of(claim)]))
    rest = f"and {len(names) - 1:,} more" if len(names) > 1 else ""
    return stand_of(
        claim,
        name=" ".join(filter(None, [who, rest])),
        more=f"for {day}" if day else "no date",
        brief=": ".join(filter(None, [_brief_day(claim), who])),
        rest=rest,
        claims=part,
        dated=True,
    )


def _brief_day(claim: pd.Series) -> str:
    """The last day without its year: that stands in the finding's sentence."""
    return "" if pd.isna(claim["at_last"]) else day_text(claim["at_last"]).rsplit(" ", 1)[0]


def stand_of(
    claim: pd.Series,
    *,
    name: str,
    more: str,
    brief: str,
    claims: pd.DataFrame,
    rest: str = "",
    dated: bool = False,
) -> Stand:
    """One row from the claim that is drawn and the claims that stand by it."""
    days = claims[["at_first", "at_last"]].dropna()
    return Stand(
        name=name,
        more=more,
        brief=brief,
        rest=rest,
        dated=dated,
        text=str(claim["text"]),
        value=float(claim["value"]),
        low=float(claim["bar_low"]),
        high=float(claim["bar_high"]),
        open_low=bool(claim["open_low"]),
        open_high=bool(claim["open_high"]),
        ranged=bool(claim["ranged"]),
        hollow=bool(claim["hollow"]),
        planned=bool(claim["planned"]),
        bold=True,
        data={
            "who": name,
            "detail": more,
            "figure": claim["text"],
            "low": float(claim["low"]),
            "high": float(claim["high"]),
            "from": iso(days["at_first"]).min() if len(days) else "",
            "to": iso(days["at_last"]).max() if len(days) else "",
            "claims": len(claims),
            "claim_ids": " ".join(sorted(claims["id"])),
        },
    )


def change_rows(
    finding: pd.Series, claims: pd.DataFrame, labels: Mapping[str, str]
) -> tuple[list[Stand], int]:
    """One row a day whose figure was replaced, from the old one to the new one.

    Those of the finding's measure, or of the one that has most of them, whose name then stands
    there; the largest changes, by day.

    Returns
    -------
    list of Stand, int
        `value` is the new figure; the other end of `low` and `high` the old one.
    """
    if len(finding["positions"]) != 2:
        return [], 0
    marks = read_marks(claims)
    old, new = (marks[marks["id"].isin(ids)] for ids in finding["positions"])
    pairs = old.merge(new, on=["measure", "scope", "at_last"], suffixes=("", "_new"))
    pairs = pairs[pairs["value"] != pairs["value_new"]].sort_values(["at_last", "id", "id_new"])
    if pairs.empty:
        return [], 0
    counts = pairs["measure"].value_counts()
    own = str(finding["measure"])
    measure = own if own in counts else min(counts.index, key=lambda one: (-counts[one], one))
    pairs = pairs[pairs["measure"] == measure].drop_duplicates("at_last")
    change = (pairs["value_new"] - pairs["value"]).abs()
    pairs = pairs.assign(change=change).sort_values(["change", "at_last"], ascending=[False, True])
    shown = pairs.head(MOST if measure == own else MOST_NAMED).sort_values("at_last")
    name = "" if measure == own else labels.get(measure, measure)
    return [_of_change(row, name) for _, row in shown.iterrows()], len(pairs) - len(shown)


def _of_change(row: pd.Series, measure: str) -> Stand:
    day = day_text(row["at_last"])
    return Stand(
        name=measure or day,
        more=day if measure else str(row["source_name"]),
        brief=day,
        text=f"{row['text']}, then {row['text_new']}",
        value=float(row["value_new"]),
        low=float(min(row["value"], row["value_new"])),
        high=float(max(row["value"], row["value_new"])),
        bold=True,
        data={
            "measure": row["measure"],
            "as_of": f"{row['at_last']:%Y-%m-%d}",
            "old_figure": row["text"],
            "new_figure": row["text_new"],
            "source": row["source_name"],
            "claim_ids": f"{row['id']} {row['id_new']}",
        },
    )
