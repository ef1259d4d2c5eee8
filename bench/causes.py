"""How well each cause is found, and how much is invented, on made-up dossiers with a key."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from pathlib import Path

import pandas as pd

from analyzer.findings import ranked
from analyzer.intake import load_dossier
from analyzer.pipeline import compare
from analyzer.synth.score import score_causes, score_kinds, totals
from analyzer.synth.write import write_dossier

SEEDS = 24
CLAIMS, MEASURES = 5_000, 50
ERRORS = 1 / 250
TODAY = dt.date(2100, 1, 1)  # nothing here depends on it
SHARES = ("recall", "precision")


def made(seed: int, claims: int) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Findings of one made-up dossier, its key, and how many claims it has."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / f"seed{seed}"
        write_dossier(folder, claims, claims * MEASURES // CLAIMS, seed, "csv", ERRORS)
        key = pd.read_csv(folder / "truth" / "errors.csv", dtype="str", keep_default_na=False)
        dossier = load_dossier(folder, today=TODAY)
    findings = ranked(compare(dossier).drafted)[["kind", "cause", "measure", "claims", "sentence"]]
    return findings.assign(seed=seed), key.assign(seed=seed), len(dossier.claims)


def show(table: pd.DataFrame) -> None:
    """Print a table as Markdown, shares with their intervals in one cell."""
    ends = [f"{one}_{end}" for one in SHARES for end in ("low", "high")]
    names = [one for one in table if one not in ends]
    print("| " + " | ".join(one.replace("_", " ") for one in names) + " |")
    print("|" + "---|" * len(names))
    for row in table.to_dict("records"):
        cells = [_share(row, str(one)) if one in SHARES else f"{row[one]}" for one in names]
        print("| " + " | ".join(cells) + " |")


def _share(row: dict[str, object], name: str) -> str:
    if pd.isna(row[name]):  # type: ignore[call-overload]
        return "-"
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    return f"{row[name]:.0%} ({low:.0%} to {high:.0%})"


def main(claims: int = CLAIMS, seeds: int = SEEDS) -> None:
    """Make, analyze and score a dossier a seed, and print the two tables."""
    parts = [made(seed, claims) for seed in range(1, seeds + 1)]
    findings = pd.concat([found for found, _, _ in parts], ignore_index=True)
    key = pd.concat([planted for _, planted, _ in parts], ignore_index=True)
    # claims of two seeds share their ids
    for frame in (findings, key):
        frame["claims"] = [
            ";".join(f"{seed}/{one}" for one in (ids.split(";") if isinstance(ids, str) else ids))
            for seed, ids in zip(frame["seed"], frame["claims"], strict=True)
        ]
    print(f"{seeds} dossiers, {sum(part[2] for part in parts):,} claims, {len(key):,} items,")
    print(f"{len(findings):,} findings\n")
    found, named = ("recall", "found", "planted"), ("precision", "right", "named")
    show(totals(score_causes(findings, key), "cause", found, named))
    print()
    show(totals(score_kinds(findings, key), "kind", ("precision", "matched", "findings")))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
