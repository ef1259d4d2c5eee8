"""`analyzer synth`: a made-up dossier with its answer key."""

from __future__ import annotations

from pathlib import Path

from analyzer.errors import InputError, Problem
from analyzer.synth.write import TRUTH, write_dossier

PER = 100  # claims a measure where the caller doesn't say
MOST = 0.05  # planted items a claim: with more, errors can't be told from each other


def make_dossier(
    folder: Path, claims: int, measures: int, seed: int, form: str, errors: float
) -> int:
    """Write the dossier and print what it holds.

    Raises
    ------
    InputError
        When a number is out of its range, or the folder holds anything already.
    """
    problems = [
        Problem("", 0, name, f"{value:g}", f"is not {least:g} to {most:g}", "name another")
        for name, value, least, most in (
            ("--claims", claims, 1, 10**9),
            ("--measures", measures, 0, 10**8),
            ("--seed", seed, 0, 2**63),
            ("--errors", errors, 0, MOST),
        )
        if not least <= value <= most
    ]
    if problems:
        raise InputError(problems)
    per = measures or max(1, claims // PER)
    made, counted, planted = write_dossier(folder, claims, per, seed, form, errors)
    print(f"{folder}: {made:,} claims on {counted:,} measures from seed {seed}")
    print(f"{folder / TRUTH}: {planted:,} planted items and the true values")
    return 0
