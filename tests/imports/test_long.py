"""Long tables and their versions: what each version changed, and nothing else."""

import pytest
from importing import LONG, Place

HEAD = "made,day,what,figure\n"


def versions(place: Place) -> list[tuple[str, ...]]:
    return place.claims(("figure", "as_of", "published"))


def test_versions_that_hold_changes_become_the_versions_of_each_figure(place: Place) -> None:
    table = HEAD + (
        "2024-03-02T08:00:00+00:00,2024-03-01,total,10\n"
        "2024-03-03T08:00:00+00:00,2024-03-02,total,14\n"
        "2024-03-04T08:00:00+00:00,2024-03-01,total,11\n"
    )
    assert place.run(table, LONG) == 0
    assert versions(place) == [
        ("10", "2024-03-01", "2024-03-02"),
        ("11", "2024-03-01", "2024-03-04"),
        ("14", "2024-03-02", "2024-03-03"),
    ]
    before = place.bytes()
    assert place.run(table, LONG) == 0
    assert place.bytes() == before


def test_versions_that_repeat_everything_give_the_same_rows(place: Place) -> None:
    table = HEAD + (
        "2024-03-02,2024-03-01,total,10\n"
        "2024-03-03,2024-03-01,total,10\n"
        "2024-03-03,2024-03-02,total,14\n"
        "2024-03-04,2024-03-01,total,11\n"
        "2024-03-04,2024-03-02,total,14\n"
    )
    assert place.run(table, LONG.replace('"changes"', '"everything"')) == 0
    assert versions(place) == [
        ("10", "2024-03-01", "2024-03-02"),
        ("11", "2024-03-01", "2024-03-04"),
        ("14", "2024-03-02", "2024-03-03"),
    ]
    assert "2 figures say what the dossier knows already" in place.said


STATES = ("figure", "as_of", "published", "status")


@pytest.mark.parametrize(
    ("rows", "figures"),
    [
        ("2024-03-02,2024-03-01,total,\n2024-03-02,2024-03-02,total,14\n", ["14"]),
        ("2024-03-02T08:00,2024-03-01,total,9\n2024-03-02T09:00,2024-03-01,total,\n", []),
        ("2024-03-02T08:00,2024-03-01,total,\n2024-03-02T09:00,2024-03-01,total,9\n", ["9"]),
    ],
    ids=["never given", "given and taken out on one day", "given later that day"],
)
def test_where_no_figure_stood_none_is_withdrawn(
    place: Place, rows: str, figures: list[str]
) -> None:
    first = "2024-03-01,2024-03-01,other,1\n2024-03-01,2024-02-01,total,7\n"
    assert place.run(HEAD + first + rows, LONG) == 0
    assert [row[0] for row in versions(place)] == ["7", *figures]
    assert set(place.claims(("status",))) == {("reported",)}
    assert "no longer" not in place.said


def test_what_a_version_of_changes_leaves_out_stays(place: Place) -> None:
    table = HEAD + "2024-03-02,2024-03-01,total,10\n2024-03-03,2024-03-01,other,1\n"
    assert place.run(table, LONG) == 0
    assert len(versions(place)) == 1


def test_a_row_missing_from_a_full_version_is_withdrawn_on_its_day(place: Place) -> None:
    mapping = LONG.replace('"changes"', '"everything"')
    mapping = mapping.replace("[claim]", '[claim]\nurl = { column = "page" }')
    table = "made,page,day,what,figure\n" + (
        "2024-03-02,https://a.org/1,2024-03-01,total,10\n"
        "2024-03-03,https://a.org/2,2024-03-02,total,14\n"
        "2024-03-04,https://a.org/3,2024-03-02,total,14\n"
    )
    assert place.run(table, mapping) == 0
    assert place.claims((*STATES, "url")) == [
        ("10", "2024-03-01", "2024-03-02", "reported", "https://a.org/1"),
        ("10", "2024-03-01", "2024-03-03", "withdrawn", "https://a.org/2"),
        ("14", "2024-03-02", "2024-03-03", "reported", "https://a.org/2"),
    ]
    assert "1 first figures" not in place.said and "1 withdrawals" in place.said


def test_a_figure_taken_out_is_withdrawn_and_one_put_back_stands_again(place: Place) -> None:
    table = HEAD + (
        "2024-03-02,2024-03-01,total,10\n"
        "2024-03-02,2024-03-02,total,14\n"
        "2024-03-03,2024-03-01,total,\n"
        "2024-03-03,2024-03-02,total,\n"
        "2024-03-04,2024-03-02,total,14\n"
        "2024-03-05,2024-03-01,total,\n"
    )
    assert place.run(table, LONG) == 0
    assert place.claims(STATES) == [
        ("10", "2024-03-01", "2024-03-02", "reported"),
        ("10", "2024-03-01", "2024-03-03", "withdrawn"),
        ("14", "2024-03-02", "2024-03-02", "reported"),
        ("14", "2024-03-02", "2024-03-03", "withdrawn"),
        ("14", "2024-03-02", "2024-03-04", "reported"),
    ]
    assert "2 first figures, 1 later versions of a figure, 2 withdrawals" in place.said
    before = place.bytes()
    assert place.run(table, LONG) == 0
    assert place.bytes() == before


def test_a_known_figure_is_withdrawn_by_a_table_that_only_takes_out(place: Place) -> None:
    place.run(HEAD + "2024-03-02,2024-03-01,total,10\n", LONG)
    assert place.run(HEAD + "2024-03-04,2024-03-01,total,\n", LONG) == 0
    assert place.claims(STATES)[1:] == [("10", "2024-03-01", "2024-03-04", "withdrawn")]


def test_a_known_figure_that_is_taken_out_on_its_own_day_is_withdrawn_that_day(
    place: Place,
) -> None:
    morning = HEAD + "2024-03-02T08:00,2024-03-01,total,10\n"
    place.run(morning, LONG)
    evening = morning + "2024-03-02T18:00,2024-03-01,total,\n"
    assert place.run(evening, LONG) == 0
    assert place.claims(STATES)[1:] == [("10", "2024-03-01", "2024-03-02", "withdrawn")]
    before = place.bytes()
    assert place.run(evening, LONG) == 0
    assert place.bytes() == before


def test_a_removed_row_takes_back_the_figure_of_whoever_was_cited(place: Place) -> None:
    mapping = LONG.replace('"ministry"', '{ column = "by" }').replace('"toll"', '"freed_day"')
    mapping = mapping.replace("[claim]", '[claim]\nhours = { column = "hours" }')
    table = HEAD + (
        "2024-03-03,2024-03-02,by,ministry\n"
        "2024-03-03,2024-03-02,hours,48\n"
        "2024-03-03,2024-03-02,total,4\n"
        "2024-03-04,2024-03-02,by,\n"
        "2024-03-04,2024-03-02,hours,\n"
        "2024-03-04,2024-03-02,total,\n"
    )
    assert place.run(table, mapping) == 0
    columns = ("figure", "period_start", "published", "attributed_to", "status")
    assert place.claims(columns) == [
        ("4", "2024-03-01", "2024-03-03", "ministry", "reported"),
        ("4", "2024-03-01", "2024-03-04", "ministry", "withdrawn"),
    ]


def test_of_two_versions_of_one_day_the_later_stands_whatever_the_order(place: Place) -> None:
    table = HEAD + (
        "2024-03-02T18:00:00+00:00,2024-03-01,total,12\n"
        "2024-03-02T08:00:00+00:00,2024-03-01,total,10\n"
    )
    assert place.run(table, LONG) == 0
    assert versions(place) == [("12", "2024-03-01", "2024-03-02")]
    assert "1 versions left out: a later one of the same day replaced them" in place.said


def test_versions_follow_each_other_in_time_though_their_zones_differ(place: Place) -> None:
    table = HEAD + (
        "2024-03-02T21:00:00-05:00,2024-03-01,total,12\n"
        "2024-03-03T01:00:00+00:00,2024-03-01,total,10\n"
        "2024-03-04T01:00:00+03:00,2024-03-01,total,13\n"
    )
    assert place.run(table, LONG) == 0
    assert versions(place) == [("13", "2024-03-01", "2024-03-03")]
    assert "2 versions left out" in place.said


def test_a_renamed_metric_goes_on_and_is_no_removal(place: Place) -> None:
    table = HEAD + (
        "2024-03-02,2024-03-01,sum,10\n"
        "2024-03-03,2024-03-01,sum,\n"
        "2024-03-03,2024-03-01,total,10\n"
        "2024-03-04,2024-03-01,total,11\n"
    )
    mapping = LONG.replace("[claim]", '[table.rename]\nsum = "total"\n[claim]')
    assert place.run(table, mapping) == 0
    assert [row[0] for row in versions(place)] == ["10", "11"]
    assert "no longer" not in place.said


def test_what_goes_for_the_row_can_be_a_metric_of_its_own(place: Place) -> None:
    mapping = LONG.replace('"ministry"', '{ column = "by" }').replace(
        "[claim]", '[claim]\nhours = { column = "hours" }\nurl = { column = "page" }'
    )
    mapping += '[[series]]\ncolumn = "new"\nmeasure = "freed_day"\n'
    table = "made,page,day,what,figure\n" + (
        "2024-03-03,https://a.org/1,2024-03-02,by,ministry\n"
        "2024-03-03,https://a.org/1,2024-03-02,new,4\n"
        "2024-03-04,https://a.org/2,2024-03-02,hours,48\n"
        "2024-03-05,https://a.org/3,2024-03-02,by,army\n"
    )
    assert place.run(table, mapping) == 0
    columns = ("figure", "period_start", "published", "attributed_to", "url")
    assert place.claims(columns) == [
        ("4", "2024-03-02", "2024-03-03", "ministry", "https://a.org/1"),
        ("4", "2024-03-01", "2024-03-04", "ministry", "https://a.org/2"),
        ("4", "2024-03-01", "2024-03-05", "army", "https://a.org/3"),
    ]


def test_rows_of_several_places_are_told_apart_by_the_column_that_gives_the_scope(
    place: Place,
) -> None:
    mapping = LONG.replace("[claim]", '[claim]\nscope = { column = "where" }')
    table = "made,where,day,what,figure\n" + (
        "2024-03-02,north,2024-03-01,total,10\n"
        "2024-03-02,south,2024-03-01,total,3\n"
        "2024-03-03,south,2024-03-01,total,4\n"
    )
    assert place.run(table, mapping) == 0
    assert place.claims(("scope", "figure", "published")) == [
        ("north", "10", "2024-03-02"),
        ("south", "3", "2024-03-02"),
        ("south", "4", "2024-03-03"),
    ]


def test_metrics_that_are_not_mapped_and_mapped_ones_that_are_absent_are_told(
    place: Place,
) -> None:
    mapping = LONG + '[[series]]\ncolumn = "new"\nmeasure = "freed_day"\n'
    assert (
        place.run(HEAD + "2024-03-02,2024-03-01,total,1\n2024-03-02,2024-03-01,x,2\n", mapping) == 0
    )
    assert "not in the mapping: x" in place.said
    assert "in the mapping, not in the table: new" in place.said


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (
            "2024-03-02,2024-03-01,total,10\n2024-03-02,2024-03-01,total,11\n",
            "table.csv:3 figure '11' stands beside '10' in row 2 for one metric, day and version",
        ),
        ("03/02/2024,2024-03-01,total,10\n", "table.csv:2 made '03/02/2024' is no time of a"),
        (",2024-03-01,total,10\n", "table.csv:2 made is blank"),
        ("2024-03-02,2024-03-05,total,10\n", "table.csv:2 made '2024-03-02' is before the time"),
    ],
)
def test_what_is_wrong_in_a_long_table_is_named_with_its_place(
    place: Place, rows: str, problem: str
) -> None:
    before = place.bytes()
    assert place.run(HEAD + rows, LONG) == 2
    assert problem in place.said
    assert place.bytes() == before
