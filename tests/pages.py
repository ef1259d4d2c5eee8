"""What tests of the page and of the Markdown report share: a full data object, a parsed page."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from PIL import Image

Data = dict[str, Any]
VOID = {"meta", "img", "br", "link", "input", "hr"}


def full(data: Data) -> Data:
    """The data object with every part that may be missing, each of one or two entries."""
    whole = copy.deepcopy(data)
    ids = [claim["id"] for claim in whole["claims"]]
    first, second, third = (finding["id"] for finding in whole["findings"][:3])
    chart = {name: f"charts/glance.{name}" for name in ("svg", "png", "csv")}
    whole["findings"][0]["chart"] = chart | {"title": "At a glance", "alt": "Two.", "caption": ""}
    whole["findings"][0]["sure"] = "Rests on 2 claims."
    whole["findings"][1] |= {"in_series": True, "severity": "info"}
    return whole | {
        "since": {
            "text": "One is new.",
            "new": [first],
            "persisting": [third],
            "changed": [{"id": second, "was": "It was otherwise."}],
            "resolved": [
                {"id": "gone", "sentence": "It fell.", "measure_label": "Old", "severity": "low"}
            ],
        },
        "reading": [
            {"heading": "The words", "paragraphs": ["Few."], "items": [{"term": "a", "text": "b"}]}
        ],
        "questions": [{"title": "Which is it?", "text": "Nobody knows.", "findings": [first]}],
        "vintage": {"as_known": "as known by 1 May 2024", "text": "This is a part."},
        "impossible": _impossible(ids, first),
        "events": _events(ids),
        "revisions": {"rows": [_revision()], "steady": 3},
        "sources": {"paragraphs": ["Many."], "charts": [], "profiles": [_profile()], "copying": []},
        "corrections": [
            {
                "claim": ids[0], "measure": "m", "measure_label": "Corrected one",
                "printed": "41", "corrected": "14", "reason": "typed", "who": "E", "date": "2024",
            }
        ],
        "waivers": [
            {
                "finding": "w.1", "claim": "", "reason": "settled", "who": "E",
                "until": "2030-01-01", "status": "expired", "sentence": "It was told.",
            }
        ],
    }  # fmt: skip


def _impossible(ids: list[str], finding: str) -> Data:
    row = {
        "label": "Held", "when": "1 May 2024", "wording": "some 250", "who": "Daily",
        "says": "245 to 255", "left": "at most 240", "elsewhere": "any", "nearest": "240",
        "claims": [ids[0]],
    }  # fmt: skip
    return {
        "counted": [{"kind": "one measure, two figures", "number": 1200}],
        "complete": False,
        "proofs": [
            {
                "strains": True, "finding": finding, "rank": 1, "sentence": "They hardly do.",
                "identities": ["The ledger"], "sets": 2, "more_sets": True, "stands": "Stands.",
                "charts": [], "rows": [row],
            }
        ],
        "given_up": [
            {"conflict": 1, "votes": 1.5, "always": "Held: “9”", "either": ["A", "B"], "more": 1}
        ],
        "envelope": {
            "total": 4,
            "rows": [
                {
                    "label": "Freed", "when": "May 2024", "range": "25 to 26", "stated": "",
                    "set_aside": "", "low_by": "lower end", "high_by": "upper end",
                }
            ],
        },
    }  # fmt: skip


def _events(ids: list[str]) -> Data:
    event = {
        "when": "2 May 2024", "kind": "fall", "what": "falls from 9 to 8", "cause": "unexplained",
        "likelihood": "97 %", "rivals": "late batch 3 %", "error": True, "suggestion": "9",
        "claims": ids[:1],
    }  # fmt: skip
    counted = {
        "label": "Toll", "who": "Daily", "kind": "surge", "cause": "gap absorbed",
        "cause_text": "", "number": 3, "span": "May 2024",
    }  # fmt: skip
    return {
        "total": 4,
        "errors": 1,
        "series": [{"label": "Toll", "who": "Daily", "rows": [event]}],
        "counted": [counted],
        "kinds": [{"term": "fall", "text": "a running total falls"}],
    }


def _revision() -> Data:
    texts = ("first_lag", "last_lag", "near_lag", "near_lag_max", "spread", "rel_spread", "bias")
    more = ("bias_p", "up_down", "sign_p", "mar", "noise", "remarks")
    named = {"label": "Toll", "who": "Daily", "days": 1033, "revised": 2, "revisions": 2}
    return named | {key: f"r{place}" for place, key in enumerate([*texts, *more])}


def _profile() -> Data:
    counts = ("claims", "measures", "relayed", "checked", "stale", "qualifier_lost")
    numbers = dict.fromkeys((*counts, "qualifier_added", "misquoted"), 7)
    told = {"faithful": "5 of 6 (44 to 97 %)", "lag": "2 days", "agreeing": "", "rounded": "1 up"}
    return {"role": "origin", "name": "Ministry"} | numbers | told


def draw_charts(folder: Path) -> Path:
    """Write the charts that `conftest.build_data` and `full` name, as small pictures."""
    (folder / "charts").mkdir()
    for name in ("overview", "timeline", "account", "glance"):
        Image.new("RGBA", (60, 40), "white").save(folder / "charts" / f"{name}.png")
    return folder


@dataclass
class Element:
    """An element of a page."""

    tag: str
    attrs: dict[str, str]
    parent: Element | None = None
    content: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """The element itself and all in it."""
        yield self
        for one in self.content:
            if isinstance(one, Element):
                yield from one.walk()

    def all(self, *tags: str) -> list[Element]:
        """Elements of some tags, in the order of the page."""
        return [one for one in self.walk() if one.tag in tags]

    @property
    def text(self) -> str:
        """All text in it, with single spaces."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for one in self.content:
            if isinstance(one, str):
                yield one
            elif one.tag not in ("style", "script"):
                yield from one._texts()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.open = Element("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), (tag, attrs)
        one = Element(tag, {name: value or "" for name, value in attrs}, self.open)
        self.open.content.append(one)
        if tag not in VOID:
            self.open = one

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.tag, f"</{tag}> closes <{self.open.tag}>"
        assert self.open.parent is not None
        self.open = self.open.parent

    def handle_data(self, data: str) -> None:
        self.open.content.append(data)


def parse(html: str) -> Element:
    """Parse a page whose elements must all be closed, in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open is reader.root
    return reader.root
