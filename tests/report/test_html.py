"""The page as software sees it: what stands in it, what leads where, what could be fetched."""

from __future__ import annotations

import copy
import io
import json
import re
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from pages import Element, draw_charts, full, parse
from PIL import Image

from analyzer.errors import InputError
from analyzer.report.html import WEB, render_html, told
from analyzer.report.page import anchors
from analyzer.report.texts import spoken

Data = dict[str, Any]
HOSTILE = "</td><script>alert(1)</script><img src=x onerror=alert(2)>\"' {{ 7*7 }} &lt; ]]> --> %s"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw_charts(tmp_path_factory.mktemp("page"))


@pytest.fixture(scope="module")
def html(data: Data, folder: Path) -> str:
    return render_html(full(data), folder)


@pytest.fixture(scope="module")
def page(html: str) -> Element:
    return parse(html)


def headings(page: Element) -> list[Element]:
    return page.all("h1", "h2", "h3", "h4", "h5", "h6")


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            if key not in ("svg", "png", "csv", "url", "alt", "title", "role", "claim_ids"):
                yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)
    elif isinstance(value, str):
        yield value


def test_every_text_of_the_data_stands_in_the_page(data: Data, page: Element) -> None:
    """All strings of each part; ids of measures stand only in anchors."""
    parts = full(data)
    keys = {claim["measure"] for claim in parts["claims"]} | {"m", "gaza-war", "gone"}
    kinds = {measure["kind"] for measure in parts["measures"]}
    texts = {" ".join(one.split()) for one in strings(parts)} - keys - kinds - {"reported"}
    links = {one.attrs["href"] for one in page.all("a")}
    assert [one for one in sorted(texts - links) if one and one not in page.text] == []


def test_addresses_and_texts_of_charts_stand_in_attributes(data: Data, page: Element) -> None:
    links = {one.attrs["href"] for one in page.all("a")}
    assert {quote(claim["url"], safe="/:?=&%+,;@!()'*~") for claim in data["claims"]} <= links
    alts = [one.attrs["alt"] for one in page.all("img")]
    assert "A line from 1 to 3, as the overview." in alts


def test_key_findings_bear_the_rank_that_they_have_everywhere(data: Data, folder: Path) -> None:
    """Two of them, the second by rank left out: their measures may not be the first two."""
    changed = full(data)
    first, _, third = changed["findings"][:3]
    changed["key_findings"] = [first["id"], third["id"]]
    first["measure"], third["measure"] = "killed", "freed"
    page = parse(render_html(changed, folder))
    key = next(one for one in page.all("ol") if one.attrs.get("class") == "key")
    assert [one.attrs["value"] for one in key.all("li")] == ["1", "3"]
    assert "Of each measure only its finding of highest rank" in page.text
    third["measure"] = "killed"
    assert "highest rank" not in parse(render_html(changed, folder)).text


def test_links_with_the_same_text_are_told_apart(page: Element) -> None:
    files = [one for one in page.all("a") if one.attrs.get("href", "").startswith("charts/")]
    names = {one.attrs["href"]: one.attrs["aria-label"] for one in files}
    assert len(set(names.values())) == len(names)
    assert all(one.attrs["aria-label"].startswith(one.text.strip()) for one in files)


def test_a_single_day_is_no_span() -> None:
    day = {"spoken_from": "2 May 2024", "spoken_to": "2 May 2024"}
    assert spoken(day) == "The figures speak of 2 May 2024."
    assert spoken(day | {"spoken_to": "9 May 2024"}) == (
        "The figures speak of the time from 2 May 2024 to 9 May 2024."
    )
    assert spoken({"spoken_from": "", "spoken_to": ""}) == ""


def test_everything_is_in_the_file(page: Element) -> None:
    assert all(one.attrs["src"].startswith("data:image/webp;base64,") for one in page.all("img"))
    assert page.all("link", "iframe", "object", "embed", "video", "audio", "base", "source") == []
    assert not [one for one in page.walk() if {"srcset", "style", "background"} & set(one.attrs)]
    assert not [one for one in page.walk() for name in one.attrs if name.startswith("on")]
    assert [one.attrs for one in page.all("script", "style")] == [{}, {}]
    assert "url(" not in page.all("style")[0].content[0]  # type: ignore[operator]


def test_the_policy_allows_the_style_and_the_script_and_nothing_else(page: Element) -> None:
    (policy,) = [
        one.attrs["content"]
        for one in page.all("meta")
        if one.attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    hashes = {
        name: b64encode(sha256(page.all(name)[0].content[0].encode()).digest()).decode()  # type: ignore[union-attr]
        for name in ("style", "script")
    }
    assert policy.split("; ") == [
        "default-src 'none'",
        "img-src data:",
        f"style-src 'sha256-{hashes['style']}'",
        f"script-src 'sha256-{hashes['script']}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_a_chart_keeps_every_pixel(folder: Path, page: Element) -> None:
    one = page.all("img")[0]
    held = Image.open(io.BytesIO(b64decode(one.attrs["src"].split(",")[1])))
    drawn = Image.open(folder / "charts" / "glance.png").convert("RGB")
    assert held.convert("RGB").tobytes() == drawn.tobytes()
    assert (one.attrs["width"], one.attrs["height"]) == ("60", "40")
    assert (one.attrs["loading"], one.attrs["decoding"]) == ("lazy", "async")


def test_the_files_of_a_chart_are_named_as_beside_the_page(page: Element) -> None:
    caption = page.all("figcaption")[0]
    assert [one.attrs["href"] for one in caption.all("a")] == [
        "charts/glance.svg", "charts/glance.png", "charts/glance.csv"
    ]  # fmt: skip
    assert "Beside this page" in caption.text


def test_ids_are_unique_and_every_reference_leads_somewhere(page: Element) -> None:
    ids = Counter(one.attrs["id"] for one in page.walk() if "id" in one.attrs)
    assert [name for name, times in ids.items() if times > 1] == []
    jumps = {one.attrs["href"][1:] for one in page.all("a") if one.attrs["href"].startswith("#")}
    named = {one.attrs["aria-labelledby"] for one in page.walk() if "aria-labelledby" in one.attrs}
    assert (jumps | named) - set(ids) == set()


def test_headings_go_down_one_step_at_a_time(page: Element) -> None:
    levels = [int(one.tag[1]) for one in headings(page)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_have_captions_heads_and_rows_of_one_width(page: Element) -> None:
    assert len(page.all("table")) > 10
    for table in page.all("table"):
        assert table.all("caption")[0].text
        width = len(table.all("thead")[0].all("th"))
        assert all(one.attrs.get("scope") for one in table.all("th"))
        for row in (row for body in table.all("tbody") for row in body.all("tr")):
            cells = row.all("td", "th")
            assert sum(int(one.attrs.get("colspan", 1)) for one in cells) == width, row.text
        assert table.parent is not None
        assert table.parent.attrs["role"] == "region"
        assert table.parent.attrs["tabindex"] == "0"


def test_landmarks_language_and_a_way_past_the_contents(page: Element) -> None:
    assert page.all("html")[0].attrs["lang"] == "en-GB"
    assert len(page.all("main")) == len(page.all("header")) == 1
    assert page.all("a")[0].attrs["href"] == "#main"
    assert page.all("main")[0].attrs["id"] == "main"
    shown = {one.attrs["id"] for one in page.all("section") if "id" in one.attrs}
    listed = {one.attrs["href"][1:] for one in page.all("nav")[0].all("a")}
    assert listed == shown


def test_without_a_script_nothing_is_hidden_but_the_filters(page: Element) -> None:
    hidden = [one for one in page.walk() if "hidden" in one.attrs]
    assert [one.attrs["id"] for one in hidden] == ["filters"]
    assert page.all("details", "button")[1:] == []


def test_filters_offer_what_the_findings_have(page: Element, data: Data) -> None:
    offered = {
        one.attrs["name"]: [option.text for option in one.all("option")]
        for one in page.all("select")
    }
    assert list(offered) == ["measure", "source", "cause", "severity"]
    assert offered["severity"] == ["every severity", "high", "medium", "low", "info"]
    names = {claim[key] for claim in data["claims"] for key in ("source_name", "origin_name")}
    assert set(offered["source"][1:]) <= names


def test_whatever_the_data_hold_is_text(data: Data, folder: Path) -> None:
    changed = full(data)
    for part in (changed["claims"][0], changed["findings"][0], changed["dossier"]):
        part.update({key: HOSTILE for key, value in part.items() if isinstance(value, str)})
    changed["findings"][0]["claims"] = [HOSTILE]
    changed["findings"][0]["severity"] = "high"
    changed["measures"][0] |= {"label": HOSTILE, "definition": HOSTILE, "unit": HOSTILE}
    changed["key_findings"] = [HOSTILE]
    page = parse(render_html(changed, folder))
    assert len(page.all("script")) == 1
    assert all("onerror" not in one.attrs for one in page.walk())
    assert page.text.count(HOSTILE) > 8
    facets = [one.attrs.get("data-facets", "") for one in page.all("article")]
    assert any(json.dumps(HOSTILE) in one for one in facets)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "//evil.example", "HTTPS:nothing", "ftp://x.org/a",
     " https://x.org", "https://x.org/a b", "vbscript:x", ""],
)  # fmt: skip
def test_only_addresses_of_the_web_become_links(data: Data, folder: Path, address: str) -> None:
    changed = copy.deepcopy(data)
    changed["claims"] = changed["claims"][:1]
    changed["claims"][0]["url"] = address
    row = parse(render_html(changed, folder)).all("table")[-1].all("tbody")[0]
    ours = [one for one in row.all("a") if not one.attrs["href"].startswith("#")]
    shown = address.replace(" ", "%20")
    linked = shown.startswith("https://")
    assert [one.attrs["href"] for one in ours] == ([shown] if linked else [])
    assert linked or (shown or "no address") in row.text


def test_marks_without_a_face_are_shown(data: Data, folder: Path) -> None:
    changed = copy.deepcopy(data)
    changed["claims"][0]["figure"] = "10\u202e01\x00"
    assert "10\\u202e01\\x00" in parse(render_html(changed, folder)).text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Daily: “لا يقل عن 471”, 500", "Daily: “<bdi>لا يقل عن 471</bdi>”, 500"),
        ("a <b> שלוש 3 מאות c", "a &lt;b&gt; <bdi>שלוש 3 מאות</bdi> c"),
        ("“<i>” & “x”", "“&lt;i&gt;” &amp; “x”"),
    ],
)
def test_right_to_left_words_are_set_apart(text: str, shown: str) -> None:
    assert str(told(text)) == shown


def test_anchors_are_plain_and_different() -> None:
    found = anchors("f-", ["a b", "a-b", "a  b", "ä/1"])
    assert found == {"a b": "f-a-b", "a-b": "f-a-b~2", "a  b": "f-a-b~3", "ä/1": "f--1"}


def test_parts_that_are_missing_are_left_out(data: Data, folder: Path) -> None:
    missing = ("since", "reading", "questions", "key_findings", "vintage", "sources")
    less = {key: part for key, part in data.items() if key not in missing}
    optional = ("chart", "sure", "in_series")
    less["findings"] = [
        {key: part for key, part in finding.items() if key not in optional}
        for finding in data["findings"]
    ]
    page = parse(render_html(less, folder))
    shown = {one.attrs.get("id") for one in page.all("section")}
    parts = {"since", "reading", "questions", "events", "revisions", "by-hand", "sources"}
    assert shown & parts == set()
    assert len(page.all("ol")[0].all("li")) == 5


def test_an_empty_report_is_a_page(empty: Callable[[], Data], folder: Path) -> None:
    page = parse(render_html(empty(), folder))
    assert "No discrepancies were found" in page.text
    assert page.all("table", "img", "form") == []


def test_missing_charts_are_named(data: Data, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"overview\.png is missing; draw the charts first"):
        render_html(data, tmp_path)


def test_same_input_same_bytes(data: Data, folder: Path, html: str) -> None:
    assert render_html(full(copy.deepcopy(data)), folder) == html


def test_letters_stand_out_from_what_is_behind_them() -> None:
    """WCAG 2.2, contrast of 4.5 for text: both inks on every ground that is used."""
    css = (WEB / "report.css").read_text("utf-8")
    colour = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", css))
    for ink in ("ink", "muted"):
        for ground in ("#ffffff", colour["wash"], colour["tint"]):
            lights = sorted((_light(colour[ink]), _light(ground)))
            assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5, (ink, ground)
    named = {"#ffffff", *colour.values()}
    assert set(re.findall(r"#[0-9a-f]{6}\b", css)) == named


def _light(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
