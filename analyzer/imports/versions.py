"""Which figures of a table are new, and which only say again what the dossier knows.

A cell is one measure, scope, time and publisher. Its versions follow each other by the day they
were published; one that says what the version before it says adds nothing, as in the compactified
archive of cmu-delphi/epiprocess (R/archive.R). Of several versions of one day the last one stands:
claims bear days, not hours. A figure that the table no longer has gives a version too: the same
figure with the status withdrawn.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analyzer.dates import DateError, parse_date
from analyzer.errors import Problem

SERIES = ["measure", "scope", "source"]
CELL = [*SERIES, "cites", "as_of"]
VERSION = [*CELL, "published", "instant"]
CONTENT = ["figure", "period_start", "attributed_to", "via", "status"]
TAKEN = ["figure", "of", "period_start", "attributed_to", "via"]  # of the figure taken back
GONE = "\x1f"  # what a version says that has no figure
UNDATED = pd.Timestamp(0)  # before every version that bears a day


@dataclass(frozen=True, slots=True)
class Versions:
    """What an import adds, and what it met on the way.

    Attributes
    ----------
    new : DataFrame
        Candidates that say something new, in the order of series, time and publication.
    first : int
        How many of them are the first figure of their cell; the others follow one.
    withdrawn : int
        How many of them take a figure back.
    known : int
        Candidates that say what is known.
    same_day : int
        Versions that another one of the same day replaced.
    repeated : int
        Figures that the table gives twice, with the same value.
    removed : int
        Figures that stand, on days that the table has, though its last version has none.
    """

    new: pd.DataFrame
    first: int
    withdrawn: int
    known: int
    same_day: int
    repeated: int
    removed: int


def new_versions(
    found: pd.DataFrame, removed: pd.DataFrame, claims: pd.DataFrame, file: str, claims_file: str
) -> tuple[Versions, list[Problem]]:
    """Compare the figures of a table with the claims that the dossier has.

    Parameters
    ----------
    found : DataFrame
        `candidates.Candidates.frame`.
    removed : DataFrame
        `removals.list_removals`: where the table has no figure.
    claims : DataFrame
        claims.csv as text, with `row`.
    file, claims_file : str
        Paths as the user knows them.
    """
    found = found.assign(content=_content(found), gone=False)
    problems = _clashes(found, file)
    single = found.drop_duplicates(VERSION)
    both = pd.concat([single, removed.assign(content=GONE, gone=True)], ignore_index=True)
    kept = _last_of_day(both.drop_duplicates(VERSION))
    line = _timeline(_matching(claims, kept), kept)
    follows = line.groupby(CELL, sort=False).cumcount() > 0
    before = line.shift()
    said = follows & (line["content"] == before["content"])
    problems += _undecided(line, before, follows & ~said & ~line["gone"], file, claims_file)
    taken = line["gone"] & ~said
    line[TAKEN] = line[TAKEN].mask(taken, before[TAKEN])
    line["status"] = line["status"].mask(taken, "withdrawn")
    new = line[~line["old"] & ~said].astype({"line": "int64", "series": "int64"})
    versions = Versions(
        new=new.sort_values(["series", "as_of", "day", *CELL])[list(found.columns)].fillna(""),
        first=int((~follows & ~line["old"]).sum()),
        withdrawn=int(taken.sum()),
        known=int((~line["old"] & ~line["gone"] & said).sum()),
        same_day=_replaced(single, kept),
        repeated=len(found) - len(single),
        removed=_removed(line, found, removed),
    )
    return versions, problems


def _content(frame: pd.DataFrame) -> pd.Series:
    """What a version says; 1,234 and 1234 are the same, and all that is withdrawn."""
    plain = frame["figure"].str.replace(r"(?<=\d),(?=\d{3})", "", regex=True)
    content = plain.str.cat(frame[CONTENT[1:]], sep="\x1f")
    return content.mask(frame["status"] == "withdrawn", GONE)


def _clashes(found: pd.DataFrame, file: str) -> list[Problem]:
    """Two values for one cell in one version of the table."""
    if found.empty:  # a table that only takes figures out; Arrow can't look for repeats in nothing
        return []
    first = found.drop_duplicates(VERSION).set_index(VERSION)[["line", "content", "figure"]]
    beside = found[found.duplicated(VERSION)].join(first.add_suffix("_first"), on=VERSION)
    wrong = beside[beside["content"] != beside["content_first"]]
    remedy = "keep the right one, or tell them apart by scope or source in the mapping"
    return [
        Problem(
            file,
            int(line),
            str(column),
            str(figure),
            f"stands beside '{other}' in row {int(one)} for the same measure, day and version",
            remedy,
        )
        for line, column, figure, one, other in zip(
            wrong["line"],
            wrong["column"],
            wrong["figure"],
            wrong["line_first"],
            wrong["figure_first"],
            strict=True,
        )
    ]


def _last_of_day(single: pd.DataFrame) -> pd.DataFrame:
    """Of each cell the last version of each day."""
    latest = single.groupby([*CELL, "published"])["instant"].transform("max")
    return single[single["instant"] == latest]


def _replaced(single: pd.DataFrame, kept: pd.DataFrame) -> int:
    """Versions that say something else than the last one of their day."""
    days = [*CELL, "published"]
    last = kept.set_index(days)["content"].rename("last")
    return int((single.join(last, on=days)["last"] != single["content"]).sum())


def _matching(claims: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Claims that the dossier has of the series of the table."""
    known = claims.merge(found[[*SERIES, "cites"]].drop_duplicates(), on=SERIES)
    known = known[(known["cites"] == "") | (known["cites"] == known["attributed_to"])]
    return known.assign(content=_content(known))


def _timeline(known: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """All versions of each cell in their order, known ones (`old`) first on each day.

    A figure of the table without a day is held against the last one known. Of two known ones of
    one day, a figure and its withdrawal, the withdrawal holds. Where there was no figure before,
    none is gone.
    """
    known = known.assign(old=True, gone=False)
    line = pd.concat([known, found.assign(old=False)], ignore_index=True)
    line["day"] = _days(line["published"])
    latest = line["day"].where(line["old"]).groupby([line[key] for key in CELL]).transform("max")
    undated = ~line["old"] & (line["published"] == "")
    line["day"] = line["day"].mask(undated & latest.notna(), latest)
    line = line.assign(new=~line["old"], last=line["content"] == GONE)
    line = line.sort_values([*CELL, "day", "new", "last", "row"], ignore_index=True)
    given = (~line["gone"]).groupby([line[key] for key in CELL]).cumsum() > 0
    return line[given].drop(columns=["new", "last"]).reset_index(drop=True)


def _days(published: pd.Series) -> pd.Series:
    """Days to order versions by; a text that is no date is a problem elsewhere."""
    days = {}
    for text in published.unique():
        try:
            days[text] = pd.Timestamp(parse_date(text).first) if text else UNDATED
        except DateError:
            days[text] = UNDATED
    return published.map(days).astype("datetime64[s]")


def _undecided(
    line: pd.DataFrame, before: pd.DataFrame, differs: pd.Series, file: str, claims_file: str
) -> list[Problem]:
    """New figures that differ from a known one of the same day: nothing tells which is later."""
    wrong = differs & ~line["old"] & before["old"].eq(True) & (line["day"] == before["day"])
    remedy = "name the day of this version with --published, or mend the row there"
    message = "and nothing tells which of them is later"
    return [
        Problem(
            file,
            int(place),
            str(column),
            str(figure),
            f"differs from '{known}' in {claims_file}:{int(row)}, {message}",
            remedy,
        )
        for place, column, figure, row, known in zip(
            line.loc[wrong, "line"],
            line.loc[wrong, "column"],
            line.loc[wrong, "figure"],
            before.loc[wrong, "row"],
            before.loc[wrong, "figure"],
            strict=True,
        )
    ]


def _removed(line: pd.DataFrame, found: pd.DataFrame, removed: pd.DataFrame) -> int:
    """Cells whose figure stands, on days that the table has, though its last version has none."""
    days = pd.concat([found["as_of"], removed["as_of"]]).unique()
    last = line.drop_duplicates(CELL, keep="last")
    stands = last[(last["content"] != GONE) & ~last["gone"] & last["as_of"].isin(days)]
    current = found.loc[found["current"], CELL].drop_duplicates().assign(given=True)
    return int(stands[CELL].merge(current, on=CELL, how="left")["given"].isna().sum())
