"""Figures of a series that a later version replaced: who replaced how many, when, by how much."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from statistics import median
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analyzer.discrepancies.causes import Evidence
from analyzer.discrepancies.draft import Draft
from analyzer.model import CAUSES
from analyzer.phrases import listed, plural, quoted, when
from analyzer.rows import Rows, labels_of, rows_of
from analyzer.series.edits import families, list_edits
from analyzer.series.keys import meant
from analyzer.series.panel import CELL, shared
from analyzer.series.revisions import list_revisions, list_versions

SHOWN = 4  # measures or figures named in a sentence
PROOF = 12  # replaced figures, those with the largest changes, whose claims prove a batch; the
# command `analyzer revisions` lists all of them
SLIPS = ("transposed digits", "missing digit", "extra digit", "power of ten")  # one other digit
# is no sign of a slip: most figures that are replaced by a near one differ so


def find_edits(
    panel: pd.DataFrame,
    claims: pd.DataFrame,
    measures: pd.DataFrame,
    groups: pd.Series,
) -> list[Draft]:
    """Figures that a later version of the same series replaced.

    All that one publisher replaced on one day in one family of measures (totals, their parts and
    their daily steps) for one cause is one finding; what it put back later on one day is one
    for all measures of a group. Replacements that the bounds of the figures allow are none.

    Parameters
    ----------
    panel : DataFrame
        `series.panel.COLUMNS`.
    claims : DataFrame
        `schemas.Aligned`.
    groups : Series
        Group of each measure, of `groups.connected_groups`.
    """
    several = shared(panel, CELL)
    versions = list_versions(panel[several])
    revisions = list_revisions(versions)
    if revisions["compatible"].all():
        return []
    # versions tell of which column a figure was taken, so of other columns they are listed too
    beside = _beside(panel, revisions[~revisions["compatible"]])
    others = list_versions(panel[several | beside]) if beside.any() else versions.iloc[:0]
    edits = list_edits(revisions, others, claims, measures, groups)
    keyed = rows_of(claims, [*edits["old_claim"], *edits["claim"]])
    labels = labels_of(measures)
    return [_draft(part, keyed, labels) for part in _batches(edits, measures, groups)]


def _beside(panel: pd.DataFrame, edited: pd.DataFrame) -> NDArray[np.bool_]:
    """Figures of other measures that equal the new ones of their page and day."""
    measures: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for key, measure in zip(_pages(edited), edited["measure"].tolist(), strict=True):
        measures[key].add(measure)
    places = np.flatnonzero(panel["value"].isin(edited["value"]) & panel["at"].isin(edited["at"]))
    some = panel[["source", "at", "value", "measure"]].iloc[places]
    found = np.zeros(len(panel), dtype=bool)
    found[places] = [
        bool(measures.get(key, set()) - {measure})
        for key, measure in zip(_pages(some), some["measure"].tolist(), strict=True)
    ]
    return found


def _pages(figures: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Who gave which figure for which day."""
    return zip(*(figures[one].tolist() for one in ("source", "at", "value")), strict=True)


def _batches(edits: pd.DataFrame, measures: pd.DataFrame, groups: pd.Series) -> list[list[Any]]:
    """Rows of the figures that are told together."""
    tops, rows = families(measures), Rows(edits)
    batches: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for row in rows.rows(range(len(edits))):
        back, measure = row["put_back"], row["measure"]
        stays = pd.isna(back)
        told = (tops[measure], row["cause"]) if stays else (groups[measure], "")
        when_ = (row["batch"], stays, row["batch"] if stays else back)
        batches[row["source"], *when_, *told].append(row)
    return [batches[key] for key in sorted(batches)]


def _draft(part: list[Any], claims: Rows, labels: dict[str, str]) -> Draft:
    """One batch; `later` are its figures that were replaced again when it was put back."""
    opening = [row for row in part if row["published"] == row["batch"]]
    counts = Counter(row["measure"] for row in opening)
    most = max(counts.values())
    main = next(measure for measure in labels if counts[measure] == most)
    replaced = _largest_first(opening, main)
    later = _largest_first([row for row in part if row["published"] != row["batch"]], main)
    first = replaced[0]
    said = _one(first, claims) if len(replaced) == 1 else _several(replaced, claims, labels, main)
    back = f"; on {_day(first['put_back'])} the earlier figures stood again" if later else ""
    cause = _cause(replaced)
    tail = ".put_back" if later else "" if cause == "silent edit" else f".{cause.split()[0]}"
    proof = replaced[:PROOF]
    old = [*(row["old_claim"] for row in proof), *_restored(proof, later)]
    new = tuple(row["claim"] for row in proof)
    return Draft(
        kind="edit",
        cause=cause,
        relation="contradicts",
        measure=main,
        key=f"{first['source']}.{first['batch']:%Y-%m-%d}{tail}",
        when=_days(part),
        gap=float(median(row["gap"] for row in replaced if row["measure"] == main)),
        claims=(*old, *new),
        sentence=f"{labels[main]}: {said}{back}; {_why(replaced, labels)}.",
        evidence=tuple(_evidence(replaced, later, claims, labels)),
        positions=(tuple(old), new),
    )


def _largest_first(part: list[Any], main: str) -> list[Any]:
    """Figures of the measure that the finding is told of first, then by the size of the change."""
    return sorted(
        part,
        key=lambda row: (
            row["measure"] != main,
            -abs(row["change"]),
            row["at"],
            row["series"],
            row["first"],
        ),
    )


def _restored(replaced: list[Any], later: list[Any]) -> list[str]:
    """Claims that put the replaced figures back."""
    new = {row["claim"] for row in replaced}
    return [row["claim"] for row in later if row["old_claim"] in new]


def _cause(replaced: list[Any]) -> str:
    """The cause of the batch; in a mixed one a cause that a test supports comes before none."""
    causes = {str(row["cause"]) for row in replaced}
    supported = [cause for cause in ("wrong column", "source switch") if cause in causes]
    return supported[0] if len(causes) > 1 and supported else min(causes)


def _one(edit: Any, claims: Rows) -> str:
    old, new = claims.named(edit["old_claim"]), claims.named(edit["claim"])
    return (
        f"the figure of {new['source_name']} for {_day(edit['at'])}{_citing([old, new])} read "
        f"{quoted(old)} as published on {_day(edit['since'])} and {quoted(new)} as published on "
        f"{_day(edit['published'])}"
    )


def _several(replaced: list[Any], claims: Rows, labels: dict[str, str], main: str) -> str:
    rows = [claims.named(row[end]) for end in ("old_claim", "claim") for row in replaced]
    head = (
        f"on {_day(replaced[0]['batch'])} {rows[0]['source_name']} replaced "
        f"{len(replaced):,} of its figures for {_days(replaced)}{_citing(rows)}"
    )
    groups: dict[str, list[Any]] = {}
    for row in replaced:
        groups.setdefault(row["measure"], []).append(row)
    if len(groups) == 1:
        return f"{head} {_by(replaced)}"
    order = [main, *(measure for measure in labels if measure in groups and measure != main)]
    told = [f"{labels[measure]} ({_size(groups[measure])})" for measure in order]
    return f"{head}: {listed(told, SHOWN)}"


def _size(part: list[Any]) -> str:
    return f"{len(part):,}, {_by(part)}" if len(part) > 1 else _by(part)


def _by(part: list[Any]) -> str:
    changes = [row["change"] for row in part]
    low, high = (
        f"{end:+,.10g}".replace("-", "\N{MINUS SIGN}") for end in (min(changes), max(changes))
    )
    return f"by {low}" if low == high else f"by {low} to {high}"


def _citing(rows: list[Any]) -> str:
    """Who is cited, where that is not the publisher itself; the most frequent first."""
    cited = Counter(row["authority_name"] for row in rows if row["authority"] != row["source"])
    names = sorted(cited, key=lambda name: (-cited[name], name))
    return f" (citing {listed(names)})" if names else ""


def _why(replaced: list[Any], labels: dict[str, str]) -> str:
    """What the tests found; for a silent edit, that nothing was found."""
    taken = Counter((row["measure"], row["other"]) for row in replaced if row["other"])
    found = [
        f"{count:,} of the new figures of “{labels[measure]}” are those that stood under "
        f"“{labels[other]}” until then, for the same days"
        for (measure, other), count in sorted(taken.items())
    ]
    found += [listed(sorted({row["why"] for row in replaced} - {""}), 2)]
    found = [text for text in found if text]
    if not found and all(row["cause"] == "source switch" for row in replaced):
        return f"{'they cite' if len(replaced) > 1 else 'it cites'} another origin from then on"
    return "; ".join(found) or "no row says why"


def _evidence(
    replaced: list[Any], later: list[Any], claims: Rows, labels: dict[str, str]
) -> Iterator[Evidence]:
    """The largest changes in words, and what else was found."""
    texts = [
        f"{labels[row['measure']]} for {_day(row['at'])}: "
        f"{quoted(claims.named(row['old_claim']))}, then {quoted(claims.named(row['claim']))}"
        for row in replaced[:SHOWN]
    ]
    yield ("largest changes" if len(replaced) > len(texts) else "changes", "; ".join(texts))
    between = len(later) - len(_restored(replaced, later))
    if between:
        text = f"{plural(between, 'figure')} first published in between"
        yield ("replaced as the others were put back", text)
    switched = [row for row in replaced if row["authority"] != row["old_authority"]]
    if switched:
        old, new = (
            listed(sorted({claims.named(row[end])["authority_name"] for row in switched}))
            for end in ("old_claim", "claim")
        )
        text = f"{plural(len(switched), 'old figure')} cited {old}, the new ones cite {new}"
        yield ("source switch", text)
    if len(replaced) == 1:
        yield from _slip(replaced[0], claims)


def _slip(edit: Any, claims: Rows) -> Iterator[Evidence]:
    """A slip of the keys that turns the new figure into the old one."""
    old, new = edit["old_value"], edit["value"]
    if not (old.is_integer() and new.is_integer() and min(old, new) > 0):
        return
    for figure, slip, _ in meant(int(old)):
        if figure == int(new) and slip in SLIPS:
            typed, right = (quoted(claims.named(edit[name])) for name in ("old_claim", "claim"))
            yield (slip, f"{typed} for {right}: {CAUSES[slip]}")


def _days(part: list[Any]) -> str:
    days = [row["at"] for row in part]
    return when(min(days), max(days))


def _day(day: pd.Timestamp) -> str:
    return when(day, day)
