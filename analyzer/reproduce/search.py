"""From claims to an answer: every kind of recipe is looked for, ranked, and the first are told."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyzer.reproduce.adjusted import adjusted
from analyzer.reproduce.candidates import KINDS, as_plain, join_candidates, rank_candidates
from analyzer.reproduce.figures import take_figures
from analyzer.reproduce.parts import parts_of_day
from analyzer.reproduce.question import CONTROL, SLACK, Question
from analyzer.reproduce.related import list_ties, steps_around, steps_below
from analyzer.reproduce.runs import end_run, runs
from analyzer.reproduce.single import recorded
from analyzer.reproduce.tell import Answer, tell_recipes
from analyzer.reproduce.totals import differences, end_differences
from analyzer.reproduce.tracks import Track, joined_tracks, make_track, single_tracks

LISTED = 20


def reproduce(
    claims: pd.DataFrame,
    measures: pd.DataFrame,
    identities: pd.DataFrame,
    question: Question,
    limit: int = LISTED,
) -> Answer:
    """Sums and differences of recorded figures that give a number.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`, of one dossier.
    measures, identities : DataFrame
        The dossier's; `question.measure` is one of the measures.
    limit : int
        At most so many recipes are told; all are counted.

    Returns
    -------
    Answer
        The same whatever the order of the rows.
    """
    figures = take_figures(claims)
    below = steps_below(question.measure, measures)
    ties = list_ties(measures, identities)
    around = steps_around(question.measure, measures, identities)
    tracks = _tracks(figures, ties, below, question)
    width = question.width
    found = join_candidates(
        [
            recorded(figures, question, around, width),
            differences(figures, question, width),
            *(runs(track, book, question, width) for book, track in enumerate(tracks)),
            parts_of_day(figures, question, ties, below, width),
            adjusted(figures, question, below, width),
        ]
    )
    ranked = rank_candidates(found, question.number)
    kept = ranked[ranked["off_by"] <= question.tolerance + SLACK]
    nearest = _nearest(figures, tracks, question, around)
    labels = {
        str(key): str(label)
        for key, label in zip(measures["measure"], measures["label"], strict=True)
    }
    counts = kept["kind"].value_counts()
    neighbours, rivals = _rivals(ranked, kept, question)
    mine = figures[figures["measure"] == question.measure]
    days = mine.loc[mine["usable"], "at_last"]
    return Answer(
        question=question,
        label=labels[question.measure],
        recipes=tell_recipes(kept.head(limit), figures, tracks, labels, question),
        counts=tuple((kind, int(counts[kind])) for kind in KINDS if kind in counts),
        nearest=tell_recipes(nearest, figures, tracks, labels, question),
        neighbours=neighbours,
        rivals=rivals,
        exact=len(days),
        hedged=int((~mine["exact"]).sum()),
        first=days.min().date() if len(days) else None,
        last=days.max().date() if len(days) else None,
    )


def _tracks(
    figures: pd.DataFrame, ties: pd.DataFrame, below: dict[str, int], question: Question
) -> list[Track]:
    """Flows one by one; several side by side only where a period bounds the search."""
    singles = single_tracks(figures, below)
    tracks = [
        make_track(figures, ((1, places),), below[line[0]]) for line, places in singles.items()
    ]
    if question.begin is None:
        return tracks
    return tracks + joined_tracks(figures, singles, ties, below)


def _nearest(
    figures: pd.DataFrame, tracks: list[Track], question: Question, around: dict[str, int]
) -> pd.DataFrame:
    """The nearest recorded figure of the measure, difference of ends, and run over the period.

    A figure more than twice the number is not worth telling.
    """
    own = {question.measure: around[question.measure]}
    found = join_candidates(
        [
            recorded(figures, question, own, np.inf),
            end_differences(figures, question),
            *(end_run(track, book, question) for book, track in enumerate(tracks)),
        ]
    )
    ranked = rank_candidates(found, question.number)
    far = (ranked["kind"] == "figure") & (ranked["off_by"] > question.number)
    return ranked[~far].drop_duplicates("kind").sort_values("order", ignore_index=True)


def _rivals(ranked: pd.DataFrame, kept: pd.DataFrame, question: Question) -> tuple[int, int]:
    """How many other numbers close by have a recipe at least as plain as the first one."""
    if kept.empty:
        return 0, 0
    steps = np.arange(1, CONTROL + 1) + question.tolerance
    others = np.concatenate([question.number - steps, question.number + steps])
    others = others[others > 0]
    plain = ranked.loc[as_plain(ranked, kept.iloc[0]), "value"].to_numpy()
    hit = (np.abs(plain[None, :] - others[:, None]) <= SLACK).any(axis=1)
    return len(others), int(hit.sum())
