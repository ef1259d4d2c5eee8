"""What can't be used, told all at once: cells, references between tables, dates, repeats."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from analyzer.arrays import Truths, among
from analyzer.checked import SchemaErrors, checked
from analyzer.distinct import Columns, repeated, where_text
from analyzer.errors import Problem
from analyzer.expressions import Expression, ExpressionError, Ref, parse_expression, refs
from analyzer.ids import ID_COLUMNS
from analyzer.linear import LinearError, identity_form
from analyzer.model import BASES, KINDS, STATUSES
from analyzer.normalize import COUNTED
from analyzer.schemas import ID_TWICE, RAW

TELLING = ("measure", "source", "as_of", "published", "figure")  # in these few rows are alike


def check_cells(frame: pd.DataFrame, table: str, file: str) -> list[Problem]:
    """Hold one raw table against its pandera class; each failing cell becomes a problem."""
    try:
        checked(RAW[table], frame)
    except SchemaErrors as error:
        failures = error.failure_cases.dropna(subset=["index"])
        return [
            _problem(file, frame, str(column), int(index), str(text), str(check))
            for column, index, text, check in zip(
                failures["column"],
                failures["index"],
                failures["failure_case"],
                failures["check"],
                strict=True,
            )
        ]
    return []


def _problem(
    file: str, frame: pd.DataFrame, column: str, index: int, text: str, check: str
) -> Problem:
    message, _, remedy = check.partition("; ")
    return Problem(file, int(frame["row"].loc[index]), column, text, message, remedy)


def check_references(
    frame: pd.DataFrame,
    column: str,
    known: Iterable[str],
    where: str,
    file: str,
    *,
    many: bool = False,
    texts: Iterable[str] | None = None,
) -> list[Problem]:
    """Cells that name nothing known; with `many`, each part between semicolons is one name.

    Parameters
    ----------
    texts : iterable of str, optional
        The distinct cells, where the caller knows them.
    """
    given = set(frame[column].unique() if texts is None else texts) - {""}
    told = {name for text in given for name in _names(text)} if many else given
    if not told:
        return []
    missing = told - _known_of(told, known)
    if not missing:
        return []
    cells = frame[["row", column]].rename(columns={column: "name"})
    if many:
        cells = cells.assign(name=cells["name"].str.split(";")).explode("name")
        cells["name"] = cells["name"].str.strip()
    unknown = cells[cells["name"].isin(missing)]
    names = sorted(set(known))
    remedies = {name: _did_you_mean(name, names, where) for name in missing}
    return [
        Problem(file, int(row), column, name, f"is not in {where}", remedies[name])
        for row, name in zip(unknown["row"], unknown["name"], strict=True)
    ]


def _names(text: str) -> list[str]:
    """The names in a cell between semicolons."""
    return [name for part in text.split(";") if (name := part.strip())]


def _known_of(names: set[str], known: Iterable[str]) -> set[str]:
    """Those of the names that are known; a long column of keys is gone through as a whole."""
    if isinstance(known, pd.Series):
        return set(known[among(known, pd.Series(sorted(names), dtype="str"))])
    return names & set(known)


def _did_you_mean(name: str, names: list[str], where: str) -> str:
    if "," in name:
        return "separate names by semicolons"
    if where == "claims.csv":
        return _claim_meant(name, names)
    near = difflib.get_close_matches(name.lower(), names, n=1)
    if near:
        return f"did you mean '{near[0]}'?"
    if where.endswith(".csv"):
        return f"add a row for it to {where}"
    return f"use one of {', '.join(n for n in names if n)}"


def _claim_meant(name: str, names: list[str]) -> str:
    """A near id of the same measure and source; ids of other ones are no likely slip."""
    stem, _, end = name.rpartition(".")
    ends = {one.rpartition(".")[2]: one for one in names if one.rpartition(".")[0] == stem}
    near = difflib.get_close_matches(end, list(ends), n=1)
    if near:
        return f"did you mean '{ends[near[0]]}'?"
    return "take the id from the report's appendix; one that is made from a row changes with it"


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


def check_measures(measures: pd.DataFrame, file: str) -> list[Problem]:
    """Kinds, references between measures, and measures that are part of themselves."""
    keys = measures["measure"]
    problems = check_references(measures, "kind", KINDS, "the list of kinds", file)
    for column in ("part_of", "plan", "total"):
        problems += check_references(measures, column, keys, "measures.csv", file)
    return problems + _check_circles(measures, "measure", "part_of", "a part of itself", file)


def _check_circles(
    frame: pd.DataFrame, key: str, column: str, what: str, file: str
) -> list[Problem]:
    """Rows that lead back to themselves through a column that names another row."""
    above = dict(zip(frame[key], frame[column], strict=True))
    problems = []
    for name, row in zip(frame[key], frame["row"], strict=True):
        seen, up = {name}, above.get(name, "")
        while up and up not in seen:
            seen.add(up)
            up = above.get(up, "")
        if up == name:
            message = f"makes it {what}"
            problems.append(
                Problem(file, int(row), column, above[name], message, "break the circle")
            )
    return problems


def check_sources(sources: pd.DataFrame, file: str) -> list[Problem]:
    """References between sources."""
    keys = sources["source"]
    return [
        *check_references(sources, "speaks_for", keys, "sources.csv", file),
        *check_references(sources, "relays", keys, "sources.csv", file, many=True),
        *_check_circles(sources, "source", "speaks_for", "speak for itself", file),
    ]


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


def check_waivers(waivers: pd.DataFrame, ids: Iterable[str], file: str) -> list[Problem]:
    """Claims that are not there, and rows that don't name one thing, a finding or a claim."""
    both = (waivers["finding"] != "") & (waivers["claim"] != "")
    neither = (waivers["finding"] == "") & (waivers["claim"] == "")
    rules = [
        (both, "names a finding and a claim", "make a row of each"),
        (neither, "names neither a finding nor a claim", "fill in one of the two"),
    ]
    return [
        *check_references(waivers, "claim", ids, "claims.csv", file),
        *(
            Problem(file, int(row), "", "", message, remedy)
            for wrong, message, remedy in rules
            for row in waivers.loc[wrong, "row"]
        ),
    ]


def check_future(frame: pd.DataFrame, column: str, today: pd.Timestamp, file: str) -> list[Problem]:
    """Days that are yet to come where something is said to have been done."""
    late = frame[f"{column}_first"] > today
    return _refused(frame, column, late, "is in the future", "mend it", file)


def _refused(
    frame: pd.DataFrame, column: str, wrong: pd.Series, message: str, remedy: str, file: str
) -> list[Problem]:
    """A problem for each row that breaks a rule; mostly none does."""
    if not wrong.any():
        return []
    rows = frame.loc[wrong, ["row", column]]
    return [
        Problem(file, int(row), column, text, message, remedy)
        for row, text in zip(rows["row"], rows[column], strict=True)
    ]


def check_times(claims: pd.DataFrame, today: pd.Timestamp, file: str) -> list[Problem]:
    """Dates that can't be: a claim published before its time, in the future, a period reversed."""
    not_planned = claims["status"] != "planned"
    rules = [
        (
            "published",
            (claims["published_last"] < claims["as_of_first"]) & not_planned,
            "is before the time that the figure speaks of (as_of)",
            "mend one of the two, or set status to planned",
        ),
        (
            "published_context",
            (claims["published_context_last"] < claims["as_of_first"]) & not_planned,
            "is before the time that the figure speaks of (as_of)",
            "mend one of the two, or set status to planned",
        ),
        (
            "as_of",
            (claims["as_of_first"] > today) & not_planned,
            "is in the future",
            "mend it, or set status to planned",
        ),
        (
            "period_start",
            claims["period_start_first"] > claims["as_of_last"],
            "is after the end of the period (as_of)",
            "mend one of the two",
        ),
        (
            "period_start",
            (claims["kind"] == "flow") & (claims["period_start"] == "") & (claims["as_of"] != ""),
            "is blank, but a flow has a period",
            "type its first day; for a single day, repeat as_of",
        ),
    ]
    return [
        *check_future(claims, "published", today, file),
        *check_future(claims, "published_context", today, file),
        *(
            problem
            for column, wrong, message, remedy in rules
            for problem in _refused(claims, column, wrong, message, remedy, file)
        ),
    ]


def check_numbers(claims: pd.DataFrame, file: str) -> list[Problem]:
    """Figures that can't be a count: below zero, or not whole where things are counted."""
    counted = claims["unit"].isin(COUNTED) & ~claims["is_share"]
    negative = claims["high"] < claims["low"].clip(lower=0)
    stated = claims["stated"]
    half_grouped = (stated < 1000) & claims["figure"].str.contains(",", regex=False)
    half_grouped[half_grouped] = where_text(claims.loc[half_grouped, "figure"], _half_grouped)
    broken = counted & stated.notna() & ((stated != np.floor(stated)) | half_grouped)
    rules = [
        (negative, "is below zero", "give the figure as the page words it"),
        (broken & ~negative, "is no whole number", "mend it, or give the measure another unit"),
    ]
    return [
        problem
        for wrong, message, remedy in rules
        for problem in _refused(claims, "figure", wrong, message, remedy, file)
    ]


def _half_grouped(figure: str) -> bool:
    return re.fullmatch(r"\D*\d+,\d{1,2}\D*", figure) is not None


def check_cut_figures(claims: pd.DataFrame, file: str) -> list[Problem]:
    """Rows whose figure was cut at its comma, which shifts all cells after it."""
    cut = claims.loc[claims["of"] != "", ["row", "figure", "of"]]
    cut = cut[where_text(cut["of"], lambda of: re.fullmatch(r"\d{3}\D*", of) is not None)]
    remedy = 'put it in quotes, as "1,139"'
    return [
        Problem(file, int(row), "figure", f"{figure},{rest}", "is cut at its comma", remedy)
        for row, figure, rest in zip(cut["row"], cut["figure"], cut["of"], strict=True)
    ]


def check_units(claims: pd.DataFrame, file: str) -> list[Problem]:
    """Shares given for a count without the measure that they are a share of."""
    wrong = claims.loc[claims["is_share"] & (claims["of"] == ""), ["row", "figure", "unit"]]
    wrong = wrong[wrong["unit"].isin(COUNTED)]
    return [
        Problem(
            file,
            int(row),
            "figure",
            text,
            f"is a share, but the measure counts {unit}",
            "name the measure that it is a share of in the column 'of'",
        )
        for row, text, unit in zip(wrong["row"], wrong["figure"], wrong["unit"], strict=True)
    ]
