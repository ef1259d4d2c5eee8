"""Small pieces of text that the page and the Markdown report share."""

from __future__ import annotations

import re
from typing import Final

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


def gap(value: float | None) -> str:
    """A gap with two decimals; nothing where there is none."""
    return "" if value is None else f"{value:.2f}"


def joined(*parts: str | None, by: str = ", ") -> str:
    """The parts that are not blank, joined."""
    return by.join(part for part in parts if part)
