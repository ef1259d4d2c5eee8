"""Commands that should be instant, against the bare interpreter and the bare imports."""

from __future__ import annotations

import subprocess
import sys
import time

ROUNDS = 9
IMPORTS = "import pandas, pandera.pandas"


def walls(commands: dict[str, tuple[str, ...]]) -> dict[str, float]:
    """The least wall time of each process, in seconds, the commands taking turns.

    The least, as whatever else a shared machine does can only add to it.
    """
    took: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, words in commands.items():
            start = time.perf_counter()
            subprocess.run([sys.executable, *words], check=True, capture_output=True)
            took[name].append(time.perf_counter() - start)
    return {name: min(times) for name, times in took.items()}


def startup() -> None:
    """Print the table."""
    took = walls(
        {
            "python -c pass": ("-c", "pass"),
            IMPORTS: ("-c", IMPORTS),
            "analyzer --help": ("-m", "analyzer", "--help"),
            "analyzer check gaza-war": ("-m", "analyzer", "check", "gaza-war"),
        }
    )
    print("\n| command | wall, s | against | ratio |\n|---|---|---|---|")
    for name, floor in (
        ("analyzer --help", "python -c pass"),
        ("analyzer check gaza-war", IMPORTS),
    ):
        print(
            f"| {name} | {took[name]:.2f} | {floor}, {took[floor]:.2f} s | "
            f"{took[name] / took[floor]:.1f} |"
        )
