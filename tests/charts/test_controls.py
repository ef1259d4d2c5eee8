"""Control characters take the room of their escaped form, in which they are drawn."""

import pytest

from analyzer.charts.base.controls import shown
from analyzer.charts.base.sheet import shorten, text_width, wrap

RED = "red\x1b[31m text"


def test_a_control_character_is_as_wide_as_what_stands_for_it() -> None:
    assert text_width(RED, 8) == text_width(r"red\x1b[31m text", 8) > text_width("red[31m text", 8)


def test_a_line_with_controls_breaks_and_ends_where_it_would_escaped() -> None:
    width = text_width("red" + r"\x1b[31m", 8)
    assert wrap(RED, width, 8) == [r"red\x1b[31m", "text"]
    assert shorten(RED, width, 8).startswith(r"red\x1b")


@pytest.mark.parametrize("text", ["plain", RED, "a\u202eb", "\u0645\u200f", "two\nlines", "\\x1b"])
def test_what_is_shown_stays_as_it_is(text: str) -> None:
    assert shown(shown(text)) == shown(text)
