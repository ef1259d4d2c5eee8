"""The part that engines run: the claims of some groups as text, to the findings about them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from typing import Any

import pandas as pd

from analyzer.engines.contract import RESULT
from analyzer.errors import InputError, Problem
from analyzer.expressions import parse_expression, refs
from analyzer.intake import Dossier, checked_dossier
from analyzer.pipeline import compare
from analyzer.settings import Settings


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a worker must know besides the claims, and what it does with them.

    Attributes
    ----------
    tables, files : dict
        For each key of `model.TABLES` but claims, what was read, free of problems; and paths.
    groups : Series
        Connected group of each measure.
    known_ids : frozenset of str
        Ids that corrections and waivers name.
    compares : bool
        False where the claims are only checked, as the other tables have problems.
    """

    settings: Settings
    tables: Mapping[str, pd.DataFrame]
    files: Mapping[str, str]
    groups: pd.Series
    known_ids: frozenset[str]
    today: dt.date
    keep_going: bool
    known_by: dt.date | None
    compares: bool

    def __call__(self, claims: pd.DataFrame) -> pd.DataFrame:
        """Rows of `contract.RESULT`, as `driver` gathers them."""
        try:
            dossier = checked_dossier(
                self.settings,
                self._narrowed(claims),
                dict(self.files),
                today=self.today,
                keep_going=self.keep_going,
                known_by=self.known_by,
                known_ids=self.known_ids,
            )
        except InputError as error:
            return _told(("problem", astuple(problem)) for problem in error.problems)
        about = [
            ("claims", [len(dossier.claims)]),
            ("ids", sorted(self._named(dossier))),
            *(("problem", astuple(problem)) for problem in dossier.left_out),
            *(("later", row) for row in _later(dossier)),
        ]
        if not self.compares:
            return _told(about)
        compared = compare(dossier)
        return _told(
            [
                *about,
                *(("finding", row) for row in compared.drafted.to_dict("records")),
                *(("waiver", row) for row in compared.waivers.to_dict("records")),
            ]
        )

    def _narrowed(self, claims: pd.DataFrame) -> dict[str, pd.DataFrame]:
        """The tables with the measures and identities of these groups only.

        Where a claim names a measure that is not there, all stay, for the sake of the remedy.
        """
        named = set(claims["measure"]) | set(claims["of"]) - {""}
        if not named <= set(self.groups.index):
            return {**self.tables, "claims": claims}
        near = self.groups.isin(self.groups[list(named)].unique())
        names = set(self.groups.index[near])
        measures, identities = self.tables["measures"], self.tables["identities"]
        spoken_of = [_first_measure(text) in names for text in identities["expression"]]
        return {
            **self.tables,
            "claims": claims,
            "measures": measures[measures["measure"].isin(names)].reset_index(drop=True),
            "identities": identities[spoken_of].reset_index(drop=True),
        }

    def _named(self, dossier: Dossier) -> set[str]:
        """Ids that corrections and waivers name or come near to: all of the same stem."""
        stems = {one.rpartition(".")[0] for one in self.known_ids}
        ids = dossier.claims["id"]
        return set(ids[ids.isin(self.known_ids)]) | {
            one for one in (ids if stems else ()) if one.rpartition(".")[0] in stems
        }


def _first_measure(expression: str) -> str:
    """One measure of an identity; the others are in its group."""
    identity = parse_expression(expression)
    return next(ref.measure for side in (identity.left, identity.right) for ref in refs(side))


def _later(dossier: Dossier) -> list[dict[str, Any]]:
    """What the vintage of these claims leaves out."""
    return [] if dossier.vintage is None else [dossier.vintage.to_dict()]


def _told(rows: Iterable[tuple[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(
        [(what, json.dumps(body, ensure_ascii=False)) for what, body in rows],
        columns=pd.Index(RESULT),
        dtype="str",
    )
