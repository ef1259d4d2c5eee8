"""Words of a timeline: what its claims say first and last, and where they are furthest apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analyzer.charts.base import theme
from analyzer.charts.base.readings import (
    MONTHS,
    claims_word,
    day_text,
    is_latin,
    named_ends,
    with_unit,
)
from analyzer.charts.base.sheet import wrap
from analyzer.phrases import listed

MOST_LINES: Final = 3  # of a title
EN_DASH: Final = "\N{EN DASH}"
MOST_SCOPES: Final = 3  # in a title


@dataclass(frozen=True, slots=True)
class Apart:
    """Where claims of one time and scope exclude each other the most.

    Attributes
    ----------
    low, high : Series
        The two claims.
    times, all_times : int
        At how many times claims exclude each other, and how many times there are.
    """

    low: pd.Series
    high: pd.Series
    times: int
    all_times: int


def scope_words(scope: object) -> str:
    """Write a scope as words; blank for none."""
    return str(scope).replace("_", " ")


def main_scope(marks: pd.DataFrame) -> str:
    """The scope of the most claims; of equals the first by name, and none before any."""
    counts = marks["scope"].value_counts()
    return str(min(counts.index, key=lambda scope: (-counts[scope], scope)))


def when_text(mark: pd.Series, clock: str) -> str:
    """On or in what time a claim speaks: "on 7 Oct 2023", "in Oct 2023", "in 2023"."""
    first, last = mark[f"{clock}_first"], mark[f"{clock}_last"]
    if pd.isna(last) or first == last:
        return f"on {day_text(first)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"in {MONTHS[first.month - 1]} {first.year}"
    return (
        f"in {first.year}" if first.year == last.year else f"between {first.year} and {last.year}"
    )


def timeline_title(marks: pd.DataFrame, measure: pd.Series, positions: pd.DataFrame) -> str:
    """Say what the claims of the scope with the most of them say over time, in three lines."""
    label, kind = str(measure["label"]), str(measure["kind"])
    scope = main_scope(marks)
    main = marks[marks["scope"] == scope]
    name = f"{label} ({scope_words(scope)})" if scope and kind != "share" else label
    if (marks["series"] != "").any() and len(marks["scope"].unique()) > 1:
        return f"{label}: {_by_scope(marks, measure)}"
    if kind == "fixed":
        return _fits(f"{name}: {_run(marks, main, measure)}", _largest(main, positions))
    apart = furthest_apart(main)
    if kind == "flow":
        found = _differing(apart) if apart else ""
        return f"{label}: {found or _highest(marks, measure)}"
    over_time = _over_time(main, measure)
    return _fits(f"{name}: {over_time}", _widest(apart, over_time))


def _fits(title: str, more: str) -> str:
    longer = f"{title}; {more}" if more else title
    room = theme.WIDTH - 2 * theme.MARGIN
    return longer if len(wrap(longer, room, theme.TITLE, "bold")) <= MOST_LINES else title


def _run(marks: pd.DataFrame, main: pd.DataFrame, measure: pd.Series) -> str:
    """The ends of the claims of a panel, which can hold some of another scope."""
    drawn = marks[(marks["scope"] == main["scope"].iloc[0]) | (marks["aside"] != "")]
    low, high = named_ends(drawn, measure)
    other = (
        ", those of another scope among them" if (low, high) != named_ends(main, measure) else ""
    )
    return f"claims run from {low} to {high}{other}"


def _over_time(marks: pd.DataFrame, measure: pd.Series) -> str:
    dated = _actual(marks).dropna(subset=["at_first"])
    middle = dated["at_first"] + (dated["at_last"] - dated["at_first"]) / 2
    first, last = (dated[middle == end] for end in (middle.min(), middle.max()))
    if middle.min() == middle.max():
        low, high = named_ends(dated, measure)
        return f"claims run from {low} to {high} {when_text(dated.iloc[0], 'at')}"
    ends = [(_said(part, measure), when_text(part.iloc[0], "at")) for part in (first, last)]
    if any(" to " in text for text, _ in ends):
        return ", ".join(f"{text} {when}" for text, when in ends)
    return " ".join(
        f"{word} {text} {when}" for word, (text, when) in zip(("from", "to"), ends, strict=True)
    )


def _actual(marks: pd.DataFrame) -> pd.DataFrame:
    """Claims without plans, unless there are only plans."""
    return marks[~marks["planned"]] if (~marks["planned"]).any() else marks


def _said(marks: pd.DataFrame, measure: pd.Series) -> str:
    """What claims of one time say: the words of one, or the lowest and the highest number."""
    if len(marks["text"].unique()) == 1:
        return str(marks["text"].iloc[0])
    low, high = named_ends(marks, measure)
    return low if low == high else f"{low} to {high}"


def _by_scope(marks: pd.DataFrame, measure: pd.Series) -> str:
    """The last figure of each scope, the one without a scope first, each with its time."""
    lasts = []
    for scope, part in marks.dropna(subset=["at_first"]).groupby("scope", sort=True):
        last = part[part["at_first"] == part["at_first"].max()]
        words = " ".join([_said(last, measure), *[scope_words(scope)] * bool(scope)])
        lasts.append((words, when_text(last.iloc[0], "at")))
    shown = lasts[:MOST_SCOPES]
    whens = list(dict.fromkeys(when for _, when in shown))
    parts = [f"{listed([words for words, its in shown if its == when])} {when}" for when in whens]
    return "; ".join(parts)


def furthest_apart(marks: pd.DataFrame) -> Apart | None:
    """Find the time at which the bounds of two claims are furthest apart; None where none are."""
    told = marks[marks["comparable"]].dropna(subset=["at_first"]) if len(marks) else marks
    slots = told.groupby(["at_first", "at_last", "planned"], sort=True)
    every = len(told.drop_duplicates(["at_first", "at_last"]))
    worst: tuple[float, pd.Series, pd.Series] | None = None
    times: set[tuple[object, object]] = set()
    for _, slot in slots:
        if len(slot) < 2:
            continue
        ordered = slot.sort_values(["value", "id"])
        low = ordered.iloc[int(ordered["high"].to_numpy().argmin())]
        high = ordered.iloc[int(ordered["low"].to_numpy().argmax())]
        if high["low"] <= low["high"]:
            continue
        times.add((low["at_first"], low["at_last"]))
        size = (high["low"] - low["high"]) / max(abs(high["low"]), abs(low["high"]))
        if worst is None or size > worst[0]:
            worst = float(size), low, high
    return Apart(worst[1], worst[2], len(times), every) if worst else None


def _widest(apart: Apart | None, told: str) -> str:
    """What the two furthest apart say, unless the words so far give the range of that time."""
    if apart is None:
        return ""
    when = when_text(apart.low, "at")
    if " to " in told and f"{when}," in f"{told}," and not told.startswith("from"):
        return ""
    when = when.removeprefix("on ").removeprefix("in ")
    return f"for {when} claims say {_both(apart)}"


def _both(apart: Apart) -> str:
    low, high = (str(mark["text"]).replace(" to ", EN_DASH) for mark in (apart.low, apart.high))
    return f"{low} and {high}"


def _differing(apart: Apart) -> str:
    day = day_text(apart.low["at_first"])
    days = f"{apart.times:,} of {apart.all_times:,} days"
    said = _both(apart)
    if apart.times == 1:
        return f"claims differ on 1 day, {day} ({said})"
    return f"claims differ on {days}, most on {day} ({said})"


def _highest(marks: pd.DataFrame, measure: pd.Series) -> str:
    dated = _actual(marks).dropna(subset=["at_first"])
    top = dated.sort_values(["value", "at_first", "id"], ascending=[False, True, True]).iloc[0]
    least = with_unit(dated["value"].min(), measure)
    scope = f" ({scope_words(top['scope'])})" if top["scope"] else ""
    day = day_text(top["at_first"])
    return f"the highest figure is {top['text']}{scope}, for {day}; the lowest {least}"


def _largest(marks: pd.DataFrame, positions: pd.DataFrame) -> str:
    """The one reading that most claims agree on, if more than a few do."""
    mine = positions[(positions["scope"] == main_scope(marks)) & positions["label"].map(is_latin)]
    counts = mine.groupby("label")["n_claims"].sum().sort_values(ascending=False)
    if counts.empty or counts.iloc[0] < 3 or (counts == counts.iloc[0]).sum() > 1:
        return ""
    return f"{counts.iloc[0]:,} of {len(marks):,} agree on {counts.index[0]}"


def counted(claims: pd.DataFrame, marks: pd.DataFrame, clock: str) -> str:
    """How many claims are drawn, at what time, of which scopes; what became of the others."""
    when = "the day on which it was said" if clock == "said" else "the time that it speaks of"
    sentence = f"{claims_word(len(marks))}, each at {when}"
    if (marks["series"] != "").all():
        sentence = f"{claims_word(len(marks))} by {_origins(marks)}"
    undated = int(marks[f"{clock}_first"].isna().sum())
    if undated:
        sentence += f"; {undated:,} without a known date at the right edge"
    aside = marks[marks["aside"] != ""]
    if len(aside):
        words = sorted({scope_words(scope) or "scope not named" for scope in aside["scope"]})
        sentence += f"; {len(aside):,} of another scope ({listed(words)})"
    missing = len(claims) - len(marks)
    if missing:
        give = "gives" if missing == 1 else "give"
        sentence += f"; {missing:,} more {give} no number in this unit"
    return f"{sentence}."


def _origins(marks: pd.DataFrame) -> str:
    names = marks["said_by"].value_counts()
    ordered = sorted(names.index, key=lambda name: (-names[name], name))
    return listed([str(name) for name in ordered], limit=2)


def timeline_alt(
    claims: pd.DataFrame, marks: pd.DataFrame, measure: pd.Series, title: str, clock: str
) -> str:
    """Say what the chart says, with the lowest and the highest claim."""
    ordered = marks.sort_values(["value", "id"])
    low, high = ordered.iloc[0], ordered.iloc[-1]
    scopes = [
        f"{claims_word(len(part))} {scope_words(scope) or 'without a named scope'}"
        for scope, part in marks.groupby("scope", sort=True)
    ]
    of = f" ({listed(scopes)})" if len(scopes) > 1 else ""
    return (
        f"Timeline of {claims_word(len(claims))} of “{measure['label']}”{of}. {title}. "
        f"Lowest: {_who(low, clock)}; highest: {_who(high, clock)}."
    )


def _who(mark: pd.Series, clock: str) -> str:
    day = f", {when_text(mark, clock)}" if pd.notna(mark[f"{clock}_first"]) else ""
    scope = f", {scope_words(mark['scope'])}" if mark["scope"] else ""
    return f"{mark['text']} ({mark['said_by']}{scope}{day})"


def timeline_caption(marks: pd.DataFrame, *, stems: bool) -> str:
    """How to read the marks that there are."""
    single, dense = (marks[(marks["series"] == "") == alone] for alone in (True, False))
    parts = []
    if len(single):
        parts.append("Each point is a claim (a larger one: several equal claims)")
        barred = (single["bar_low"] < single["bar_high"]).any()
        opened = (single["open_low"] | single["open_high"]).any()
        parts += ["a bar shows what its wording allows"] * bool(barred)
        parts += ["an arrow an end that it leaves open, as in “at least 500”"] * bool(opened)
        if (single["x_first"] < single["x_last"]).any():
            parts.append("a dotted line that only the month or year is known")
    sentences = [f"{'; '.join(parts)}."] if parts else []
    if len(dense):
        sentences.append(STEMS if stems else LINES)
    return " ".join(sentences)


LINES: Final = (
    "A line joins the figures of one publisher from day to day as it last gave them, and is broken "
    "where days have none."
)
STEMS: Final = (
    "Each stroke is the figure of a day as last given; grey stretches are days without one."
)


def is_plain(marks: pd.DataFrame) -> bool:
    """Whether all claims name one and the same number: there is nothing to see."""
    return not marks["ranged"].any() and marks["value"].nunique() < 2
