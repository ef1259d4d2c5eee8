"""Everything wrong in table and mapping is named, all at once, and nothing is written."""

import pytest
from importing import LONG, WIDE, Place

TABLE = "day,total,new\n2024-03-01,232,1\n"


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("day,total,new\n01/03/2024,9,\n", "table.csv:2 day '01/03/2024' is no date; type 2024-01"),
        ("day,total,new\n,9,\n", "table.csv:2 day is blank"),
        ("day,total,new\n2024-03-01 00:00:00,9,\n", "table.csv:2 day '2024-03-01 00:00:00' is no"),
        ("day,total,new\n2024-03-01,9.5,\n", "table.csv:2 total '9.5' is no whole number"),
        ("day,total,new\n2024-03-01,1.234,\n", "table.csv:2 total '1.234' can be a fraction or"),
        (
            'day,total,new\n2024-03-01,"12,5",\n',
            "table.csv:2 total '12,5' has a comma that doesn't",
        ),
        ('day,total,new\n2024-03-01,"1,2345",\n', "table.csv:2 total '1,2345' has a comma"),
        (
            "day,total,new\n2024-03-01,1.2E+05,\n",
            "table.csv:2 total '1.2E+05' is in the short form",
        ),
        ("day,total,new\n2024-03-01,-5,\n", "table.csv:2 total '-5' is below zero"),
        ("day,total,new\n2024-03-01,NaN,\n", "table.csv:2 total 'NaN' can't be read as a figure"),
        ("day,total,new\n2024-03-01,NaN,\n", "list it under 'empty' in the mapping"),
        (
            "day,total,new\n2024-03-01,9,\n2024-03-01,8,\n",
            "table.csv:3 total '8' stands beside '9' in row 2 for the same measure, day and",
        ),
        ("day,total,new\n2024-03-01,9,\n2024-03-01,9\n", "1 figures left out: another row"),
        ("day,total\n2024-03-01,9\n", "[[series]] new column 'new' is no column of table.csv"),
        ("date,total,new\n2024-03-01,9,\n", "[table] date 'day' is no column of table.csv"),
        ("day,total,new\n2024-03-01,,\n", "table.csv holds no figure that the mapping takes"),
        ("day,total,new\n", "table.csv holds no figure that the mapping takes"),
        ("", "table.csv is empty"),
        ("day,total,total\n2024-03-01,1,2\n", "table.csv:1 'total' is the name of two columns"),
        ("day,total,new\n2024-03-01,1,139,2\n", "table.csv:2 has 4 cells where the header has 3"),
        ("day;total;new\n2024-03-01;9;\n", "table.csv:1 separates its columns by semicolons"),
        ("day,total,new\n2030-03-01,9,\n", "table.csv:2 day '2030-03-01' is in the future"),
    ],
)
def test_what_is_wrong_in_a_table_is_named_with_its_place(
    place: Place, table: str, problem: str
) -> None:
    before = place.bytes()
    code = place.run(table, WIDE)
    assert problem in place.said
    if code == 2:
        assert place.bytes() == before
    else:
        assert "left out" in problem


def test_all_problems_of_a_table_are_told_at_once(place: Place) -> None:
    table = "day,total,new\n2024-13-01,9,\n2024-03-02,NaN,-1\n2024-03-03,1e5,\n"
    assert place.run(table, WIDE) == 2
    assert [line.split(" ")[0] for line in place.said.splitlines()[:-1]] == [
        "table.csv:2",
        "table.csv:3",
        "table.csv:3",
        "table.csv:4",
    ]
    assert place.said.endswith("4 problems found\n")


def test_texts_that_stand_for_no_figure_can_be_listed(place: Place) -> None:
    mapping = WIDE.replace("[claim]", 'empty = ["NaN", "-"]\n[claim]')
    assert place.run("day,total,new\n2024-03-01,NaN,-\n2024-03-02,9,\n", mapping) == 0
    assert [row[1] for row in place.claims()] == ["9"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('layout = "wide"', 'layout = "broad"', "[table] layout 'broad' is not known; known are"),
        ('layout = "wide"', "", "[table] 'layout' is missing"),
        (
            'date = "day"',
            'dates = "day"',
            "[table] 'dates' is not known here; did you mean 'date'?",
        ),
        ('date = "day"', "date = 5", "[table] date '5' is of the wrong type"),
        ('date = "day"', 'date = "day"\nempty = "NA"', "[table] empty 'NA' is of the wrong type"),
        ('date = "day"', 'date = "day"\nmetric = "x"', "'metric' is of a long table"),
        ("[claim]", "[claims]", "'claims' is not known here; did you mean 'claim'?"),
        ('source = "daily"', "", "[[series]] total 'source' is missing"),
        ('source = "daily"', 'sauce = "daily"', "[claim] 'sauce' is not known here; did you mean"),
        ('"daily"', '"dayly"', "source 'dayly' is in neither sources.csv nor the mapping; did you"),
        ('"daily"', "7", "[claim] source '7' is of the wrong type"),
        ('"daily"', '{ column = "by" }', "[[series]] total source 'by' is no column of table.csv"),
        ('"daily"', '{ colum = "by" }', "[claim] source"),
        ('"daily"', '{ column = "day", template = "x" }', "'x' has no place for the column"),
        ('"daily"', '{ column = "day", values = { a = 1 } }', "holds what is no text"),
        ('"daily"', '{ column = "day", values = "a" }', "[claim] source values 'a' is no table"),
        ('"daily"', '{ column = "day", otherwise = "a" }', "'otherwise' stands without values"),
        (
            '"daily"',
            '{ column = "day", values = { a = "daily" } }',
            "day '2024-03-01' is not among",
        ),
        ('measure = "toll"', 'measure = "tol"', "measure 'tol' is in neither measures.csv nor"),
        ('measure = "toll"', "", "[[series]] total 'measure' is missing"),
        ('measure = "toll"', 'measure = "toll"\nwhere = "x"', "where 'x' is of the wrong type"),
        ('measure = "toll"', 'measure = "toll"\nstatus = "sure"', "[[series]] total status 'sure'"),
        ('measure = "toll"', 'measure = "toll"\nscope = "a b"', "[[series]] total scope 'a b' is"),
        ("[claim]", "[sources.x]\nname = 'X'\n[claim]", "[sources.x] 'kind' is missing"),
        ("[claim]", "[sources.'X y']\nname='X'\nkind='x'\nside='x'\n[claim]", "is no key"),
        ("[claim]", "[measures.x]\ncolour = 'X'\n[claim]", "[measures.x] 'colour' is not known"),
        ("[table]", "[table", "is not TOML"),
        ("[table]", "table = 1\n[other]", "[table] is no table"),
    ],
)
def test_what_is_wrong_in_a_mapping_is_named_once_with_a_remedy(
    place: Place, old: str, new: str, problem: str
) -> None:
    before = place.bytes()
    assert place.run(TABLE + "2024-03-02,3,4\n", WIDE.replace(old, new, 1)) == 2
    assert problem in place.said
    assert place.bytes() == before


def test_a_wrong_constant_is_told_once_not_for_each_row(place: Place) -> None:
    mapping = WIDE.replace('measure = "toll"', 'measure = "toll"\nstatus = "sure"')
    assert place.run(TABLE + "2024-03-02,3,4\n", mapping) == 2
    assert place.said.endswith("1 problem found\n")
    assert place.said.startswith("datasets/one/imports/table.toml [[series]] total status 'sure'")


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--published", "3/4/2024"], "--published '3/4/2024' is no date; type 2024-03-04 or"),
        (["--published", "2024-03"], "--published '2024-03' is no single day"),
        (["--published", "2024-02-01"], "'2024-02-01' is before the time that the figure"),
        (["--mapping", "none.toml"], "none.toml can't be read: no such file"),
    ],
)
def test_options_that_do_not_fit_are_named(place: Place, options: list[str], problem: str) -> None:
    assert place.run(TABLE, WIDE, *options) == 2
    assert problem in place.said


def test_a_day_for_a_table_whose_versions_bear_theirs_is_an_error(place: Place) -> None:
    table = "made,day,what,figure\n2024-03-02,2024-03-01,total,10\n"
    assert place.run(table, LONG, "--published", "2024-03-02") == 2
    assert "--published '2024-03-02' is given for a table whose versions bear" in place.said


def test_a_missing_mapping_and_a_missing_dossier_are_named(place: Place) -> None:
    from analyzer.cli import main

    (place.folder / "other.csv").write_text(TABLE)
    assert main(["import", "other.csv", "--dossier", "one"]) == 2
    assert "datasets/one/imports/other.toml is missing" in place.capsys.readouterr().err
    assert main(["import", "other.csv", "--dossier", "on"]) == 2
    assert (
        "datasets/on/dossier.toml is missing; did you mean 'one'?" in place.capsys.readouterr().err
    )


def test_a_long_table_with_versions_says_what_they_hold(place: Place) -> None:
    mapping = LONG.replace('vintages_hold = "changes"', "")
    assert place.run("made,day,what,figure\n2024-03-02,2024-03-01,total,9\n", mapping) == 2
    assert "[table] 'vintages_hold' is missing; say everything or changes" in place.said
