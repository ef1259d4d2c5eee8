"""Corrections that a person accepted: the analysis reads another wording than the printed one.

The files keep what was printed. A correction names the claim and the wording that it replaces,
so that it can't outlive it (as in owid/etl: etl/data_corrections.py).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from analyzer.errors import Problem
from analyzer.normalize import read_dates, read_figures
from analyzer.validate.references import check_references
from analyzer.validate.values import check_numbers, check_units
from analyzer.wording import Conventions

COLUMNS = ["claim", "measure", "printed", "corrected", "reason", "who", "date"]


def read_corrections(
    corrections: pd.DataFrame,
    claims: pd.DataFrame,
    measures: pd.DataFrame,
    file: str,
    conventions: Conventions,
    known_ids: Collection[str] | None = None,
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read the dates of corrections.csv and hold each row against the claim that it names.

    Parameters
    ----------
    corrections : DataFrame
        `schemas.RawCorrections`.
    claims : DataFrame
        `schemas.RawClaims` with every `id`, the figures as they stand in claims.csv.
    file : str
        Path of corrections.csv, as the user knows it.
    known_ids : collection of str, optional
        Ids of all claims of the dossier, where `claims` are only some of them.

    Returns
    -------
    frame : DataFrame
        The corrections with `date_first` and `date_last`.
    problems : list of Problem
        Claims that are not there, wordings that are no longer theirs or that change nothing, and
        all that is wrong with a corrected figure.
    """
    corrections, problems = read_dates(corrections, file, ("date",))
    every = claims["id"] if known_ids is None else known_ids
    problems += check_references(corrections, "claim", every, "claims.csv", file)
    if corrections.empty:
        return corrections, problems
    named = claims[claims["id"].isin(corrections["claim"])]
    keyed = named.drop_duplicates("id").set_index("id", drop=False)
    known = corrections[corrections["claim"].isin(keyed.index)]
    if known.empty:
        return corrections, problems
    stands = known["claim"].map(keyed["figure"])
    problems += _mismatched(known, stands, file)
    corrected = keyed.loc[known["claim"]].assign(
        figure=known["corrected"].to_numpy(), row=known["row"].to_numpy()
    )
    read, bad = read_figures(corrected.reset_index(drop=True), measures, file, conventions)
    bad += check_units(read, file) + check_numbers(read, file)
    return corrections, problems + [replace(problem, column="corrected") for problem in bad]


def _mismatched(known: pd.DataFrame, stands: pd.Series, file: str) -> list[Problem]:
    """Wordings that are not, or no longer, those of claims.csv; corrections that change nothing."""
    gone = (known["figure"] != stands) & (known["figure"] != "")
    same = known["corrected"] == known["figure"]
    problems = [
        Problem(
            file,
            int(row),
            "figure",
            text,
            f"is not the figure of the claim, which is '{now}'",
            "delete the row, or mend it if it is still needed",
        )
        for row, text, now in zip(
            known.loc[gone, "row"], known.loc[gone, "figure"], stands[gone], strict=True
        )
    ]
    return problems + [
        Problem(file, int(row), "corrected", text, "is the figure itself", "delete the row")
        for row, text in zip(known.loc[same, "row"], known.loc[same, "corrected"], strict=True)
        if text
    ]


def apply_corrections(claims: pd.DataFrame, corrections: pd.DataFrame) -> pd.DataFrame:
    """Put the corrected wording in the place of the printed one.

    Parameters
    ----------
    claims : DataFrame
        With `id` and `figure`; the ids were made before, so that no correction changes one.
    corrections : DataFrame
        Rows without a problem.

    Adds
    ----
    printed : str
        What stands in claims.csv, for claims that were corrected; else "".
    """
    if corrections.empty:
        return claims.assign(printed=pd.Series("", claims.index, dtype="str"))
    wordings = dict(zip(corrections["claim"], corrections["corrected"], strict=True))
    corrected = claims["id"].map(wordings).astype("str")
    known = corrected.notna()
    return claims.assign(
        printed=claims["figure"].where(known, ""), figure=corrected.where(known, claims["figure"])
    )


def list_corrections(corrections: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Corrections that are applied to one of the claims, ordered by claim; columns `COLUMNS`."""
    if corrections.empty:
        return pd.DataFrame(columns=pd.Index(COLUMNS), dtype="str")
    applied = corrections[corrections["claim"].isin(claims.loc[claims["printed"] != "", "id"])]
    named = claims.loc[claims["id"].isin(applied["claim"]), ["id", "measure"]]
    measure = applied["claim"].map(named.set_index("id")["measure"]).astype("str")
    listed = applied.rename(columns={"figure": "printed"}).assign(measure=measure)
    return listed.sort_values("claim")[COLUMNS].reset_index(drop=True)
