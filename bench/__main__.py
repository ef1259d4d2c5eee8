"""Start-up and stages against what they can't do without, as ratios within one run."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

RUNS = 5
IMPORTS = "import pandas, pandera.pandas"


def wall(*words: str) -> float:
    """Median wall time of a process, in seconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run([sys.executable, *words], check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Time of one call, in seconds, and its result."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def startup() -> None:
    """Print the commands that should be instant against the bare interpreter and imports."""
    bare, imports = wall("-c", "pass"), wall("-c", IMPORTS)
    print("| command | wall, s | against | ratio |\n|---|---|---|---|")
    for words, name, floor in (
        (("--help",), "python -c pass", bare),
        (("check", "gaza-war"), IMPORTS, imports),
    ):
        took = wall("-m", "analyzer", *words)
        print(f"| analyzer {' '.join(words)} | {took:.2f} | {name} | {took / floor:.1f} |")


def stages() -> None:
    """Print the share of each stage of a report on the shipped dossier."""
    import_time, _ = timed(lambda: __import__("analyzer.build"))
    from analyzer.cli.commands import today
    from analyzer.drawing.draw import draw_all
    from analyzer.intake import load_dossier
    from analyzer.pipeline import analyze
    from analyzer.report.typeset import typeset
    from analyzer.reportdata.report import build_report

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "charts").mkdir()
        read, dossier = timed(lambda: load_dossier(Path("datasets/gaza-war"), today=today()))
        compared, analysis = timed(lambda: analyze(dossier))  # type: ignore[arg-type]
        drawn, charts = timed(lambda: draw_all(analysis, folder, lambda _: None).charts)  # type: ignore[arg-type]
        data = build_report(analysis, charts)  # type: ignore[arg-type]
        typeset_, _ = timed(lambda: typeset(data, folder))
    parts = {
        "imports": import_time,
        "reading and checking": read,
        "analysis": compared,
        "drawing": drawn,
        "typesetting": typeset_,
    }
    total = sum(parts.values())
    print("\n| stage of a report | seconds | share |\n|---|---|---|")
    for part, took in parts.items():
        print(f"| {part} | {took:.2f} | {took / total:.0%} |")


if __name__ == "__main__":
    startup()
    stages()
