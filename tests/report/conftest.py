"""A report's data object, made from rows of the real dossier without the pipeline."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from matplotlib.figure import Figure
from pypdf import PdfReader

from analyzer.report.typeset import typeset

DOSSIER = Path(__file__).parents[2] / "datasets" / "gaza-war"
Data = dict[str, Any]
Build = Callable[..., Data]


def rows_of(table: str) -> list[dict[str, str]]:
    with (DOSSIER / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def chosen_claims(number: int) -> list[dict[str, str]]:
    """First every wording in another script, then the first rows, ordered by measure."""
    rows = rows_of("claims")
    rows.sort(key=lambda row: row["figure"].isascii())
    return sorted(rows[:number], key=lambda row: (row["measure"], row["id"]))


def claim_entry(row: dict[str, str], names: dict[str, str], labels: dict[str, str]) -> Data:
    chain = [row["attributed_to"], *filter(None, row["via"].split(";")), row["source"]]
    return {
        **{key: row[key] for key in ("id", "measure", "figure", "as_of", "published")},
        "measure_label": labels[row["measure"]],
        "bounds": f"as {row['figure']}",
        "source_name": names[row["source"]],
        "origin_name": names[row["attributed_to"]],
        "chain": " > ".join(dict.fromkeys(chain)),
        "status": row["status"],
        "scope": row["scope"].replace("_", " "),
        "url": row["url"],
        "note": row["note"],
    }


def position_entry(label: str, claims: list[Data]) -> Data:
    return {
        "label": label,
        "claims": len(claims),
        "origins": len({claim["origin_name"] for claim in claims}),
        "sources": len({claim["source_name"] for claim in claims}),
        "said": "17 to 20 October 2023",
        "names": "; ".join(sorted({claim["origin_name"] for claim in claims})),
    }


def finding_entry(rank: int, claims: list[Data]) -> Data:
    first, last = claims[0], claims[-1]
    halves = [claims[: len(claims) // 2], claims[len(claims) // 2 :]]
    return {
        "id": f"disagreement.{rank}",
        "rank": rank,
        "kind": "disagreement",
        "kind_text": "claims of one figure fall into positions that exclude each other",
        "cause": "unexplained",
        "cause_text": "no test of a cause succeeded",
        "severity": ("high", "medium", "low", "info")[rank % 4],
        "relation": "contradicts",
        "measure": first["measure"],
        "measure_label": first["measure_label"],
        "when": "7 October 2023",
        "gap": 0.2345 if rank % 5 else None,
        "sentence": f"Case {rank}: {first['source_name']} gives “{first['figure']}”, and "
        f"{last['source_name']} gives “{last['figure']}” for the same day.",
        "claims": [claim["id"] for claim in claims],
        "positions": [position_entry(half[0]["figure"], half) for half in halves if half],
        "evidence": [{"term": "page", "text": last["url"]}] if rank % 2 else [],
        "sure": f"Rests on {len(claims)} claims.",
        "chart": chart_entry("glance") if rank < 4 else None,
    }


def measure_entry(row: dict[str, str], claims: list[Data], findings: list[Data]) -> Data:
    mine = [claim for claim in claims if claim["measure"] == row["measure"]]
    place = {"when": "7 October 2023", "scope": "civilians"}
    return {
        **{key: row[key] for key in ("measure", "label", "definition", "unit", "kind")},
        "kind_text": "one true total; estimates of it change",
        "claims": len(mine),
        "origins": len({claim["origin_name"] for claim in mine}),
        "sources": len({claim["source_name"] for claim in mine}),
        "incomparable": 2,
        "charts": [chart_entry("timeline")],
        "positions": [position_entry(claim["figure"], [claim]) | place for claim in mine[:9]],
        "findings": [one["id"] for one in findings if one["measure"] == row["measure"]],
    }


def chart_entry(name: str) -> Data:
    return {
        "svg": f"charts/{name}.svg",
        "png": f"charts/{name}.png",
        "title": f"The {name} of the figures",
        "alt": f"A line from 1 to 3, as the {name}.",
        "caption": f"How to read the {name}: from left to right.",
    }


def account_entry() -> Data:
    return {
        "identity": "hostage_ledger",
        "expression": "hostages_taken + 4 = hostages_held[with_earlier_captives]",
        "note": "With the four captives from before.",
        "evaluated": 2,
        "failed": 1,
        "charts": [chart_entry("account")],
        "rows": [
            {"name": "Newsmax", "text": "134 + 40 + 8 + 60 = 242; 251", "verdict": "does not hold"},
            {"name": "All", "text": "147 + 8 + 41 + 59 = 255; 255", "verdict": "holds"},
        ],
    }


def build_data(claims: int = 30, findings: int = 12, measures: int = 2) -> Data:
    """Make a data object.

    Each finding is proved by two claims; the last by all claims of the first measure.
    """
    names = {row["source"]: row["name"] for row in rows_of("sources")}
    table = {row["measure"]: row for row in rows_of("measures")}
    labels = {measure: row["label"] for measure, row in table.items()}
    entries = [claim_entry(row, names, labels) for row in chosen_claims(claims)]
    keys = list(dict.fromkeys(claim["measure"] for claim in entries))
    pairs = [[entries[n], entries[-1 - n]] for n in range(findings - 1)]
    pairs.append([claim for claim in entries if claim["measure"] == keys[0]])
    found = [finding_entry(rank, pair) for rank, pair in enumerate(pairs, 1)]
    return {
        "dossier": {
            "name": "gaza-war",
            "title": "The war: where the figures disagree",
            "description": "Attributed figures.\n\nNobody's figure is taken as the truth.",
            "licence": "Facts only.",
        },
        "summary": {
            "claims": len(entries),
            "sources": 23,
            "origins": 12,
            "measures": len(keys),
            "spoken_from": "7 October 2023",
            "spoken_to": "29 January 2026",
            "latest_published": "30 January 2026",
        },
        "findings": found,
        "overview_chart": chart_entry("overview"),
        "measures": [measure_entry(table[key], entries, found) for key in keys[:measures]],
        "accounts": [account_entry()],
        "unevaluated": [{"identity": "held_split", "expression": "a = b + c", "reason": "no b"}],
        "key_findings": [one["id"] for one in found[:5]],
        "since": {
            "text": "Since the last report: 2 findings are new, 10 persist, 1 is gone.",
            "new": [one["id"] for one in found[:2]],
            "persisting": [one["id"] for one in found[2:]],
            "changed": [],
            "resolved": [
                {
                    "id": "fall.77",
                    "sentence": "Injured: the total fell by 77.",
                    "measure_label": "Injured",
                    "severity": "low",
                }
            ],
        },
        "reading": [
            {
                "heading": "The words",
                "paragraphs": ["Figures with a name."],
                "items": [{"term": "Origin", "text": "whose figure it is"}],
            }
        ],
        "questions": [
            {
                "title": "Which disagreements have no explanation?",
                "text": "Those of 3 measures.",
                "findings": [found[0]["id"]],
            }
        ],
        "claims": entries,
        "left_out": [{"place": "datasets/x/claims.csv:17", "text": "figure is empty; fill it"}],
        "method": [
            {
                "heading": "How two claims relate",
                "paragraphs": ["Gaps are symmetric: |a - b| / (|a| + |b|)."],
                "items": [{"term": "strains", "text": "only the literal bounds overlap"}],
            }
        ],
    }


def empty_data() -> Data:
    """Make the smallest data object: every list empty, every optional text blank."""
    data = build_data(claims=9, findings=1)
    lists = {key: [] for key, value in data.items() if isinstance(value, list)}
    summary = dict.fromkeys(data["summary"], "") | dict.fromkeys(
        ("claims", "sources", "origins", "measures"), 0
    )
    return data | lists | {"summary": summary, "overview_chart": None, "since": None}


class Report:
    """A PDF as software sees it."""

    def __init__(self, pdf: bytes) -> None:
        self.reader = PdfReader(io.BytesIO(pdf))

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page."""
        return [page.extract_text() for page in self.reader.pages]

    @cached_property
    def text(self) -> str:
        """All pages, squeezed."""
        return squeezed("".join(self.pages))

    @property
    def links(self) -> list[str]:
        """Addresses outside the file, one for each rectangle that can be clicked."""
        return [str(action["/URI"]) for action in self._actions() if "/URI" in action]

    @property
    def jumps(self) -> int:
        """Number of links inside the file."""
        return sum("/Dest" in note for note in self._annotations())

    @property
    def bookmarks(self) -> list[str]:
        """Titles of all levels."""
        return list(titles(self.reader.outline))

    def _annotations(self) -> list[Any]:
        notes = [page.get("/Annots", []) for page in self.reader.pages]
        return [note.get_object() for page in notes for note in page]

    def _actions(self) -> list[Any]:
        return [note["/A"].get_object() for note in self._annotations() if "/A" in note]


def titles(outline: list[Any]) -> list[str]:
    return [
        title
        for entry in outline
        for title in (titles(entry) if isinstance(entry, list) else [str(entry.title)])
    ]


def squeezed(text: str) -> str:
    """Text without spaces: lines may be broken anywhere."""
    return "".join(text.split())


@pytest.fixture(scope="session")
def charts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Draw the charts that `build_data` names; without axes, whose paths take long to read."""
    folder = tmp_path_factory.mktemp("report")
    (folder / "charts").mkdir()
    for name, height in {"overview": 3, "timeline": 2, "account": 14, "glance": 1}.items():
        figure = Figure(figsize=(3.54, height))
        figure.add_subplot(frameon=False, xticks=[], yticks=[]).plot([1, 2, 3])
        figure.savefig(folder / "charts" / f"{name}.svg", metadata={"Date": None})
    return folder


@pytest.fixture(scope="session")
def data() -> Data:
    return build_data()


@pytest.fixture(scope="session")
def report(data: Data, charts: Path) -> Report:
    return Report(typeset(data, charts))


@pytest.fixture(scope="session")
def build() -> Build:
    return build_data


@pytest.fixture(scope="session")
def empty() -> Callable[[], Data]:
    return empty_data


@pytest.fixture(scope="session")
def read() -> Callable[[bytes], Report]:
    return Report


@pytest.fixture(scope="session")
def squeeze() -> Callable[[str], str]:
    return squeezed
