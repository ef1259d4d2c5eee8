"""How figures are read and compared, in words; the numbers come from the settings in force."""

from __future__ import annotations

import inspect
import re
from dataclasses import fields
from typing import Any

from analyzer.model import CAUSES, FINDING_KINDS, KINDS
from analyzer.series.chain import ERROR, RUN
from analyzer.series.divergence import COMMON_DAYS
from analyzer.series.fits import REACH
from analyzer.series.verdicts import LIKELY
from analyzer.settings import Settings, Thresholds
from analyzer.system.survival import DATES, WORDINGS
from analyzer.wording import Conventions


def method_sections(settings: Settings) -> list[dict[str, Any]]:
    """Sections of the method page: heading, paragraphs, items of term and text."""
    limits = settings.thresholds
    return [
        section(
            "What a claim is",
            "A claim is one statement of one figure by one publisher. Its wording is kept as the "
            "page has it. The origin is who is cited for the figure; where a publisher gives it "
            "on its own authority but took it from a relay, the relay nearest to the origin. "
            "Nobody's figure is taken as the truth.",
        ),
        section(
            "How a wording is read",
            "Each wording becomes two intervals. The literal bounds are what the words allow: "
            "“more than 47,000” has no upper end. The implied bounds are what a hearer takes from "
            "it: less than 48,000, after the granularity of the number (Cummins, Sauerland and "
            "Solt 2012, Linguistics and Philosophy 35). A bare round number is also read as "
            "rounded to its last non-zero digit, by no more than "
            f"{_percent(limits.rounding_cap)} of it.",
        ),
        section(
            "Which claims are compared",
            "Claims are compared when measure, scope and time are the same, and both are plans or "
            "neither is. Claims of two different scopes are never compared; a claim without a "
            "scope is compared with all. What the time is depends on the kind of the measure:",
            KINDS,
        ),
        section(
            "How two claims relate",
            "They agree when their implied bounds overlap; they strain when only the literal "
            "bounds do; they contradict each other when the literal bounds, widened by the reading "
            "of round numbers, are disjoint. Gaps are symmetric: |a - b| / (|a| + |b|); neither "
            f"side is the reference. A gap of {_percent(limits.wide_gap)} or more is a wide one.",
        ),
        section(
            "Positions",
            "Claims of one measure, scope and time that state the same number, whatever "
            f"qualifier, are shown as one position, within {_percent(limits.position_tolerance)} "
            "of the figure. A position is no majority: "
            "forty copies of one origin stand in it as forty claims of one origin, and both "
            "numbers are given.",
        ),
        section(
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
        section("Kinds of findings", "", FINDING_KINDS),
        section(
            "Causes",
            "A cause is given when its test succeeds, with the evidence; otherwise the finding "
            "stays unexplained.",
            CAUSES,
        ),
        section(
            "Order of the findings",
            "A contradiction is high from the wide gap on if more than three claims prove it, low "
            f"under {_percent(limits.narrow_gap)}, medium between, and one level lower where its "
            "cause is another scope or another column, or where it rests on dates taken from "
            "context; a plain revision or rounding is information; figures that agree only to "
            "the letter are low. Within a level, findings are ordered by gap, by the origins "
            "behind the weaker side and by the number of claims, those with a known cause first; "
            "further findings on the same measure weigh less.",
        ),
        section(
            "Daily series",
            f"A publisher's figures of one measure on {limits.series_days} days or more are a "
            "series. What is usual in it is learnt from the "
            f"{REACH} figures on either side; about {1000 * ERROR:g} in 1,000 figures are taken to "
            f"be mistyped before anything is looked at, in a row of {RUN} at most. What departs "
            "from the usual is weighed against all causes that can bring it about, “unexplained” "
            f"among them, and a mistyped figure is told when it is likelier than {_percent(LIKELY)}"
            "; a suggestion is never applied. Two series of one measure are told to run apart when "
            f"they share at least {COMMON_DAYS} days and no rounding explains it.",
        ),
        section(
            "Sources",
            "A relay is held against what its origin says for the same time in any other claim: "
            "number, qualifier and rounding. Shares are given with their denominators and Wilson's "
            "interval (1927, 95 %). The likelihood that one publisher copied another without "
            "saying so is adapted from Dong, Berti-Équille and Srivastava (2009): shared figures "
            "that others do not give weigh most.",
        ),
        section(
            "Two clocks, and decisions of people",
            "A claim has the time that its figure speaks of and the time when it was said; a "
            "report as known by a day leaves out all that was said later. Corrections and waivers "
            "are entered by hand with a reason and a name, listed in the report, and reversible; "
            "nothing else changes a figure.",
        ),
        section("Settings in force: comparison", "", _in_force(limits)),
        section("Settings in force: wordings", "", _in_force(settings.wording)),
    ]


def _in_force(values: Thresholds | Conventions) -> dict[str, str]:
    """Each setting with its value and what it means, as its class documents it."""
    meanings = _meanings(values)
    shown: dict[str, list[str]] = {}  # settings of one meaning stand together
    for field in fields(values):
        value = f"{field.name.replace('_', ' ')}, {_shown(getattr(values, field.name))}"
        shown.setdefault(meanings.get(field.name, ""), []).append(value)
    return {"; ".join(names): meaning for meaning, names in shown.items()}


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(f"{one:g}" for one in value)
    return f"{value:g}"


def _meanings(values: Thresholds | Conventions) -> dict[str, str]:
    """What the "Attributes" of a class's docstring say of each."""
    text = (inspect.getdoc(values) or "").partition("Attributes\n----------\n")[2]
    meanings: dict[str, str] = {}
    for part in re.split(r"\n(?=\S)", text):
        head, _, body = part.partition("\n")
        for name in head.partition(" : ")[0].split(", "):
            words = re.sub(r"`(\w+)`", lambda found: found[1].replace("_", " "), body)
            meanings[name] = " ".join(words.split())
    return meanings


def _percent(share: float) -> str:
    return f"{100 * share:g} %"


def section(heading: str, paragraph: str, items: dict[str, str] | None = None) -> dict[str, Any]:
    """Make a section: heading, at most one paragraph, items of term and text."""
    return {
        "heading": heading,
        "paragraphs": [paragraph] if paragraph else [],
        "items": [{"term": term, "text": text} for term, text in (items or {}).items()],
    }
