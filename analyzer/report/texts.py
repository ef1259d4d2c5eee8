"""Small pieces of text that the page and the Markdown report share."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

# Only such addresses become links.
WEB_PAGE: Final = re.compile(r"(?i)https?://[^/?#\s]\S*")
# Letters of right-to-left scripts, and the marks that set that direction.
RIGHT_TO_LEFT: Final = "\u0590-\u08ff\u200e\u200f\ufb1d-\ufdff\ufe70-\ufefc"
_RUN: Final = f"[{RIGHT_TO_LEFT}]+"
# A quotation in which such letters stand, or else a run of such words with numbers between them.
TURNED: Final = re.compile(
    f"(?<=“)[^“”]*[{RIGHT_TO_LEFT}][^“”]*(?=”)"
    f"|{_RUN}(?:[ \u00a0]+(?:[0-9][0-9.,%]*[ \u00a0]+)?{_RUN})*"
)


def is_web_page(address: str) -> bool:
    """Whether an address may become a link."""
    return WEB_PAGE.fullmatch(address) is not None


def host(address: str) -> str:
    """The site of an address, for a short link: "www." is left away."""
    return re.split(r"[/?#]", re.sub(r"(?i)^https?://(www\.)?", "", address))[0]


def number(value: float) -> str:
    """A count with commas: "1,234"."""
    return f"{value:,}"


def count(value: int, one: str, many: str) -> str:
    """A count with its noun."""
    return f"{value:,} {one if value == 1 else many}"


def choice(shown: Sequence[Mapping[str, Any]]) -> str:
    """Why these findings stand at the top; nothing where a measure is among them twice."""
    measures = {finding["measure"] for finding in shown}
    if len(measures) < len(shown):
        return ""
    return "Of each measure only its finding of highest rank is shown here."


def spoken(summary: Mapping[str, Any]) -> str:
    """Of which time the figures speak, in a sentence; nothing where none has a date."""
    first, last = summary["spoken_from"], summary["spoken_to"]
    if not first:
        return ""
    time = first if first == last else f"the time from {first} to {last}"
    return f"The figures speak of {time}."


def gap(value: float | None) -> str:
    """A gap with two decimals; nothing where there is none."""
    return "" if value is None else f"{value:.2f}"


def joined(*parts: str | None, by: str = ", ") -> str:
    """The parts that are not blank, joined."""
    return by.join(part for part in parts if part)
