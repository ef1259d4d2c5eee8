"""Laws of versions, for any archive of a small table."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.imports.candidates import list_candidates
from analyzer.imports.mapping import Cell, Series, TableMapping
from analyzer.imports.removals import list_removals
from analyzer.imports.rows import read_rows
from analyzer.imports.versions import new_versions
from analyzer.model import CLAIMS

DAYS = [f"2024-03-0{day}" for day in (1, 2, 3)]
MADE = [f"2024-03-{day:02}" for day in (5, 6, 7, 8)]
FIGURES = st.sampled_from(["", "7", "9", "12"])
ARCHIVE = st.dictionaries(
    st.tuples(st.sampled_from(MADE), st.sampled_from(DAYS)), FIGURES, min_size=1
)
FEW = settings(max_examples=10, deadline=None)  # each example is an import or three
NO_CLAIMS = pd.DataFrame(columns=pd.Index([*CLAIMS, "row"]), dtype="str")


def mapping(complete: bool) -> TableMapping:
    cells = {key: Cell(default="who") for key in ("source", "attributed_to")}
    series = (Series("total", "toll", cells),)
    return TableMapping("m", "long", "day", series, "made", "what", "figure", complete)


def imported(table: pd.DataFrame, claims: pd.DataFrame, complete: bool) -> pd.DataFrame:
    """The claims after the import of a table."""
    table = table.set_index(pd.RangeIndex(2, len(table) + 2))
    rows, problems = read_rows(table, mapping(complete), "t")
    found = list_candidates(rows, mapping(complete), {"toll": "cumulative"}, "", "t")
    assert (problems, found.problems) == ([], ())
    removed = list_removals(rows, mapping(complete), "")
    versions, problems = new_versions(found.frame, removed, claims, "t", "c")
    assert problems == []
    new = versions.new.reindex(columns=list(CLAIMS), fill_value="")
    both = pd.concat([claims, new], ignore_index=True)
    return both.assign(row=both.index + 2)


def written(archive: dict[tuple[str, str], str]) -> pd.DataFrame:
    rows = [(made, day, "total", figure) for (made, day), figure in archive.items()]
    return pd.DataFrame(rows, columns=["made", "day", "what", "figure"], dtype="str")


def told(claims: pd.DataFrame) -> list[tuple[str, ...]]:
    columns = ("as_of", "published", "figure", "status")
    return sorted(zip(*(claims[column] for column in columns), strict=True))


def expected(archive: dict[tuple[str, str], str], complete: bool) -> list[tuple[str, ...]]:
    """The compactified archive, by hand: a state counts where it differs from the one before."""
    found = []
    made_at_all = sorted({made for made, _ in archive})
    for day in DAYS:
        last = ""
        for made in made_at_all:
            figure = archive.get((made, day), "" if complete else last)
            if figure and figure != last:
                found.append((day, made, figure, "reported"))
            elif last and not figure:
                found.append((day, made, last, "withdrawn"))
            last = figure
    return sorted(found)


@FEW
@given(ARCHIVE, st.booleans())
def test_an_archive_becomes_its_compact_form_whatever_its_versions_hold(
    archive: dict[tuple[str, str], str], complete: bool
) -> None:
    assert told(imported(written(archive), NO_CLAIMS, complete)) == expected(archive, complete)


@FEW
@given(ARCHIVE, st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_a_second_import_changes_anything(
    archive: dict[tuple[str, str], str], random: object
) -> None:
    items = list(archive.items())
    random.shuffle(items)  # type: ignore[attr-defined]
    once = imported(written(dict(items)), NO_CLAIMS, False)
    assert told(once) == expected(archive, False)
    assert told(imported(written(archive), once, False)) == told(once)


@FEW
@given(ARCHIVE, st.integers(0, len(MADE)))
def test_an_archive_in_two_parts_gives_the_same_as_in_one(
    archive: dict[tuple[str, str], str], cut: int
) -> None:
    early = {key: figure for key, figure in archive.items() if key[0] in MADE[:cut]}
    claims = NO_CLAIMS
    for part in (early, archive):
        if part:
            claims = imported(written(part), claims, False)
    assert told(claims) == expected(archive, False)
