"""The answer key: what was planted, what would be a right detection, and the true figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

COLUMNS: Final = {
    "error": "Name of the planted item.",
    "cause": "A key of model.CAUSES.",
    "measure": "The measure that it is planted in.",
    "kinds": "Kinds of findings that would be a right detection, separated by semicolons.",
    "claims": "Ids of the claims touched, separated by semicolons.",
    "true_figure": "What the figure should have been; blank where no figure is wrong.",
    "honest": "yes where nobody erred: a difference that its cause explains.",
    "detectable": "no where the claims of the dossier can't tell, whatever the method.",
    "sentence": "What happened, in a sentence.",
}
SERIES_KINDS = (
    *("typing error", "fall", "switch", "surge", "mismatch", "account", "disagreement"),
    *("overtaken", "joint contradiction", "relay", "edit", "duplicate", "divergence"),
)
RELAY_KINDS = (
    *("relay", "disagreement", "account", "joint contradiction", "overtaken", "fall"),
    *("self-contradiction", "switch"),
)


@dataclass(slots=True)
class Item:
    """One planted item; `rows` are numbers in the family's sheet."""

    cause: str
    measure: int
    kinds: tuple[str, ...]
    rows: tuple[int, ...]
    true: float | None
    sentence: str
    honest: bool = False
    detectable: bool = True


def key_rows(
    items: list[Item], family: str, measures: list[str], ids: list[str], gone: list[bool]
) -> list[dict[str, str]]:
    """Rows of truth/errors.csv for the items of one family; rows that are gone aren't named."""
    return [
        {
            "error": f"{family}.e{number}",
            "cause": item.cause,
            "measure": measures[item.measure],
            "kinds": ";".join(item.kinds),
            "claims": ";".join(
                ids[row] for row in dict.fromkeys(item.rows) if row >= 0 and not gone[row]
            ),
            "true_figure": "" if item.true is None else f"{item.true:.10g}",
            "honest": "yes" if item.honest else "no",
            "detectable": "yes" if item.detectable else "no",
            "sentence": item.sentence,
        }
        for number, item in enumerate(items, 1)
    ]


def key_frame(rows: list[dict[str, str]]) -> pd.DataFrame:
    """Rows of the key as a frame of text."""
    return pd.DataFrame(rows, columns=pd.Index(list(COLUMNS)), dtype="str")
