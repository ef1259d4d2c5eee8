"""From whom each claim of a measure comes, and by which way it reached its publisher."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analyzer.charts.base import theme
from analyzer.charts.base.readings import add_colours, short_names

STEP: Final = " > "  # between the keys of a chain
DIRECTLY: Final = "directly"
ITSELF: Final = "by itself"
WORTH_A_ROW: Final = 2  # claims of an origin or a way that is drawn on its own


@dataclass(frozen=True, slots=True)
class Way:
    """Claims of one origin that took one way: its words, and the publisher of each claim."""

    words: str
    publishers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """An origin, or several together: its name, how many claims it has, and their ways.

    Where several are together, `others` holds a name a claim instead.
    """

    name: str
    colour: str
    claims: int
    ways: tuple[Way, ...] = ()
    others: tuple[str, ...] = ()


def read_ways(claims: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """One row a claim, in reading order: the origins with the most claims first, then the ways.

    Adds
    ----
    publisher, origin_label : str
        Printed names of who publishes, and of the origin (`authority`).
    way : str
        "directly", "via" the printed names of the relays, or "by itself".
    n_origin, n_way : int
        Claims of the origin, and of the way among them.
    passed_on : bool
        Whether anybody passes on a figure of this origin.
    colour : str
        Of the origin, as in the other charts of the measure.
    """
    marks = add_colours(claims.sort_values("id", ignore_index=True))
    known = _names(claims, names)
    hues = dict(zip(marks["said_by"], marks["colour"], strict=True))
    own = marks["source"] == marks["authority"]
    marks = marks.assign(
        publisher=marks["source"].map(known),
        origin_label=marks["authority"].map(known),
        way=[_way(row, known) for _, row in marks.iterrows()],
        passed_on=(~own).groupby(marks["authority"]).transform("any"),
    )
    marks = marks.assign(
        colour=[hues.get(name, theme.GREY) for name in marks["origin_label"]],
        n_origin=marks.groupby("authority")["id"].transform("size"),
        n_way=marks.groupby(["authority", "way"])["id"].transform("size"),
        n_publisher=marks.groupby(["authority", "way", "source"])["id"].transform("size"),
    )
    return marks.sort_values(
        ["passed_on", "n_origin", "origin_label", "n_way", "way", "n_publisher", "publisher", "id"],
        ascending=[False, False, True, False, True, False, True, True],
        ignore_index=True,
    )


def _names(claims: pd.DataFrame, names: Mapping[str, str]) -> dict[str, str]:
    found = dict(names)
    for key, name in (("origin", "origin_name"), ("source", "source_name")):
        found |= dict(zip(claims[key], claims[name].fillna(claims[key]), strict=True))
    missing = {key for chain in claims["chain"] for key in str(chain).split(STEP)}
    for key in sorted((missing | set(claims["authority"])) - found.keys()):
        found[key] = key.replace("_", " ").capitalize()
    keys = sorted(found)
    printed = short_names(pd.Series([found[key] for key in keys], dtype=object))
    return dict(zip(keys, printed, strict=True))


def _way(claim: pd.Series, known: Mapping[str, str]) -> str:
    if claim["source"] == claim["authority"]:
        return ITSELF
    ends = ("", claim["authority"], claim["source"])
    steps = [known[key] for key in str(claim["chain"]).split(STEP) if key not in ends]
    return f"via {', then '.join(steps)}" if steps else DIRECTLY


def grow(ways: pd.DataFrame, origins: int, most: int) -> list[Branch]:
    """Branches in reading order, at most so many origins and so many ways on their own.

    An origin, and a way of one, stands on its own where it has at least two claims; the rest of
    an origin is one way, and the other origins are one branch. So are the publishers that cite
    nobody.
    """
    relayed = ways[ways["passed_on"]]
    ranked = relayed.drop_duplicates("authority")
    alone = ranked.loc[ranked["n_origin"] >= WORTH_A_ROW, "authority"].head(origins)
    if len(ranked) == len(alone) + 1:
        alone = ranked["authority"]
    kept = _own_rows(relayed[relayed["authority"].isin(alone)], most)
    branches = [_branch(relayed[relayed["authority"] == key], kept) for key in alone]
    rest = relayed[~relayed["authority"].isin(alone)]
    if len(rest):
        count = rest["authority"].nunique()
        name, others = f"{count} other origins", tuple(rest["origin_label"])
        branches.append(Branch(name, theme.GREY, len(rest), others=others))
    silent = ways[~ways["passed_on"]]
    if len(silent):
        count = silent["authority"].nunique()
        name = "1 publisher that cites nobody"
        name = name if count == 1 else f"{count} publishers that cite nobody"
        others = tuple(silent["publisher"])
        branches.append(Branch(name, theme.GREY, len(silent), others=others))
    return branches


def _own_rows(relayed: pd.DataFrame, most: int) -> set[tuple[str, str]]:
    """Find the ways, of all origins, with the most claims."""
    several = relayed[relayed["n_way"] >= WORTH_A_ROW].drop_duplicates(["authority", "way"])
    ranked = several.sort_values(["n_way", "authority", "way"], ascending=[False, True, True])
    return set(zip(ranked["authority"].head(most), ranked["way"].head(most), strict=True))


def _branch(mine: pd.DataFrame, kept: set[tuple[str, str]]) -> Branch:
    rows: list[Way] = []
    rest: list[Way] = []
    for way, part in mine.groupby("way", sort=False):
        own = (part["authority"].iloc[0], str(way)) in kept
        (rows if own else rest).append(Way(str(way), tuple(part["publisher"])))
    if len(rest) == 1:
        rows += rest
    elif rest:
        publishers = tuple(name for way in rest for name in way.publishers)
        rows.append(Way(_together(rest, bool(rows)), publishers))
    first = mine.iloc[0]
    return Branch(str(first["origin_label"]), str(first["colour"]), len(mine), tuple(rows))


def _together(ways: Sequence[Way], more: bool) -> str:
    """Words for several ways in one row: "via 3 others", "directly or via 2 others"."""
    plain = [way.words for way in ways if not way.words.startswith("via ")]
    count = len(ways) - len(plain)
    others = "others" if more else "relays"
    via = [f"via {count} {others if count > 1 else others.removesuffix('s')}"] if count else []
    return " or ".join([*plain, *via])


def tabulate_ways(ways: pd.DataFrame) -> pd.DataFrame:
    """Make the data behind the chart: a row a claim, with running numbers of what is counted."""
    origin, publisher = (pd.factorize(ways[key])[0] + 1 for key in ("authority", "source"))
    share = (100 * ways["n_origin"] / len(ways)).round().astype("int64")
    return pd.DataFrame(
        {
            "number": range(1, len(ways) + 1),
            "claim": ways["id"],
            "origin_number": origin,
            "origin": ways["origin_label"],
            "origin_claims": ways["n_origin"],
            "origin_percent_of_claims": share,
            "way": ways["way"],
            "way_claims": ways["n_way"],
            "publisher_number": publisher,
            "publisher": ways["publisher"],
        }
    )
