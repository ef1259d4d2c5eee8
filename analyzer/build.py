"""One report from one analysis: charts, tables, data object, PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from analyzer.charts import (
    Chart,
    draw_account,
    draw_overview,
    draw_ranges,
    draw_timeline,
    save_chart,
)
from analyzer.outputs import claims_csv, findings_csv, to_json, write_report
from analyzer.phrases import plural
from analyzer.pipeline import Analysis
from analyzer.report.typeset import typeset
from analyzer.reportdata import ChartInfo, build_report, paged_measures

Progress = Callable[[str], None]


def build(analysis: Analysis, target: Path, progress: Progress) -> None:
    """Write the whole report of one dossier to `target`, or leave the last one as it was."""

    def fill(folder: Path) -> None:
        (folder / "charts").mkdir()
        charts, overview = _draw_all(analysis, folder, progress)
        data = build_report(analysis, charts, overview)
        progress("typesetting")
        (folder / "claims.csv").write_text(claims_csv(analysis.claims), "utf-8", newline="\n")
        (folder / "findings.csv").write_text(findings_csv(analysis.findings), "utf-8", newline="\n")
        (folder / "report.json").write_text(to_json(data), "utf-8", newline="\n")
        (folder / "report.pdf").write_bytes(typeset(data, folder))

    write_report(target, fill)


def _draw_all(
    analysis: Analysis, folder: Path, progress: Progress
) -> tuple[dict[str, list[ChartInfo]], ChartInfo | None]:
    charts: dict[str, list[ChartInfo]] = {}
    rows = {str(row["measure"]): row for _, row in analysis.measures.iterrows()}
    for measure in paged_measures(analysis):
        progress(f"drawing {measure}")
        claims = analysis.claims[analysis.claims["measure"] == measure]
        positions = analysis.positions[analysis.positions["measure"] == measure]
        drawn = {
            "timeline": draw_timeline(claims, rows[measure], positions),
            "ranges": draw_ranges(claims, rows[measure], _slot_to_show(analysis, measure)),
        }
        source = _source_line(analysis, measure)
        charts[measure] = [
            _save(chart, folder, f"{kind}.{measure}", source)
            for kind, chart in drawn.items()
            if chart is not None
        ]
    labels = {measure: str(row["label"]) for measure, row in rows.items()}
    for name, accounts in analysis.accounts.groupby("identity", sort=True):
        if str(name).startswith("part.") and accounts["holds"].all():
            continue
        progress(f"drawing {name}")
        identity = analysis.identities[analysis.identities["name"] == name].iloc[0]
        terms = analysis.terms[analysis.terms["account"].isin(accounts["account"])]
        chart = draw_account(accounts, terms, identity, labels)
        if chart is not None:
            source = f"Source: the claims of this dossier; {plural(len(accounts), 'account')}"
            charts[f"identity.{name}"] = [_save(chart, folder, f"account.{name}", source)]
    overview = draw_overview(analysis.findings, analysis.measures)
    if overview is None:
        return charts, None
    source = f"Source: {plural(len(analysis.claims), 'claim')} of this dossier"
    return charts, _save(overview, folder, "overview", source)


def _save(chart: Chart, folder: Path, stem: str, source: str) -> ChartInfo:
    save_chart(chart.figure, folder / "charts" / stem, source)
    return {
        "svg": f"charts/{stem}.svg",
        "png": f"charts/{stem}.png",
        "title": chart.title,
        "alt": chart.alt,
        "caption": chart.caption,
    }


def _source_line(analysis: Analysis, measure: str) -> str:
    claims = analysis.claims[analysis.claims["measure"] == measure]
    counts = (
        f"{plural(len(claims), 'claim')} by {plural(claims['source'].nunique(), 'publisher')}, "
        f"{plural(claims['origin'].nunique(), 'origin')}"
    )
    return f"Source: {counts}; each is listed with its link in the report"


def _slot_to_show(analysis: Analysis, measure: str) -> str | None:
    """The slot of the weightiest disagreement of a measure, else that of most claims."""
    claims = analysis.claims[
        (analysis.claims["measure"] == measure) & analysis.claims["comparable"]
    ]
    if claims.empty:
        return None
    mine = analysis.findings[
        (analysis.findings["measure"] == measure) & (analysis.findings["kind"] == "disagreement")
    ]
    slots = claims.set_index("id")["slot"]
    if not mine.empty:
        return str(slots[list(mine.iloc[0]["claims"])].iloc[0])
    counts = claims["slot"].value_counts()
    return str(min(counts[counts == counts.max()].index))
