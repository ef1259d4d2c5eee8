"""Every number that a reader of the PDF sees stands in report.json."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from analyzer.pipeline import Analysis
from analyzer.report.typeset import typeset
from analyzer.reportdata.report import build_report

NUMBER = re.compile(r"\d+(?:[,.]\d+)*")
# Numbers of pages, which only the typesetting knows.
PAGES = re.compile(r"[Pp]age \d+( of \d+)?|(?:\. ?){3,}\d+")


def numbers(text: str) -> set[str]:
    """Numbers of a text without separators of thousands and trailing zeros."""
    return {plain(found) for found in NUMBER.findall(text)}


def plain(number: str) -> str:
    number = re.sub(r",(?=\d{3}(?:\D|$))", "", number)
    return re.sub(r"\.0+$|(\.\d*?)0+$", r"\1", number)


def told(value: Any) -> Iterator[str]:
    """Texts, numbers and lengths of lists in a JSON value."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield key
            yield from told(part)
    elif isinstance(value, list):
        yield str(len(value))
        for part in value:
            yield from told(part)
    elif isinstance(value, float):
        yield from (f"{value:g}", f"{value:.2f}", str(value))
    elif value is not None:
        yield str(value)


@pytest.fixture(scope="module")
def data(part_of_gaza: Analysis) -> dict[str, Any]:
    """A report with an entry in each list that the whole shipped dossier fills."""
    found: dict[str, Any] = json.loads(json.dumps(build_report(part_of_gaza, {})))
    assert all(found[name] for name in ("findings", "measures", "accounts", "unevaluated"))
    assert all(found["impossible"][name] for name in ("proofs", "given_up", "envelope"))
    assert found["sources"]["profiles"] and found["sources"]["copying"] and found["questions"]
    return found


def missing(shown: dict[str, Any], data: dict[str, Any], folder: Path) -> dict[int, set[str]]:
    """Numbers by page of the PDF of `shown` that `data` does not have."""
    pdf = PdfReader(io.BytesIO(typeset(shown, folder)))
    known = {one for text in told(data) for one in numbers(text)}
    pages = enumerate((page.extract_text() for page in pdf.pages), 1)
    found = {page: numbers(PAGES.sub(" ", text)) - known for page, text in pages}
    return {page: left for page, left in found.items() if left}


def test_no_number_of_the_pdf_is_missing_in_report_json(
    data: dict[str, Any], tmp_path: Path
) -> None:
    assert missing(data, data, tmp_path) == {}


def test_a_number_that_report_json_lacks_is_noticed(data: dict[str, Any], tmp_path: Path) -> None:
    """One figure of the first page is another than in report.json."""
    short = data | {"claims": [], "measures": [], "accounts": [], "findings": []}
    short |= {"impossible": {"proofs": [], "given_up": [], "envelope": {"rows": []}}}
    short |= {"key_findings": [], "questions": [], "sources": {}}
    changed = short | {"summary": data["summary"] | {"claims": 98_765}}
    assert missing(changed, data, tmp_path) == {1: {"98765"}}
