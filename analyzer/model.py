"""The words of the product: vocabularies, and the columns of every table people edit."""

from __future__ import annotations

from typing import Final

KINDS: Final = {
    "fixed": "one true total; estimates of it change",
    "cumulative": "a running total; it does not fall",
    "stock": "held at a time; it can rise and fall",
    "flow": "during a period",
    "share": "a fraction of another measure, or a ratio of two",
}
STATUSES: Final = {
    "reported": "given as counted or as done",
    "estimated": "given as an estimate",
    "planned": "announced for the future",
    "revised": "given as replacing an earlier figure",
    "withdrawn": "taken back: whoever gave the figure no longer gives it",
}
BASES: Final = {
    "page": "the page says so",
    "context": "taken from the page's context by whoever typed the row",
    "": "not known",
}
SEVERITIES: Final = ("high", "medium", "low", "info")

CAUSES: Final = {
    "rounding": "one figure is the other, rounded",
    "stale repeat": "an old figure is given after a newer one was known",
    "announced revision": "the row that replaces the figure says that it is revised",
    "silent edit": "a published figure was replaced without a word",
    "scope or definition change": "the rows count different things",
    "source switch": "from that day on the series takes its figures from another origin",
    "counting base reset": "from that day on the count starts anew, or from another base",
    "downward correction": "the origin took entries back; the figures after it stay lower",
    "late batch": "entries of earlier days were added in one day",
    "gap absorbed": "the figure covers days before it that have none of their own",
    "incomplete parts": "the parts do not cover the whole",
    "misdated": "the figure is that of another day",
    "copied forward": "the figure of an earlier day stands again, and the series goes on past it",
    "transposed digits": "two neighbouring digits changed places",
    "missing digit": "one digit was left out",
    "extra digit": "one digit too many was typed",
    "wrong digit": "one digit was typed wrongly",
    "power of ten": "the figure is ten, a hundred or a thousand times what fits",
    "daily typed as cumulative": "the figure of the day stands where the running total belongs",
    "swapped figures": "two figures of the row, or of two days, changed places",
    "wrong year": "the date is a whole year off",
    "estimate beside count": "one side is given as an estimate, the other is not",
    "plan told as fact": "the figure is the planned one, given as done",
    "wrong base of a percentage": "the figure fits the same gap taken of another base",
    "wrong column": "the figure is that of another measure at the time",
    "another origin's figure": "the figure is given in the name of one origin, but is another's",
    "relay lost the qualifier": "the origin's number is passed on without its qualifier",
    "relay added a qualifier": "the origin's number is passed on with a qualifier it did not give",
    "relay turned the qualifier": "the origin's number is passed on under another qualifier",
    "relay misquoted": "a figure is passed on that the origin did not give for the time",
    "unexplained": "no test of a cause succeeded",
}

FINDING_KINDS: Final = {
    "disagreement": "claims of one figure fall into positions that exclude each other",
    "overtaken": "a running total is above what others give for a later day",
    "fall": "a running total of one origin falls",
    "switch": "a series goes on with another origin, scope or counting base",
    "surge": "a running total rises in one step by more than its days explain",
    "typing error": "a figure that its neighbours rule out and a slip of the keys explains",
    "mismatch": "the figure of a day differs from the step of its running total",
    "edit": "a published figure was replaced in a later version",
    "duplicate": "one version gives two values for one day",
    "divergence": "two series of one measure run apart",
    "revision": "a figure was replaced, and who still printed the old one",
    "self-contradiction": "one page gives two figures for the same thing",
    "account": "figures that must add up do not",
    "joint contradiction": "claims of several measures or days that can't all be true, while any "
    "of them left out lets the others agree",
    "two scopes": "figures of two scopes that differ by what an identity states",
    "relay": "a figure is passed on otherwise than its origin gave it",
}

CLAIMS: Final = {
    "id": "Name of the claim, stable for good. Leave it blank in new rows: one is made from the "
    "row's own cells, and it stays the same when rows are added or re-ordered.",
    "measure": "What is counted: a key of measures.csv.",
    "figure": "The page's wording of the figure, verbatim, qualifier included: at least 1,139.",
    "of": "For a share: the measure that it is a share of. Needed where the measure counts people.",
    "scope": "What the page limits the count to, as a short word with underscores "
    "(Israelis_only). Blank: as the measure defines it, or not said. Claims of two different "
    "scopes are never compared.",
    "as_of": "The time that the figure speaks of: 2025-01-22, 2025-01 or 2025; blank if unknown. "
    "For a fixed measure the day of the event, or the day of a running count.",
    "as_of_basis": "page, or context where the date was taken from the page's context.",
    "period_start": "First day of the period of a flow or of a count since a date.",
    "published": "When the page was published; blank if it shows no date.",
    "published_context": "Publication date that the context suggests, where the page shows none.",
    "source": "Who publishes: a key of sources.csv.",
    "attributed_to": "Who is cited for the figure: a key of sources.csv; the source itself where "
    "it gives the figure on its own authority.",
    "via": "Relays between the two, the nearest to the origin first, separated by semicolons.",
    "status": "reported, estimated, planned, revised or withdrawn.",
    "url": "Address of the page, http or https.",
    "note": "Anything a reader of the row should know.",
}
SOURCES: Final = {
    "source": "Key: lower case letters, digits and underscores.",
    "name": "Full name, as it is printed in the report.",
    "kind": "Kind of publisher: wire, newspaper, broadcaster, state body, UN agency …",
    "kind_basis": "known, or default where the kind was not looked up.",
    "side": "Party to the conflict, third-party or international.",
    "speaks_for": "The source in whose name this one speaks (a ministry for its government).",
    "relays": "Sources that it has been seen to pass on, separated by semicolons.",
    "url": "Address of the publisher.",
    "note": "Anything a reader of the row should know.",
}
MEASURES: Final = {
    "measure": "Key: lower case letters, digits and underscores.",
    "label": "Name, as it is printed in the report.",
    "definition": "What exactly is counted, where, since when.",
    "unit": "people, percent, ratio, months, names …",
    "kind": "fixed, cumulative, stock, flow or share.",
    "part_of": "The measure that this one is a part of; a part is never above its whole.",
    "plan": "The measure that holds the planned number for this one.",
    "closed": "The day on which a running total ended; later claims speak of the same total.",
    "total": "For a flow: the running total that it adds to.",
    "table": "A word that measures share whose figures stand side by side in one table, so that "
    "one can slip into the place of another. Measures without a tie are never held against each "
    "other.",
}
IDENTITIES: Final = {
    "name": "Key: lower case letters, digits and underscores.",
    "label": "Name, as it is printed in the report.",
    "expression": "Measures joined by + - * / and parentheses on both sides of =, <= or >=. "
    "name takes claims without a scope, name[scope] those of one scope, name[*] all; "
    "sum(name) adds a flow's known days from valid_from on; before(name) is the value a day "
    "earlier.",
    "valid_from": "First day on which it holds; blank: always.",
    "valid_to": "Last day on which it holds; blank: always.",
    "note": "Why it holds, and with what reservation.",
}
CORRECTIONS: Final = {
    "claim": "Id of the claim, as in the report's appendix.",
    "figure": "The wording that stands in claims.csv, verbatim; when it is no longer there, this "
    "row is an error.",
    "corrected": "The wording that the analysis shall read instead.",
    "reason": "Why: what speaks against the one figure and for the other.",
    "who": "Who accepted the correction.",
    "date": "When it was accepted.",
}
WAIVERS: Final = {
    "finding": "Id of the finding, as in findings.csv; blank where a claim is named.",
    "claim": "Id of a claim; every finding that can't be told without it is set aside. Blank "
    "where a finding is named.",
    "reason": "Why it is set aside.",
    "who": "Who set it aside.",
    "until": "Last day on which it is set aside; a month or a year means its last day. After it "
    "the finding comes back.",
}
TABLES: Final = {
    "claims": CLAIMS,
    "sources": SOURCES,
    "measures": MEASURES,
    "identities": IDENTITIES,
    "corrections": CORRECTIONS,
    "waivers": WAIVERS,
}
OPTIONAL: Final = {
    "claims": {"id", "of", "scope", "as_of_basis", "period_start", "published_context", "via"}
    | {"url", "note"},
    "sources": {"kind_basis", "speaks_for", "relays", "url", "note"},
    "measures": {"part_of", "plan", "closed", "total", "table"},
    "identities": {"label", "valid_from", "valid_to", "note"},
    "corrections": set(),
    "waivers": {"finding", "claim"},
}
