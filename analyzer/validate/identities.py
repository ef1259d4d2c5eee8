"""Identities that can't be read, or not be used as they stand."""

from __future__ import annotations

import difflib
from dataclasses import replace

import pandas as pd

from analyzer.errors import Problem
from analyzer.expressions import Expression, ExpressionError, Ref, parse_expression, refs
from analyzer.linear import LinearError, identity_form
from analyzer.model import KINDS
from analyzer.validate.references import check_references


def check_identities(identities: pd.DataFrame, measures: pd.DataFrame, file: str) -> list[Problem]:
    """Expressions that can't be read, that name unknown measures or misuse a function."""
    problems: list[Problem] = []
    named: list[tuple[int, str]] = []
    kinds, units, totals = (
        dict(zip(measures["measure"], measures[column], strict=True))
        for column in ("kind", "unit", "total")
    )
    given = identities[identities["expression"] != ""]
    for row, text in zip(given["row"], given["expression"], strict=True):
        try:
            read = parse_expression(text)
        except ExpressionError as error:
            problems.append(
                Problem(file, int(row), "expression", text, error.message, error.remedy)
            )
            continue
        used = list(dict.fromkeys([*refs(read.left), *refs(read.right)]))
        if not used:
            remedy = "write the measures that must add up"
            problems.append(Problem(file, int(row), "expression", text, "names no measure", remedy))
        elif wrong := _unsolvable(read, kinds, units):
            problems.append(Problem(file, int(row), "expression", text, *wrong))
        named += dict.fromkeys((int(row), ref.measure) for ref in used)
        problems += [
            Problem(file, int(row), "expression", str(ref), *wrong)
            for ref in used
            if (wrong := _misuse(ref, kinds, totals))
        ]
    names = pd.DataFrame(named, columns=pd.Index(["row", "expression"]))
    keys = measures["measure"]
    return problems + check_references(names, "expression", keys, "measures.csv", file)


def check_validity(identities: pd.DataFrame, file: str) -> list[Problem]:
    """Identities that end before they begin."""
    backwards = identities["valid_from_first"] > identities["valid_to_last"]
    told = identities.loc[backwards, ["row", "valid_to"]].itertuples(index=False)
    wrong, remedy = "is before valid_from", "exchange the two"
    return [Problem(file, int(row), "valid_to", str(text), wrong, remedy) for row, text in told]


def _unsolvable(
    read: Expression, kinds: dict[str, str], units: dict[str, str]
) -> tuple[str, str] | None:
    """Why an identity can't be made linear, and the remedy."""
    try:
        identity_form(read, kinds, units)
    except LinearError as error:
        return str(error), "multiply a sum of counts by one share, ratio or number"
    return None


def _misuse(ref: Ref, kinds: dict[str, str], totals: dict[str, str]) -> tuple[str, str] | None:
    """What is wrong with a function of a measure of its kind, and the remedy."""
    kind = kinds.get(ref.measure, "")
    if kind not in KINDS or not ref.function:
        return None
    plain = f"write '{replace(ref, function='')}'"
    if ref.function == "sum" and kind != "flow":
        flows = [name for name, one in kinds.items() if one == "flow"]
        near = [name for name in flows if totals[name] == ref.measure]
        near += difflib.get_close_matches(ref.measure, flows, n=1)
        meant = f"did you mean '{replace(ref, measure=near[0])}'?" if near else plain
        return f"adds up the days of a measure that is no flow ({kind})", meant
    if ref.function == "before" and kind == "flow":
        total = totals[ref.measure]
        meant = f"did you mean '{replace(ref, measure=total)}'?" if total in kinds else plain
        return "looks up the day before, but a flow covers a period", meant
    if ref.function == "before" and kind == "fixed":
        return "looks up the day before, but a fixed measure has one total for all days", plain
    return None
