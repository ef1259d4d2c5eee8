"""How to read a report, on one page, for those who see one for the first time."""

from __future__ import annotations

from typing import Any

from analyzer.reportdata.method import section


def reading_guide() -> list[dict[str, Any]]:
    """Make the sections of the page: heading, paragraphs, items of term and text."""
    return [
        section(
            "What this report is",
            "A comparison of figures that were published with the name of whoever gave them. It "
            "shows where they cannot all be right, since when, and what may explain it. It does "
            "not say who is right, and a figure that many repeat is no more certain for that.",
        ),
        section(
            "The words",
            "",
            {
                "Claim": "one statement of one figure by one publisher, with the page's wording.",
                "Publisher": "whose page it stands on.",
                "Origin": "whose figure it is, as the page says. Forty pages that quote one "
                "ministry are forty claims of one origin; both numbers are always given.",
                "Measure": "what is counted, by a definition and in a unit; a claim may limit it "
                "further (its scope).",
                "Position": "the claims that give the same figure for the same thing and time.",
                "Account": "figures that must add up, such as held = taken - released - recovered.",
                "Finding": "claims that do not fit together, in a sentence, with all that prove "
                "it and the cause, where a test found one.",
            },
        ),
        section(
            "How strong a finding is",
            "",
            {
                "High": "a wide gap that several claims prove.",
                "Medium": "a gap that matters, or few claims.",
                "Low": "a narrow gap, a likely innocent cause, or dates taken from the context.",
                "Info": "a revision, a rounding, a late batch: nothing need be wrong.",
                "Gap": "the difference of two figures divided by their sum, so that neither is "
                "the yardstick: 0.05 is one figure a tenth above the other, 0.33 its double.",
            },
        ),
        section(
            "How figures are drawn",
            "",
            {
                "A dot": "a figure that is stated exactly, or as about so many.",
                "A bar with ends": "a range: the figure can lie anywhere in it.",
                "An arrow": "an open end: “at least 500” has no upper end.",
                "A break in a line": "days without a figure; nothing is filled in.",
                "A colour": "tells origins or terms apart within a chart and means nothing more.",
            },
        ),
        section(
            "From a sentence to its proof",
            "Each finding on page one names the page where its claims are listed; from there each "
            "claim leads to its row in the appendix, with the verbatim wording, the bounds that it "
            "allows, the chain from origin to publisher and the link. The same tables lie beside "
            "this report as CSV files, and each chart as PNG, SVG and CSV.",
        ),
    ]
