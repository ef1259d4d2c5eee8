"""The Markdown report: what it tells, and that nothing a page printed becomes markup."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import full, parse

from analyzer.report.markdown import render_markdown
from analyzer.report.marks import code, file, image, link, plain, table

Data = dict[str, Any]
HOSTILE = (
    "# a | b [x](https://e.org) ![i](y.png) <b>c</b> `d` **e** _f_ ~~g~~ https://h.org www.i.org "
    "j@k.org :smile: $l$ &copy; [^1] \\ {m} <https://n.org> @o #7"
)


@pytest.fixture(scope="module")
def text(data: Data) -> str:
    return render_markdown(full(data))


def test_it_tells_the_story(text: str, data: Data) -> None:
    heads = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert heads == [
        "Key findings", "Since the last report", "How to read it", "Open questions",
        "All findings", "Measures", "Accounts: figures that must add up", "Method", "Licence",
        "Where the rest is",
    ]  # fmt: skip
    assert text.startswith("# The war: where the figures disagree, as known by 1 May 2024\n")
    for finding in data["findings"]:
        assert f'<a name="finding-{finding["rank"]}"></a>Finding {finding["rank"]}: ' in text
    assert "It was otherwise." in text
    assert "Nobody knows." in text
    for name in ("report.pdf", "index.html", "claims.csv", "report.json"):
        assert f"({name})" in text


def test_key_findings_say_how_sure_they_are_and_bear_their_rank(data: Data) -> None:
    changed = full(data)
    third = changed["findings"][2]
    third["sure"] = "Rests on a hunch."
    changed["key_findings"] = [third["id"]]
    key = render_markdown(changed).split("## Key findings")[1].split("\n## ")[0]
    assert "([finding 3](#finding-3)) Rests on a hunch." in key
    assert "1. " not in key


def test_every_reference_to_a_finding_leads_somewhere(text: str) -> None:
    assert set(re.findall(r"\(#([^)]+)\)", text)) <= set(re.findall(r'name="([^"]+)"', text))


def test_charts_are_pictures_beside_the_file_with_a_text(text: str) -> None:
    pictures = re.findall(r"!\[([^\]]*)\]\(<([^>]*)>\)", text)
    assert ("A line from 1 to 3, as the overview.", "charts/overview.png") in pictures
    assert all(alt and path.startswith("charts/") for alt, path in pictures)


def test_a_finding_names_its_claims_with_wording_source_and_link(text: str, data: Data) -> None:
    claim = next(one for one in data["claims"] if one["id"] == data["findings"][0]["claims"][1])
    lines = [line for line in text.splitlines() if line.startswith("- “")]
    assert any(claim["figure"] in line and claim["source_name"] in line for line in lines)
    assert any(f"](<{claim['url']}>)".replace("&", "&amp;") in line for line in lines)


def test_each_position_is_heard_where_claims_are_too_many(data: Data) -> None:
    """Twenty claims of one position, then one of another: it is the second that is named."""
    changed = copy.deepcopy(data)
    ids = [claim["id"] for claim in changed["claims"][:21]]
    changed["claims"][20]["figure"] = "the other side"
    finding = changed["findings"][0] | {"claims": ids}
    sides = [finding["positions"][0] | {"claim_ids": part} for part in (ids[:20], ids[20:])]
    changed["findings"] = [finding | {"positions": sides}]
    told = render_markdown(changed)
    lines = [
        line for line in told[told.index('name="finding-1"') :].splitlines() if line[:2] == "- "
    ]
    assert "the other side" in lines[1]
    assert "- and 13 more claims" in lines


def test_an_empty_report_says_so(empty: Callable[[], Data]) -> None:
    told = render_markdown(empty())
    assert "No discrepancies were found" in told
    assert "## All findings" not in told


def test_same_input_same_bytes(data: Data, text: str) -> None:
    assert render_markdown(full(copy.deepcopy(data))) == text


def test_tables_keep_their_columns_whatever_the_cells_hold() -> None:
    made = table(["A", "No.>"], [[plain("a|b\nc"), code("x | y").replace("|", "\\|")]])
    assert made.splitlines() == ["| A | No. |", "| --- | --: |", "| a\\|b c | `x \\| y` |"]


@pytest.mark.parametrize(
    ("address", "made"),
    [
        ("https://x.org/a?b=1&lt;2|3", "[t](<https://x.org/a?b=1&amp;lt;2%7C3>)"),
        ("https://x.org/a>b\\", "[t](<https://x.org/a%3Eb%5C>)"),
        ("https://x.org/(a)", "[t](<https://x.org/(a)>)"),
        ("javascript:alert(1)", "t (javascript:alert(1))"),
        ("", "t"),
    ],
)
def test_only_addresses_of_the_web_become_links(address: str, made: str) -> None:
    assert link("t", address) == made


def test_names_of_files_are_quoted() -> None:
    assert image("a]b", "charts/x y>.png") == "![a\\]b](<charts/x%20y%3E.png>)"
    assert file("a", "charts/ä.csv") == "[a](<charts/%C3%A4.csv>)"


@pytest.mark.parametrize("start", ["# a", "- a", "+ a", "1. a", "12) a", "> a", "== a", "---"])
def test_the_start_of_a_line_is_no_block(start: str) -> None:
    assert not re.match(r"\s*([#>+=-]|\d+[.)])", plain(start))


def rendered(source: str) -> str:
    """HTML of Markdown as CommonMark has it, with the tables and strikes of GitHub."""
    module = pytest.importorskip("markdown_it")
    return str(module.MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(source))


def test_hostile_text_is_text() -> None:
    html = rendered(plain(HOSTILE))
    tags = set(re.findall(r"<(/?[a-z0-9]+)", html))
    assert tags == {"p", "/p", "span", "/span"}
    assert parse(html).text == HOSTILE


def test_hostile_text_is_text_in_every_place(data: Data) -> None:
    """Of headings, lists, tables, pictures and links there are as many as without it."""
    changed = full(data)
    parts = [changed["dossier"], *changed["findings"], *changed["claims"], *changed["measures"]]
    parts += [*changed["accounts"], *changed["questions"], *changed["since"]["changed"]]
    calm, wild = (_marked(changed, parts, word) for word in ("calm", HOSTILE))
    counts = [
        {tag: len(parse(html).all(tag)) for tag in ("h1", "h2", "h3", "li", "td", "th", "img", "a")}
        for html in (calm, wild)
    ]
    assert counts[0] == counts[1]
    assert not parse(wild).all("b", "script", "del", "sup")
    assert parse(wild).text.count(HOSTILE) > 50


def _marked(changed: Data, parts: list[Data], word: str) -> str:
    kept = ("id", "severity", "measure", "url", "kind", "as_of", "published")
    for part in parts:
        part.update({k: word for k, v in part.items() if isinstance(v, str) and k not in kept})
    return rendered(render_markdown(changed))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=40))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    html = rendered(f"x {plain(text)} x")
    shown = unescape(re.sub(r"</?(p|span)( dir=\"auto\")?>", "", html))
    assert "".join(shown.split()) == "".join(f"x{text}x".split())
