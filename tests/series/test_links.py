"""Which series say something of each other."""

from itertools import permutations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from panels import one_page

from analyzer.series.links import link_series

DAYS = pd.date_range("2024-01-01", periods=4)
MEASURES = pd.DataFrame(
    {
        "measure": ["toll", "toll_day", "children"],
        "part_of": ["", "", "toll"],
        "total": ["", "toll", ""],
    }
)


PAGE = one_page(MEASURES)


def panel(*heads: tuple[str, str, str]) -> pd.DataFrame:
    parts = [
        pd.DataFrame({"measure": measure, "source": source, "scope": scope, "at": DAYS}).assign(
            series=f"{measure}.{source}{scope}"
        )
        for measure, source, scope in heads
    ]
    return pd.concat(parts, ignore_index=True)


def pairs(found: pd.DataFrame, relation: str) -> list[tuple[str, str]]:
    rows = found[found["relation"] == relation]
    return list(zip(rows["series"], rows["other"], strict=True))


def test_one_series_alone_has_no_links() -> None:
    assert link_series(panel(("toll", "a", "")), MEASURES, PAGE).empty


def test_totals_and_parts_are_of_one_source_and_scope() -> None:
    found = link_series(
        panel(("toll", "a", ""), ("toll_day", "a", ""), ("children", "b", "")), MEASURES, PAGE
    )
    assert pairs(found, "total") == [("toll_day.a", "toll.a")]
    assert pairs(found, "part") == []


def test_a_part_points_to_its_whole() -> None:
    found = link_series(panel(("toll", "a", ""), ("children", "a", "")), MEASURES, PAGE)
    assert pairs(found, "part") == [("children.a", "toll.a")]


def test_rivals_are_other_sources_and_scopes_of_one_measure() -> None:
    found = link_series(
        panel(("toll", "a", ""), ("toll", "b", ""), ("toll", "a", "x")), MEASURES, PAGE
    )
    assert len(pairs(found, "rival")) == 6


def test_a_column_given_on_few_days_stands_beside_none() -> None:
    rows = panel(("toll", "a", ""), ("children", "a", ""))
    rare = rows[(rows["measure"] == "toll") | (rows["at"] == DAYS[0])]
    assert pairs(link_series(rare, MEASURES, PAGE), "beside") == [("children.a", "toll.a")]


def test_measures_without_the_optional_columns_have_no_totals() -> None:
    found = link_series(
        panel(("toll", "a", ""), ("toll_day", "a", "")), MEASURES[["measure"]], PAGE
    )
    assert set(found["relation"]) == {"beside"}


HEADS = st.tuples(
    st.sampled_from(list(MEASURES["measure"])), st.sampled_from("ab"), st.sampled_from(["", "x"])
)
GIVEN = st.lists(st.integers(0, 5), min_size=1, max_size=6, unique=True)


def linked(one: tuple[str, str, str], other: tuple[str, str, str], days: float) -> set[str]:
    """What one series, of a measure, source and scope, is to another that shares so many days."""
    named = MEASURES.set_index("measure").loc[one[0]]
    page, scope = one[1] == other[1], one[2] == other[2]
    found = {
        "total": page and named["total"] == other[0] and (scope or not one[2]),
        "part": page and named["part_of"] == other[0] and scope,
        "beside": page and one[0] != other[0] and days >= 0.5,
        "rival": one[0] == other[0],
    }
    return {relation for relation, holds in found.items() if holds}


@given(st.dictionaries(HEADS, GIVEN, min_size=1))
def test_links_are_those_of_each_pair_in_order(days: dict[tuple[str, str, str], list[int]]) -> None:
    rows = [
        {"series": ".".join(head), "at": pd.Timestamp("2024-01-01") + pd.Timedelta(days=day)}
        | dict(zip(("measure", "source", "scope"), head, strict=True))
        for head, own in days.items()
        for day in own
    ]
    found = link_series(pd.DataFrame(rows), MEASURES, PAGE)
    wanted = [
        (".".join(one), relation, ".".join(other))
        for one, other in permutations(days, 2)
        for relation in linked(one, other, len({*days[one]} & {*days[other]}) / len(days[one]))
    ]
    assert list(found.itertuples(index=False, name=None)) == sorted(wanted)
