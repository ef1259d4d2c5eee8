"""What can't all be true, and what to give up, as tables for people and other programs."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analyzer.system.parts import Atoms
from analyzer.system.search import Search

CONTRADICTIONS = ["kind", "measures", "n_figures", "n_origins", "claims", "told_by"]
KINDS = {
    "one page": "several measures on one page",
    "several measures": "several measures or days, across pages",
    "one measure": "one measure, two figures",
}
GIVEN_UP = ["conflict", "option", "votes", "lightest", "measures", "claims"]


def list_contradictions(found: Search, findings: pd.DataFrame) -> pd.DataFrame:
    """Every minimal set that was found.

    Returns
    -------
    DataFrame
        Columns `CONTRADICTIONS`: `kind` is a key of `KINDS`; `measures` and `claims` are tuples;
        `told_by` is the id of the first finding that holds a claim of each figure of the set,
        "" where none does. Sets of one page first, then those of several measures, the plainest
        first, then pairs.
    """
    told = [(str(row["id"]), set(row["claims"])) for row in findings.to_dict("records")]
    rows = []
    across = [one for one in found.across if one not in found.of_pages]
    for kind, sets in zip(KINDS, (found.of_pages, across, found.pairs), strict=True):
        for atoms in sets:
            members = [found.system.atoms[number] for number in sorted(atoms)]
            figures = [set(atom.claims) for atom in members]
            names = (
                name
                for name, claims in told
                if all(not claims.isdisjoint(figure) for figure in figures)
            )
            rows.append(
                (
                    kind,
                    _measures(found, atoms),
                    len(atoms),
                    len({origin for atom in members for origin in atom.origins}),
                    tuple(sorted(one for figure in figures for one in figure)),
                    next(names, ""),
                )
            )
    return pd.DataFrame(rows, columns=pd.Index(CONTRADICTIONS))


def list_given_up(found: Search) -> pd.DataFrame:
    """The least to give up, so that all other claims can be true together.

    Returns
    -------
    DataFrame
        Columns `GIVEN_UP`, one row an option: conflicts are numbered from 1 and independent of
        each other; any one of the options of a conflict ends it, and all of them weigh the same
        number of `votes` of origins. `lightest` is "yes", or "unknown" where the conflict is too
        large to tell whether less would do.
    """
    rows = []
    for conflict, choice in enumerate(found.choices, 1):
        for option, atoms in enumerate(choice.options, 1):
            claims = {one for number in atoms for one in found.system.atoms[number].claims}
            lightest = "unknown" if choice.bounded else "yes"
            row = (conflict, option, round(choice.weight, 4), lightest, _measures(found, atoms))
            rows.append((*row, tuple(sorted(claims))))
    return pd.DataFrame(rows, columns=pd.Index(GIVEN_UP))


def _measures(found: Search, atoms: Iterable[int] | Atoms) -> tuple[str, ...]:
    return tuple(sorted({found.system.atoms[number].place.measure for number in atoms}))
