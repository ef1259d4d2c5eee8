"""Figures of a series that a later version replaced: who replaced how many, when, by how much."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analyzer.discrepancies.causes import Evidence
from analyzer.discrepancies.draft import Draft
from analyzer.model import CAUSES
from analyzer.phrases import listed, plural, quoted, when
from analyzer.rows import handy
from analyzer.series.edits import families, list_edits
from analyzer.series.keys import meant
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
    groups: pd.Series | None = None,
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
    groups : Series, optional
        Group of each measure, of `groups.connected_groups`. All measures are one group where this
        is not given.
    """
    versions = list_versions(panel)
    edits = list_edits(list_revisions(versions), versions, claims, measures, groups)
    if edits.empty:
        return []
    named = {*edits["old_claim"], *edits["claim"]}
    keyed = handy(claims[claims["id"].isin(named)]).set_index("id", drop=False)
    labels = dict(zip(measures["measure"], measures["label"], strict=True))
    edits = handy(edits)
    stays = edits["put_back"].isna()
    tied = "" if groups is None else edits["measure"].map(groups)
    family = edits["measure"].map(families(measures)).where(stays, tied)
    cause = edits["cause"].where(stays, "")
    batches = edits.groupby(["source", "batch", "put_back", family, cause], dropna=False, sort=True)
    return [_draft(part, keyed, labels) for _, part in batches]


def _draft(part: pd.DataFrame, claims: pd.DataFrame, labels: dict[str, str]) -> Draft:
    """One batch; `later` are its figures that were replaced again when it was put back."""
    opening = part["published"] == part["batch"]
    counts = part.loc[opening, "measure"].value_counts()
    main = next(measure for measure in labels if counts.get(measure) == counts.max())
    replaced, later = (_largest_first(one, main) for one in (part[opening], part[~opening]))
    first = replaced.iloc[0]
    said = _one(first, claims) if len(replaced) == 1 else _several(replaced, claims, labels, main)
    back = f"; on {_day(first['put_back'])} the earlier figures stood again" if len(later) else ""
    cause = _cause(replaced)
    tail = ".put_back" if len(later) else "" if cause == "silent edit" else f".{cause.split()[0]}"
    old = [*replaced["old_claim"].head(PROOF), *_restored(replaced.head(PROOF), later)]
    new = tuple(replaced["claim"].head(PROOF))
    return Draft(
        kind="edit",
        cause=cause,
        relation="contradicts",
        measure=main,
        key=f"{first['source']}.{first['batch']:%Y-%m-%d}{tail}",
        when=when(part["at"].min(), part["at"].max()),
        gap=float(replaced.loc[replaced["measure"] == main, "gap"].median()),
        claims=(*old, *new),
        sentence=f"{labels[main]}: {said}{back}; {_why(replaced, labels)}.",
        evidence=tuple(_evidence(replaced, later, claims, labels)),
        positions=(tuple(old), new),
    )


def _largest_first(part: pd.DataFrame, main: str) -> pd.DataFrame:
    """Figures of the measure that the finding is told of first, then by the size of the change."""
    order = part.assign(beside=part["measure"] != main, size=-part["change"].abs())
    return order.sort_values(["beside", "size", "at", "series", "first"])


def _restored(replaced: pd.DataFrame, later: pd.DataFrame) -> list[str]:
    """Claims that put the replaced figures back."""
    return list(later.loc[later["old_claim"].isin(set(replaced["claim"])), "claim"])


def _cause(replaced: pd.DataFrame) -> str:
    """The cause of the batch; in a mixed one a cause that a test supports comes before none."""
    causes = set(replaced["cause"])
    supported = [cause for cause in ("wrong column", "source switch") if cause in causes]
    return supported[0] if len(causes) > 1 and supported else min(causes, key=str)


def _one(edit: pd.Series, claims: pd.DataFrame) -> str:
    old, new = claims.loc[edit["old_claim"]], claims.loc[edit["claim"]]
    cited = _citing(claims.loc[[edit["old_claim"], edit["claim"]]])
    return (
        f"the figure of {new['source_name']} for {_day(edit['at'])}{cited} read {quoted(old)} as "
        f"published on {_day(edit['since'])} and {quoted(new)} as published on "
        f"{_day(edit['published'])}"
    )


def _several(
    replaced: pd.DataFrame, claims: pd.DataFrame, labels: dict[str, str], main: str
) -> str:
    rows = claims.loc[[*replaced["old_claim"], *replaced["claim"]]]
    head = (
        f"on {_day(replaced['batch'].iloc[0])} {rows['source_name'].iloc[0]} replaced "
        f"{len(replaced):,} of its figures for {when(replaced['at'].min(), replaced['at'].max())}"
        f"{_citing(rows)}"
    )
    groups = dict(list(replaced.groupby("measure", sort=True)))
    if len(groups) == 1:
        return f"{head} {_by(replaced)}"
    order = [main, *(measure for measure in labels if measure in groups and measure != main)]
    told = [f"{labels[measure]} ({_size(groups[measure])})" for measure in order]
    return f"{head}: {listed(told, SHOWN)}"


def _size(part: pd.DataFrame) -> str:
    return f"{len(part):,}, {_by(part)}" if len(part) > 1 else _by(part)


def _by(part: pd.DataFrame) -> str:
    low, high = (
        f"{end:+,.10g}".replace("-", "\N{MINUS SIGN}")
        for end in (part["change"].min(), part["change"].max())
    )
    return f"by {low}" if low == high else f"by {low} to {high}"


def _citing(rows: pd.DataFrame) -> str:
    """Who is cited, where that is not the publisher itself; the most frequent first."""
    cited = rows[rows["authority"] != rows["source"]]["authority_name"].value_counts()
    names = sorted(cited.index, key=lambda name: (-cited[name], name))
    return f" (citing {listed(names)})" if names else ""


def _why(replaced: pd.DataFrame, labels: dict[str, str]) -> str:
    """What the tests found; for a silent edit, that nothing was found."""
    found = [
        f"{len(part):,} of the new figures of “{labels[str(measure)]}” are those that stood under "
        f"“{labels[str(other)]}” until then, for the same days"
        for (measure, other), part in replaced[replaced["other"] != ""].groupby(
            ["measure", "other"], sort=True
        )
    ]
    found += [listed(sorted(set(replaced["why"]) - {""}), 2)]
    found = [text for text in found if text]
    if not found and (replaced["cause"] == "source switch").all():
        return f"{'they cite' if len(replaced) > 1 else 'it cites'} another origin from then on"
    return "; ".join(found) or "no row says why"


def _evidence(
    replaced: pd.DataFrame, later: pd.DataFrame, claims: pd.DataFrame, labels: dict[str, str]
) -> Iterator[Evidence]:
    """The largest changes in words, and what else was found."""
    texts = [
        f"{labels[row['measure']]} for {_day(row['at'])}: {quoted(claims.loc[row['old_claim']])}, "
        f"then {quoted(claims.loc[row['claim']])}"
        for _, row in replaced.head(SHOWN).iterrows()
    ]
    yield ("largest changes" if len(replaced) > len(texts) else "changes", "; ".join(texts))
    between = int((~later["old_claim"].isin(set(replaced["claim"]))).sum())
    if between:
        text = f"{plural(between, 'figure')} first published in between"
        yield ("replaced as the others were put back", text)
    switched = replaced[replaced["authority"] != replaced["old_authority"]]
    if not switched.empty:
        old = listed(sorted(set(claims.loc[switched["old_claim"], "authority_name"])))
        new = listed(sorted(set(claims.loc[switched["claim"], "authority_name"])))
        text = f"{plural(len(switched), 'old figure')} cited {old}, the new ones cite {new}"
        yield ("source switch", text)
    if len(replaced) == 1:
        yield from _slip(replaced.iloc[0], claims)


def _slip(edit: pd.Series, claims: pd.DataFrame) -> Iterator[Evidence]:
    """A slip of the keys that turns the new figure into the old one."""
    old, new = edit["old_value"], edit["value"]
    if not (old.is_integer() and new.is_integer() and min(old, new) > 0):
        return
    for figure, slip, _ in meant(int(old)):
        if figure == int(new) and slip in SLIPS:
            typed, right = (quoted(claims.loc[edit[name]]) for name in ("old_claim", "claim"))
            yield (slip, f"{typed} for {right}: {CAUSES[slip]}")


def _day(day: pd.Timestamp) -> str:
    return when(day, day)
