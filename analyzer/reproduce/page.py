"""An answer as lines for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from analyzer.dates import show_span
from analyzer.errors import visible
from analyzer.phrases import plural
from analyzer.readings import number
from analyzer.reproduce.question import CONTROL, Question
from analyzer.reproduce.tell import Answer, Given, Recipe

WIDTH = 100  # columns
SHOWN = 6  # figures of a recipe that are listed; the table and the data hold all


def page_lines(name: str, answer: Answer) -> list[str]:
    """One dossier's answer for the terminal."""
    question = answer.question
    subject = f"{answer.label} ({question.measure})"
    lines = [
        f"{name}: {number(question.number)}, {subject}, {_period(question)}",
        *_summary(answer),
    ]
    for recipe in answer.recipes:
        lines += ["", *_wrapped(f"{recipe.rank:>3}  {_told(recipe)}"), *_figures(recipe.figures)]
    if answer.nearest and not any(recipe.days_off == 0 for recipe in answer.recipes):
        lines += ["", "The nearest of the plainest kinds:"]
        for recipe in answer.nearest:
            lines += _wrapped(f"     {_told(recipe)}")
    return lines


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, subsequent_indent=" " * 5, break_on_hyphens=False, break_long_words=False
    )


def _told(recipe: Recipe) -> str:
    off = f"; {number(recipe.off_by)} off" if recipe.off_by else ""
    return f"{recipe.kind}: {recipe.sentence}{off}"


def _period(question: Question) -> str:
    if question.first is None or question.last is None:
        return "all days"
    return show_span(question.first, question.last)


def _summary(answer: Answer) -> list[str]:
    """How much was found, and in how many figures; a line each."""
    question = answer.question
    if not answer.found:
        within = f" within {number(question.tolerance)}" if question.tolerance else ""
        return _wrapped(f"  no recipe gives it{within}: {_basis(answer)}")
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in answer.counts)
    listing = f"{len(answer.recipes):,} listed"
    lines = [
        f"  {plural(answer.found, 'recipe')}, {listing} ({kinds})",
        "  each is a way to obtain the number; none says that it came about this way",
        f"  {_basis(answer)}",
    ]
    if answer.neighbours:
        reach = number(CONTROL + question.tolerance)
        have = "has" if answer.rivals == 1 else "have"
        lines.append(
            f"  {answer.rivals:,} of {answer.neighbours} other numbers, up to {reach} off, "
            f"{have} a recipe at least as plain as the first one"
        )
    return lines


def _basis(answer: Answer) -> str:
    """What there was to search in."""
    text = plural(answer.exact, "exact figure") + " of the measure itself"
    if answer.first and answer.last:
        text += f", {show_span(answer.first, answer.last)}"
    if not answer.hedged:
        return text
    verb = "is" if answer.hedged == 1 else "are"
    return f"{text}; {plural(answer.hedged, 'hedged one')} {verb} not added"


def _figures(figures: Sequence[Given]) -> list[str]:
    """Each figure with its day, its claim and its link; of a long run the first and the last."""
    listed = list(figures)
    left_out = len(figures) - SHOWN
    if left_out > 0:
        listed = [*figures[: SHOWN // 2], *figures[-SHOWN // 2 :]]
    lines = []
    for place, given in enumerate(listed):
        if left_out > 0 and place == SHOWN // 2:
            lines.append(f"     … {left_out:,} more, all of them with --format csv or json")
        sign = "+" if given.sign > 0 else "-"
        lines.append(
            f"     {sign} {visible(given.figure, 24)}  {given.as_of or 'no day'}  {given.who}  "
            f"{given.claim}"
        )
        lines += [f"       {given.url}"] if given.url else []
    return lines
