"""The page in a real Chromium: what is fetched, what a keyboard and a pointer can do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pages import draw_charts, full
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from analyzer.report.html import render_html

Data = dict[str, Any]
Open = Callable[..., Page]
CHROMIUM = shutil.which("chromium")
ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-software-rasterizer",
    "--disable-extensions",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 740}

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="there is no chromium on the PATH to open the page in"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:  # each start has a new profile of its own
        one = driver.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield one
        one.close()


@pytest.fixture(scope="module")
def data(build: Callable[..., Data]) -> Data:
    """Three findings are told apart by what they can be filtered by."""
    whole = full(build(claims=40, findings=12))
    for finding, cause in zip(whole["findings"], ["rounding", "rounding", "stale"], strict=False):
        finding["cause"] = cause
    for finding, severity in zip(whole["findings"], ["high", "low", "high"], strict=False):
        finding["severity"] = severity
    return whole


@pytest.fixture(scope="module")
def address(data: Data, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = draw_charts(tmp_path_factory.mktemp("browser"))
    page = folder / "index.html"
    page.write_text(render_html(data, folder), encoding="utf-8")
    return page.as_uri()


@pytest.fixture(scope="module")
def complaints() -> list[str]:
    """What is fetched since the page was opened last, and what is complained of."""
    return []


@pytest.fixture(scope="module")
def tab(browser: Browser, complaints: list[str]) -> Open:
    """A tab of a browser with some options: one for all tests, for each takes a second to open."""
    tabs: dict[str, Page] = {}

    def make(**options: Any) -> Page:
        key = json.dumps(options)
        if key not in tabs:
            page = browser.new_context(reduced_motion="reduce", **options).new_page()
            page.set_default_timeout(5_000)
            page.on("console", lambda message: complaints.append(message.text))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("request", lambda request: complaints.append(request.url))
            tabs[key] = page
        return tabs[key]

    return make


@pytest.fixture
def visit(tab: Open, address: str, complaints: list[str]) -> Open:
    """Open the page as if nothing had been done in its tab before."""

    def make(part: str = "", **options: Any) -> Page:
        page = tab(**options)
        page.goto("about:blank")
        page.mouse.move(0, 0)
        complaints.clear()
        page.goto(address + part)
        return page

    return make


def shown(page: Page) -> list[str]:
    """Headings of the findings that are visible."""
    return page.locator("article.finding:visible > h3").all_inner_texts()


def pick(page: Page, name: str) -> Locator:
    """A filter, by its name."""
    return page.get_by_role("combobox", name=name, exact=True)


def column(page: Page, table: str, place: int) -> list[str]:
    cells = page.locator(f"table:has(#{table}) tbody tr > :nth-child({place})")
    return [text.split("\n")[0] for text in cells.all_inner_texts()]


def test_nothing_is_fetched_and_nothing_complained_of(
    visit: Open, complaints: list[str], address: str
) -> None:
    page = visit()
    for picture in page.locator("img").all():
        picture.scroll_into_view_if_needed()
    loaded = "all => all.every(one => one.complete && one.naturalWidth > 0)"
    page.wait_for_function(f"({loaded})(Array.from(document.images))")
    page.locator("a.claim").first.hover()
    page.locator("th button").first.click()
    assert [one for one in complaints if not one.startswith("data:image/webp")] == [address]


def test_the_policy_stops_what_is_not_of_the_page(visit: Open, complaints: list[str]) -> None:
    page = visit()
    failed: list[tuple[str, str | None]] = []
    page.on("requestfailed", lambda request: failed.append((request.url, request.failure)))
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=https://example.org/x>')"
    )
    page.wait_for_timeout(100)
    assert any("Content Security Policy" in one for one in complaints)
    assert failed == [("https://example.org/x", "csp")]


def test_filters_are_combined_and_counted(visit: Open, data: Data) -> None:
    page = visit()
    count = page.locator("#count")
    expect(count).to_have_text("All 12 findings shown")
    pick(page, "Cause").select_option("rounding")
    expect(count).to_have_text("2 of 12 findings shown")
    pick(page, "Severity").select_option("high")
    expect(count).to_have_text("1 of 12 findings shown")
    assert [one.split(":")[0] for one in shown(page)] == ["Finding 1"]
    assert page.locator("tr[data-finding]:visible").count() == 1
    name = next(one for one in data["claims"] if one["id"] == data["findings"][0]["claims"][0])
    pick(page, "Publisher or origin").select_option(name["source_name"])
    expect(count).to_have_text("1 of 12 findings shown")
    pick(page, "Cause").select_option("stale")
    expect(count).to_have_text("0 of 12 findings shown: none has all that is chosen")
    page.get_by_role("button", name="Reset").click()
    expect(count).to_have_text("All 12 findings shown")
    assert len(shown(page)) == 12


def test_filters_are_kept_in_the_address(visit: Open) -> None:
    page = visit()
    pick(page, "Cause").select_option("rounding")
    pick(page, "Severity").select_option("low")
    kept = page.evaluate("location.hash")
    assert kept == "#findings?cause=rounding&severity=low"
    again = visit(kept)
    expect(again.locator("#count")).to_have_text("1 of 12 findings shown")
    assert pick(again, "Severity").input_value() == "low"
    again.get_by_role("button", name="Reset").click()
    expect(again.locator("#count")).to_have_text("All 12 findings shown")
    assert again.evaluate("location.hash") == "#findings"


def test_a_link_to_a_finding_that_is_filtered_out_shows_it(visit: Open) -> None:
    page = visit("#findings?cause=stale")
    expect(page.locator("#count")).to_have_text("1 of 12 findings shown")
    page.locator("ol.key h3 a").first.click()
    expect(page.locator("article.finding").first).to_be_in_viewport()
    expect(page.locator("#count")).to_have_text("All 12 findings shown")


def test_a_filter_that_is_not_offered_is_none(visit: Open) -> None:
    page = visit("#findings?cause=no-such-thing&other=1")
    expect(page.locator("#count")).to_have_text("All 12 findings shown")


def test_numbers_are_sorted_as_numbers_and_what_has_none_stands_last(visit: Open) -> None:
    """Ranks 1 to 12: as text, 10 would stand after 1. Every fifth finding has no gap."""
    page = visit()
    head = page.locator("table:has(#findings-t) thead th")
    ranks = head.first.get_by_role("button")
    ranks.click()
    assert column(page, "findings-t", 1) == [str(rank) for rank in range(1, 13)]
    expect(head.first).to_have_attribute("aria-sort", "ascending")
    ranks.click()
    assert column(page, "findings-t", 1) == [str(rank) for rank in range(12, 0, -1)]
    expect(head.first).to_have_attribute("aria-sort", "descending")
    head.last.get_by_role("button").click()
    assert column(page, "findings-t", 1)[-2:] == ["5", "10"]
    expect(head.first).to_have_attribute("aria-sort", "none")


def test_severities_are_sorted_by_weight(visit: Open) -> None:
    page = visit()
    page.locator("table:has(#findings-t) thead button").nth(1).click()
    order = ["high", "medium", "low", "info"]
    found = [text.lower() for text in column(page, "findings-t", 2)]
    assert found == sorted(found, key=order.index)


def test_dates_are_sorted_as_dates_within_each_measure(visit: Open) -> None:
    page = visit()
    page.locator("table:has(#claims-t) thead button", has_text="Published").click()
    bodies = page.locator("table:has(#claims-t) tbody")
    for body in bodies.all():
        assert body.locator("tr").first.get_attribute("class") == "group"
        dates = body.locator("td.published").all_inner_texts()
        known = [one.strip("[]") for one in dates if one != "not given"]
        assert known == sorted(known)
        assert dates == sorted(dates, key=lambda one: one == "not given")


def test_the_third_press_brings_the_order_of_the_report_back(visit: Open) -> None:
    page = visit()
    before = column(page, "findings-t", 3)
    button = page.locator("table:has(#findings-t) thead button").nth(2)
    for _ in range(3):
        button.press("Enter")
    assert column(page, "findings-t", 3) == before


def test_a_pointer_shows_the_wording_and_may_enter_the_box(visit: Open, data: Data) -> None:
    page = visit()
    link = page.locator("article.finding a.claim").first
    claim = next(one for one in data["claims"] if one["id"] == data["findings"][0]["claims"][0])
    link.hover()
    tip = page.get_by_role("tooltip")
    for key in ("figure", "bounds", "source_name", "origin_name", "as_of", "published"):
        expect(tip).to_contain_text(claim[key])
    expect(link).to_have_attribute("aria-describedby", "tip")
    assert tip.get_by_role("link").get_attribute("href") == claim["url"]
    tip.hover()
    page.wait_for_timeout(400)
    expect(tip).to_be_visible()
    page.mouse.move(0, 0)
    expect(tip).to_have_count(0)
    assert link.get_attribute("aria-describedby") is None


def test_a_keyboard_shows_it_too_and_escape_dismisses_it(visit: Open) -> None:
    page = visit()
    link = page.locator("article.finding a.claim").first
    link.focus()
    tip = page.get_by_role("tooltip")
    expect(tip).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('#tip a.page')")
    page.keyboard.press("Shift+Tab")
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_have_count(0)
    expect(link).to_be_focused()


def test_escape_in_the_box_gives_the_focus_back(visit: Open) -> None:
    page = visit()
    link = page.locator("article.finding a.claim").first
    link.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_have_count(0)
    expect(link).to_be_focused()


def test_a_reference_leads_to_the_row_of_its_claim(visit: Open) -> None:
    page = visit()
    link = page.locator("article.finding a.claim").first
    link.press("Enter")
    row = page.locator("tr:target")
    expect(row).to_be_in_viewport()
    assert f"#{row.get_attribute('id')}" == link.get_attribute("href")
    expect(page.get_by_role("tooltip")).to_have_count(0)


def test_the_box_stays_on_the_screen_of_a_phone(visit: Open) -> None:
    page = visit(viewport=PHONE)
    for link in page.locator("article.finding a.claim").all()[:8]:
        link.focus()
        box = page.get_by_role("tooltip").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]


@pytest.mark.parametrize("script", [True, False])
def test_a_page_of_360_pixels_is_not_scrolled_sideways(visit: Open, script: bool) -> None:
    page = visit(viewport=PHONE, java_script_enabled=script)
    for place in ("h1", "#findings", "#measures", "#claims"):
        page.locator(place).first.scroll_into_view_if_needed()
    wide = page.locator("html").evaluate("one => one.scrollWidth") if script else None
    page.mouse.wheel(200, 0)
    left = page.locator("h1").bounding_box()
    assert left is not None
    assert left["x"] > 0
    assert wide in (None, PHONE["width"])


def test_wide_tables_are_scrolled_by_the_keyboard(visit: Open) -> None:
    page = visit(viewport=PHONE)
    region = page.get_by_role("region", name="Claims by measure")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")


def test_tables_that_fit_are_no_stops_of_the_keyboard(visit: Open) -> None:
    page = visit(viewport={"width": 1600, "height": 900})
    assert page.locator(".scroll:not([tabindex])").count() > 5


def test_all_can_be_read_without_javascript(visit: Open, data: Data) -> None:
    page = visit(java_script_enabled=False)
    assert len(shown(page)) == 12
    expect(page.locator("#filters")).to_be_hidden()
    assert page.locator("button:visible").count() == 0
    assert page.locator("tr[data-finding]:visible").count() == 12
    assert page.locator("#claims td.bounds:visible").count() == len(data["claims"])
    page.locator("article.finding a.claim").first.click()
    expect(page.locator("tr:target")).to_be_in_viewport()


def test_a_keyboard_walks_through_in_order_and_sees_where_it_is(visit: Open) -> None:
    page = visit()
    page.keyboard.press("Tab")
    first = page.locator(":focus")
    expect(first).to_have_text("Skip to the report")
    expect(first).to_be_in_viewport()
    places = []
    for _ in range(40):
        page.keyboard.press("Tab")
        now = page.evaluate(
            "(() => { const one = document.activeElement; const style = getComputedStyle(one);"
            " return [one.getBoundingClientRect().top + scrollY, style.outlineStyle,"
            " parseFloat(style.outlineWidth), one.closest('nav') !== null]; })()"
        )
        assert now[1] == "solid"
        assert now[2] >= 2
        if not now[3]:
            places.append(now[0])
    assert places == sorted(places)
    page.keyboard.press("Home")
    page.locator(".skip").press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_what_can_be_used_has_a_name(visit: Open) -> None:
    page = visit()
    tree = page.locator("body").aria_snapshot()
    for role in ("link", "button", "combobox", "img", "region", "heading", "article"):
        lines = [line.strip() for line in tree.splitlines() if f"- {role}" in line]
        assert lines, role
        assert not [line for line in lines if line.rstrip(":") in (f"- {role}", f'- {role} ""')], (
            role
        )
    for name in ("Measure", "Publisher or origin", "Cause", "Severity"):
        assert page.get_by_role("combobox", name=name, exact=True).count() == 1
    for role in ("main", "banner", "navigation"):
        assert page.get_by_role(role).first.is_visible()
    assert page.get_by_role("columnheader", name="Gap").count() == 1


@pytest.mark.parametrize("width", [360, 1280])
def test_the_rank_of_a_key_finding_is_seen(visit: Open, data: Data, width: int) -> None:
    page = visit(viewport={"width": width, "height": 740})
    drawn = "all => all.map(one => getComputedStyle(one, '::before').content)"
    ranks = page.locator("ol.key > li").evaluate_all(drawn)
    assert ranks == [f'"{one["rank"]}"' for one in data["findings"][: len(ranks)]]


def test_print_has_all_of_it_and_no_controls(visit: Open) -> None:
    page = visit()
    page.emulate_media(media="print")
    try:
        for hidden in (".contents", ".filters", ".skip"):
            expect(page.locator(hidden)).to_be_hidden()
        assert len(shown(page)) == 12
        shadow = "one => getComputedStyle(one, '::after').content"
        assert "http" in page.locator("a.page").last.evaluate(shadow)
        assert page.pdf().startswith(b"%PDF")
    finally:
        page.emulate_media(media="null")
