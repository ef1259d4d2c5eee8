"""What changed since an earlier report of a dossier, by the stable ids of its findings."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from analyzer.digest import digest
from analyzer.errors import visible
from analyzer.phrases import plural
from analyzer.pipeline import Analysis

NOTHING_EARLIER: Final = "There is no earlier report of this dossier to compare with."
NEEDED: Final = {  # of report.json, and of what kind it is
    "dossier": dict,
    "summary": dict,
    "findings": list,
}
OF_A_FINDING: Final = ("id", "sentence", "severity", "measure_label")
OF_A_CHANGE: Final = ("id", "was")
OF_ONE_RESOLVED: Final = (*OF_A_FINDING, "why")
SURROGATES: Final = ("\\ud", "\\uD")  # how JSON writes halves of a character


@dataclass(frozen=True, slots=True)
class Earlier:
    """A report to compare with.

    Attributes
    ----------
    report : mapping
        The object of its report.json, as `parse_report` gives it.
    named : bool
        Whether the user named it; if not, it is the last one of the same folder.
    """

    report: Mapping[str, Any]
    named: bool = False


class ForeignReportError(ValueError):
    """A text is no report.json that a dossier can be compared with; says why."""


def parse_report(text: str, dossier: str) -> dict[str, Any]:
    """Read the text of a report.json.

    Raises
    ------
    ForeignReportError
        When it is no JSON, another dossier's, or lacks what a comparison needs.
    """
    try:
        report = json.loads(text)
        if any(escape in text for escape in SURROGATES):
            json.dumps(report, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise ForeignReportError("holds half a character") from error
    except RecursionError as error:
        raise ForeignReportError("is nested too deeply") from error
    except ValueError as error:
        raise ForeignReportError("is not JSON") from error
    if not isinstance(report, dict):
        raise ForeignReportError("is no report")
    lacking = [key for key, kind in NEEDED.items() if not isinstance(report.get(key), kind)]
    if lacking:
        raise ForeignReportError(f"is no report of this tool: it lacks {', '.join(lacking)}")
    name = report["dossier"].get("name")
    if name != dossier:
        told = f"'{visible(name)}'" if isinstance(name, str) else "no dossier by name"
        raise ForeignReportError(f"is a report of {told}")
    summary = report["summary"]
    findings = [one if isinstance(one, dict) else {} for one in report["findings"]]
    texts = [one.get(key) for one in findings for key in OF_A_FINDING]
    texts.append(summary.get("latest_published"))
    if not all(isinstance(one, str) for one in texts) or not isinstance(summary.get("claims"), int):
        raise ForeignReportError("is a report of another format")
    return report


def changes_since(earlier: Earlier | None, analysis: Analysis) -> dict[str, Any]:
    """Make the "since" entry of the report's data object.

    When findings and claims are those of the last report, its own entry is carried over: so a
    report that is built again stays the same, and says what changed since the last one that
    differs. An entry on a report that was named is not: it held for that one run.

    Returns
    -------
    dict
        text; new, persisting: ids in order of rank; changed: id, was (the earlier sentence, with
        the earlier severity where that changed); resolved: id, sentence, measure_label, severity,
        why ("gone" or "waived"); base: `content`, which tells whether a later analysis has the
        same findings and claims, the claims, latest publication and content of the earlier report
        (None where there is none or it is not known), and whether that report was `named`.
    """
    content = content_of(analysis.claims, analysis.findings)
    if earlier is None:
        base = {"content": content, "earlier": None, "named": False}
        return _entry(NOTHING_EARLIER, [], [], [], [], base)
    told = earlier.report.get("since")
    if not earlier.named and isinstance(told, dict) and _is_of(told, content):
        return dict(told)
    return _compare(earlier, analysis, content)


def content_of(claims: pd.DataFrame, findings: pd.DataFrame) -> str:
    """Digest of the claims, whatever lines they stand on, and of what the findings say."""
    ordered = claims.sort_values("id", ignore_index=True).drop(columns="row", errors="ignore")
    told = findings[["id", "severity", "sentence"]].sort_values("id", ignore_index=True)
    return digest(ordered, told)


def _is_of(told: Mapping[str, Any], content: str) -> bool:
    """Whether an entry is sound, belongs to a report of this content and to no named one."""
    if list(told) != list(_entry("", [], [], [], [], {})) or not isinstance(told["text"], str):
        return False
    base = told["base"]
    if not isinstance(base, dict) or list(base) != ["content", "earlier", "named"]:
        return False
    if base["content"] != content or base["named"] is not False:
        return False
    lists = {"new": (), "persisting": (), "changed": OF_A_CHANGE, "resolved": OF_ONE_RESOLVED}
    return _is_earlier(base["earlier"]) and all(
        isinstance(told[key], list) and all(_is_item(one, keys) for one in told[key])
        for key, keys in lists.items()
    )


def _is_earlier(which: object) -> bool:
    """Whether it tells an earlier report from others, or says that there is none."""
    if not isinstance(which, dict):
        return which is None
    kinds = {"claims": int, "latest_published": str, "content": str | None}
    return list(which) == list(kinds) and all(isinstance(which[key], kinds[key]) for key in kinds)


def _is_item(one: object, keys: Sequence[str]) -> bool:
    """Whether it is a text or, where keys are named, a mapping of just these to texts."""
    texts = [one]
    if keys:
        texts = [one[key] for key in one] if isinstance(one, dict) and [*one] == [*keys] else [None]
    return all(isinstance(text, str) for text in texts)


def _entry(
    text: str,
    new: Sequence[str],
    persisting: Sequence[str],
    changed: Sequence[Mapping[str, str]],
    resolved: Sequence[Mapping[str, str]],
    base: Mapping[str, Any],
) -> dict[str, Any]:
    return {
        "text": text,
        "new": list(new),
        "persisting": list(persisting),
        "changed": list(changed),
        "resolved": list(resolved),
        "base": dict(base),
    }


def _compare(earlier: Earlier, analysis: Analysis, content: str) -> dict[str, Any]:
    before = {str(one["id"]): one for one in earlier.report["findings"]}
    now = {str(row["id"]): row for _, row in analysis.findings.iterrows()}
    stay = [one for one in now if one in before]
    changed = [one for one in stay if _told(before[one]) != _told(now[one])]
    waivers = analysis.waivers
    waived = set(waivers.loc[waivers["status"] == "active", "finding"])
    resolved = [
        {key: str(one[key]) for key in OF_A_FINDING}
        | {"why": "waived" if name in waived else "gone"}
        for name, one in before.items()
        if name not in now
    ]
    new = [one for one in now if one not in before]
    persisting = [one for one in stay if one not in changed]
    base = {"content": content, "earlier": _which(earlier.report), "named": earlier.named}
    counts = (len(new), len(persisting), len(changed))
    reasons = [one["why"] for one in resolved]
    text = _text(earlier, counts, reasons.count("gone"), reasons.count("waived"))
    was = [{"id": one, "was": _was(before[one], now[one])} for one in changed]
    return _entry(text, new, persisting, was, resolved, base)


def _which(report: Mapping[str, Any]) -> dict[str, Any]:
    """What tells an earlier report from others."""
    told = report.get("since")
    base = told.get("base") if isinstance(told, dict) else None
    content = base.get("content") if isinstance(base, dict) else None
    known = content if isinstance(content, str) else None
    summary = report["summary"]
    return {key: summary[key] for key in ("claims", "latest_published")} | {"content": known}


def _told(finding: Mapping[str, Any] | pd.Series) -> tuple[str, str]:
    return str(finding["sentence"]), str(finding["severity"])


def _was(before: Mapping[str, Any], now: pd.Series) -> str:
    """The earlier sentence, with its severity where that is another."""
    ranked = f" (severity {before['severity']})" if before["severity"] != now["severity"] else ""
    return f"{before['sentence']}{ranked}"


def _text(earlier: Earlier, counts: tuple[int, int, int], gone: int, waived: int) -> str:
    new, persisting, changed = counts
    summary = earlier.report["summary"]
    which = "the report that it is compared with" if earlier.named else "the last report"
    head = (
        f"Since {which} ({plural(summary['claims'], 'claim')}; latest page of "
        f"{summary['latest_published']})"
    )
    if not (new or changed or gone or waived):
        return f"{head}, no finding is new or gone: {_count(persisting, 'persists', 'persist')}."
    parts = [
        (new, "is new", "are new"),
        (persisting, "persists", "persist"),
        (changed, "reads differently", "read differently"),
        (gone, "is gone", "are gone"),
        (waived, "is waived", "are waived"),
    ]
    texts = [_count(*part) for part in parts if part[0]]
    first, *rest = texts
    number, _, words = first.partition(" ")
    noun = "finding" if number == "1" else "findings"
    return f"{head}: {', '.join([f'{number} {noun} {words}', *rest])}."


def _count(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"
