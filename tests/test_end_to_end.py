"""From a row of CSV to the PDF that a reader opens: the real command, real files."""

import csv
import json
import random
import shutil
from pathlib import Path

import pytest
from dossiers import SOURCES, Row, write_dossier
from pypdf import PdfReader

from analyzer.cli import main
from analyzer.drawing import draw as drawing

ARMY = {"attributed_to": "army"}
CLAIMS: list[Row] = [
    {"figure": figure, "source": source, "url": f"https://{source}.example/{n}"} | cells
    for n, (figure, source, cells) in enumerate(
        [
            ("471", "daily", {}),
            ("at least 471", "weekly", {}),
            ("about 470", "wire", {}),
            ("100 to 300", "blog", ARMY),
            ("between 100 and 300", "weekly", ARMY),
            ("between 100 and 300", "daily", ARMY),
            ("ما لا يقل عن 471", "wire", {}),
            ("more than 400", "blog", {}),
        ]
    )
]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("road")


def build(place: Path, claims: list[Row], name: str = "one", **tables: list[Row]) -> Path:
    write_dossier(place / "datasets" / name, claims, **tables)
    words = ["--datasets", str(place / "datasets"), "--out", str(place / "reports")]
    assert main(["report", name, *words]) == 0
    return place / "reports" / name


@pytest.fixture(scope="module")
def report(place: Path) -> Path:
    return build(place, CLAIMS)


def files(report: Path) -> dict[str, bytes]:
    return {
        path.relative_to(report).as_posix(): path.read_bytes()
        for path in report.rglob("*")
        if path.is_file()
    }


def text_of(report: Path) -> str:
    pages = [page.extract_text() for page in PdfReader(report / "report.pdf").pages]
    return " ".join(" ".join(pages).split())


def test_the_report_holds_what_is_promised(report: Path) -> None:
    made = {path.relative_to(report).as_posix() for path in report.rglob("*") if path.is_file()}
    assert {"report.pdf", "report.json", "findings.csv", "claims.csv"} <= made
    assert {"index.html", "report.md"} <= made
    for chart in ("overview", "ranges.dead"):
        assert {f"charts/{chart}.{kind}" for kind in ("png", "svg", "csv")} <= made


def test_the_first_page_states_the_finding(report: Path) -> None:
    first = " ".join(PdfReader(report / "report.pdf").pages[0].extract_text().split())
    assert "Dead of the blast: claims fall into" in first
    assert "exclude each other" in first or "can't all hold" in first


def test_every_claim_is_in_the_appendix_with_a_live_link(report: Path) -> None:
    text = text_of(report)
    reader = PdfReader(report / "report.pdf")
    links = {
        str(annotation.get_object()["/A"]["/URI"])
        for page in reader.pages
        for annotation in page.get("/Annots", [])
        if "/URI" in annotation.get_object().get("/A", {})
    }
    for claim in CLAIMS:
        assert claim["url"] in links
        if claim["figure"].isascii():
            assert claim["figure"] in text


def test_a_row_added_by_hand_shows_up_in_appendix_and_findings(place: Path) -> None:
    new = {"figure": "nearly 900", "source": "blog", "url": "https://blog.example/new"}
    report = build(place, [*CLAIMS, new], "added")
    assert "nearly 900" in text_of(report)
    findings = json.loads((report / "report.json").read_text())["findings"]
    (added,) = [
        claim["id"]
        for claim in json.loads((report / "report.json").read_text())["claims"]
        if claim["figure"] == "nearly 900"
    ]
    assert any(added in finding["claims"] for finding in findings)


LEDGER: list[Row] = [
    {"measure": measure, "figure": figure, "source": source, "attributed_to": origin}
    | dict.fromkeys(("as_of", "published"), "2024-03-01")
    for source, origin in (("daily", "ministry"), ("weekly", "army"), ("wire", "wire"))
    for measure, figure in (("to_free", "90"), ("freed", "50"), ("held", "30"))
    if source != "wire" or measure != "held"
]
IDENTITIES: list[Row] = [
    {"name": "ledger", "label": "The ledger", "expression": "to_free = freed + held"},
    {"name": "limit", "label": "The limit", "expression": "freed <= to_free"},
]
TABLES: dict[str, list[Row]] = {  # those whose order says nothing
    "claims": [*CLAIMS, *LEDGER],
    "sources": list(SOURCES),
    "waivers": [
        {"finding": name, "reason": name, "who": "A", "until": "2099-01-01"}
        for name in ("fall.x", "fall.y", "fall.z")
    ],
}


def test_the_order_of_rows_changes_no_byte(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither when the report is built again nor when nothing of the last one is there.

    The order of measures.csv and identities.csv is that of the report, and stays. The charts are
    first drawn by several processes and at last by one.
    """
    monkeypatch.setattr(drawing, "WORTH_A_POOL", 6)
    report = build(place, name="order", identities=IDENTITIES, **TABLES)
    before = files(report)
    assert {"charts/agreement.csv", "charts/account.ledger.csv"} <= set(before)
    assert len(list(report.glob("charts/*.png"))) >= drawing.WORTH_A_POOL
    mixed = {table: random.Random(1).sample(rows, len(rows)) for table, rows in TABLES.items()}
    assert all(mixed[table] != rows for table, rows in TABLES.items())
    for last in ("there", "gone"):
        if last == "gone":
            shutil.rmtree(report)
            monkeypatch.setattr(drawing, "WORTH_A_POOL", 1000)
        again = files(build(place, name="order", identities=IDENTITIES, **mixed))
        assert set(again) == set(before)
        for name, data in before.items():
            assert again[name] == data, f"{name}, last report {last}"


def test_the_normalized_claims_are_a_table_that_can_be_read_back(report: Path) -> None:
    with (report / "claims.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["figure"]: row for row in csv.DictReader(file)}
    assert (rows["at least 471"]["low"], rows["at least 471"]["high"]) == ("471", "")
    assert (rows["100 to 300"]["low"], rows["100 to 300"]["high"]) == ("100", "300")
    assert rows["ما لا يقل عن 471"]["qualifier"] == "at least"
    assert rows["471"]["origin"] == "ministry"


def test_a_dossier_without_findings_still_makes_a_report(place: Path) -> None:
    report = build(place, [{"figure": "12"}], "calm")
    assert json.loads((report / "report.json").read_text())["findings"] == []
    assert "12" in text_of(report)
