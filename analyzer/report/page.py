"""What the page's templates need beside the data object: anchors, look-ups, what is listed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

MOST_KEY: Final = 5  # findings at the top, where the data object does not name them
SEVERITIES: Final = ("high", "medium", "low", "info")
ABSENT: Final[dict[str, Any]] = {
    "key_findings": None,
    "since": None,
    "reading": [],
    "questions": [],
    "vintage": {"as_known": "", "text": ""},
    "impossible": {"proofs": [], "given_up": [], "envelope": {"rows": []}},
    "events": {"total": 0},
    "revisions": {"rows": []},
    "corrections": [],
    "waivers": [],
    "sources": None,
    "appendix": {"title": "Appendix: every claim", "text": "", "brief": False},
}
Data = Mapping[str, Any]


def with_defaults(data: Data) -> dict[str, Any]:
    """The data object with every part that may be missing; the findings at the top are named."""
    whole = ABSENT | dict(data)
    if whole["key_findings"] is None:
        whole["key_findings"] = [finding["id"] for finding in data["findings"][:MOST_KEY]]
    return whole


def chosen(data: Data) -> list[Data]:
    """The findings at the top."""
    findings = by_id(data["findings"])
    return [findings[one] for one in data["key_findings"] if one in findings]


def anchors(prefix: str, names: Iterable[str]) -> dict[str, str]:
    """Ids of elements for names, each of them once: letters, digits, dots, underscores, dashes."""
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        stem = prefix + re.sub(r"[^A-Za-z0-9._-]+", "-", name)
        tries = (stem if again == 1 else f"{stem}~{again}" for again in range(1, len(taken) + 2))
        ids[name] = next(one for one in tries if one not in taken)
        taken.add(ids[name])
    return ids


def by_id(entries: Iterable[Data]) -> dict[str, Data]:
    """Entries by their id."""
    return {entry["id"]: entry for entry in entries}


def citing(findings: Iterable[Data]) -> dict[str, list[Data]]:
    """By claim, the findings that it proves."""
    found: dict[str, list[Data]] = {}
    for finding in findings:
        for claim in finding["claims"]:
            found.setdefault(claim, []).append(finding)
    return found


def by_measure(claims: Iterable[Data]) -> list[tuple[str, list[Data]]]:
    """Claims under the label of their measure, in their own order."""
    groups: dict[str, list[Data]] = {}
    for claim in claims:
        groups.setdefault(claim["measure_label"] or claim["measure"], []).append(claim)
    return list(groups.items())


def facets(finding: Data, claims: Mapping[str, Data]) -> dict[str, list[str]]:
    """What a finding can be filtered by."""
    known = [claims[one] for one in finding["claims"] if one in claims]
    names = {claim[key] for claim in known for key in ("source_name", "origin_name")}
    return {
        "measure": [finding["measure_label"]],
        "source": sorted(names - {""}),
        "cause": [finding["cause"]],
        "severity": [finding["severity"]],
    }


def choices(found: Sequence[Mapping[str, list[str]]]) -> dict[str, list[str]]:
    """What each filter offers: severities from high to info, all else by the alphabet."""
    offered = {
        name: sorted({one for entry in found for one in entry[name]} - {""}, key=str.casefold)
        for name in ("measure", "source", "cause", "severity")
    }
    known = [one for one in SEVERITIES if one in offered["severity"]]
    return offered | {"severity": known + [s for s in offered["severity"] if s not in known]}


def listed_charts(data: Data) -> Iterator[Data]:
    """Every chart that a report shows."""
    found: list[Data | None] = [data["overview_chart"]]
    found += [finding.get("chart") for finding in data["findings"]]
    proofs = (data.get("impossible") or {}).get("proofs", [])
    places = [*data["measures"], *data["accounts"], *proofs]
    for place in [*places, data.get("sources") or {}]:
        found += place.get("charts", [])
    return (chart for chart in found if chart)


def contents(data: Data) -> list[tuple[str, str]]:
    """Anchor and title of each section that the page has, in its order."""
    impossible = data["impossible"]
    sections = [
        ("key-findings", "Key findings", True),
        ("overview", "Overview", data["overview_chart"] or data["measures"]),
        ("since", "Since the last report", data["since"]),
        ("reading", "How to read it", data["reading"]),
        ("questions", "Open questions", data["questions"]),
        ("findings", "All findings", data["findings"]),
        ("measures", "Measures", data["measures"]),
        ("accounts", "Accounts: figures that must add up", data["accounts"] or data["unevaluated"]),
        (
            "impossible",
            "What cannot all be true",
            impossible["proofs"] or impossible["given_up"] or impossible["envelope"]["rows"],
        ),
        ("events", "Events in the daily series", data["events"]["total"]),
        ("revisions", "Revisions", data["revisions"]["rows"]),
        ("by-hand", "What people decided", data["corrections"] or data["waivers"]),
        ("sources", "Sources", data["sources"]),
        ("method", "Method", data["method"]),
        ("left-out", "Left out, and why", data["left_out"]),
        ("claims", data["appendix"]["title"], data["claims"]),
        ("licence", "Licence and files", True),
    ]
    return [(anchor, title) for anchor, title, present in sections if present]
