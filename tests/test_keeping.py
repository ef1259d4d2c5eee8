"""What charts are made with: a change in it draws them again, another change does not."""

import ast
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from dossiers import ROOT

from analyzer.drawing import keeping

PATHS = {  # how charts come by a module: within, directly, through others
    "a chart": "charts/sources/lag.py",
    "the theme": "charts/base/theme.py",
    "what draws": "drawing/draw.py",
    "imported by charts": "phrases.py",
    "imported through others": "errors.py",
}
UNUSED = ("cli/main.py", "history.py", "build.py", "report/html.py", "drawing/keeping.py")


@pytest.fixture(scope="module", autouse=True)
def parsed_once() -> Iterator[None]:
    """The same text is parsed once, in whatever copies of the package it stands."""

    @cache
    def imports(tree: ast.AST) -> list[ast.AST]:
        return [one for one in ast.walk(tree) if isinstance(one, (ast.Import, ast.ImportFrom))]

    quick = SimpleNamespace(**vars(ast) | {"parse": cache(ast.parse), "walk": imports})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeping, "ast", quick)
        yield


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package, which `made_with` takes for its own."""
    copy = tmp_path / "analyzer"
    shutil.copytree(ROOT / "analyzer", copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(keeping, "PACKAGE", copy)
    return copy


def made() -> str:
    """As `made_with`, but of now: that one keeps its first answer."""
    return str(keeping.made_with.__wrapped__())


@pytest.fixture(scope="module")
def as_it_is() -> str:
    """What charts are made with here, read once; a copy of the package says the same."""
    return made()


def append(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")


def used(package: Path) -> set[str]:
    charts = sorted((package / "charts").rglob("*.py"))
    return {path.relative_to(package).as_posix() for path in keeping._modules(charts)}


def test_nothing_changed_is_the_same_wherever_the_package_lies(
    as_it_is: str, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert made() == as_it_is
    monkeypatch.setattr(keeping, "PACKAGE", shutil.copytree(package, package / "x" / "analyzer"))
    assert made() == as_it_is


@pytest.mark.parametrize("name", PATHS.values(), ids=PATHS)
def test_a_module_that_charts_use_changes_it(package: Path, name: str, as_it_is: str) -> None:
    append(package / name)
    assert made() != as_it_is


def test_one_of_these_is_imported_only_through_others(package: Path) -> None:
    """Else the test above would show nothing about imports of imports."""
    charts = sorted((package / "charts").rglob("*.py"))
    direct = {path for chart in charts for path in keeping._imported(chart)}
    assert package / PATHS["imported by charts"] in direct
    assert package / PATHS["imported through others"] not in direct
    assert PATHS["imported through others"] in used(package)


@pytest.mark.parametrize("name", UNUSED)
def test_a_module_that_charts_do_not_use_changes_nothing(
    package: Path, name: str, as_it_is: str
) -> None:
    append(package / name)
    assert made() == as_it_is


def test_a_new_module_counts_as_soon_as_a_chart_imports_it(package: Path) -> None:
    first = made()
    new = package / "fresh.py"
    new.write_text("from analyzer import fresher\n", encoding="utf-8")
    (package / "fresher.py").write_text("ONE = 1\n", encoding="utf-8")
    assert made() == first
    theme = package / "charts/base/theme.py"
    with theme.open("a", encoding="utf-8") as file:
        file.write("import analyzer.fresh\n")
    assert {"fresh.py", "fresher.py"} <= used(package)
    second = made()
    append(package / "fresher.py")
    assert len({first, second, made()}) == 3


def test_modules_that_import_each_other_come_to_an_end(package: Path) -> None:
    (package / "one.py").write_text("import analyzer.two\n", encoding="utf-8")
    (package / "two.py").write_text("import analyzer.one\nimport os\n", encoding="utf-8")
    found = keeping._modules([package / "one.py"])
    assert found == {package / "one.py", package / "two.py"}


def test_a_package_is_its_init_and_no_other_package_counts(package: Path) -> None:
    text = "from analyzer.charts import base\nfrom analyzers import model\nimport analyzer\n"
    (package / "one.py").write_text(text, encoding="utf-8")
    names = {path.relative_to(package).as_posix() for path in keeping._imported(package / "one.py")}
    assert names == {"charts/__init__.py", "charts/base/__init__.py"}


@pytest.mark.parametrize(
    "change",
    [
        lambda font: font.write_bytes(font.read_bytes() + b"\0"),
        lambda font: font.rename(font.with_name(f"other-{font.name}")),
        lambda font: font.unlink(),
    ],
    ids=["bytes", "name", "lost"],
)
def test_another_font_changes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None]
) -> None:
    folder = tmp_path / "fonts"
    folder.mkdir()
    for path in keeping.font_files():
        shutil.copyfile(path, folder / path.name)
    monkeypatch.setattr(keeping, "font_files", lambda: sorted(folder.iterdir()))
    first = made()
    change(sorted(folder.iterdir())[0])
    assert made() != first


@pytest.mark.parametrize("library", keeping.LIBRARIES)
def test_another_version_of_a_library_changes_it(
    library: str, monkeypatch: pytest.MonkeyPatch, as_it_is: str
) -> None:
    real = keeping.version
    monkeypatch.setattr(keeping, "version", lambda name: "0.0.1" if name == library else real(name))
    assert made() != as_it_is


def test_another_python_changes_it(monkeypatch: pytest.MonkeyPatch, as_it_is: str) -> None:
    monkeypatch.setattr(keeping.platform, "python_version", lambda: "3.99.0")
    assert made() != as_it_is


def test_it_is_that_of_the_first_call(package: Path) -> None:
    """A run whose code is edited meanwhile has drawn with the code that it had loaded."""
    keeping.made_with.cache_clear()
    try:
        first = keeping.made_with()
        append(package / PATHS["the theme"])
        assert keeping.made_with() == first != made()
    finally:
        keeping.made_with.cache_clear()
