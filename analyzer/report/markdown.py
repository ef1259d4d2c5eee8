"""The report in short as Markdown, for those who read it in a repository."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any, Final

from analyzer.report.legible import visible
from analyzer.report.marks import code, file, image, plain, quoted, site, table
from analyzer.report.page import by_id, chosen, with_defaults
from analyzer.report.texts import choice, count, gap, joined, number, spoken

MOST_CLAIMS: Final = 8  # of a finding; all stand in the other forms of the report
Data = Mapping[str, Any]


def render_markdown(data: Mapping[str, Any]) -> str:
    """Make the Markdown form of a report.

    Parameters
    ----------
    data : mapping
        The object of report.json; the same keys may be missing as for `html.render_html`.

    Returns
    -------
    str
        GitHub-flavoured Markdown; charts are pictures that lie beside it.
    """
    shown = with_defaults(visible(data))
    parts = (_front, _key, _since, _sections, _questions, _findings, _measures, _accounts, _ends)
    return "\n\n".join(block for part in parts for block in part(shown) if block) + "\n"


def _front(data: Data) -> Iterator[str]:
    dossier, summary = data["dossier"], data["summary"]
    known = data["vintage"]["as_known"]
    yield f"# {plain(joined(dossier['title'], known))}"
    yield from (plain(paragraph) for paragraph in dossier["description"].split("\n\n"))
    yield (
        f"**{count(summary['claims'], 'claim', 'claims')}** by "
        f"{count(summary['sources'], 'publisher', 'publishers')}, going back to "
        f"{count(summary['origins'], 'origin', 'origins')}, on "
        f"{count(summary['measures'], 'measure', 'measures')}: "
        f"**{count(len(data['findings']), 'finding', 'findings')}**."
    )
    latest = summary["latest_published"]
    yield plain(
        joined(
            spoken(summary),
            f"The latest page was published on {latest}." if latest else "",
            summary.get("superseded", ""),
            data["vintage"]["text"],
            by=" ",
        )
    )
    if data["left_out"]:
        left = count(len(data["left_out"]), "entry is", "entries are")
        yield f"{left} left out of this report; places and reasons stand in report.pdf."


def _key(data: Data) -> Iterator[str]:
    shown = chosen(data)
    if not shown:
        yield "No discrepancies were found among the claims that can be compared."
        return
    yield "## Key findings"
    yield _list([joined(_told(one), plain(one.get("sure", "")), by=" ") for one in shown])
    if len(data["findings"]) > len(shown):
        yield choice(shown)
    if data["overview_chart"]:
        yield _picture(data["overview_chart"])


def _since(data: Data) -> Iterator[str]:
    since = data["since"]
    if not since:
        return
    findings = by_id(data["findings"])
    yield "## Since the last report"
    yield plain(since["text"])
    new = [_told(findings[one]) for one in since["new"] if one in findings]
    changed = [
        f"{_told(findings[one['id']])} Before: {plain(one['was'])}"
        for one in since["changed"]
        if one["id"] in findings
    ]
    gone = [
        f"**{plain(one['severity'])}** {plain(one['measure_label'])}: {plain(one['sentence'])}"
        for one in since["resolved"]
    ]
    for heading, entries in (("New", new), ("Changed", changed), ("No longer found", gone)):
        if entries:
            yield f"### {heading}"
            yield _list(entries)


def _sections(data: Data) -> Iterator[str]:
    if data["reading"]:
        yield "## How to read it"
        yield from _parts(data["reading"])


def _questions(data: Data) -> Iterator[str]:
    if not data["questions"]:
        return
    findings = by_id(data["findings"])
    yield "## Open questions"
    for question in data["questions"]:
        refs = joined(*(_ref(findings[one]) for one in question["findings"] if one in findings))
        text = f"**{plain(question['title'])}** {plain(question['text'])}"
        yield f"{text} ({refs})" if refs else text


def _findings(data: Data) -> Iterator[str]:
    if not data["findings"]:
        return
    yield "## All findings"
    heads = ["No.>", "Severity", "Measure", "Figure of", "Kind", "Cause", "Gap>"]
    yield table(
        heads,
        (
            [
                f"[{one['rank']}](#finding-{one['rank']})",
                *(plain(one[key]) for key in ("severity", "measure_label", "when")),
                *(plain(one[key]) for key in ("kind", "cause")),
                gap(one["gap"]),
            ]
            for one in data["findings"]
        ),
    )
    claims = by_id(data["claims"])
    for finding in data["findings"]:
        yield from _finding(finding, claims)


def _finding(finding: Data, claims: Mapping[str, Data]) -> Iterator[str]:
    rank = finding["rank"]
    title = joined(finding["measure_label"], finding["when"])
    yield f'### <a name="finding-{rank}"></a>Finding {rank}: {plain(title)}'
    cause = f"cause: {joined(finding['cause'], finding['cause_text'])}" if finding["cause"] else ""
    facts = joined(finding["kind"], cause, by="; ")
    yield f"**{plain(finding['severity'])}** {plain(facts)}"
    yield plain(finding["sentence"])
    yield plain(finding.get("sure", ""))
    if finding.get("chart"):
        yield _picture(finding["chart"])
    known = [claims[one] for one in _in_turn(finding) if one in claims]
    lines = [_claim(claim) for claim in known[:MOST_CLAIMS]]
    if len(known) > MOST_CLAIMS:
        lines.append(f"and {count(len(known) - MOST_CLAIMS, 'more claim', 'more claims')}")
    yield _list(lines)


def _in_turn(finding: Data) -> list[str]:
    """Ids of a finding's claims, one of each position in turn, so that none is left unheard."""
    sides = [position.get("claim_ids", []) for position in finding["positions"]]
    turns = [one for turn in zip_longest(*sides) for one in turn if one is not None]
    return list(dict.fromkeys([*turns, *finding["claims"]]))


def _claim(claim: Data) -> str:
    origin = claim["origin_name"] if claim["origin_name"] != claim["source_name"] else ""
    who = joined(claim["source_name"], f"citing {origin}" if origin else "", by=" ")
    when = joined(
        f"figure of {claim['as_of']}" if claim["as_of"] else "",
        f"published {claim['published']}" if claim["published"] else "",
    )
    told = joined(plain(who), plain(when), site(claim["url"]), by="; ")
    return f"{quoted(claim['figure'])} {told}"


def _measures(data: Data) -> Iterator[str]:
    """Of each measure the first chart; links to the others."""
    if not data["measures"]:
        return
    yield "## Measures"
    for measure in data["measures"]:
        yield f"### {plain(measure['label'])}"
        facts = joined(
            count(measure["claims"], "claim", "claims"),
            count(measure["sources"], "publisher", "publishers"),
            count(measure["origins"], "origin", "origins"),
        )
        yield f"{facts}. {plain(measure['definition'])}"
        if measure["charts"]:
            yield _picture(measure["charts"][0])
        yield _list([file(chart["title"], chart["png"]) for chart in measure["charts"][1:]])


def _accounts(data: Data) -> Iterator[str]:
    if not data["accounts"]:
        return
    yield "## Accounts: figures that must add up"
    yield table(
        ["Account", "Expression", "Evaluated>", "Do not hold>"],
        (
            [
                plain(one["identity"]),
                code(one["expression"]).replace("|", "\\|"),
                number(one["evaluated"]),
                number(one["failed"]),
            ]
            for one in data["accounts"]
        ),
    )
    for one in data["accounts"]:
        if one["failed"] and one["charts"]:
            yield f"### {plain(one['identity'])}"
            yield _picture(one["charts"][0])


def _ends(data: Data) -> Iterator[str]:
    if data["method"]:
        yield "## Method"
        yield from _parts(data["method"])
    if data["dossier"]["licence"]:
        yield "## Licence"
        yield plain(data["dossier"]["licence"])
    yield "## Where the rest is"
    yield _list(
        [
            "[report.pdf](report.pdf): the whole report, with positions, evidence and chains.",
            "[index.html](index.html): the same as a page; open it from a local copy.",
            "[claims.csv](claims.csv): every claim with its bounds; [findings.csv](findings.csv): "
            "every finding with the ids of its claims.",
            "[report.json](report.json): all of it for programs; `charts/`: each chart as PNG, SVG "
            "and CSV.",
        ]
    )


def _parts(parts: list[Data]) -> Iterator[str]:
    for part in parts:
        yield f"### {plain(part['heading'])}" if part["heading"] else ""
        yield from (plain(paragraph) for paragraph in part["paragraphs"])
        yield _list([_term(item) for item in part["items"]])


def _term(item: Data) -> str:
    term, text = plain(item["term"]), plain(item["text"])
    return f"**{term}**: {text}" if term and text else term or text


def _told(finding: Data) -> str:
    severity, sentence = plain(finding["severity"]), plain(finding["sentence"])
    return f"**{severity}** {sentence} ({_ref(finding)})"


def _ref(finding: Data) -> str:
    return f"[finding {finding['rank']}](#finding-{finding['rank']})"


def _picture(chart: Data) -> str:
    return image(chart["alt"] or chart["title"], chart["png"])


def _list(entries: list[str]) -> str:
    return "\n".join(f"- {entry}" for entry in entries)
