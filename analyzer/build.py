"""One report from one analysis: charts, tables, data object, PDF, page, Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from analyzer.drawing.draw import Drawn, draw_all
from analyzer.history import Earlier, changes_since
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
from analyzer.report.html import render_html
from analyzer.report.markdown import render_markdown
from analyzer.report.typeset import typeset
from analyzer.reportdata.report import build_report
from analyzer.settings import PAPERS


@dataclass(frozen=True, slots=True)
class Built:
    """What was made: `fresh` charts were drawn, `reused` ones taken from the last report."""

    fresh: int
    reused: int
    pages: int


def build(
    analysis: Analysis,
    target: Path,
    progress: Callable[[str], None],
    earlier: Earlier | None = None,
    paper: str = PAPERS[0],
) -> Built:
    """Write the whole report of one dossier to `target`, or leave the last one as it was.

    Charts that show the same as in the last report are taken from it.

    Parameters
    ----------
    progress : callable
        Is told of each step.
    earlier : Earlier or None
        The report that findings are compared with.
    paper : str
        One of `settings.PAPERS`.
    """
    drawn, pages = Drawn({}, (), ()), 0

    def fill(folder: Path) -> None:
        nonlocal drawn, pages
        (folder / "charts").mkdir()
        progress("drawing")
        drawn = draw_all(analysis, folder, progress, last=target)
        data = build_report(analysis, drawn.charts, since=changes_since(earlier, analysis))
        progress("writing")
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
            "report.md": render_markdown(data),
            "index.html": render_html(data, folder),
        }
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        progress("typesetting")
        pdf = typeset(data, folder, paper)
        (folder / "report.pdf").write_bytes(pdf)
        pages = _pages(pdf)

    write_report(target, fill)
    return Built(len(drawn.fresh), len(drawn.reused), pages)


def _pages(pdf: bytes) -> int:
    """Pages of a PDF, by the root of its tree of pages; 0 where it can't be read as plain text."""
    found = re.search(rb"/Type\s*/Pages\s*/Count\s+(\d+)", pdf)
    return int(found[1]) if found else 0
