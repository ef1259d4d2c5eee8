"""Only charts that show something else than in the last report are drawn."""

import ast
import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from dossiers import ROOT, Row

from analyzer.drawing import draw as drawing
from analyzer.drawing.draw import Drawn, draw_all
from analyzer.drawing.jobs import list_jobs
from analyzer.drawing.keeping import RECORD, made_with, read_record
from analyzer.pipeline import Analysis

Run = Callable[..., Analysis]

DEAD: list[Row] = [
    {"figure": "471"},
    {"figure": "at least 471", "source": "weekly"},
    {"figure": "between 100 and 300", "source": "blog", "attributed_to": "army"},
]
TOLL: list[Row] = [
    {"measure": "toll", "figure": figure, "as_of": day, "published": day, "source": source}
    for figure, day, source in (
        ("100", "2024-03-01", "daily"),
        ("over 120", "2024-03-02", "weekly"),
        ("150", "2024-03-03", "blog"),
    )
]
WIDE = ("agreement", "lag", "overview")  # of the dossier as a whole


@pytest.fixture
def draw(tmp_path: Path) -> Callable[..., tuple[Drawn, Path]]:
    def make(analysis: Analysis, name: str, last: Path | None = None) -> tuple[Drawn, Path]:
        folder = tmp_path / name
        (folder / "charts").mkdir(parents=True)
        return draw_all(analysis, folder, lambda _: None, last), folder

    return make


Draw = Callable[..., tuple[Drawn, Path]]


@pytest.fixture(scope="module")
def drawn_once(
    tmp_path_factory: pytest.TempPathFactory, analyzed: Run
) -> Callable[..., tuple[Drawn, Path]]:
    """The charts of some claims in a folder that is to stay as it is."""
    known: dict[str, tuple[Drawn, Path]] = {}

    def make(*claims: Row) -> tuple[Drawn, Path]:
        key = json.dumps(claims)
        if key not in known:
            folder = tmp_path_factory.mktemp("drawn")
            (folder / "charts").mkdir()
            known[key] = draw_all(analyzed(*claims), folder, lambda _: None, None), folder
        return known[key]

    return make


@pytest.fixture
def first_of(drawn_once: Draw, tmp_path: Path) -> Draw:
    """The first charts of some claims, in the folder "one" of the test."""

    def make(*claims: Row) -> tuple[Drawn, Path]:
        drawn, folder = drawn_once(*claims)
        return drawn, shutil.copytree(folder, tmp_path / "one")

    return make


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "charts").iterdir()}


def test_nothing_is_drawn_twice_and_the_bytes_are_the_same(
    run: Run, draw: Draw, first_of: Draw
) -> None:
    first, one = first_of(*DEAD, *TOLL)
    again, two = draw(run(*DEAD, *TOLL), "two", one)
    assert (again.fresh, again.reused) == ((), first.fresh)
    assert first.reused == () and len(first.fresh) > 1
    assert again.charts == first.charts
    assert files(two) == files(one)


def test_the_order_of_rows_redraws_nothing(analyzed: Run, draw: Draw, first_of: Draw) -> None:
    _, one = first_of(*DEAD, *TOLL)
    again, two = draw(analyzed(*reversed(TOLL), *reversed(DEAD)), "two", one)
    assert again.fresh == ()
    assert files(two) == files(one)


def test_a_new_row_redraws_its_measure_and_what_tells_of_the_whole(
    analyzed: Run, draw: Draw, first_of: Draw
) -> None:
    """The row is the first of the file: every other row stands on another line."""
    first, one = first_of(*DEAD, *TOLL)
    new = {"measure": "toll", "figure": "170", "as_of": "2024-03-04", "published": "2024-03-05"}
    again, _ = draw(analyzed(new, *DEAD, *TOLL), "two", one)
    assert "timeline.toll" in again.fresh
    assert "ranges.dead" in again.reused
    assert all("toll" in stem or stem in WIDE for stem in again.fresh)
    assert not any("toll" in stem for stem in again.reused)
    assert len(again.fresh) + len(again.reused) >= len(first.fresh)


def test_what_was_drawn_in_part_is_what_is_drawn_at_once(
    analyzed: Run, draw: Draw, first_of: Draw, drawn_once: Draw
) -> None:
    _, one = first_of(*DEAD, *TOLL[:2])
    _, two = draw(analyzed(*DEAD, *TOLL), "two", one)
    _, three = drawn_once(*DEAD, *TOLL)
    assert files(two) == files(three)


@pytest.mark.parametrize("kind", ["svg", "png", "csv"])
def test_a_file_that_was_changed_or_lost_is_drawn_again(
    analyzed: Run, draw: Draw, first_of: Draw, kind: str
) -> None:
    first, one = first_of(*DEAD, *TOLL)
    whole = files(one)
    changed, lost = first.fresh[:2]
    (one / f"charts/{changed}.{kind}").write_bytes(b"mended by hand")
    (one / f"charts/{lost}.{kind}").unlink()
    again, two = draw(analyzed(*DEAD, *TOLL), "two", one)
    assert again.fresh == (changed, lost)
    assert files(two) == whole


def test_words_that_were_changed_in_the_record_are_made_again(
    analyzed: Run, draw: Draw, first_of: Draw
) -> None:
    first, one = first_of(*DEAD)
    record = one / "charts/drawn.json"
    told = json.loads(record.read_text(encoding="utf-8"))
    told["charts"]["ranges.dead"]["words"]["title"] = "Another title"
    record.write_text(json.dumps(told), encoding="utf-8")
    again, _ = draw(analyzed(*DEAD), "two", one)
    assert again.fresh == ("ranges.dead",)
    assert again.charts == first.charts


@pytest.mark.parametrize(
    "text", ["", "[]", "null", '{"made_with": 1}', '{"charts": 3}', "\x00\xff", '{"charts": {}}']
)
def test_a_record_that_is_none_holds_no_chart(tmp_path: Path, text: str) -> None:
    (tmp_path / "charts").mkdir()
    (tmp_path / RECORD).write_text(text, encoding="utf-8")
    assert read_record(tmp_path, made_with()) == {}


def test_a_record_that_holds_no_chart_means_that_all_is_drawn(
    analyzed: Run, draw: Draw, first_of: Draw
) -> None:
    first, one = first_of(*DEAD)
    (one / RECORD).write_text("[]", encoding="utf-8")
    again, _ = draw(analyzed(*DEAD), "two", one)
    assert again.fresh == first.fresh


def test_entries_of_another_shape_are_drawn_again(
    analyzed: Run, draw: Draw, first_of: Draw, drawn_once: Draw
) -> None:
    first, one = first_of(*DEAD)
    record = one / "charts/drawn.json"
    told = json.loads(record.read_text(encoding="utf-8"))
    shows = told["charts"]["lag"]["shows"]
    told["charts"] |= {"ranges.dead": 3, "lag": {"shows": shows}, "overview": None}
    record.write_text(json.dumps(told), encoding="utf-8")
    again, two = draw(analyzed(*DEAD), "two", one)
    assert set(again.fresh) == set(first.fresh) & {"ranges.dead", "lag", "overview"}
    assert files(two) == files(drawn_once(*DEAD)[1])


def test_other_code_fonts_or_libraries_draw_all_again(
    analyzed: Run, draw: Draw, first_of: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, one = first_of(*DEAD)
    monkeypatch.setattr(drawing, "made_with", lambda: "another release of matplotlib")
    again, _ = draw(analyzed(*DEAD), "two", one)
    assert again.fresh == first.fresh


def test_without_a_last_report_all_is_drawn(analyzed: Run, draw: Draw, tmp_path: Path) -> None:
    first, one = draw(analyzed(*DEAD), "one", tmp_path / "none")
    shutil.rmtree(one)
    again, _ = draw(analyzed(*DEAD), "two", one)
    assert again.fresh == first.fresh and first.fresh


def test_few_changed_charts_start_no_pool(
    analyzed: Run, draw: Draw, first_of: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many as there are would be worth one: without a last report it is started."""
    _, one = first_of(*DEAD, *TOLL)
    analysis = analyzed(*DEAD, *TOLL)

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("a pool was started")

    monkeypatch.setattr(drawing, "ProcessPoolExecutor", fail)
    monkeypatch.setattr(drawing, "WORTH_A_POOL", len([*list_jobs(analysis)]))
    monkeypatch.setattr(drawing.os, "cpu_count", lambda: 2)
    with pytest.raises(AssertionError, match="a pool was started"):
        draw(analysis, "two")
    (one / "charts/ranges.dead.png").unlink()
    (one / "charts/timeline.toll.png").unlink()
    again, _ = draw(analysis, "three", one)
    assert set(again.fresh) == {"ranges.dead", "timeline.toll"} and again.reused


def test_progress_counts_what_is_reused(analyzed: Run, first_of: Draw, tmp_path: Path) -> None:
    first, one = first_of(*DEAD)
    (one / "charts/ranges.dead.png").unlink()
    (tmp_path / "two" / "charts").mkdir(parents=True)
    told: list[str] = []
    draw_all(analyzed(*DEAD), tmp_path / "two", told.append, one)
    jobs = len(json.loads((one / "charts/drawn.json").read_text(encoding="utf-8"))["charts"])
    assert told == [f"charts {jobs} of {jobs} ({jobs - 1} reused)"]
    assert len(first.fresh) <= jobs


def _unread(path: Path) -> list[str]:
    """Parameters of the functions of a chart's file that their bodies never read."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("draw_"):
            given = {one.arg for one in (*node.args.args, *node.args.kwonlyargs)}
            read = {one.id for part in node.body for one in ast.walk(part) if _is_name(one)}
            found += [f"{node.name}: {name}" for name in sorted(given - read)]
    return found


def _is_name(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)


def test_a_chart_is_given_nothing_that_it_does_not_read() -> None:
    """What it is given enters the digest: a change in what it doesn't show would redraw it."""
    files = sorted((ROOT / "analyzer" / "charts").rglob("*.py"))
    assert [name for path in files for name in _unread(path)] == []


def test_a_series_counts_its_last_versions_and_its_revisions_all_of_them(analyzed: Run) -> None:
    """30 days; the first 12 are replaced a month later: 42 claims, of which 30 stand."""
    days = [dt.date(2024, 3, 1) + dt.timedelta(days=place) for place in range(30)]
    first = [(100 + 10 * place, day, day) for place, day in enumerate(days)]
    later = [(103 + 10 * place, day, dt.date(2024, 4, 15)) for place, day in enumerate(days[:12])]
    claims = [
        {"measure": "toll", "figure": str(figure), "as_of": str(day), "published": str(said)}
        for figure, day, said in (*first, *later)
    ]
    told = {job.stem.split(".")[0]: job.source for job in list_jobs(analyzed(*claims))}
    assert told["series"].startswith("Source: 30 claims by 1 publisher, 1 origin; ")
    assert told["vintages"].startswith("Source: 42 claims by 1 publisher, 1 origin; ")
    assert told["triangle"] == told["vintages"]
