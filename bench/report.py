"""A report against importing the same libraries and drawing as many plain charts."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DOSSIERS = ("gaza-war", "gaza-daily", "ukraine-losses")
BARE = """
import sys, pandas, pandera.pandas, typst, io
from matplotlib.figure import Figure
for number in range(int(sys.argv[1])):
    figure = Figure(figsize=(3.54, 2.4))
    axes = figure.add_subplot()
    axes.plot(range(60), [(place * number) % 47 for place in range(60)], marker="o")
    axes.set_title(f"Chart {number}")
    for form in ("svg", "png"):
        figure.savefig(io.BytesIO(), format=form, dpi=200)
"""


def wall(*words: str) -> float:
    """Wall time of a process, in seconds."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *words], check=True, capture_output=True)
    return time.perf_counter() - start


def reports() -> None:
    """Print each shipped dossier's first report against the imports and its bare charts."""
    print("\n| report | charts | seconds | imports and bare drawing, s | ratio |")
    print("|---|---|---|---|---|")
    for name in DOSSIERS:
        with tempfile.TemporaryDirectory() as folder:
            took = wall("-m", "analyzer", "report", name, "--out", folder)
            record = json.loads((Path(folder) / name / "charts/drawn.json").read_text("utf-8"))
            charts = len(list((Path(folder) / name / "charts").glob("*.png")))
            assert record
        bare = wall("-c", BARE, str(charts))
        print(f"| {name} | {charts} | {took:.0f} | {bare:.0f} | {took / bare:.1f} |")
