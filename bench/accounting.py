"""Time of the linear system against the number of claims, and what it finds of planted errors.

Worlds of one ledger each: people taken, released, rescued and recovered, and those still held, on
ten days by four origins, hedged as pages hedge; some 120 claims a world, of which a few are
wrong by a share. Printed are seconds, milliseconds for each thousand claims, and the exponent of
growth from one size to the next; 1 is a time in proportion to the claims.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import pandas as pd

from analyzer.identities import part_identities
from analyzer.system.build import build_system
from analyzer.system.envelope import find_envelope
from analyzer.system.parts import Atoms
from analyzer.system.search import search

SIZES = (1_000, 10_000, 100_000)
SEED = 6
DAYS, ORIGINS = 10, 4
PARTS = {"taken": "fixed", "released": "cumulative", "rescued": "cumulative"}
PARTS |= {"recovered": "cumulative", "held": "stock"}
GIVEN = 0.6  # of the figures that an origin could give for a day, it gives so many
WRONG = 0.01  # of the figures; off by 10 to 50 %
T = TypeVar("T")
START = pd.Timestamp("2024-01-01")


def world(number: int, random: np.random.Generator) -> list[dict[str, object]]:
    """The claims of one ledger, most of them true."""
    taken = int(random.integers(100, 5_000))
    flows = random.multinomial(taken // 2, np.ones(3 * DAYS) / (3 * DAYS)).reshape(DAYS, 3)
    totals = flows.cumsum(axis=0)
    truth = {"taken": np.full(DAYS, taken), "held": taken - totals.sum(axis=1)}
    truth |= dict(zip(("released", "rescued", "recovered"), totals.T, strict=True))
    rows: list[dict[str, object]] = []
    for part, kind in PARTS.items():
        for day in range(DAYS if kind != "fixed" else 1):
            for origin in range(ORIGINS):
                if random.random() < GIVEN:
                    row = {"measure": f"{part}_{number}", "kind": kind, "day": day}
                    rows.append(row | {"origin": origin, **figure(truth[part][day], random)})
    return rows


def figure(true: int, random: np.random.Generator) -> dict[str, object]:
    """A figure as a page words it: the number, at least so many, about so many; or a wrong one."""
    wrong = random.random() < WRONG
    if wrong:
        true = round(true * (1 + random.choice([-1, 1]) * random.uniform(0.1, 0.5))) + 1
    shape = random.random()
    low, high = (true, true) if shape < 0.7 else (true, math.inf)
    if shape > 0.85:
        low, high = math.floor(true * 0.9), math.ceil(true * 1.1)
    return {"low": float(low), "high": float(high), "wrong": wrong}


def dossier(claims: int) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Aligned claims, identities and measures of as many worlds as make so many claims."""
    random = np.random.default_rng(SEED)
    rows: list[dict[str, object]] = []
    worlds = 0
    while len(rows) < claims:
        rows += world(worlds, random)
        worlds += 1
    frame = pd.DataFrame(rows)
    at = START + pd.to_timedelta(frame["day"], unit="D")
    moving = frame["kind"] != "fixed"
    frame = frame.assign(
        id=[f"c{number:07}" for number in range(len(frame))],
        scope="",
        unit="people",
        authority="origin " + frame["origin"].astype(str),
        source="source " + frame["origin"].astype(str),
        url="",
        series="",
        modality="actual",
        group=frame["measure"] + " actual",
        slot=frame["measure"] + " actual",
        comparable=True,
        at_first=at.where(moving).astype("datetime64[s]"),
        at_last=at.where(moving).astype("datetime64[s]"),
        period_start_first=pd.NaT,
        apart_low=frame["low"],
        apart_high=frame["high"],
    )
    names = [(part, kind, number) for number in range(worlds) for part, kind in PARTS.items()]
    measures = pd.DataFrame(
        {
            "measure": [f"{part}_{number}" for part, _, number in names],
            "label": [f"{part} {number}" for part, _, number in names],
            "kind": [kind for _, kind, _ in names],
            "unit": "people",
            "part_of": "",
            "total": "",
            "closed_last": pd.NaT,
        }
    )
    expression = "taken_{0} = released_{0} + rescued_{0} + recovered_{0} + held_{0}"
    identities = pd.DataFrame(
        {
            "name": [f"ledger_{number}" for number in range(worlds)],
            "label": [f"Ledger {number}" for number in range(worlds)],
            "expression": [expression.format(number) for number in range(worlds)],
            "valid_from_first": pd.Series(pd.NaT, range(worlds), dtype="datetime64[s]"),
            "valid_to_last": pd.Series(pd.NaT, range(worlds), dtype="datetime64[s]"),
        }
    )
    return frame, pd.concat([identities, part_identities(measures)]), measures


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Processor time of one call, in seconds, and its result."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def main() -> None:
    """Print one row a size and stage."""
    print("| claims | worlds | stage | seconds | ms per 1,000 claims | growth exponent |")
    print("|---|---|---|---|---|---|")
    before: dict[str, tuple[int, float]] = {}
    for size in SIZES:
        claims, identities, measures = dossier(size)
        built, _ = timed(lambda: build_system(claims, identities, measures))  # noqa: B023
        searched, found = timed(lambda: search(claims, identities, measures))  # noqa: B023
        removed, _ = timed(lambda: found.choices)  # noqa: B023
        names = set(measures["measure"])
        ranged, _ = timed(lambda: find_envelope(found, names))  # noqa: B023
        stages = {"system": built, "search": searched, "removal": removed, "envelope": ranged}
        for stage, took in stages.items():
            growth = ""
            if stage in before:
                last, seconds = before[stage]
                growth = f"{math.log(took / seconds) / math.log(len(claims) / last):.2f}"
            worlds = len(measures) // len(PARTS)
            row = f"| {len(claims):,} | {worlds:,} | {stage} | {took:.2f} "
            print(f"{row}| {1e6 * took / len(claims):.1f} | {growth} |", flush=True)
            before[stage] = (len(claims), took)
    found_errors(claims, found.choices, found.system.atoms, found.kept)


def found_errors(claims: pd.DataFrame, choices: object, atoms: object, kept: Atoms) -> None:
    """Print how many of the planted errors some lightest removal gives up."""
    wrong = set(claims.loc[claims["wrong"], "id"])
    given_up = {
        claim
        for number, atom in enumerate(atoms)  # type: ignore[arg-type, var-annotated]
        if number not in kept
        for claim in atom.claims
    }
    hit = len(wrong & given_up)
    print(f"\nOf {len(wrong):,} wrong figures, {hit / len(wrong):.0%} are in a lightest removal;")
    print(f"of {len(given_up):,} figures in one, {hit / len(given_up):.0%} are wrong.")


if __name__ == "__main__":
    main()
