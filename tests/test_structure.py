"""What the documents say and how the code is built, held together."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
import typer
from dossiers import ROOT

from analyzer.cli.main import app
from analyzer.model import CAUSES, FINDING_KINDS, TABLES
from analyzer.reportdata.method import method_sections
from analyzer.settings import Settings, Thresholds
from analyzer.wording import Conventions

LAYERS = [
    {"digest", "epoch", "errors", "intervals", "fonts", "gaps", "model", "dates", "wording"}
    | {"arrays", "cells", "checked", "distinct", "orphans", "sharing", "within"}
    | {"repeats"},
    {"settings", "expressions", "linear", "schemas", "readings"},
    {"blocks", "careful", "groups", "headers", "ids", "parquet", "plain"}
    | {"read", "normalize", "lineage", "vintages"},
    {"validate", "positions", "told", "synth", "rows", "settled"} | {"closer"},
    {"accounts", "align", "changes", "corrections", "glyphs", "intake", "identities"}
    | {"phrases", "relays"},
    {"imports", "independence", "profiles", "reproduce", "series", "system"},
    {"discrepancies"},
    {"explanations", "findings", "ranking", "waivers"},
    {"pipeline"},
    {"engines"},
    {"charts", "history", "outputs", "report", "reportdata", "trace"},
    {"drawing"},
    {"build"},
    {"cli", "__main__"},
]
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}
README = (ROOT / "README.md").read_text(encoding="utf-8")


@cache
def nodes_of(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def imported(path: Path) -> set[str]:
    names = set()
    for node in nodes_of(path):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
    return {name.split(".")[1] for name in names if name.startswith("analyzer.")}


def test_a_module_imports_only_from_its_own_or_a_lower_layer() -> None:
    wrong = []
    for path in (ROOT / "analyzer").rglob("*.py"):
        place = path.relative_to(ROOT / "analyzer")
        own = place.parts[0].removesuffix(".py")
        if own == "__init__":
            continue
        wrong += [f"{place} imports {other}" for other in imported(path) if RANK[other] > RANK[own]]
    assert wrong == []


@pytest.mark.parametrize(
    ("words", "allowed"),
    [
        (
            ("read_bytes", "open"),
            {"read", "outputs", "report", "charts", "drawing", "cli", "wording", "engines"},
        ),
        (("print",), {"cli"}),
    ],
)
def test_only_the_edges_touch_files_and_the_terminal(
    words: tuple[str, ...], allowed: set[str]
) -> None:
    wrong = []
    for path in (ROOT / "analyzer").rglob("*.py"):
        place = path.relative_to(ROOT / "analyzer")
        if place.parts[0].removesuffix(".py") in allowed:
            continue
        for node in nodes_of(path):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in words:
                    wrong.append(f"{place}:{node.lineno} {name}")
    assert wrong == []


def test_every_command_has_help_an_example_and_a_place_in_the_readme() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    for name, command in commands.items():
        assert command.help, name
        assert command.epilog.startswith(f"Example: analyzer {name}"), name
        assert f"analyzer {name}" in README, name


def test_every_column_stands_in_the_readme_with_the_words_of_the_code() -> None:
    for table, columns in TABLES.items():
        for column, text in columns.items():
            assert f"| `{column}` | {text} |" in README, f"{table}.{column}"


def test_every_setting_stands_in_the_readme() -> None:
    for name in Thresholds.__dataclass_fields__:
        assert f"`{name}`" in README, name


def test_every_kind_and_cause_stands_in_the_method() -> None:
    settings = Settings("x", "x", "x", "", Thresholds(), Conventions())
    terms = {item["term"] for section in method_sections(settings) for item in section["items"]}
    assert set(FINDING_KINDS) | set(CAUSES) <= terms


def test_every_target_that_people_call_is_in_the_readme_and_has_help() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("report", "check", "test", "lint", "format", "bench", "clean"):
        assert re.search(rf"^{target}:.*## ", makefile, re.MULTILINE), target
        assert f"make {target}" in README, target


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\n")
    hosts = "|".join(["py" + r"pi\.org", "python" + r"hosted\.org", "registry" + r"\.npmjs"])
    places = "|".join(["/wo" + "rk/", "/ro" + "ot/"])
    wrong = [
        name
        for name in listed
        if name and name.endswith((".py", ".toml", ".lock", ".md", "Makefile", "run", ".typ"))
        if re.search(f"{hosts}|{places}", (ROOT / name).read_text(encoding="utf-8"))
    ]
    assert wrong == []
