"""The shape of the frame at each stage, one pandera class each, checked where stages meet.

The classes of the raw tables hold what can be said of one cell or one column; their messages are
shown to people, as "what is wrong; what to do". References between tables, dates and wordings
are checked in `validate`.
"""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analyzer.cells import written_with
from analyzer.checked import Series, differ, pa
from analyzer.distinct import where_text
from analyzer.model import CAUSES, FINDING_KINDS, SEVERITIES

KEY = r"[a-z0-9][a-z0-9_]*"
IDENT = r"[A-Za-z0-9][A-Za-z0-9_.-]*"
IDENT_MARKS = f"{string.ascii_letters}{string.digits}_.-".encode()
SCOPE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
LINK = r"https?://[^\s<>\"\\^`{|}]+"
PLAIN_LINK = r"https?://[!#-;=?-\[\]_a-z~]+"  # the same within ASCII, which is found much faster
PLAIN_MARKS = bytes(set(range(0x21, 0x7F)) - set(b'"<>\\^`{|}'))
SCHEMES = ("http://", "https://")
ID_TWICE = "is the id of an earlier row too; leave one of them blank"

Text = Series[str]


class _Table(pa.DataFrameModel):
    row: Series[int] = pa.Field(gt=1)

    class Config:
        strict = True


def _given(*columns: str) -> Any:
    return pa.check(*columns, error="is blank; fill it in")(lambda cls, cells: cells != "")


def _key(*columns: str) -> Any:
    error = "is no key; use lower case letters, digits and underscores"
    return pa.check(*columns, error=error)(lambda cls, cells: _blank_or(cells, KEY))


def _link(column: str) -> Any:
    error = "is no web address; give it with http:// or https://, or leave it blank"
    return pa.check(column, error=error)(lambda cls, cells: _is_link(cells))


def _once(column: str, error: str) -> Any:
    return pa.check(column, error=error)(
        lambda cls, cells: differ(cells) or ~cells.duplicated(keep="first") | (cells == "")
    )


def _is_link(cells: pd.Series) -> pd.Series:
    """Most addresses are plain; only the others are held against the whole pattern."""
    if written_with(cells, PLAIN_MARKS):
        more = (cells != SCHEMES[0]) & (cells != SCHEMES[1])
        return (cells == "") | (cells.str.startswith(SCHEMES) & more)
    fine = _blank_or(cells, PLAIN_LINK)
    if not fine.all():
        fine.loc[~fine] = cells[~fine].str.fullmatch(LINK)
    return fine


def _is_ident(cells: pd.Series) -> pd.Series:
    if written_with(cells, IDENT_MARKS):
        return ~cells.str.startswith(("_", ".", "-"))
    return _blank_or(cells, IDENT)


def _blank_or(cells: pd.Series, pattern: str) -> pd.Series:
    return (cells == "") | cells.str.fullmatch(pattern)


class RawClaims(_Table):
    """claims.csv as text."""

    id: Text
    measure: Text
    figure: Text
    of: Text
    scope: Text
    as_of: Text
    as_of_basis: Text
    period_start: Text
    published: Text
    published_context: Text
    source: Text
    attributed_to: Text
    via: Text
    status: Text
    url: Text
    note: Text

    given = _given("measure", "figure", "source", "attributed_to", "status")
    link = _link("url")
    once = _once("id", ID_TWICE)

    @pa.check("scope", error="is no scope; use one word, its parts joined by underscores")
    def one_word(cls, cells: pd.Series) -> pd.Series:
        """A scope can stand in brackets in an identity; it is printed with spaces."""
        return where_text(cells, lambda cell: not cell or SCOPE.fullmatch(cell) is not None)

    @pa.check("id", error="is no id; use letters, digits, dots, hyphens and underscores")
    def ident(cls, cells: pd.Series) -> pd.Series:
        """An id can be part of a file name and of a link."""
        return _is_ident(cells)


class RawSources(_Table):
    """sources.csv as text."""

    source: Text
    name: Text
    kind: Text
    kind_basis: Text
    side: Text
    speaks_for: Text
    relays: Text
    url: Text
    note: Text

    given = _given("source", "name", "kind", "side")
    keys = _key("source")
    link = _link("url")
    once = _once("source", "stands in an earlier row too; delete one of them")


class RawMeasures(_Table):
    """measures.csv as text."""

    measure: Text
    label: Text
    definition: Text
    unit: Text
    kind: Text
    part_of: Text
    plan: Text
    closed: Text
    total: Text
    table: Text

    given = _given("measure", "label", "definition", "unit", "kind")
    keys = _key("measure")
    once = _once("measure", "stands in an earlier row too; delete one of them")


class RawIdentities(_Table):
    """identities.csv as text."""

    name: Text
    label: Text
    expression: Text
    valid_from: Text
    valid_to: Text
    note: Text

    given = _given("name", "expression")
    keys = _key("name")
    once = _once("name", "stands in an earlier row too; delete one of them")


class RawCorrections(_Table):
    """corrections.csv as text."""

    claim: Text
    figure: Text
    corrected: Text
    reason: Text
    who: Text
    date: Text

    given = _given("claim", "figure", "corrected", "reason", "who", "date")
    once = _once("claim", "has a correction in an earlier row too; delete one of them")


class RawWaivers(_Table):
    """waivers.csv as text."""

    finding: Text
    claim: Text
    reason: Text
    who: Text
    until: Text

    given = _given("reason", "who", "until")
    once = _once("finding", "is waived in an earlier row too; delete one of them")
    claim_once = _once("claim", "is waived in an earlier row too; delete one of them")


RAW: dict[str, type[_Table]] = {
    "claims": RawClaims,
    "sources": RawSources,
    "measures": RawMeasures,
    "identities": RawIdentities,
    "corrections": RawCorrections,
    "waivers": RawWaivers,
}


if TYPE_CHECKING:  # pandera takes a dtype where a type checker wants a class
    Day = Series[pd.Timestamp]
else:
    Day = Series[np.dtype("datetime64[s]")]


class Claims(pa.DataFrameModel):
    """Normalized claims with their lineage; one row a claim, bounds in the measure's unit."""

    id: Text = pa.Field(unique=True)
    measure: Text
    figure: Text
    printed: Text
    unit: Text
    kind: Text
    status: Text
    origin: Text
    authority: Text
    source_name: Text
    origin_name: Text
    authority_name: Text
    low: Series[float] = pa.Field(ge=-np.inf)
    high: Series[float] = pa.Field(le=np.inf)
    low_closed: Series[bool]
    high_closed: Series[bool]
    implied_low: Series[float]
    implied_high: Series[float]
    stated: Series[float] = pa.Field(nullable=True)
    qualifier: Text
    granularity: Series[float] = pa.Field(nullable=True)
    rules: Text
    language: Text
    is_share: Series[bool]
    as_of_first: Day = pa.Field(nullable=True)
    as_of_last: Day = pa.Field(nullable=True)
    said_first: Day = pa.Field(nullable=True)
    said_last: Day = pa.Field(nullable=True)

    @pa.dataframe_check(error="literal bounds hold the implied ones")
    def nested(cls, frame: pd.DataFrame) -> pd.Series:
        """What a hearer takes from a figure is within what its words allow."""
        return (frame["low"] <= frame["implied_low"]) & (frame["implied_high"] <= frame["high"])


class Aligned(Claims):
    """Claims with the place where each can be compared, and the series that it belongs to."""

    comparable: Series[bool]
    modality: Text = pa.Field(isin=("planned", "actual"))
    group: Text
    slot: Text
    near_low: Series[float]
    near_high: Series[float]
    apart_low: Series[float]
    apart_high: Series[float]
    face_low: Series[float]
    face_high: Series[float]
    reading: Text
    series: Text
    superseded: Series[bool]


class Findings(pa.DataFrameModel):
    """Ranked findings; one row a discrepancy."""

    id: Text = pa.Field(unique=True)
    rank: Series[int]
    kind: Text = pa.Field(isin=tuple(FINDING_KINDS))
    cause: Text
    severity: Text = pa.Field(isin=SEVERITIES)
    relation: Text = pa.Field(isin=("contradicts", "strains", "agrees"))
    measure: Text
    when: Text
    gap: Series[float] = pa.Field(in_range={"min_value": 0, "max_value": 1})
    claims: Series[object]
    sentence: Text
    evidence: Series[object]
    positions: Series[object]


class Events(pa.DataFrameModel):
    """Events of series; one row an event, values in the measure's unit."""

    event: Text = pa.Field(unique=True)
    series: Text
    measure: Text
    scope: Text
    source: Text
    kind: Text = pa.Field(isin=tuple(FINDING_KINDS))
    at_first: Day
    at_last: Day
    value: Series[float]
    before: Series[float] = pa.Field(nullable=True)
    after: Series[float] = pa.Field(nullable=True)
    expected_low: Series[float] = pa.Field(nullable=True)
    expected_high: Series[float] = pa.Field(nullable=True)
    gap: Series[float] = pa.Field(in_range={"min_value": 0, "max_value": 1})
    cause: Text = pa.Field(isin=tuple(CAUSES))
    likelihood: Series[float] = pa.Field(in_range={"min_value": 0, "max_value": 1})
    rivals: Series[object]
    error: Series[bool]
    blamed: Text
    suggestion: Series[float] = pa.Field(nullable=True)
    suggestions: Series[object]
    claims: Series[object]
    evidence: Series[object]
