"""The PDF as a reader gets it: what stands in it, where it leads, and that it is stable."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import typst

from analyzer.errors import InputError
from analyzer.report import typeset as module
from analyzer.report.typeset import typeset

Data = dict[str, Any]


def iri_to_uri(address: str) -> str:
    """Write an address in the ASCII form that a PDF can hold."""
    return "".join(char if char.isascii() else quote(char) for char in address)


def test_every_sentence_and_wording_is_in_the_text(data: Data, report: Any, squeeze: Any) -> None:
    """Other scripts by their letters: pypdf doubles Indic marks and turns Arabic round."""
    for finding in data["findings"]:
        if finding["sentence"].replace("“", "").replace("”", "").isascii():
            assert squeeze(finding["sentence"]) in report.text
    for claim in data["claims"]:
        assert squeeze(claim["id"]) in report.text
        if claim["figure"].isascii():
            assert squeeze(claim["figure"]) in report.text
        assert set(squeeze(claim["figure"])) <= set(report.text), claim["id"]


def test_each_claim_leads_to_its_page(data: Data, report: Any) -> None:
    for claim in data["claims"]:
        if claim["url"]:
            assert iri_to_uri(claim["url"]) in report.links
    assert len(report.links) >= sum(claim["url"] != "" for claim in data["claims"]) > 20


def test_findings_and_claims_lead_to_each_other(data: Data, report: Any) -> None:
    """Each proof is linked from its finding, and each row of the appendix links back."""
    proofs = sum(len(finding["claims"]) for finding in data["findings"])
    assert report.jumps >= 2 * proofs


def test_only_web_addresses_become_links(data: Data, charts: Path, read: Any) -> None:
    changed = copy.deepcopy(data)
    odd = ["javascript:alert(1)", "file:///etc/passwd", "ftp://a.org/b", "https://", "//a.org"]
    for claim, url in zip(changed["claims"], odd, strict=False):
        claim["url"] = url
    report = read(typeset(changed, charts))
    assert not [link for link in report.links if not link.startswith(("http://", "https://"))]
    assert "https://" not in report.links
    assert all(url in report.text for url in odd)


def test_an_address_is_written_in_ascii(data: Data, charts: Path, read: Any) -> None:
    changed = copy.deepcopy(data)
    changed["claims"][0]["url"] = "https://example.org/süd 中?a=%20b"
    report = read(typeset(changed, charts))
    assert "https://example.org/s%C3%BCd%20%E4%B8%AD?a=%20b" in report.links


def test_bookmarks_name_sections_measures_and_findings(data: Data, report: Any) -> None:
    marks = report.bookmarks
    assert {"Key findings", "How to read this report", "What stands where"} <= set(marks)
    assert {"Measures", "Open questions", "Method", "All findings"} <= set(marks)
    assert data["measures"][0]["label"] in marks
    assert sum(mark.startswith("Finding ") for mark in marks) == len(data["findings"])


def test_pages_are_numbered_and_headed(data: Data, report: Any) -> None:
    last = len(report.pages)
    for number, page in enumerate(report.pages, 1):
        assert f"Page {number} of {last}" in page
        assert data["dossier"]["title"] in page


def test_metadata_language_and_tags(data: Data, report: Any) -> None:
    root = report.reader.trailer["/Root"]
    assert report.reader.metadata.title == data["dossier"]["title"]
    assert root["/Lang"].lower().startswith("en")
    assert root["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in report.reader.xmp_metadata.rdf_root.toxml()


def test_charts_have_a_text_for_those_who_do_not_see_them(data: Data, charts: Path) -> None:
    pdf = typeset(data, charts)
    assert data["overview_chart"]["alt"].encode() in pdf
    changed = copy.deepcopy(data)
    changed["overview_chart"]["alt"] = ""
    assert data["overview_chart"]["title"].encode() in typeset(changed, charts)


def test_same_input_same_bytes(data: Data, charts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    first = typeset(data, charts)
    assert typeset(copy.deepcopy(data), charts) == first
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    other = typeset(data, charts)
    assert other != first
    assert b"D:20231114221320" in other


def test_left_out_rows_are_announced_and_listed(data: Data, charts: Path, read: Any) -> None:
    changed = copy.deepcopy(data)
    changed["left_out"] = [{"place": f"claims.csv:{n}", "text": f"reason {n}"} for n in range(3)]
    report = read(typeset(changed, charts))
    assert "3 entries of the dossier are left out" in report.pages[0]
    assert all(f"claims.csv:{n}" in report.text and f"reason{n}" in report.text for n in range(3))


def test_nothing_is_announced_when_nothing_is_left_out(data: Data, charts: Path, read: Any) -> None:
    report = read(typeset(data | {"left_out": []}, charts))
    assert "left out" not in "".join(report.pages).lower()


def test_empty_lists_leave_their_sections_out(
    empty: Callable[[], Data], tmp_path: Path, read: Any
) -> None:
    report = read(typeset(empty(), tmp_path))
    assert "No discrepancies were found" in report.pages[0]
    assert report.bookmarks == ["Key findings"]
    assert len(report.pages) == 1


def test_blank_texts_are_no_obstacle(data: Data, charts: Path, read: Any) -> None:
    changed = copy.deepcopy(data)
    kept = {"id", "measure", "figure", "source_name"}
    changed["claims"] = [
        {key: value if key in kept else "" for key, value in claim.items()}
        for claim in changed["claims"]
    ]
    changed["dossier"] |= {"description": "", "licence": ""}
    for finding in changed["findings"]:
        finding |= {"positions": [], "evidence": [], "when": "", "cause": "", "gap": None}
    report = read(typeset(changed, charts))
    assert not report.links
    assert "notgiven" in report.text


def test_page_one_tells_what_matters_how_sure_it_is_and_what_changed(
    data: Data, report: Any, squeeze: Any
) -> None:
    """The first findings in words, each with its chart, and the ranks of the new ones."""
    first = squeeze(report.pages[0])
    for finding in data["findings"][:5]:
        assert squeeze(finding["sentence"][:9]) in first
        assert squeeze(finding["sure"]) in first
    assert squeeze(data["since"]["text"]) in first
    assert "New:1,2." in first


def test_the_small_charts_of_page_one_are_in_the_file(data: Data, charts: Path) -> None:
    alt = data["findings"][0]["chart"]["alt"].encode()
    assert typeset(data, charts).count(alt) == 3


def test_findings_that_are_gone_are_listed(data: Data, report: Any, squeeze: Any) -> None:
    assert squeeze(data["since"]["resolved"][0]["sentence"]) in report.text


def test_how_to_read_takes_the_second_page(report: Any) -> None:
    assert report.pages[1].count("How to read this report") == 2  # heading and running head
    assert "whose figure it is" in report.pages[1]
    assert "How to read this report" not in report.pages[2].split("\n", 1)[1].split("What", 1)[0]


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_both_papers_hold_two_columns(
    data: Data, charts: Path, read: Any, paper: str, size: tuple[int, int]
) -> None:
    report = read(typeset(data, charts, paper))
    box = report.reader.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == size
    assert "How to read this report" in report.pages[1]


def test_long_sentences_of_page_one_are_told_up_to_a_clause_and_whole_later(
    data: Data, charts: Path, read: Any, squeeze: Any
) -> None:
    changed = copy.deepcopy(data)
    clauses = "; ".join(f"clause {n} of a very long sentence of a finding" for n in range(40))
    for finding in changed["findings"][:5]:
        finding["sentence"] = clauses
    report = read(typeset(changed, charts, "letter"))
    assert report.pages[0].count("…") == 5
    assert "How to read this report" in report.pages[1]
    assert squeeze(clauses) in report.text


def test_a_long_table_repeats_its_header(
    build: Callable[..., Data], charts: Path, read: Any
) -> None:
    """120 claims take several pages; each of those pages names its columns and the measure."""
    report = read(typeset(build(claims=120), charts))
    pages = [page for page in report.pages if "Publisher, and page" in page]
    assert len(pages) >= 5
    assert sum("Killed in the 7 October attack" in page for page in pages[1:]) >= 3


def test_a_finding_with_many_claims_is_told_position_by_position(
    data: Data, charts: Path, read: Any
) -> None:
    changed = copy.deepcopy(data)
    finding = changed["findings"][0]
    ids = [claim["id"] for claim in changed["claims"]]
    finding["claims"] = ids
    finding["positions"][0] |= {"label": "first side", "claim_ids": ids[:10]}
    report = read(typeset(changed, charts))
    assert f"{len(ids)}claimsthatshowit" in report.text
    assert "firstside:“" in report.text
    assert "Others:“" in report.text


def test_markup_is_text(data: Data, charts: Path, read: Any, squeeze: Any) -> None:
    markup = "#let x = $1$ *a* _b_ `c` <d> @e \\n // f /* g */ = h -- [i] ~"
    changed = copy.deepcopy(data)
    changed["claims"][0]["note"] = markup
    changed["findings"][0]["sentence"] = markup
    report = read(typeset(changed, charts))
    assert report.text.count(squeeze(markup)) >= 3


def test_texts_that_are_too_long_for_a_line_or_a_page_are_kept_whole(
    data: Data, charts: Path, read: Any, squeeze: Any
) -> None:
    token = "https://example.org/" + "abcdefghij" * 30
    words = " ".join(f"word{n}" for n in range(1500))
    changed = copy.deepcopy(data)
    changed["claims"][0] |= {"figure": token, "note": words}
    report = read(typeset(changed, charts))
    assert token in report.text
    assert all(f"word{n}" in report.text for n in range(1500))


def test_a_missing_chart_is_named(data: Data, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"overview\.svg is missing; draw the charts first"):
        typeset(data, tmp_path)


def test_a_warning_of_typst_is_an_error(
    data: Data, charts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "main.typ").write_text(
        '#set document(title: "x")\n#set text(font: "No Such Font")\nx', "utf-8"
    )
    monkeypatch.setattr(module, "TEMPLATES", tmp_path)
    with pytest.raises(typst.TypstWarning, match="unknown font family"):
        typeset(data, charts)
