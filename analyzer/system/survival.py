"""Whether a contradiction stands under another reading of the wordings, or of the dates."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import pandas as pd

from analyzer.system.atoms import Atom
from analyzer.system.build import assemble
from analyzer.system.parts import Parts
from analyzer.system.places import Facts, Place, facts_of
from analyzer.system.rules import Identity, read_identities
from analyzer.system.solve import refute
from analyzer.system.statements import DATES, WORDINGS, Statements

__all__ = ["DATES", "WORDINGS", "Reading", "survival", "survived"]


class Reading(NamedTuple):
    """One reading, as keys of `WORDINGS` and `DATES`, and whether the contradiction stands."""

    wording: str
    dates: str
    stands: bool


def survival(
    claims: pd.DataFrame,
    identities: pd.DataFrame,
    measures: pd.DataFrame,
    tolerance: float,
    beside: Sequence[Place] = (),
) -> list[Reading]:
    """Solve a contradiction again under every reading.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`: the claims that make the contradiction.
    identities : DataFrame
        Those that the contradiction uses.
    tolerance : float
        `Thresholds.position_tolerance`.
    beside : sequence of Place
        As for `build.build_system`.
    """
    facts = facts_of(measures)
    read = read_identities(identities, facts)
    statements = Statements(claims, measures, tolerance)
    return survived(statements, claims["id"].tolist(), read, facts, beside)


def survived(
    statements: Statements,
    ids: Collection[str],
    identities: Sequence[Identity],
    facts: Facts,
    beside: Sequence[Place] = (),
) -> list[Reading]:
    """As `survival`, of claims that have been read before.

    Readings under which all figures are the same are solved once.
    """
    answers: dict[tuple[object, ...], bool] = {}
    readings = []
    for dates in DATES:
        moved = dates if statements.moves(ids, dates) else "given"
        for wording in WORDINGS:
            atoms = statements.atoms(ids, wording, moved)
            said = tuple((atom.place, atom.low, atom.high) for atom in atoms)
            if said not in answers:
                answers[said] = _stands(atoms, identities, facts, beside)
            readings.append(Reading(wording, dates, answers[said]))
    return readings


def _stands(
    atoms: list[Atom], identities: Sequence[Identity], facts: Facts, beside: Sequence[Place]
) -> bool:
    system = assemble(atoms, identities, facts, beside=beside)
    return any(refute(part, part.atoms) for part in Parts(system))
