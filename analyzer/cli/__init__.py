"""The `analyzer` command."""

from __future__ import annotations

import sys

from analyzer.cli.main import main


def run() -> None:
    """Entry point of the console script."""
    sys.exit(main())
