"""Cost against the number of claims: growth of each stage, the whole against the floor, engines."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SIZES = (10_000, 100_000, 1_000_000)
CLAIMS_OF_A_MEASURE = 100
ERRORS = 1 / 1000  # planted items a claim
ENGINES = ("pandas", "duckdb", "dask", "spark")
ROUNDS = 3  # of the analysis and its floor, in turn; the least counts, as others share the machine


def dossier(folder: Path, claims: int, form: str = "csv") -> Path:
    """A made-up dossier of so many claims; one that is there already is taken."""
    made = folder / f"{form}{claims}"
    if not made.exists():
        words = ["synth", str(made), "--claims", str(claims), "--format", form]
        words += ["--measures", str(claims // CLAIMS_OF_A_MEASURE), "--errors", str(ERRORS)]
        subprocess.run([sys.executable, "-m", "analyzer", *words], check=True, capture_output=True)
    return made


def measured(*words: str) -> dict[str, Any]:
    """What a child says of its run, and `wall`, its seconds by the clock with its start."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "bench.child", *words], capture_output=True, text=True, check=False
    )
    if done.returncode:
        return {"failed": (done.stderr.strip() or "no word of why").splitlines()[-1]}
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {**said, "wall": time.perf_counter() - start}


def growth(folder: Path, sizes: tuple[int, ...]) -> None:
    """Print microseconds a claim of each stage, and the exponent between the two largest sizes."""
    runs = [measured("stages", str(dossier(folder, size)))["stages"] for size in sizes]
    heads = " | ".join(f"{size:,} claims, µs a claim" for size in sizes)
    print(f"\n| stage | {heads} | growth exponent |\n|---|{'---|' * len(sizes)}---|")
    small = 0.01 * runs[-1]["all"]
    for name in sorted(runs[-1], key=lambda name: -runs[-1][name]):
        took = [run.get(name, 0.0) for run in runs]
        if took[-1] < small:
            continue
        costs = " | ".join(f"{one / size * 1e6:.1f}" for one, size in zip(took, sizes, strict=True))
        print(f"| {name} | {costs} | {exponent(took, sizes)} |")


def exponent(took: list[float], sizes: tuple[int, ...]) -> str:
    """Of the power law between the two largest sizes; 1 is in proportion."""
    if len(sizes) < 2 or not took[-2]:
        return ""
    return f"{math.log(took[-1] / took[-2]) / math.log(sizes[-1] / sizes[-2]):.2f}"


def against_floor(folder: Path, claims: int) -> None:
    """Print the whole analysis against reading, sorting and grouping the same file with pandas.

    All runs count from the start of their process, imports included.
    """
    made = str(dossier(folder, claims))
    commands = {
        "floor: pandas reads, sorts, groups": ("floor", made),
        "analysis, 1 process": ("find", made, "pandas", "1"),
        "analysis, 2 processes": ("find", made, "pandas", "2"),
    }
    rounds = [{name: measured(*words) for name, words in commands.items()} for _ in range(ROUNDS)]
    heads = ("seconds", "processor seconds", "against the floor", "largest process, GB")
    print(f"\n| {claims:,} claims | {' | '.join(heads)} |\n|{'---|' * (len(heads) + 1)}")
    least: dict[str, float] = {}
    for name in commands:
        runs = [one[name] for one in rounds]
        if failed := [run["failed"] for run in runs if "failed" in run]:
            print(f"| {name} | {failed[0]} | | | |")
            continue
        wall, spent = (min(run[key] for run in runs) for key in ("wall", "processor"))
        peak = max(run["peak"] for run in runs)
        least = least or {"wall": wall, "spent": spent}
        ratios = f"{wall / least['wall']:.1f}, {spent / least['spent']:.1f}"
        print(f"| {name} | {wall:.1f} | {spent:.1f} | {ratios} | {peak:.1f} |")


def engines(folder: Path, claims: int) -> None:
    """Print each engine against pandas on the same Parquet file."""
    made = str(dossier(folder, claims, "parquet"))
    print(f"\n| engine, {claims:,} claims | seconds | against pandas | largest process, GB |")
    print("|---|---|---|---|")
    base = math.nan
    for engine in ENGINES:
        run = measured("find", made, engine, "2")
        if "failed" in run:
            print(f"| {engine} | {run['failed']} | | |")
            continue
        took = run["wall"]
        base = took if engine == "pandas" else base
        print(f"| {engine} | {took:.1f} | {took / base:.1f} | {run['peak']:.1f} |")


def scale(largest: int = SIZES[-1]) -> None:
    """Print all tables, up to so many claims."""
    sizes = tuple(size for size in SIZES if size <= largest)
    with tempfile.TemporaryDirectory() as name:
        growth(Path(name), sizes)
        against_floor(Path(name), sizes[-1])
        engines(Path(name), sizes[-1])


if __name__ == "__main__":
    scale(*map(int, sys.argv[1:]))
