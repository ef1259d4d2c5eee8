"""Rebuild the gallery from the reports: `make gallery`.

Page one of each shipped dossier, and for each kind of chart those that are chosen below, with title
and how to read it; all others stand in the reports.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from analyzer.report.marks import image, plain
from analyzer.report.typeset import page_one

HERE = Path(__file__).parent
REPORTS = HERE.parents[1] / "reports"
HEAD = """# Gallery

Charts of the shipped dossiers, as `make report` draws them: 90 mm wide, the column of a newspaper.
Rebuilt by `make gallery`."""
# Heading, dossier, charts.
CHOSEN = (
    ("Where the figures disagree", "gaza-war", ("overview",)),
    ("Who says what", "gaza-war", ("ranges.killed_ahli", "ranges.killed_gaza")),
    ("Claims over time", "gaza-war", ("timeline.militants_killed", "timeline.hostages_taken")),
    ("Whose figure it is", "gaza-war", ("attribution.killed_oct7", "agreement", "lag")),
    (
        "Figures that must add up",
        "gaza-war",
        ("account.held_split", "ledger.hostage_ledger_of_251", "waterfall."),
    ),
    (
        "What cannot all be true",
        "gaza-war",
        ("contradiction.account.hostages_taken", "envelope.hostages_held_dead"),
    ),
    ("Day by day", "gaza-daily", ("series.killed.", "vintages.killed.", "triangle.killed.")),
    ("Two counts side by side", "ukraine-losses", ("gap.tanks", "series.tanks.oryx")),
)


def main() -> int:
    """Copy the charts and write the page that shows them; say what is missing."""
    missing = sorted({d for _, d, _ in CHOSEN if not (REPORTS / d / "report.json").is_file()})
    if missing:
        print(f"no report of {', '.join(missing)}: run make report first", file=sys.stderr)
        return 1
    chosen = [(heading, dossier, *found(dossier, stems)) for heading, dossier, stems in CHOSEN]
    lost = [f"{dossier}: {stem}" for _, dossier, _, unknown in chosen for stem in unknown]
    if lost:
        print(f"charts that no report has: {', '.join(lost)}", file=sys.stderr)
        return 1
    for old in HERE.glob("*.png"):
        old.unlink()
    parts = [HEAD, *front({dossier for _, dossier, _, _ in chosen})]
    for heading, dossier, stems, _ in chosen:
        parts += [f"## {heading}", *(shown(dossier, stem) for stem in stems)]
    (HERE / "README.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8", newline="\n")
    return 0


def found(dossier: str, wanted: Sequence[str]) -> tuple[list[str], list[str]]:
    """Names of the charts that begin as wanted, the first of each; what no chart begins with."""
    known = sorted(charts_of(dossier))
    first = {start: next((one for one in known if one.startswith(start)), "") for start in wanted}
    return list(filter(None, first.values())), [start for start, one in first.items() if not one]


def front(dossiers: Collection[str]) -> Iterator[str]:
    """Page one of each report."""
    yield "## Page one"
    for dossier in sorted(dossiers):
        name = f"{dossier}.page-one.png"
        (HERE / name).write_bytes(page_one(report_of(dossier), REPORTS / dossier))
        title = report_of(dossier)["dossier"]["title"]
        yield image(f"Page one of the report “{title}”", name)


def shown(dossier: str, stem: str) -> str:
    """A chart, its title and how to read it."""
    chart = charts_of(dossier)[stem]
    name = f"{dossier}.{stem}.png"
    shutil.copyfile(REPORTS / dossier / "charts" / f"{stem}.png", HERE / name)
    words = plain(f"{chart['title']}. {chart['caption']}")
    return f"{image(chart['alt'], name)}\n\n{words}"


def charts_of(dossier: str) -> dict[str, dict[str, str]]:
    """Every chart of a report, by its name."""
    return {Path(chart["svg"]).stem: chart for chart in walk(report_of(dossier))}


def report_of(dossier: str) -> dict[str, Any]:
    """The data object of a report."""
    path = REPORTS / dossier / "report.json"
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return report


def walk(value: Any) -> Iterator[dict[str, str]]:
    """Charts anywhere in the data object."""
    if isinstance(value, dict):
        if "svg" in value and "alt" in value:
            yield value
        for part in value.values():
            yield from walk(part)
    elif isinstance(value, list):
        for part in value:
            yield from walk(part)


if __name__ == "__main__":
    sys.exit(main())
