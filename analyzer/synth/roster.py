"""Who publishes in a made-up world: origins that count, wires and outlets that pass on."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

Whole = npt.NDArray[np.int64]

ORIGINS, WIRES, OUTLETS = "origin", "wire", "outlet"
START = 200  # sources that the first family already knows
GROWTH = 40  # more of them each time the number of families doubles
HEAVY = 1.1  # exponent of the outlets' output: few print much, most print little
ROLES = (  # of ten sources in a row: three origins, one wire, six outlets
    (ORIGINS, "state body"),
    (OUTLETS, "newspaper"),
    (OUTLETS, "broadcaster"),
    (WIRES, "wire"),
    (OUTLETS, "news site"),
    (ORIGINS, "UN agency"),
    (OUTLETS, "newspaper"),
    (OUTLETS, "news site"),
    (ORIGINS, "hospital"),
    (OUTLETS, "broadcaster"),
)
NAMES = {
    "state body": "Ministry",
    "UN agency": "Agency",
    "hospital": "Hospital",
    "wire": "Wire",
    "newspaper": "Gazette",
    "broadcaster": "Radio",
    "news site": "Online",
}
SIDES = ("third-party", "international", "north", "south")


def size_for(family: int) -> int:
    """Sources that exist when the family of this number is told of.

    It depends on the number alone, so a family is the same in a small and in a large dossier.
    """
    return START + GROWTH * int(family + 1).bit_length()


def members(role: str, size: int) -> Whole:
    """Numbers of the first `size` sources that have this role."""
    numbers = np.arange(size)
    held = np.array([one == role for one, _ in ROLES])
    return np.asarray(numbers[held[numbers % len(ROLES)]], dtype=np.int64)


def weights(count: int) -> npt.NDArray[np.float64]:
    """Shares of the output of so many outlets, heavy-tailed."""
    heights = (np.arange(count) + 1.0) ** -HEAVY
    return np.asarray(heights / heights.sum())


def key_of(number: int) -> str:
    """Key of one source in sources.csv."""
    return f"{NAMES[ROLES[number % len(ROLES)][1]].lower()}_{number:04d}"


def sources(size: int) -> pd.DataFrame:
    """The rows of sources.csv for the first `size` sources."""
    kinds = [ROLES[number % len(ROLES)][1] for number in range(size)]
    keys = [key_of(number) for number in range(size)]
    return pd.DataFrame(
        {
            "source": keys,
            "name": [f"{NAMES[kind]} {number}" for number, kind in enumerate(kinds)],
            "kind": kinds,
            "kind_basis": "known",
            "side": [SIDES[number % len(SIDES)] for number in range(size)],
            "speaks_for": "",
            "relays": "",
            "url": [f"https://{key.replace('_', '-')}.example" for key in keys],
            "note": "made up",
        }
    )
