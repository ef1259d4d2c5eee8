"""Small systems to test with: claims as rows of numbers, days as whole numbers, exact oracles.

Day 7 is the eighth of January 1970, so that places hold the very numbers that a test writes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from itertools import combinations, pairwise

import pandas as pd
from hypothesis import Phase, settings

from analyzer.align import align
from analyzer.discrepancies.accounts import find_failed_accounts
from analyzer.discrepancies.draft import Draft
from analyzer.discrepancies.jointly import find_joint_contradictions
from analyzer.explanations import explain
from analyzer.identities import evaluate_identities, part_identities
from analyzer.intake import Dossier
from analyzer.system.build import System, build_system
from analyzer.system.envelope import find_envelope
from analyzer.system.places import DAY, EPOCH
from analyzer.system.search import Search, search

PHASES = (Phase.generate, Phase.shrink)  # to explain a failure takes a minute
few = settings(max_examples=10, deadline=None, derandomize=True, database=None, phases=PHASES)
BOUNDS = ("low", "high", "implied_low", "implied_high", "near_low", "near_high")
BOUNDS += ("apart_low", "apart_high")
Cells = dict[str, object]
Row = tuple[Mapping[object, int | Fraction], int | Fraction]  # sum of terms >= bound


def date(day: int | None) -> pd.Timestamp:
    return pd.NaT if day is None else EPOCH + day * DAY


def said(
    measure: str,
    low: float,
    high: float | None = None,
    day: int | None = None,
    *,
    until: int | None = None,
    start: int | None = None,
    who: str = "",
    **cells: object,
) -> Cells:
    """One claim: exactly `low`, or from `low` to `high`, of a day or of `day` to `until`.

    Its origin is its own unless `who` names one; `start` is the first day of a flow.
    """
    most = low if high is None else high
    ends = {end: low if end.endswith("low") else most for end in BOUNDS}
    times = {"at_first": date(day), "at_last": date(day if until is None else until)}
    begin = {"period_start_first": date(start)}
    return {"measure": measure, "authority": who, **ends, **times, **begin, **cells}


def claims_of(claims: Iterable[Cells], measures: pd.DataFrame) -> pd.DataFrame:
    """Claims with the columns of `schemas.Aligned` that a system reads; c0, c1 … are their ids."""
    rows = [
        {"id": f"c{place}", "scope": "", "of": "", "modality": "actual", "comparable": True}
        | {"series": "", "url": "", "source": f"s{place}", "as_of_basis": "page"}
        | {"said_first": pd.NaT, "said_last": pd.NaT}
        | {"as_of_first": claim["at_first"]}
        | claim
        | {"authority": claim["authority"] or f"o{place}"}
        for place, claim in enumerate(claims)
    ]
    frame = pd.DataFrame(rows)
    keyed = measures.set_index("measure")
    frame["kind"] = frame["measure"].map(keyed["kind"])
    frame["unit"] = frame["measure"].map(keyed["unit"])
    group = frame["measure"] + " " + frame["modality"]
    since = frame["since"] if "since" in frame else pd.Series("", frame.index)
    since = since.fillna("")
    frame["group"] = group + (" since " + since).where(since != "", "")
    frame["slot"] = frame["group"]
    days = [column for column in frame if column.startswith(("at_", "said_", "period_", "as_of_f"))]
    return frame.astype(dict.fromkeys(days, "datetime64[s]") | dict.fromkeys(BOUNDS, "float64"))


def measures_of(**kinds: str) -> pd.DataFrame:
    """Measures by kind: "fixed", "fixed ratio", "share percent", "flow of total", and so on.

    The second word is a unit, people if left out; after "of" stands the total of a flow, after
    "until" the day on which a running total ended.
    """
    rows = []
    for measure, text in kinds.items():
        words = text.split()
        after = dict(pairwise(words))
        unit = words[1] if len(words) > 1 and words[1] in ("percent", "ratio") else "people"
        closed = date(int(after["until"]) if "until" in after else None)
        names = {"measure": measure, "label": measure.capitalize(), "kind": words[0], "unit": unit}
        rows.append(
            names | {"total": after.get("of", ""), "part_of": "", "plan": "", "closed_last": closed}
        )
    return pd.DataFrame(rows).astype({"closed_last": "datetime64[s]"})


def identities_of(*expressions: str | tuple[str, int | None, int | None]) -> pd.DataFrame:
    """Identities named i0, i1 …; with the first and the last day on which one holds."""
    rows = []
    for place, one in enumerate(expressions):
        text, start, end = one if isinstance(one, tuple) else (one, None, None)
        dates = {"valid_from_first": date(start), "valid_to_last": date(end)}
        name = {"name": f"i{place}", "label": f"Rule {place}", "note": ""}
        rows.append(name | {"expression": text} | dates)
    texts, days = ("name", "label", "note", "expression"), ("valid_from_first", "valid_to_last")
    frame = pd.DataFrame(rows, columns=pd.Index([*texts, *days]))
    return frame.astype(dict.fromkeys(texts, "str") | dict.fromkeys(days, "datetime64[s]"))


def system_of(
    claims: Iterable[Cells],
    measures: pd.DataFrame,
    *expressions: str | tuple[str, int | None, int | None],
    reading: str = "rounded",
    days: Iterable[int] = (),
) -> System:
    frame = claims_of(claims, measures)
    return build_system(frame, identities_of(*expressions), measures, reading, days)


def search_in(
    claims: Iterable[Cells],
    measures: pd.DataFrame,
    *expressions: str | tuple[str, int | None, int | None],
    days: Sequence[int] = (),
) -> Search:
    return search(claims_of(claims, measures), identities_of(*expressions), measures, days)


def allowed(
    found: Search, measures: pd.DataFrame, *names: str, days: Iterable[int] = ()
) -> pd.DataFrame:
    """The envelope of some measures; of all that a place speaks of without names."""
    return find_envelope(found, names or set(measures["measure"]), days)


def ends(found: Search, measures: pd.DataFrame, *names: str) -> list[list[float]]:
    """Lower and upper ends of the envelope, by measure, scope and time."""
    return allowed(found, measures, *names)[["low", "high"]].to_numpy().tolist()


def ids(found: Search | System, atoms: Iterable[int]) -> set[str]:
    """Ids of the claims of some atoms."""
    system = found.system if isinstance(found, Search) else found
    return {claim for number in atoms for claim in system.atoms[number].claims}


def sets(found: Search) -> set[frozenset[str]]:
    """Every minimal set that a search names, as ids."""
    return {frozenset(ids(found, one)) for one in (*found.pairs, *found.across, *found.of_pages)}


def options(found: Search) -> list[tuple[float, set[frozenset[str]]]]:
    """Of each conflict the votes and the options, as ids."""
    return [
        (choice.weight, {frozenset(ids(found, one)) for one in choice.options})
        for choice in found.choices
    ]


@dataclass(frozen=True)
class Told:
    """What a dossier's accounts and its system say, without the other detectors of an analysis."""

    findings: pd.DataFrame
    proofs: pd.DataFrame
    readings: pd.DataFrame
    found: Search


def told_of(dossier: Dossier, *, proved: bool = True) -> Told:
    """Accounts that fail and joint contradictions, with their proofs if these are wanted."""
    thresholds, measures = dossier.settings.thresholds, dossier.measures
    claims = align(dossier.claims, measures, thresholds).assign(series="")
    identities = pd.concat([dossier.identities, part_identities(measures)], ignore_index=True)
    accounts, terms = evaluate_identities(claims, identities, measures, thresholds)
    failed = find_failed_accounts(accounts, terms, claims, identities, thresholds)
    found = search(claims, identities, measures)
    drafts = [*failed, *find_joint_contradictions(found, claims, identities, measures, failed)]
    names = [field.name for field in fields(Draft)]
    rows = [[getattr(draft, name) for name in names] for draft in drafts]
    findings = pd.DataFrame(rows, columns=pd.Index(names))
    findings["id"] = [f"{draft.kind}.{draft.measure}.{draft.key}" for draft in drafts]
    explained = findings if proved else findings.iloc[:0]
    proofs, readings = explain(explained, found, claims, identities, measures, thresholds)
    return Told(findings, proofs, readings, found)


def possible(rows: Sequence[Row]) -> bool:
    """Whether rational numbers, none below 0, satisfy all rows: Fourier-Motzkin elimination.

    Exact, and fit for a handful of unknowns only.
    """
    names = sorted({name for terms, _ in rows for name in terms}, key=str)
    left = {
        (tuple(Fraction(terms.get(name, 0)) for name in names), Fraction(bound))
        for terms, bound in rows
    }
    one = {
        tuple(Fraction(int(place == other)) for other in range(len(names)))
        for place in range(len(names))
    }
    left |= {(terms, Fraction(0)) for terms in one}
    for place in range(len(names)):
        up = [row for row in left if row[0][place] > 0]
        down = [row for row in left if row[0][place] < 0]
        rest = [row for row in left if row[0][place] == 0]
        rest += [_combined(high, low, place) for high in up for low in down]
        best: dict[tuple[Fraction, ...], Fraction] = {}
        for terms, bound in rest:
            size = next((abs(number) for number in terms if number), Fraction(1))
            key = tuple(number / size for number in terms)
            best[key] = max(best.get(key, bound / size), bound / size)
        if any(bound > 0 and not any(terms) for terms, bound in best.items()):
            return False
        left = set(best.items())
    return True


def _combined(
    up: tuple[tuple[Fraction, ...], Fraction], down: tuple[tuple[Fraction, ...], Fraction], at: int
) -> tuple[tuple[Fraction, ...], Fraction]:
    one, other = 1 / up[0][at], -1 / down[0][at]
    terms = tuple(a * one + b * other for a, b in zip(up[0], down[0], strict=True))
    return terms, up[1] * one + down[1] * other


def rows_of(system: System) -> tuple[list[Row], dict[int, list[Row]]]:
    """Rules, and what each atom states, in exact numbers; columns are named by their number."""
    rules: list[Row] = []
    stated: dict[int, list[Row]] = {number: [] for number in range(len(system.atoms))}
    matrix = system.matrix.tocsr()
    for row, (atom, bound) in enumerate(zip(system.atom, system.bounds, strict=True)):
        own = slice(matrix.indptr[row], matrix.indptr[row + 1])
        terms = {
            int(column): Fraction(float(value))
            for column, value in zip(matrix.indices[own], matrix.data[own], strict=True)
        }
        (rules if atom < 0 else stated[int(atom)]).append((terms, Fraction(float(bound))))
    return rules, stated


def agree(system: System, atoms: Iterable[int]) -> bool:
    """Whether atoms can all hold, in exact arithmetic."""
    rules, stated = rows_of(system)
    return possible([*rules, *(row for number in atoms for row in stated[number])])


def smallest(system: System) -> set[frozenset[int]]:
    """All minimal sets, by trying every subset of the atoms from the smallest on."""
    found: set[frozenset[int]] = set()
    numbers = range(len(system.atoms))
    for size in range(1, len(system.atoms) + 1):
        for chosen in map(frozenset, combinations(numbers, size)):
            if not any(one <= chosen for one in found) and not agree(system, chosen):
                found.add(chosen)
    return found


def within(low: float, value: float, high: float, slack: float = 1e-6) -> bool:
    return low - slack <= value <= high + slack
