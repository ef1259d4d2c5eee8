"""Names that stand nowhere else, what was meant by them, and rows that lead back to themselves."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import pandas as pd

from analyzer.arrays import among
from analyzer.errors import Problem


def check_references(
    frame: pd.DataFrame,
    column: str,
    known: Iterable[str],
    where: str,
    file: str,
    *,
    many: bool = False,
    texts: Iterable[str] | None = None,
) -> list[Problem]:
    """Cells that name nothing known; with `many`, each part between semicolons is one name.

    Parameters
    ----------
    texts : iterable of str, optional
        The distinct cells, where the caller knows them.
    """
    given = set(frame[column].unique() if texts is None else texts) - {""}
    told = {name for text in given for name in _names(text)} if many else given
    if not told:
        return []
    missing = told - _known_of(told, known)
    if not missing:
        return []
    cells = frame[["row", column]].rename(columns={column: "name"})
    if many:
        cells = cells.assign(name=cells["name"].str.split(";")).explode("name")
        cells["name"] = cells["name"].str.strip()
    unknown = cells[cells["name"].isin(missing)]
    names = sorted(set(known))
    remedies = {name: _did_you_mean(name, names, where) for name in missing}
    return [
        Problem(file, int(row), column, name, f"is not in {where}", remedies[name])
        for row, name in zip(unknown["row"], unknown["name"], strict=True)
    ]


def _names(text: str) -> list[str]:
    """The names in a cell between semicolons."""
    return [name for part in text.split(";") if (name := part.strip())]


def _known_of(names: set[str], known: Iterable[str]) -> set[str]:
    """Those of the names that are known; a long column of keys is gone through as a whole."""
    if isinstance(known, pd.Series):
        return set(known[among(known, pd.Series(sorted(names), dtype="str"))])
    return names & set(known)


def _did_you_mean(name: str, names: list[str], where: str) -> str:
    if "," in name:
        return "separate names by semicolons"
    if where == "claims.csv":
        return _claim_meant(name, names)
    near = difflib.get_close_matches(name.lower(), names, n=1)
    if near:
        return f"did you mean '{near[0]}'?"
    if where.endswith(".csv"):
        return f"add a row for it to {where}"
    return f"use one of {', '.join(n for n in names if n)}"


def _claim_meant(name: str, names: list[str]) -> str:
    """A near id of the same measure and source; ids of other ones are no likely slip."""
    stem, _, end = name.rpartition(".")
    ends = {one.rpartition(".")[2]: one for one in names if one.rpartition(".")[0] == stem}
    near = difflib.get_close_matches(end, list(ends), n=1)
    if near:
        return f"did you mean '{ends[near[0]]}'?"
    return "take the id from the report's appendix; one that is made from a row changes with it"


def check_circles(
    frame: pd.DataFrame, key: str, column: str, what: str, file: str
) -> list[Problem]:
    """Rows that lead back to themselves through a column that names another row."""
    above = dict(zip(frame[key], frame[column], strict=True))
    problems = []
    for name, row in zip(frame[key], frame["row"], strict=True):
        seen, up = {name}, above.get(name, "")
        while up and up not in seen:
            seen.add(up)
            up = above.get(up, "")
        if up == name:
            message = f"makes it {what}"
            problems.append(
                Problem(file, int(row), column, above[name], message, "break the circle")
            )
    return problems
