"""One report from one analysis: charts, tables, data object, PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from analyzer.drawing import draw_all
from analyzer.outputs import (
    claims_csv,
    events_csv,
    findings_csv,
    listed_csv,
    table_csv,
    to_json,
    write_report,
)
from analyzer.pipeline import Analysis
from analyzer.report.typeset import typeset
from analyzer.reportdata import build_report


def build(analysis: Analysis, target: Path, progress: Callable[[str], None]) -> None:
    """Write the whole report of one dossier to `target`, or leave the last one as it was."""

    def fill(folder: Path) -> None:
        (folder / "charts").mkdir()
        data = build_report(analysis, draw_all(analysis, folder, progress))
        progress("typesetting")
        texts = {
            "claims.csv": claims_csv(analysis.claims),
            "findings.csv": findings_csv(analysis.findings),
            "changes.csv": table_csv(analysis.changes),
            "sources.csv": table_csv(analysis.profiles),
            "contradictions.csv": listed_csv(analysis.contradictions),
            "given_up.csv": listed_csv(analysis.given_up),
            "proofs.csv": listed_csv(analysis.proofs),
            "readings.csv": listed_csv(analysis.readings),
            "envelope.csv": listed_csv(analysis.envelope),
            "events.csv": events_csv(analysis.events),
            "revisions.csv": table_csv(analysis.revisions),
            "corrections.csv": table_csv(analysis.corrections),
            "waivers.csv": table_csv(analysis.waivers),
            "report.json": to_json(data),
        }
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        (folder / "report.pdf").write_bytes(typeset(data, folder))

    write_report(target, fill)
