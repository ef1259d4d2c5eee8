"""How well typing errors are found: on real corrections, and on errors planted from a seed."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from analyzer.align import align
from analyzer.intake import load_dossier
from analyzer.series.detect import detect
from analyzer.series.panel import build_panel, latest
from bench.plant import plant
from bench.simulate import KINDS, simulate
from bench.vintages import GROUPS, falling_totals, label, product, replay, robust_z

DATASETS = Path(__file__).parents[1] / "datasets"
VINTAGES = "gaza-daily"
SHIPPED = ("gaza-daily", "ukraine-losses")
TODAY = dt.date(2100, 1, 1)  # nothing here depends on it
SEEDS = (101, 102)  # other seeds were used while the detector was made
PLACES, DAYS = 3, 400
SHARE = 0.006  # of figures mistyped
LONGEST = 90  # days before the newest one that a one-sided look needs
SAMPLED = 10  # sound newest days looked at in each series, to count false alarms
TELLING = 0.01  # errors that differ by more than this share from the right figure
BASELINES = {"falling totals only": falling_totals, "robust z-score of steps": robust_z}


def load(name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Panel and measures of a shipped dossier."""
    dossier = load_dossier(DATASETS / name, today=TODAY)
    thresholds = dossier.settings.thresholds
    panel = build_panel(align(dossier.claims, dossier.measures, thresholds), thresholds.series_days)
    return panel, dossier.measures


def real_corrections() -> None:
    """Print how the corrections that a dossier with vintages made later are foreseen."""
    panel, measures = load(VINTAGES)
    vintages = panel.groupby("series")["published"].transform("nunique")
    versions = label(panel[vintages > 1])
    flags = replay(versions, measures, {"this detector": product} | BASELINES)
    counts = versions["group"].value_counts()
    print(f"## Corrections in {VINTAGES}: {len(versions):,} versions of figures, each table shown")
    print("only as it was published before\n")
    print("| detector | " + " | ".join(f"{g} ({counts.get(g, 0)})" for g in GROUPS), end="")
    print(" | all | off by > 1 % | first suggestion right | false alarms per 1,000 |")
    print("|---|" + "---|" * (len(GROUPS) + 4))
    for name, found in flags.groupby("detector", sort=False):
        told = versions.merge(found, on="claim", how="left")
        hit, wrong = told["likelihood"].notna(), told["right"].notna()
        cells = [_share(hit[told["group"] == group]) for group in GROUPS]
        cells += [_share(hit[wrong]), _share(hit[wrong & (told["off"] > TELLING)])]
        right = told["suggestion"] == told["right"]
        cells.append(_share(right[wrong & hit]) if told["suggestion"].notna().any() else "none")
        print(f"| {name} | " + " | ".join(cells) + f" | {1000 * hit[~wrong].mean():.1f} |")


def planted() -> None:
    """Print how errors planted into clean series are found, with both sides and as the newest."""
    tables = {name: list(_shipped(name)) for name in SHIPPED}
    tables |= {name: list(_simulated(name)) for name in KINDS}
    for title, newest, daily in (
        ("in a table that goes on", False, False),
        ("as the newest figure", True, False),
        ("in a table with daily figures", False, True),
    ):
        parts = []
        for name, clean in tables.items():
            if not daily or name in KINDS:
                parts.append(_score(clean, newest, daily).assign(table=name))
        told = pd.concat(parts, ignore_index=True)
        print(f"\n## Planted errors {title}\n")
        _print_by(told, "table")
        if not daily:
            print()
            _print_by(told[told["cause"] != ""], "cause")


def _shipped(name: str) -> Iterator[pd.DataFrame]:
    """The running totals of each source of a dossier, as tables by day."""
    panel = latest(load(name)[0])
    panel = panel[(panel["kind"] == "cumulative") & (panel["scope"] == "")]
    for _, part in panel.groupby("source", sort=True):
        yield part.drop_duplicates(["series", "at"]).pivot_table(
            index="at", columns="series", values="value"
        )


def _simulated(name: str) -> Iterator[pd.DataFrame]:
    for seed in SEEDS:
        for place in range(PLACES):
            yield simulate(KINDS[name], DAYS, 1000 * seed + place)


def _score(tables: list[pd.DataFrame], newest: bool, daily: bool) -> pd.DataFrame:
    """One row a figure that was looked at: `cause` ("" if right), `right`, `off`, flag."""
    found = []
    for place, clean in enumerate(tables):
        random = np.random.default_rng(SEEDS[0] + place)
        columns = [str(one) for one in clean.columns if not str(one).endswith("_day")]
        spoilt, errors = plant(clean, columns, SHARE, random)
        for column in columns:
            beside = spoilt[[one for one in columns if one != column]]
            given = clean[f"{column}_day"] if daily else None
            mine = errors[errors["column"] == column].set_index("at")
            if newest:
                flags, looked = _newest(clean[column], spoilt[column], beside, mine.index, random)
            else:
                looked = pd.Index(spoilt[column].dropna().index)
                flags = detect(spoilt[column], beside=beside, daily=given)
            rows = pd.DataFrame(index=looked).join(mine[["cause", "right", "wrong"]])
            flagged = flags.set_index("at")[["likelihood", "suggestion"]]
            found.append(rows.join(flagged).assign(cause=rows["cause"].fillna("")))
    told = pd.concat(found, ignore_index=True)
    return told.assign(off=(told["wrong"] - told["right"]).abs() / told["right"].clip(lower=1))


def _newest(
    clean: pd.Series,
    spoilt: pd.Series,
    beside: pd.DataFrame,
    wrong: pd.Index,
    random: np.random.Generator,
) -> tuple[pd.DataFrame, pd.Index]:
    """Flags of single days, each as the newest of a table without other errors."""
    known = clean.dropna()
    sample = random.choice(known.index, min(SAMPLED, len(known)), replace=False)
    days = pd.Index(known.index[known.index.isin(sample) | known.index.isin(wrong)])
    flags = []
    for day in days:
        table = known[:day].iloc[-LONGEST:].copy()
        table.iloc[-1] = spoilt[day]
        told = detect(table, beside=beside[:day])
        flags.append(told[told["at"] == day])
    return pd.concat(flags), days


def _print_by(told: pd.DataFrame, column: str) -> None:
    by_table = column == "table"
    alarms = " false alarms per 1,000 |" if by_table else ""
    print(f"| {column} | errors | found | off by > 1 % | found | first suggestion right |{alarms}")
    print("|---|---|---|---|---|---|" + "---|" * by_table)
    for name, part in [*told.groupby(column, sort=False), ("all", told)]:
        wrong, hit = part["cause"] != "", part["likelihood"].notna()
        far = wrong & (part["off"] > TELLING)
        right = (part["suggestion"] == part["right"])[far & hit]
        cells = [str(wrong.sum()), _share(hit[wrong]), str(far.sum()), _share(hit[far])]
        cells.append(_share(right))
        if by_table:
            cells.append(f"{1000 * hit[~wrong].mean():.1f}")
        print(f"| {name} | " + " | ".join(cells) + " |")


def _share(hits: pd.Series) -> str:
    return f"{hits.mean():.0%}" if len(hits) else "none"


if __name__ == "__main__":
    start = time.perf_counter()
    real_corrections()
    planted()
    print(f"\n{time.perf_counter() - start:.0f} s")
