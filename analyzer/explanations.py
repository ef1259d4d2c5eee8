"""Why each contradiction is one: its plainest minimal set, and the readings it survives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analyzer.phrases import attributed
from analyzer.settings import Thresholds
from analyzer.system.build import System, assemble
from analyzer.system.minimal import minimal_sets
from analyzer.system.pairs import conflicting_pairs
from analyzer.system.parts import Atoms, Parts
from analyzer.system.places import Place, facts_of
from analyzer.system.proof import prove
from analyzer.system.rules import Identity, read_identities, references
from analyzer.system.search import Search
from analyzer.system.statements import Statements
from analyzer.system.survival import Reading, survived
from analyzer.system.telling import label_of, named, records_of, time_of

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
Told = tuple[list[dict[str, Any]], list[Reading]]  # rows of the proof, and the readings


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
    told = findings[findings["kind"].isin(KINDS)]
    if told.empty:
        return _tables([], [])
    columns = [told[column].tolist() for column in ("id", "kind", "relation", "claims", "evidence")]
    mine = claims[claims["id"].isin({one for ids in columns[3] for one in ids})]
    rules = [[text for term, text in one if term == "identity"] for one in columns.pop()]
    used = identities[identities["name"].isin({name for names in rules for name in names})]
    explainer = _Explainer(found, mine, used, measures, thresholds.position_tolerance)
    proofs: list[dict[str, Any]] = []
    readings: list[tuple[Any, ...]] = []
    for finding, kind, relation, ids, names in zip(*columns, rules, strict=True):
        if kind == "account":
            steps, read = explainer.account(ids, names, relation)
        else:
            steps, read = explainer.joint(ids, names)
        proofs += [step | {"finding": finding} for step in steps]
        readings += [(finding, *one) for one in read]
    return _tables(proofs, readings)


def _tables(
    proofs: list[dict[str, Any]], readings: list[tuple[Any, ...]]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    return (
        pd.DataFrame(proofs, columns=pd.Index(PROOFS)),
        pd.DataFrame(readings, columns=pd.Index(READINGS)).astype({"stands": "bool"}),
    )


class _Explainer:
    """What explanations look up, made once for all of them."""

    def __init__(
        self,
        found: Search,
        claims: pd.DataFrame,
        identities: pd.DataFrame,
        measures: pd.DataFrame,
        tolerance: float,
    ) -> None:
        self._found = found
        self._facts = facts_of(measures)
        self._records = records_of(claims, claims["id"].tolist())
        self._statements = Statements(claims, measures, tolerance)
        names, labels = measures["measure"].tolist(), measures["label"].tolist()
        self._labels: Mapping[str, str] = dict(zip(names, labels, strict=True))
        self._identities = read_identities(identities, self._facts)
        self._order = {one.name: at for at, one in enumerate(self._identities)}
        self._numbers = {
            claim: number
            for number, atom in enumerate(found.system.atoms)
            for claim in atom.claims
            if claim in self._records
        }
        self._places: dict[str, list[Place]] = defaultdict(list)
        for place in found.system.places:
            self._places[place.measure].append(place)

    def account(self, ids: Sequence[str], names: Sequence[str], relation: str) -> Told:
        """An account: the figures of one page, or of one time, in a system of their own."""
        rules = self._rules(names)
        wording = "implied" if relation == "strains" else "rounded"
        system = assemble(self._statements.atoms(ids, wording), rules, self._facts)
        sets = self._sets(system)
        if not sets:
            return [], []
        steps = self._steps(system, sets[0], len(sets))
        plainest = sorted(one for number in sets[0] for one in system.atoms[number].claims)
        return steps, survived(self._statements, plainest, rules, self._facts)

    def joint(self, ids: Sequence[str], names: Sequence[str]) -> Told:
        """Claims of several pages or days, in the system of the dossier."""
        rules = self._rules(names)
        system = self._found.system
        numbers = {self._numbers[one] for one in ids if one in self._numbers}
        atoms = frozenset(n for n in numbers if set(ids).issuperset(system.atoms[n].claims))
        beside = self._beside(ids, rules)
        read = survived(self._statements, ids, rules, self._facts, beside)
        return self._steps(system, atoms, 1), read

    def _rules(self, names: Sequence[str]) -> list[Identity]:
        """The identities of some names, in the order of their file."""
        places = sorted({self._order[name] for name in names if name in self._order})
        return [self._identities[place] for place in places]

    def _beside(self, ids: Sequence[str], rules: Sequence[Identity]) -> list[Place]:
        """All places of the measures that the claims or identities of a finding speak of."""
        names = {str(self._records[one]["measure"]) for one in ids}
        names |= {ref.measure for rule in rules for ref in references(rule.form)}
        names |= {self._facts.totals.get(name, "") for name in names}
        return [place for name in sorted(names) for place in self._places.get(name, ())]

    def _sets(self, system: System) -> list[Atoms]:
        """Minimal sets of an account, those of fewest figures first.

        Two figures of one measure that exclude each other do so without the account.
        """
        kinds = self._facts.kinds
        totals = [kinds[atom.place.measure] == "cumulative" for atom in system.atoms]
        pairs = conflicting_pairs(system.atoms, totals)
        sets = [
            one
            for part in Parts(system)
            for one in minimal_sets(part, part.atoms, MOST_SETS, pairs)[0]
        ]
        return sorted(sets, key=lambda one: (len(one), sorted(one)))

    def _steps(self, system: System, atoms: Atoms, n_sets: int) -> list[dict[str, Any]]:
        rows = []
        for step in prove(self._found, atoms, system).steps:
            claims = [self._records[one] for one in system.atoms[step.atom].claims]
            claim = named(claims)
            told = {
                "label": label_of(claim, self._labels),
                "when": time_of(claim),
                "wording": str(claim["figure"]),
                "who": attributed(claim),
                "claims": tuple(row["id"] for row in claims),
                "n_copies": len(claims),
                "n_sets": n_sets,
            }
            rows.append(told | step._asdict())
        return rows
