"""Claims against the other tables and against each other: references, relays, repeats, ids."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from analyzer.arrays import Truths
from analyzer.distinct import Columns, repeated
from analyzer.errors import Problem
from analyzer.ids import ID_COLUMNS
from analyzer.model import BASES, STATUSES
from analyzer.schemas import ID_TWICE
from analyzer.validate.references import check_references

TELLING = ("measure", "source", "as_of", "published", "figure")  # in these few rows are alike


def check_claims(
    claims: pd.DataFrame,
    sources: pd.DataFrame,
    measures: pd.DataFrame,
    file: str,
    columns: Columns | None = None,
) -> list[Problem]:
    """References and vocabularies of the claims, and rows that repeat an earlier row.

    Parameters
    ----------
    columns : Columns, optional
        Those of the claims.
    """
    columns = columns or Columns(claims)
    references: list[tuple[str, Iterable[str], str]] = [
        ("measure", measures["measure"], "measures.csv"),
        ("of", measures["measure"], "measures.csv"),
        ("source", sources["source"], "sources.csv"),
        ("attributed_to", sources["source"], "sources.csv"),
        ("via", sources["source"], "sources.csv"),
        ("status", STATUSES, "the list of statuses"),
        ("as_of_basis", BASES, "the list of bases"),
    ]
    problems = [
        problem
        for column, known, where in references
        for problem in check_references(
            claims, column, known, where, file, many=column == "via", texts=columns[column][1]
        )
    ]
    return problems + _check_repeats(claims, columns, file) + _check_chains(claims, columns, file)


def _check_chains(claims: pd.DataFrame, columns: Columns, file: str) -> list[Problem]:
    """Relays that run in a circle: a source that stands in its own chain twice."""
    relays = [[name.strip() for name in via.split(";") if name] for via in columns["via"][1]]
    twice = np.array([len(set(names)) < len(names) for names in relays], dtype=bool)
    other = (claims["attributed_to"] != claims["source"]).to_numpy(dtype=bool)
    later = [names[1:] for names in relays]
    circular = twice[columns["via"][0]] | _relayed_by_itself(columns, "source", relays)
    circular |= other & _relayed_by_itself(columns, "attributed_to", later)
    wrong = claims.loc[circular, ["row", "via"]]
    remedy = "name each relay once, the nearest to the origin first"
    return [
        Problem(file, int(row), "via", text, "leads back to the same source", remedy)
        for row, text in zip(wrong["row"], wrong["via"], strict=True)
    ]


def _relayed_by_itself(columns: Columns, name: str, relays: list[list[str]]) -> Truths:
    """Rows whose cell of a column is among the relays of the row."""
    codes, texts = columns[name]
    places = {text: place for place, text in enumerate(texts)}
    pairs = [
        via * len(texts) + places[one]
        for via, names in enumerate(relays)
        for one in names
        if one in places
    ]
    return np.isin(columns["via"][0] * len(texts) + codes, np.array(pairs, dtype=np.int64))


def _check_repeats(claims: pd.DataFrame, columns: Columns, file: str) -> list[Problem]:
    alike = claims[pd.Series(columns.keys(*TELLING)).duplicated(keep=False).to_numpy()]
    alike = alike.iloc[repeated([alike[column] for column in ID_COLUMNS])]
    first = alike.groupby(ID_COLUMNS, sort=False)["row"].transform("min")
    again = alike[alike["row"] > first]
    return [
        Problem(
            file, int(row), "", text, f"repeats row {int(one)} in all but the note", "delete one"
        )
        for row, one, text in zip(again["row"], first[again.index], again["figure"], strict=True)
    ]


def check_ids(claims: pd.DataFrame, file: str) -> list[Problem]:
    """Ids that stand in an earlier row too, over claims that may be checked in parts otherwise.

    Parameters
    ----------
    claims : DataFrame
        `row` and `id` as text, of all the claims of a dossier; the order is that of the file.
    """
    again = claims[claims["id"].duplicated() & (claims["id"] != "")]
    message, _, remedy = ID_TWICE.partition("; ")
    return [
        Problem(file, int(row), "id", text, message, remedy)
        for row, text in zip(again["row"], again["id"], strict=True)
    ]
