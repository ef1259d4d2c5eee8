"""The report as one page that needs nothing beside it: no network, no script to be read."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from analyzer.report import page, texts
from analyzer.report.images import embed
from analyzer.report.legible import visible

WEB: Final = Path(__file__).parent / "web"


def render_html(data: Mapping[str, Any], folder: Path) -> str:
    """Make the page of a report.

    Parameters
    ----------
    data : mapping
        The object of report.json; "since", "reading", "questions" and a finding's "chart" may be
        missing.
    folder : Path
        Where the charts lie: their `png` is a path in it.

    Returns
    -------
    str
        A whole HTML file with the charts in it; identical for identical input.

    Raises
    ------
    InputError
        When a chart is missing.
    """
    shown = page.with_defaults(visible(data))
    claims = page.by_id(shown["claims"])
    found = {finding["id"]: page.facets(finding, claims) for finding in shown["findings"]}
    measures = {measure["measure"]: measure for measure in shown["measures"]}
    style, script = (_inline(WEB / name) for name in ("report.css", "report.js"))
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            data=shown,
            contents=page.contents(shown),
            pictures=embed((chart["png"] for chart in page.listed_charts(shown)), folder),
            claims=claims,
            key=page.chosen(shown),
            findings=page.by_id(shown["findings"]),
            measures=measures,
            claim_anchor=page.anchors("claim-", claims),
            finding_anchor=page.anchors("finding-", found),
            measure_anchor=page.anchors("measure-", measures),
            citing=page.citing(shown["findings"]),
            groups=page.by_measure(shown["claims"]),
            facets=found,
            choices=page.choices(list(found.values())),
            style=style,
            script=script,
            policy=_policy(style, script),
        )
    )


@cache
def _environment() -> Environment:
    """Templates are compiled once in a run of several dossiers."""
    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(WEB),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {
        "gap": texts.gap,
        "host": texts.host,
        "in_json": lambda value: json.dumps(value, ensure_ascii=False, sort_keys=True),
        "number": texts.number,
        "told": told,
    }
    environment.globals |= {
        "choice": texts.choice,
        "count": texts.count,
        "severities": page.SEVERITIES,
        "spoken": texts.spoken,
    }
    environment.tests["web_page"] = texts.is_web_page
    return environment


def told(text: str) -> Markup:
    """Text in which words of right-to-left scripts are set apart, so that all else keeps its place.

    So are whole quotations that hold such words.
    """
    pieces, end = [], 0
    for found in texts.TURNED.finditer(text):
        pieces += [escape(text[end : found.start()]), Markup("<bdi>{}</bdi>").format(found[0])]
        end = found.end()
    return Markup("").join([*pieces, escape(text[end:])])


def _inline(path: Path) -> Markup:
    """A style sheet or a script as it stands in the page; its comments stay in the file."""
    return Markup(path.read_text(encoding="utf-8").strip())


def _policy(style: str, script: str) -> str:
    """Nothing is fetched, and nothing runs but what this package put there."""
    return "; ".join(
        [
            "default-src 'none'",
            "img-src data:",
            f"style-src {_hashed(style)}",
            f"script-src {_hashed(script)}",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hashed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
