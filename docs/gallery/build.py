"""Rebuild the gallery from the reports: `make gallery`.

For each kind of chart the one of each shipped dossier that is chosen below, with its title and how
to read it; all others stand in the reports.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
REPORTS = HERE.parents[1] / "reports"
# Heading, dossier, charts.
CHOSEN = (
    ("Where the figures disagree", "gaza-war", ("overview",)),
    ("Who says what", "gaza-war", ("ranges.killed_ahli", "ranges.killed_gaza")),
    ("Claims over time", "gaza-war", ("timeline.militants_killed", "timeline.hostages_taken")),
    ("Whose figure it is", "gaza-war", ("attribution.killed_oct7", "agreement", "lag")),
    (
        "Figures that must add up",
        "gaza-war",
        ("account.hostage_ledger", "ledger.hostage_ledger_of_251"),
    ),
    ("What cannot all be true", "gaza-war", ("contradiction.", "waterfall.", "envelope.")),
    ("Day by day", "gaza-daily", ("series.killed", "gap.", "vintages.killed", "triangle.killed")),
    ("Two counts side by side", "ukraine-losses", ("gap.tanks", "series.")),
)


def main() -> int:
    """Copy the charts and write the page that shows them; say what is missing."""
    missing = sorted({d for _, d, _ in CHOSEN if not (REPORTS / d / "report.json").is_file()})
    if missing:
        print(f"no report of {', '.join(missing)}: run make report first", file=sys.stderr)
        return 1
    for old in HERE.glob("*.png"):
        old.unlink()
    (HERE / "README.md").write_text("\n\n".join(page()) + "\n", encoding="utf-8", newline="\n")
    return 0


def page() -> Iterator[str]:
    """The paragraphs of the page."""
    yield "# Gallery"
    yield (
        "Charts of the shipped dossiers, as `make report` draws them: 90 mm wide, the column of a "
        "newspaper. Rebuilt by `make gallery`."
    )
    for heading, dossier, stems in CHOSEN:
        yield f"## {heading}"
        charts = charts_of(dossier)
        for wanted in stems:
            stem = next((one for one in sorted(charts) if one.startswith(wanted)), None)
            if stem is None:
                continue
            name = f"{dossier}.{stem}.png"
            shutil.copyfile(REPORTS / dossier / "charts" / f"{stem}.png", HERE / name)
            chart = charts[stem]
            yield f"![{' '.join(chart['alt'].split())}]({name})"
            yield f"{chart['title']}. {chart['caption']}".strip()


def charts_of(dossier: str) -> dict[str, dict[str, str]]:
    """Every chart of a report, by its name."""
    data = json.loads((REPORTS / dossier / "report.json").read_text(encoding="utf-8"))
    return {Path(chart["svg"]).stem: chart for chart in walk(data)}


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
