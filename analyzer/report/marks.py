"""Text as Markdown: whatever a page printed stands there as text and is never markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import quote

from analyzer.report.texts import TURNED, host, is_web_page

# What starts markup anywhere in a line, and at its start; in GFM each of them may be escaped.
ANYWHERE: Final = re.compile(r"([\\`*_{}\[\]#|~^])")
AT_START: Final = re.compile(r"^(\s*)([-+=>:]|\d+(?=[.)]))")
# What a backslash does not keep from becoming a link, a formula or a picture.
APART: Final = {"@": "<span>@</span>", "$": "<span>$</span>"}
EMOJI: Final = re.compile(r":(?=[A-Za-z0-9_+-]+:)")
AUTOLINK: Final = re.compile(r"(?i)(https?|ftp|mailto|xmpp)(:)|(www)(\.)")


def plain(text: str) -> str:
    """Text on one line; quotations in right-to-left scripts keep all else in its place."""
    line = " ".join(text.split())
    pieces, end = [], 0
    for found in TURNED.finditer(line):
        turned = f'<span dir="auto">{_escaped(found[0])}</span>'
        pieces += [_escaped(line[end : found.start()]), turned]
        end = found.end()
    whole = "".join([*pieces, _escaped(line[end:])])
    return AT_START.sub(_starting, whole, count=1)


def _escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = ANYWHERE.sub(r"\\\1", text)
    text = EMOJI.sub("<span>:</span>", text)
    text = AUTOLINK.sub(lambda found: (found[1] or found[3]) + "\\" + (found[2] or found[4]), text)
    return re.sub("[@$]", lambda found: APART[found[0]], text)


def _starting(found: re.Match[str]) -> str:
    """A digit can't be escaped; the dot or bracket after it can."""
    return f"{found[1]}&#{ord(found[2][0])};{found[2][1:]}"


def quoted(text: str) -> str:
    """A page's wording in quotation marks."""
    return plain(f"“{text}”")


def link(text: str, address: str) -> str:
    """A link where the address is one of the web; else the text, and what stands for an address."""
    if not is_web_page(address):
        return f"{text} ({plain(address)})" if address else text
    return f"[{text}](<{_target(address)}>)"


def site(address: str) -> str:
    """A link that shows the site only."""
    return link(plain(host(address)), address) if is_web_page(address) else plain(address)


def image(alt: str, path: str) -> str:
    """A picture that lies beside the file."""
    return f"![{plain(alt)}](<{quote(path)}>)"


def file(text: str, path: str) -> str:
    """A link to a file that lies beside the report."""
    return f"[{plain(text)}](<{quote(path)}>)"


def _target(address: str) -> str:
    """An address that ends where it should: between angle brackets, without any inside."""
    return re.sub(r"[<>\\|\s]", lambda found: quote(found[0]), address).replace("&", "&amp;")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown already; heads that end in ">" are of numbers."""
    lines = [
        _row(head.removesuffix(">") for head in heads),
        _row("--:" if head.endswith(">") else "---" for head in heads),
        *(_row(row) for row in rows),
    ]
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def code(text: str) -> str:
    """Text in the letters of code, whatever ticks it holds."""
    line = " ".join(text.split())
    ticks = "`" * (max(map(len, re.findall("`+", line)), default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{ticks}{pad}{line}{pad}{ticks}" if line else ""
