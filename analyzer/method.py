"""How figures are read and compared, in words; the numbers come from the settings in force."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from analyzer.model import CAUSES, FINDING_KINDS, KINDS
from analyzer.settings import Settings
from analyzer.system.survival import DATES, WORDINGS


def method_sections(settings: Settings) -> list[dict[str, Any]]:
    """Sections of the method page: heading, paragraphs, items of term and text."""
    limits = settings.thresholds
    return [
        _section(
            "What a claim is",
            "A claim is one statement of one figure by one publisher. Its wording is kept as the "
            "page has it. The origin is who is cited for the figure; where a publisher gives it "
            "on its own authority but took it from a relay, the relay nearest to the origin. "
            "Nobody's figure is taken as the truth.",
        ),
        _section(
            "How a wording is read",
            "Each wording becomes two intervals. The literal bounds are what the words allow: "
            "“more than 47,000” has no upper end. The implied bounds are what a hearer takes from "
            "it: less than 48,000, after the granularity of the number (Cummins, Sauerland and "
            "Solt 2012, Linguistics and Philosophy 35). A bare round number is also read as "
            "rounded to its last non-zero digit, by no more than "
            f"{_percent(limits.rounding_cap)} of it.",
        ),
        _section(
            "Which claims are compared",
            "Claims are compared when measure, scope and time are the same, and both are plans or "
            "neither is. Claims of two different scopes are never compared; a claim without a "
            "scope is compared with all. What the time is depends on the kind of the measure:",
            KINDS,
        ),
        _section(
            "How two claims relate",
            "They agree when their implied bounds overlap; they strain when only the literal "
            "bounds do; they contradict each other when the literal bounds, widened by the reading "
            "of round numbers, are disjoint. Gaps are symmetric: |a - b| / (|a| + |b|); neither "
            f"side is the reference. A gap of {_percent(limits.wide_gap)} or more is a wide one.",
        ),
        _section(
            "Positions",
            "Claims of one measure, scope and time that state the same number, whatever "
            f"qualifier, are shown as one position, within {_percent(limits.position_tolerance)} "
            "of the figure. A position is no majority: "
            "forty copies of one origin stand in it as forty claims of one origin, and both "
            "numbers are given.",
        ),
        _section(
            "What cannot all be true",
            "All claims and identities are written as one system of linear inequalities: each "
            "claim bounds its measure at its time, a running total does not fall from day to day, "
            "a flow is the step of its total, no figure is below 0. A minimal set of claims is one "
            "that no figures satisfy, while leaving out any of its claims lets the others agree. "
            "The least to give up is the lightest set of claims without which all others can be "
            "true; each origin has one vote for a figure of one time, divided where it gives "
            "several. With all of those set aside that some lightest choice gives up, the "
            "envelope is the range that the rest allows. A contradiction is solved again under "
            "other readings of its wordings and dates:",
            WORDINGS | DATES,
        ),
        _section("Kinds of findings", "", FINDING_KINDS),
        _section(
            "Causes",
            "A cause is given when its test succeeds, with the evidence; otherwise the finding "
            "stays unexplained.",
            CAUSES,
        ),
        _section(
            "Order of the findings",
            "A contradiction is high from the wide gap on if more than three claims prove it, low "
            f"under {_percent(limits.narrow_gap)}, medium between, and one level lower where its "
            "cause is another scope or another column, or where it rests on dates taken from "
            "context; a plain revision or rounding is information; figures that agree only to "
            "the letter are low. Within a level, findings are ordered by gap, by the origins "
            "behind the weaker side and by the number of claims, those with a known cause first; "
            "further findings on the same measure weigh less.",
        ),
        _section(
            "Settings in force",
            "",
            {
                field.name.replace("_", " "): f"{getattr(limits, field.name):g}"
                for field in fields(limits)
            },
        ),
    ]


def _percent(share: float) -> str:
    return f"{100 * share:g} %"


def _section(heading: str, paragraph: str, items: dict[str, str] | None = None) -> dict[str, Any]:
    return {
        "heading": heading,
        "paragraphs": [paragraph] if paragraph else [],
        "items": [{"term": term, "text": text} for term, text in (items or {}).items()],
    }
