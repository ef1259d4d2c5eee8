"""Frames of one shape are held against their class by values alone, and nothing gets past."""

import numpy as np
import pandas as pd
import pytest

from analyzer.checked import SchemaErrors, Series, checked, pa


class Table(pa.DataFrameModel):
    name: Series[str] = pa.Field(unique=True)
    number: Series[float] = pa.Field(ge=0, nullable=True)
    whole: Series[int] = pa.Field(gt=1)

    @pa.dataframe_check
    def ordered(cls, frame: pd.DataFrame) -> pd.Series:
        return (frame["number"] <= frame["whole"]) | frame["number"].isna()


FINE = pd.DataFrame({"name": ["a", "b"], "number": [1.0, np.nan], "whole": [2, 3]})


@pytest.mark.parametrize(
    "wrong",
    [
        FINE.assign(name=["a", "a"]),
        FINE.assign(name=pd.Series(["a", None], dtype="str")),
        FINE.assign(number=[-1.0, 1.0]),
        FINE.assign(number=[9.0, 1.0]),
        FINE.assign(whole=[1, 2]),
        FINE.assign(whole=[2.0, 3.0]),
        FINE.drop(columns="number"),
        FINE.assign(name=pd.Series(["a", 1], dtype="object")),
    ],
)
def test_what_is_wrong_is_found_after_frames_that_were_fine(wrong: pd.DataFrame) -> None:
    for _ in range(2):
        pd.testing.assert_frame_equal(checked(Table, FINE), FINE)
        with pytest.raises(SchemaErrors):
            checked(Table, wrong)


def test_a_frame_that_was_checked_is_not_the_one_that_was_given() -> None:
    given = FINE.copy()
    for _ in range(2):
        found = checked(Table, given)
        found.loc[0, "number"] = 2.0
        assert given["number"].iloc[0] == 1.0
