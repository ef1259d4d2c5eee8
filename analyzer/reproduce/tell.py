"""Recipes as values: a sentence each, with every figure's claim, for whoever checks them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analyzer.phrases import attributed
from analyzer.reproduce.question import Question
from analyzer.reproduce.sentences import Told, sentence
from analyzer.reproduce.tracks import Track

COLUMNS = ["rank", "kind", "value", "off_by", "days_off", "n_figures", "sentence", "sign"]
COLUMNS += ["claim", "measure", "figure", "period_start", "as_of", "published", "source"]
COLUMNS += ["attributed_to", "replaced", "url"]


@dataclass(frozen=True, slots=True)
class Given:
    """One recorded figure of a recipe.

    Attributes
    ----------
    sign : int
        1 where it is added, -1 where it is taken away.
    claim, measure, figure, source, attributed_to, url : str
        The claim's id and cells; `figure` is the wording.
    period_start, as_of, published, replaced : date or None
        `as_of` is the last day that the figure speaks of; `replaced` the day on which the series
        gave another figure instead.
    who, label : str
        Origin and publisher, and the measure, as they are printed.
    superseded : bool
        Whether a later version stands in its place.
    """

    sign: int
    claim: str
    measure: str
    label: str
    figure: str
    period_start: dt.date | None
    as_of: dt.date | None
    published: dt.date | None
    source: str
    attributed_to: str
    who: str
    superseded: bool
    replaced: dt.date | None
    url: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """One way to obtain a number.

    Attributes
    ----------
    rank : int
        1 is the plainest.
    kind : str
        A key of `candidates.KINDS`.
    value, off_by : float
        What it gives, and how far that is from the number.
    days_off : int
        Days between its ends and those of the period, both added.
    sentence : str
        The recipe in one sentence.
    figures : tuple of Given
        What it is made of, in the order in which it is told; a run in the order of its days.
    """

    rank: int
    kind: str
    value: float
    off_by: float
    days_off: int
    sentence: str
    figures: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for a question.

    Attributes
    ----------
    recipes : tuple of Recipe
        The plainest ones, as many as were asked for.
    counts : tuple of (str, int)
        How many there are of each kind, those that are not listed included.
    nearest : tuple of Recipe
        The values of the plainest kinds: the nearest recorded figure, and what the period's own
        ends give; each kind once.
    neighbours, rivals : int
        How many other numbers close by were tried, and for how many of them there is a recipe at
        least as plain as the first one. 0 where nothing was found.
    exact, hedged : int
        How many figures of the measure can be added, and how many are hedged and so can't be.
    first, last : date or None
        The days from and to which the figures that can be added run.
    """

    question: Question
    label: str
    recipes: tuple[Recipe, ...]
    counts: tuple[tuple[str, int], ...]
    nearest: tuple[Recipe, ...]
    neighbours: int
    rivals: int
    exact: int
    hedged: int
    first: dt.date | None
    last: dt.date | None

    @property
    def found(self) -> int:
        """How many recipes there are."""
        return sum(count for _, count in self.counts)


def tell_recipes(
    candidates: pd.DataFrame,
    figures: pd.DataFrame,
    tracks: Sequence[Track],
    labels: dict[str, str],
    question: Question,
) -> tuple[Recipe, ...]:
    """Ranked candidates in words, in their order."""
    told = Told(figures, tracks, labels, question)
    return tuple(
        Recipe(
            rank,
            str(row["kind"]),
            float(row["value"]),
            float(row["off_by"]),
            int(row["off"]),
            sentence(told, row),
            _givens(told, row),
        )
        for rank, (_, row) in enumerate(candidates.iterrows(), 1)
    )


def figures_table(answer: Answer) -> pd.DataFrame:
    """One row a figure of each recipe, for a spreadsheet; columns `COLUMNS`."""
    rows = [
        (
            recipe.rank,
            recipe.kind,
            recipe.value,
            recipe.off_by,
            recipe.days_off,
            len(recipe.figures),
            recipe.sentence,
            given.sign,
            given.claim,
            given.measure,
            given.figure,
            _iso(given.period_start),
            _iso(given.as_of),
            _iso(given.published),
            given.source,
            given.attributed_to,
            _iso(given.replaced),
            given.url,
        )
        for recipe in answer.recipes
        for given in recipe.figures
    ]
    return pd.DataFrame(rows, columns=pd.Index(COLUMNS))


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _givens(told: Told, row: pd.Series) -> tuple[Given, ...]:
    givens = []
    for sign, places in told.members(row):
        part = told.figures.iloc[places]
        signs = [sign] * len(part)
        givens += [
            _given(one, claim, told.labels)
            for one, (_, claim) in zip(signs, part.iterrows(), strict=True)
        ]
    return tuple(givens)


def _given(sign: int, claim: pd.Series, labels: dict[str, str]) -> Given:
    period = pd.isna(claim["period_start_first"])
    return Given(
        sign=sign,
        claim=str(claim["id"]),
        measure=str(claim["measure"]),
        label=labels[str(claim["measure"])],
        figure=str(claim["figure"]),
        period_start=None if period else pd.Timestamp(claim["period_start_first"]).date(),
        as_of=_date(claim["at_last"]),
        published=_date(claim["published"]),
        source=str(claim["source"]),
        attributed_to=str(claim["attributed_to"]),
        who=attributed(claim),
        superseded=bool(claim["superseded"]),
        replaced=_date(claim["replaced"]),
        url=str(claim["url"]),
    )


def _date(day: object) -> dt.date | None:
    stamp = pd.Timestamp(day)  # type: ignore[arg-type]
    return None if pd.isna(stamp) else stamp.date()
