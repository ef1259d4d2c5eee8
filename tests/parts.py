"""A part that engines run in processes of their own; imports little, for each process does too."""

import os

import pandas as pd

from analyzer.engines.contract import RESULT


def die(claims: pd.DataFrame) -> pd.DataFrame:
    """A part whose worker is killed where the measure is held."""
    if (claims["measure"] == "held").any():
        os._exit(9)
    return pd.DataFrame([("claims", "1")], columns=RESULT, dtype="str")
