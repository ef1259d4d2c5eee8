"""The section on sources: who passes on whose figures, and how faithfully."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from analyzer.report.typeset import typeset

Data = dict[str, Any]


def _profile(role: str, number: int) -> Data:
    return {
        "role": role,
        "name": f"{role.capitalize()} of the province number {number}",
        "claims": 1200 + number,
        "measures": 5,
        "relayed": 10,
        "checked": 6,
        "faithful": f"5 of 6 (44 to {number} %)",
        "stale": 0,
        "qualifier_lost": 1,
        "qualifier_added": 0,
        "rounded": "1 up, 0 down",
        "misquoted": 0,
        "lag": "2 days",
        "agreeing": "14 of 18 (55 to 91 %)",
    }


def _sources(data: Data, profiles: int = 3) -> Data:
    """The section with so many origins and as many publishers; publishers are listed first."""
    chart = data["measures"][0]["charts"][0]
    return {
        "paragraphs": ["Forty outlets that print one figure are one witness."],
        "charts": [chart | {"title": "Who agrees with whom", "alt": "A matrix of two by two."}],
        "profiles": [
            _profile(role, number)
            for role in ("publisher", "origin")
            for number in range(1, profiles + 1)
        ],
        "copying": [
            {
                "a": "Echo",
                "b": "Mirror",
                "likelihood": "0.93",
                "text": "Both give “1,4oo”, an error that nobody else makes.",
                "claims": [claim["id"] for claim in data["claims"][:3]],
            }
        ],
        "unchecked": "212 of 500 relayed claims can't be checked: nobody else gives the figure.",
    }


@pytest.fixture(scope="session")
def report(data: Data, charts: Path, read: Any) -> Any:
    return read(typeset(data | {"sources": _sources(data)}, charts))


def test_every_text_and_row_stands_in_the_section(report: Any, data: Data, squeeze: Any) -> None:
    """Paragraphs, copying, what is unchecked, and each cell of six profiles."""
    sources = _sources(data)
    pair = sources["copying"][0]
    texts = [*sources["paragraphs"], sources["unchecked"], pair["text"], pair["likelihood"]]
    texts += [one[key] for one in sources["profiles"] for key in ("name", "faithful", "rounded")]
    texts += [f"{one['claims']:,}" for one in sources["profiles"]]
    texts += [one[key] for one in sources["profiles"] for key in ("lag", "agreeing")]
    assert [text for text in texts if squeeze(text) not in report.text] == []
    assert "Echo and Mirror" in " ".join("".join(report.pages).split())


def test_it_stands_after_the_accounts_and_before_the_findings(report: Any) -> None:
    marks = report.bookmarks
    accounts = marks.index("Accounts: figures that must add up")
    assert accounts < marks.index("Sources") < marks.index("All findings")


def test_origins_come_before_publishers(report: Any) -> None:
    assert report.bookmarks.index("Origins: whose figures they are") < report.bookmarks.index(
        "Publishers: who passes them on"
    )
    assert report.text.index("Originoftheprovincenumber1") < report.text.index(
        "Publisheroftheprovincenumber1"
    )


def test_copied_figures_lead_to_their_claims(report: Any, data: Data, charts: Path) -> None:
    """Three claims, three more links than without them."""
    sources = _sources(data)
    sources["copying"][0]["claims"] = []
    without = type(report)(typeset(data | {"sources": sources}, charts))
    assert report.jumps == without.jumps + 3


def test_charts_have_a_text_for_those_who_do_not_see_them(data: Data, charts: Path) -> None:
    pdf = typeset(data | {"sources": _sources(data)}, charts)
    assert b"A matrix of two by two." in pdf
    assert b"A matrix of two by two." not in typeset(data, charts)


def test_without_the_key_there_is_no_section(data: Data, charts: Path, read: Any) -> None:
    assert "Sources" not in read(typeset(data, charts)).bookmarks


def test_blank_parts_are_left_out(data: Data, charts: Path, read: Any) -> None:
    """No copying, no charts, nothing unchecked, no publishers."""
    sources = _sources(data) | {"copying": [], "charts": [], "unchecked": ""}
    sources["profiles"] = [_profile("origin", 1)]
    marks = read(typeset(data | {"sources": sources}, charts)).bookmarks
    assert "Sources" in marks
    assert "Figures that may have been copied" not in marks
    assert "Publishers: who passes them on" not in marks
    only = {"paragraphs": ["Nobody cites anybody."]}
    assert "Nobody cites anybody." in "".join(read(typeset(data | {"sources": only}, charts)).pages)


def test_long_tables_repeat_their_headers(data: Data, charts: Path, read: Any) -> None:
    """Sixty origins and sixty publishers take several pages each."""
    report = read(typeset(data | {"sources": _sources(data, profiles=60)}, charts))
    for role in ("Origin", "Publisher"):
        pages = [page for page in report.pages if f"{role} of the province" in page]
        assert len(pages) >= 2
        assert all("Agreeing" in page and "Faithful" in page for page in pages)


def test_same_input_same_bytes(data: Data, charts: Path) -> None:
    changed = data | {"sources": _sources(data)}
    assert typeset(changed, charts) == typeset(copy.deepcopy(changed), charts)
