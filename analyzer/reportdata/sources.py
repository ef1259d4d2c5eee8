"""The part of the report's data object that tells of sources: profiles, agreement, copying."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analyzer.phrases import plural
from analyzer.pipeline import Analysis
from analyzer.relays import UNCHECKED, unchecked
from analyzer.series.current import current

ChartInfo = dict[str, str]
SHOWN = 40  # profiles of each role: those with the most claims; all stand in sources.csv
LIKELY = 0.1  # a likelihood of copying below it is not told


def describe_sources(
    analysis: Analysis, charts: Mapping[str, Sequence[ChartInfo]]
) -> dict[str, Any]:
    """Make the "sources" entry of the report's data object."""
    relays = analysis.relays
    checked = relays[~relays["verdict"].isin(UNCHECKED)]
    faithful = int((checked["verdict"] == "faithful").sum())
    compared = len(current(analysis.claims))
    return {
        "paragraphs": [
            f"{len(relays):,} of {compared:,} claims pass on the figure of another. "
            + _fidelity(len(checked), faithful),
            "A profile is no score of worth. Every share is given with its denominator and, in "
            "brackets, the range that so few cases allow (Wilson 1927, 95 %).",
        ],
        "charts": [*charts.get("agreement", []), *charts.get("lag", [])],
        "profiles": [
            _profile(row)
            for role in ("origin", "publisher")
            for _, row in _biggest(analysis.profiles, role).iterrows()
        ],
        "copying": [
            _copying(row, analysis)
            for _, row in analysis.copying.iterrows()
            if row["likelihood"] >= LIKELY
        ],
        "unchecked": " ".join(unchecked(relays)),
    }


def _fidelity(checked: int, faithful: int) -> str:
    if not checked:
        return "None of them could be held against what the origin said for the same time."
    return (
        f"{checked:,} of them could be held against what the origin said for the same time; "
        f"{faithful:,} of these {'is' if faithful == 1 else 'are'} faithful: the origin's number, "
        "under a qualifier of the same sense."
    )


def _biggest(profiles: pd.DataFrame, role: str) -> pd.DataFrame:
    mine = profiles[profiles["role"] == role]
    return mine.sort_values(["claims", "name"], ascending=[False, True]).head(SHOWN)


def _profile(row: pd.Series) -> dict[str, Any]:
    counts = ("claims", "measures", "relayed", "checked", "stale", "qualifier_lost")
    return {
        "role": row["role"],
        "name": row["name"],
        **{name: int(row[name]) for name in counts},
        "qualifier_added": int(row["qualifier_added"]),
        "misquoted": int(row["misquoted"]),
        "rounded": f"{int(row['rounded_up'])} up, {int(row['rounded_down'])} down",
        "faithful": _share(row, "faithful", "checked"),
        "lag": "" if pd.isna(row["median_lag"]) else plural(int(row["median_lag"]), "day"),
        "agreeing": _share(row, "agrees", "comparable", "agreeing"),
    }


def _share(row: pd.Series, part: str, whole: str, prefix: str = "") -> str:
    """Words for a share: "5 of 6 (44 to 97 %)"; "" where there is nothing to divide by."""
    if not row[whole]:
        return ""
    low, high = row[f"{prefix or part}_low"], row[f"{prefix or part}_high"]
    return f"{int(row[part])} of {int(row[whole])} ({100 * low:.0f} to {100 * high:.0f} %)"


def _copying(row: pd.Series, analysis: Analysis) -> dict[str, Any]:
    names = analysis.sources.set_index("source")["name"]
    return {
        "a": str(names[row["a"]]),
        "b": str(names[row["b"]]),
        "likelihood": f"{row['likelihood']:.2f}",
        "text": row["evidence"],
        "claims": list(row["claims"]),
    }


def profile_lines(profiles: pd.DataFrame) -> list[str]:
    """All profiles as lines of text, origins first, the biggest first."""
    lines = []
    for role in ("origin", "publisher"):
        mine = profiles[profiles["role"] == role].sort_values(
            ["claims", "name"], ascending=[False, True]
        )
        lines.append(f"{role}s: claims, passed on by others or from others, faithful, lag")
        for _, row in mine.iterrows():
            one = _profile(row)
            lines.append(
                f"  {one['name'][:48]:<48} {one['claims']:>4} {one['relayed']:>4}  "
                f"{one['faithful'] or 'not checked':<26} {one['lag']}"
            )
    return lines
