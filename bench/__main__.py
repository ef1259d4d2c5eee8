"""All benchmarks, as ratios within one run: `python -m bench [LARGEST]`, a million claims else.

The tables of docs/benchmarks.md are what it prints.
"""

from __future__ import annotations

import os
import platform
import sys

from bench.report import reports
from bench.scale import SIZES, scale
from bench.startup import startup
from bench.wording import CASES, ROOT, read_cases, speeds


def machine() -> str:
    """What the ratios were measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores, "
        f"{memory:.0f} GiB, Python {platform.python_version()}"
    )


if __name__ == "__main__":
    print(f"Measured on: {machine()}")
    startup()
    scale(int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[-1])
    reports()
    peers = ROOT / ".peers/bin/python"
    print("\n".join(["", *speeds(read_cases(CASES), peers if peers.exists() else None)]))
