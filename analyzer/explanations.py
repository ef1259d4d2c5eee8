"""Why each contradiction is one: its plainest minimal set, and the readings it survives."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analyzer.phrases import attributed, when
from analyzer.settings import Thresholds
from analyzer.system.build import System, build_system
from analyzer.system.minimal import minimal_sets
from analyzer.system.pairs import conflicting_pairs
from analyzer.system.proof import prove
from analyzer.system.search import Search
from analyzer.system.solve import Atoms, parts
from analyzer.system.survival import survival

KINDS = ("account", "joint contradiction")
MOST_SETS = 12  # minimal sets of one account that are counted
PROOFS = [
    "finding",
    "label",
    "when",
    "wording",
    "who",
    "low",
    "high",
    "implied_low",
    "implied_high",
    "elsewhere_low",
    "elsewhere_high",
    "nearest",
    "claims",
    "n_copies",
    "n_sets",
]
READINGS = ["finding", "wording", "dates", "stands"]


def explain(
    findings: pd.DataFrame,
    found: Search,
    claims: pd.DataFrame,
    identities: pd.DataFrame,
    measures: pd.DataFrame,
    thresholds: Thresholds,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Prove each account that fails and each joint contradiction.

    Parameters
    ----------
    findings : DataFrame
        `schemas.Findings`.
    found : Search
        Of the whole dossier.
    claims : DataFrame
        `schemas.Aligned`, without those that are superseded.

    Returns
    -------
    proofs : DataFrame
        Columns `PROOFS`, one row a figure of the plainest minimal set of a finding: `low` and
        `high` bound what it allows, `implied_*` what the others of the set leave for it (NaN for a
        share or ratio that is put into the account), `elsewhere_*` what all other claims that can
        hold together leave for it, `nearest` the figure at which the set agrees when each moves as
        little as it can in proportion to its size; `claims` all that say the same, `n_copies` how
        many; `n_sets` the minimal sets of the finding, at most `MOST_SETS`.
    readings : DataFrame
        Columns `READINGS`, one row a finding and reading: keys of `survival.WORDINGS` and
        `survival.DATES`, and whether the contradiction stands.
    """
    keyed = claims.set_index("id", drop=False).rename_axis(None)
    labels = measures.set_index("measure")["label"]
    proofs: list[dict[str, Any]] = []
    readings: list[tuple[Any, ...]] = []
    for finding in findings[findings["kind"].isin(KINDS)].to_dict("records"):
        rules = [text for term, text in finding["evidence"] if term == "identity"]
        used = identities[identities["name"].isin(rules)]
        mine = keyed.loc[list(finding["claims"])]
        account = finding["kind"] == "account"
        system, sets = found.system, [_atoms(found.system, set(finding["claims"]))]
        if account:
            reading = "implied" if finding["relation"] == "strains" else "rounded"
            system = build_system(mine, used, measures, reading)
            sets = _sets(system, set(measures.loc[measures["kind"] == "cumulative", "measure"]))
            mine = keyed.loc[_claims(system, sets[0])] if sets else mine
        if not sets:
            continue
        steps = prove(found, sets[0], system).steps
        for step in steps:
            rows = keyed.loc[list(system.atoms[step.atom].claims)]
            row = _told(rows, labels) | step._asdict()
            proofs.append(row | {"finding": finding["id"], "n_sets": len(sets)})
        beside = () if account else found.system.places
        tolerance = thresholds.position_tolerance
        read = survival(mine, used, measures, tolerance, beside)
        readings += [(finding["id"], *one) for one in read]
    return (
        pd.DataFrame(proofs, columns=pd.Index(PROOFS)),
        pd.DataFrame(readings, columns=pd.Index(READINGS)).astype({"stands": "bool"}),
    )


def _atoms(system: System, claims: set[str]) -> Atoms:
    numbers = enumerate(system.atoms)
    return frozenset(number for number, atom in numbers if claims.issuperset(atom.claims))


def _claims(system: System, atoms: Atoms) -> list[str]:
    return sorted(one for number in atoms for one in system.atoms[number].claims)


def _sets(system: System, running: set[str]) -> list[Atoms]:
    """Minimal sets of an account, those of fewest figures first.

    Two figures of one measure that exclude each other do so without the account.
    """
    totals = [atom.place.measure in running for atom in system.atoms]
    pairs = conflicting_pairs(system.atoms, totals)
    sets = [
        one for part in parts(system) for one in minimal_sets(part, part.atoms, MOST_SETS, pairs)[0]
    ]
    return sorted(sets, key=lambda one: (len(one), sorted(one)))


def _named(rows: pd.DataFrame) -> pd.Series:
    """Of claims that say the same the one that is named: of the origin cited most, the first."""
    cited = rows["authority"].map(rows["authority"].value_counts())
    ordered = rows.assign(cited=-cited).sort_values(["cited", "said_first", "id"])
    return ordered.iloc[0]


def _told(rows: pd.DataFrame, labels: pd.Series) -> dict[str, Any]:
    claim = _named(rows)
    scope = str(labels.get(claim["scope"], str(claim["scope"]).replace("_", " ")))
    return {
        "label": f"{labels[claim['measure']]}{f' ({scope})' if scope else ''}",
        "when": "" if claim["kind"] == "fixed" else when(claim["at_first"], claim["at_last"]),
        "wording": str(claim["figure"]),
        "who": attributed(claim),
        "claims": tuple(rows["id"]),
        "n_copies": len(rows),
    }
