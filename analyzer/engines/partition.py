"""The part that engines run: the claims of some groups as text, to the findings about them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from analyzer.arrays import among
from analyzer.engines.contract import RESULT
from analyzer.engines.garbage import collected_seldom
from analyzer.engines.memory import keep_memory
from analyzer.errors import InputError
from analyzer.expressions import REMEMBERED, parse_expression, refs
from analyzer.intake import Dossier, NoClaimsError, checked_dossier
from analyzer.settings import Settings


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a worker must know besides the claims, and what it does with them.

    Attributes
    ----------
    tables, files : dict
        For each key of `model.TABLES` but claims, what was read; for each, what problems name.
    groups : Series
        Connected group of each measure.
    named : frozenset of str
        Ids that corrections and waivers name.
    again : frozenset of int
        Rows whose typed id stands in an earlier row: `driver` tells of them.
    sound : bool
        Whether the tables have been checked, and their dates read, by `intake.check_tables`.
    compares : bool
        False where the claims are only checked, as the other tables have problems.
    """

    settings: Settings
    tables: Mapping[str, pd.DataFrame]
    files: Mapping[str, str]
    groups: pd.Series
    named: frozenset[str]
    again: frozenset[int]
    today: dt.date
    keep_going: bool
    known_by: dt.date | None
    sound: bool
    compares: bool

    def __call__(self, claims: pd.DataFrame) -> pd.DataFrame:
        """Rows of `contract.RESULT`, as `driver` gathers them."""
        keep_memory()
        with collected_seldom():
            return self._told(claims)

    def _told(self, claims: pd.DataFrame) -> pd.DataFrame:
        if self.again:
            claims = claims[~claims["row"].isin(self.again)]
        try:
            dossier = checked_dossier(
                self.settings,
                self._narrowed(claims),
                dict(self.files),
                today=self.today,
                keep_going=self.keep_going,
                known_by=self.known_by,
                known_ids=self.named,
                checked=self.sound,
            )
        except NoClaimsError as error:
            later = [("later", _later(error))] if error.vintage else []
            return _told([("nothing", astuple(error.nothing)), *later, *_problems(error.others)])
        except InputError as error:
            return _told(_problems(error.problems))
        about = [
            ("claims", [len(dossier.claims)]),
            ("ids", sorted(self._near(dossier.claims["id"]))),
            ("later", _later(dossier)),
            *_problems(dossier.left_out),
        ]
        if not self.compares:
            return _told(about)
        # slow to import, and not needed to spread parts
        from analyzer.pipeline import compare

        compared = compare(dossier)
        return _told(
            [
                *about,
                *(("finding", row) for row in compared.drafted.to_dict("records")),
                ("waivers", compared.waivers.to_dict("records")),
                *(("correction", row) for row in dossier.corrections.to_dict("records")),
            ]
        )

    def _narrowed(self, claims: pd.DataFrame) -> dict[str, pd.DataFrame]:
        """The tables with the measures and identities of these groups only.

        Where a claim names a measure that is not there, all stay, for the sake of the remedy.
        """
        named = pd.Index([*claims["measure"].unique(), *claims["of"].unique()]).difference([""])
        places = self.groups.index.get_indexer(named)
        if (places < 0).any():
            return {**self.tables, "claims": claims}
        near = among(self.groups, self.groups.iloc[places])
        names = self.groups.index[near].to_series()
        measures, identities = self.tables["measures"], self.tables["identities"]
        first = pd.Series(
            [_first_measure(one) for one in identities["expression"].tolist()], dtype="str"
        )
        return {
            **self.tables,
            "claims": claims,
            "measures": measures[among(measures["measure"], names)].reset_index(drop=True),
            "identities": identities[among(first, names)].reset_index(drop=True),
        }

    def _near(self, ids: pd.Series) -> set[str]:
        """Ids that corrections and waivers name, or that one of them may have been meant for."""
        if not self.named:
            return set()
        stems = {one.rpartition(".")[0] for one in self.named}
        return {one for one in ids if one in self.named or one.rpartition(".")[0] in stems}


@lru_cache(maxsize=REMEMBERED)
def _first_measure(expression: str) -> str:
    """One measure of an identity; the others are in its group."""
    identity = parse_expression(expression)
    return next(ref.measure for side in (identity.left, identity.right) for ref in refs(side))


def _later(left: Dossier | NoClaimsError) -> list[int]:
    """Claims of later days, and claims without one, that a vintage leaves out."""
    return [left.vintage.later, left.vintage.undated] if left.vintage else [0, 0]


def _problems(problems: Iterable[Any]) -> list[tuple[str, Any]]:
    return [("problem", astuple(problem)) for problem in problems]


def _told(rows: Iterable[tuple[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(
        [(what, json.dumps(body, ensure_ascii=False)) for what, body in rows],
        columns=pd.Index(RESULT),
        dtype="str",
    )
