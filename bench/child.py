"""One measured run in a process of its own; prints processor time and memory as JSON."""

from __future__ import annotations

import datetime as dt
import functools
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

DAY = dt.date(2026, 1, 1)


def floor(folder: Path) -> None:
    """What nothing can do without: pandas reads the claims as text, sorts and groups them."""
    import pandas as pd

    claims = pd.read_csv(folder / "claims.csv", dtype=str, keep_default_na=False)
    claims = claims.sort_values(["measure", "as_of", "source"], kind="stable")
    claims.groupby(["measure", "as_of"], sort=False).size()


def stages(folder: Path) -> dict[str, float]:
    """Processor seconds of each stage of a comparison, the whole dossier at once."""
    import analyzer.pipeline as pipeline
    from analyzer.intake import load_dossier

    took: dict[str, float] = {}
    inner = [name for name, one in vars(pipeline).items() if _is_stage(name, one)]
    for name in inner:
        setattr(pipeline, name, _clocked(name, getattr(pipeline, name), took))
    start = time.process_time()
    dossier = load_dossier(folder, today=DAY)
    took["load_dossier"] = time.process_time() - start
    pipeline.compare(dossier)
    took["all"] = time.process_time() - start
    return took


def _is_stage(name: str, one: Any) -> bool:
    return (
        callable(one)
        and getattr(one, "__module__", "").startswith("analyzer.")
        and (name.islower() and not isinstance(one, type) and one.__module__ != "analyzer.pipeline")
    )


def _clocked(name: str, work: Callable[..., Any], took: dict[str, float]) -> Callable[..., Any]:
    @functools.wraps(work)
    def clocked(*given: Any, **named: Any) -> Any:
        start = time.process_time()
        try:
            return work(*given, **named)
        finally:
            took[name] = took.get(name, 0.0) + time.process_time() - start

    return clocked


def find(folder: Path, engine: str, workers: str) -> None:
    """All findings through an engine, written as Parquet: what `analyzer findings` does."""
    from analyzer.cli.main import main

    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "findings.parquet"
        words = ["findings", str(folder), "--engine", engine, "--workers", workers]
        if code := main([*words, "--out", str(out)]):
            sys.exit(code)
    for worker in multiprocessing.active_children():  # what they took counts when they have ended
        worker.join()


MODES: dict[str, Callable[..., dict[str, float] | None]] = {
    "floor": floor,
    "stages": stages,
    "find": find,
}


def processor() -> float:
    """Processor seconds of this process and of those that it started, from their start on."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def peak() -> float:
    """Gigabytes of the largest process of the run: this one, or one that it started."""
    both = [
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    return max(both) / 1e6


if __name__ == "__main__":
    mode, folder, *further = sys.argv[1:]
    took = MODES[mode](Path(folder), *further)
    print(json.dumps({"stages": took, "processor": processor(), "peak": peak()}))
