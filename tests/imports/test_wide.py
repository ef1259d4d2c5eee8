"""A wide table becomes exactly the rows that it says."""

import pytest
from importing import SHORT, WIDE, Place

TABLE = "day,total,new\n2024-03-01,232,\n2024-03-02,370,138\n"
OF_TABLE = [
    ("toll", "232", "2024-03-01", "", "", "daily", "ministry"),
    ("toll", "370", "2024-03-02", "", "", "daily", "ministry"),
    ("freed_day", "138", "2024-03-02", "2024-03-02", "", "daily", "ministry"),
]


def test_each_figure_becomes_one_row_and_a_blank_cell_none(place: Place) -> None:
    assert place.run(TABLE, WIDE) == 0
    assert place.claims() == OF_TABLE
    assert place.said == "one: added 3 claims: 3 first figures, 0 later versions of a figure\n"
    rest = ("id", "of", "scope", "as_of_basis", "published_context", "via", "url", "note")
    assert set(place.claims(rest)) == {("",) * len(rest)}
    assert set(place.claims(("status",))) == {("reported",)}


def test_the_same_table_again_adds_nothing_and_changes_no_byte(place: Place) -> None:
    place.run(TABLE, WIDE)
    before = place.bytes()
    assert place.run(TABLE, WIDE) == 0
    assert place.bytes() == before
    assert "added 0 claims" in place.said
    assert "3 figures say what the dossier knows already" in place.said


def test_the_order_of_rows_and_columns_of_the_table_does_not_matter(place: Place) -> None:
    assert place.run("new,day,total\n138,2024-03-02,370\n,2024-03-01,232\n", WIDE) == 0
    assert place.claims() == OF_TABLE


def test_a_changed_cell_adds_one_version_that_bears_the_day_of_the_table(place: Place) -> None:
    place.run(TABLE, WIDE)
    changed = TABLE.replace("232", "198") + "2024-03-03,401,31\n"
    assert place.run(changed, WIDE, "--published", "2024-03-04") == 0
    assert place.claims()[3:] == [
        ("toll", "198", "2024-03-01", "", "2024-03-04", "daily", "ministry"),
        ("toll", "401", "2024-03-03", "", "2024-03-04", "daily", "ministry"),
        ("freed_day", "31", "2024-03-03", "2024-03-03", "2024-03-04", "daily", "ministry"),
    ]
    assert "added 3 claims: 2 first figures, 1 later versions" in place.said
    before = place.bytes()
    assert place.run(changed, WIDE, "--published", "2024-03-05") == 0
    assert place.run(changed, WIDE) == 0
    assert place.bytes() == before


def test_a_figure_that_is_put_back_is_a_version_too(place: Place) -> None:
    for day, figure in (("05", "232"), ("06", "198"), ("07", "232")):
        place.run(f"day,total,new\n2024-03-01,{figure},\n", WIDE, "--published", f"2024-03-{day}")
    assert [row[1] for row in place.claims()] == ["232", "198", "232"]


def test_an_older_version_imported_late_takes_its_place_in_time(place: Place) -> None:
    place.run("day,total,new\n2024-03-01,232,\n", WIDE, "--published", "2024-03-07")
    place.run("day,total,new\n2024-03-01,198,\n", WIDE, "--published", "2024-03-05")
    assert [row[1:5] for row in place.claims()] == [
        ("232", "2024-03-01", "", "2024-03-07"),
        ("198", "2024-03-01", "", "2024-03-05"),
    ]
    before = place.bytes()
    place.run("day,total,new\n2024-03-01,198,\n", WIDE, "--published", "2024-03-06")
    assert place.bytes() == before


def test_a_difference_without_a_day_is_an_error_that_names_both_places(place: Place) -> None:
    place.run(TABLE, WIDE)
    before = place.bytes()
    assert place.run(TABLE.replace("370", "307"), WIDE) == 2
    assert place.bytes() == before
    assert place.said.startswith(
        "table.csv:3 total '307' differs from '370' in datasets/one/claims.csv:3, and nothing "
        "tells which of them is later; name the day of this version with --published"
    )


BLANKED = "day,total,new\n2024-03-01,232,\n2024-03-02,,138\n"


def test_a_figure_that_a_table_without_a_day_lacks_is_told_and_stays(place: Place) -> None:
    place.run(TABLE, WIDE)
    before = place.bytes()
    assert place.run(BLANKED, WIDE) == 0
    assert place.bytes() == before
    assert "1 earlier figures are no longer in the table; their claims stay" in place.said


def test_a_figure_that_an_older_table_lacks_stays(place: Place) -> None:
    place.run(TABLE, WIDE, "--published", "2024-03-09")
    assert place.run(BLANKED, WIDE, "--published", "2024-03-08") == 0
    assert set(place.claims(("status",))) == {("reported",)}


def test_a_figure_of_a_day_that_a_newer_table_lacks_stays(place: Place) -> None:
    place.run(TABLE, WIDE)
    before = place.bytes()
    assert place.run(TABLE[: TABLE.index("2024-03-02")], WIDE, "--published", "2024-03-09") == 0
    assert place.bytes() == before


def test_a_figure_that_a_newer_table_lacks_is_withdrawn_once(place: Place) -> None:
    place.run(TABLE, WIDE)
    for day in ("2024-03-09", "2024-03-09", "2024-03-10"):
        assert place.run(BLANKED, WIDE, "--published", day) == 0
        assert place.claims(("figure", "as_of", "published", "status"))[3:] == [
            ("370", "2024-03-02", "2024-03-09", "withdrawn")
        ]
        assert "no longer" not in place.said
    assert place.run(TABLE, WIDE, "--published", "2024-03-11") == 0
    assert place.claims(("figure", "published", "status"))[4:] == [
        ("370", "2024-03-11", "reported")
    ]


def test_figures_are_written_as_in_the_table_but_whole_floats_as_whole_numbers(
    place: Place,
) -> None:
    cells = ["232.0", "232.00", '"1,232"', '"1,232.0"', "about 230", " 232 ", "0"]
    rows = [f"2024-03-0{day},{cell}," for day, cell in enumerate(cells, 1)]
    assert place.run("\n".join(["day,total,new", *rows]), WIDE) == 0
    figures = ["232", "232", "1,232", "1,232", "about 230", "232", "0"]
    assert [row[1] for row in place.claims()] == figures


def test_the_same_number_in_another_dress_is_no_new_version(place: Place) -> None:
    place.run("day,total,new\n2024-03-01,1232.0,\n", WIDE, "--published", "2024-03-02")
    assert place.run('day,total,new\n2024-03-01,"1,232",\n', WIDE, "--published", "2024-03-03") == 0
    assert len(place.claims()) == 1


def test_cells_come_from_constants_columns_values_and_templates(place: Place) -> None:
    mapping = """
    [table]
    layout = "wide"
    date = "day"
    leave_out = ["ext_*"]

    [claim]
    source = "daily"
    attributed_to = { column = "by", values = { moh = "ministry", idf = "army", none = "" } }
    via = { column = "via", default = "wire" }
    published = { column = "said" }
    url = { column = "page", template = "https://example.org/{}" }
    note = { column = "by", values = { idf = "army channel" }, otherwise = "" }

    [[series]]
    column = "total"
    measure = "toll"
    scope = "in_hospitals"
    status = "revised"
    qualifier = { column = "total*", values = { "~" = "about", ">" = "more than" } }
    """
    table = (
        "day,total,total*,by,via,said,page,ext_total,other\n"
        "2024-03-01,2800,~,moh,,2024-03-02,a,1,x\n"
        "2024-03-02,2900,>,idf,blog,,,2,y\n"
        "2024-03-03,3000,,none,,,,3,z\n"
    )
    assert place.run(table, mapping) == 0
    columns = [*SHORT, "via", "scope", "status", "url", "note"]
    first = ("toll", "about 2800", "2024-03-01", "", "2024-03-02", "daily")
    second = ("toll", "more than 2900", "2024-03-02", "", "", "daily")
    assert place.claims(columns) == [
        (*first, "ministry", "wire", "in_hospitals", "revised", "https://example.org/a", ""),
        (*second, "army", "blog", "in_hospitals", "revised", "", "army channel"),
    ]
    assert "1 figures left out, as the mapping says of by" in place.said
    assert "not in the mapping: other" in place.said


def test_the_same_figure_in_the_name_of_another_is_a_version(place: Place) -> None:
    mapping = WIDE.replace('"ministry"', '{ column = "by" }')
    place.run("day,total,new,by\n2024-03-01,9,,ministry\n", mapping, "--published", "2024-03-02")
    place.run("day,total,new,by\n2024-03-01,9,,army\n", mapping, "--published", "2024-03-03")
    place.run("day,total,new,by\n2024-03-01,9,,ministry\n", mapping, "--published", "2024-03-04")
    assert [row[6] for row in place.claims()] == ["ministry", "army", "ministry"]


def test_two_origins_of_one_day_side_by_side_are_two_series(place: Place) -> None:
    mapping = WIDE.replace(
        '[[series]]\ncolumn = "new"\nmeasure = "freed_day"',
        """
[[series]]
column = "army_total"
measure = "toll"
attributed_to = "army"
""",
    )
    table = "day,total,army_total\n2024-03-01,9,7\n"
    assert place.run(table, mapping) == 0
    before = place.bytes()
    assert place.run(table, mapping) == 0
    assert place.bytes() == before
    assert [(row[1], row[6]) for row in place.claims()] == [("9", "ministry"), ("7", "army")]


def test_the_hours_of_a_report_give_the_first_day_of_a_flow(place: Place) -> None:
    mapping = WIDE.replace("[claim]", '[claim]\nhours = { column = "hours" }')
    starts = {"24": "10", "48": "09", "72.0": "08", "30": "09", "6": "10", "0": "10", "": "10"}
    for month, hours in enumerate(starts, 1):
        starts[hours] = f"2024-0{month}-{starts[hours]}"
    rows = [f"{start[:7]}-10,9,2,{hours}" for hours, start in starts.items()]
    assert place.run("\n".join(["day,total,new,hours", *rows]), mapping) == 0
    flows = [row[3] for row in place.claims() if row[0] == "freed_day"]
    assert flows == list(starts.values())
    assert {row[3] for row in place.claims() if row[0] == "toll"} == {""}


def test_a_series_can_take_only_the_rows_of_one_kind(place: Place) -> None:
    mapping = """
    [table]
    layout = "wide"
    date = "day"
    [claim]
    source = "daily"
    attributed_to = "daily"
    [[series]]
    column = "seen"
    where = { kind = "dead" }
    measure = "toll"
    [[series]]
    column = "seen"
    where = { kind = "held" }
    measure = "held"
    """
    table = "day,kind,seen\n2024-03-01,held,3\n2024-03-01,dead,9\n2024-03-01,else,5\n"
    assert place.run(table, mapping) == 0
    assert [row[:2] for row in place.claims()] == [("toll", "9"), ("held", "3")]


def test_measures_and_sources_that_the_dossier_lacks_get_the_rows_of_the_mapping(
    place: Place,
) -> None:
    mapping = (
        WIDE.replace('"freed_day"', '"fell"').replace('"daily"', '"paper"')
        + """
    [measures.fell]
    label = "Fell"
    definition = "Fell on a day"
    unit = "people"
    kind = "flow"
    total = "toll"
    [measures.toll]
    label = "Not the dossier's label"
    definition = "x"
    unit = "people"
    kind = "fixed"
    [sources.paper]
    name = "The Paper"
    kind = "newspaper"
    side = "third-party"
    """
    )
    before = place.bytes()
    assert place.run(TABLE, mapping) == 0
    after = place.bytes()
    assert after["measures.csv"] == before["measures.csv"] + (
        b"fell,Fell,Fell on a day,people,flow,,,,toll,\n"
    )
    assert after["sources.csv"] == before["sources.csv"] + (
        b"paper,The Paper,newspaper,,third-party,,,,\n"
    )
    assert "added to measures.csv: fell" in place.said
    assert place.run(TABLE, mapping) == 0
    assert place.bytes() == after


def test_what_stands_in_the_files_stays_byte_by_byte(place: Place) -> None:
    header = (
        "note,measure,figure,as_of,published,source,attributed_to,status,period_start,mine,\r\n"
    )
    row = '"a, b",toll,"1,000",2024-03-01,2024-03-02,daily,ministry,reported,,keep,\r\n'
    old = ("\ufeff" + header + row + ",,,,,,,,,,").encode()
    (place.dossier / "claims.csv").write_bytes(old)
    assert place.run(TABLE, WIDE, "--published", "2024-03-04") == 0
    new = (place.dossier / "claims.csv").read_bytes()
    assert new.startswith(old + b"\r\n")
    assert new[len(old) + 2 :].decode().split("\r\n") == [
        ",toll,232,2024-03-01,2024-03-04,daily,ministry,reported,,,",
        ",toll,370,2024-03-02,2024-03-04,daily,ministry,reported,,,",
        ",freed_day,138,2024-03-02,2024-03-04,daily,ministry,reported,2024-03-02,,",
        "",
    ]


def test_a_column_that_claims_csv_lacks_is_asked_for(place: Place) -> None:
    header = "measure,figure,as_of,published,source,attributed_to,status\n"
    (place.dossier / "claims.csv").write_text(header)
    assert place.run(TABLE, WIDE) == 2
    assert "datasets/one/claims.csv:1 'period_start' is missing" in place.said
    assert (place.dossier / "claims.csv").read_text() == header


def test_a_dry_run_says_all_and_writes_nothing(place: Place) -> None:
    before = place.bytes()
    assert place.run(TABLE, WIDE, "--dry-run") == 0
    assert place.said.startswith("one: would add 3 claims")
    assert place.bytes() == before


def test_a_write_that_fails_leaves_every_file_as_it_was(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = place.bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    mapping = (
        WIDE.replace('"freed_day"', '"fell"')
        + """
    [measures.fell]
    label = "Fell"
    definition = "Fell on a day"
    unit = "people"
    kind = "flow"
    """
    )
    monkeypatch.setattr("shutil.copy2", full)
    assert place.run(TABLE, mapping) == 2
    assert place.bytes() == before
    assert list(place.dossier.glob(".*")) == []


def test_a_table_in_another_encoding_is_read_when_it_is_named(place: Place) -> None:
    (place.dossier / "imports" / "table.toml").write_text(WIDE.replace('"new"', '"neu für"'))
    (place.folder / "table.csv").write_bytes("day,total,neu für\n2024-03-01,9,2\n".encode("cp1252"))
    from analyzer.cli import main

    assert main(["import", "table.csv", "--dossier", "one"]) == 2
    assert "which is not UTF-8" in place.capsys.readouterr().err
    assert main(["import", "table.csv", "--dossier", "one", "--encoding", "cp1252"]) == 0
    assert len(place.claims()) == 2


def test_a_column_named_row_or_id_is_a_column_like_others(place: Place) -> None:
    mapping = WIDE.replace('"total"', '"row"').replace('"new"', '"id"')
    assert place.run("day,row,id\n2024-03-01,9,2\n", mapping) == 0
    assert [cells[1] for cells in place.claims()] == ["9", "2"]
