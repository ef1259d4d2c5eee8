"""What spreadsheets do to a CSV either works or is named."""

from pathlib import Path

import pytest
from dossiers import CLAIM, TODAY, write_dossier

from analyzer.errors import InputError
from analyzer.intake import Dossier, load_dossier
from analyzer.model import CLAIMS

HEADER = ",".join(CLAIMS)
COMMA = '"1,139"'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_dossier(tmp_path / "small", [{"figure": "1,139"}])


def rewrite(folder: Path, change) -> None:
    path = folder / "claims.csv"
    path.write_bytes(change(path.read_bytes()))


def read(folder: Path) -> Dossier:
    return load_dossier(folder, today=TODAY)


def failure(folder: Path) -> str:
    with pytest.raises(InputError) as caught:
        read(folder)
    return str(caught.value)


def test_a_semicolon_file_is_named_with_its_remedy(folder: Path) -> None:
    rewrite(folder, lambda data: data.replace(b'"1,139"', b"1139").replace(b",", b";"))
    assert "claims.csv:1 separates its columns by semicolons" in failure(folder)
    assert "save it as CSV UTF-8" in failure(folder)


def test_latin_1_bytes_are_named_with_their_line(folder: Path) -> None:
    rewrite(folder, lambda data: data + "dead,,Zürich".encode("latin-1"))
    message = failure(folder)
    assert "claims.csv:3 holds the byte 0xfc, which is not UTF-8" in message
    assert "--encoding latin-1" in message


def test_a_named_encoding_is_used_and_never_guessed(folder: Path) -> None:
    rewrite(folder, lambda data: data.replace(b"reported,,", "reported,,Zürich".encode("latin-1")))
    claims = load_dossier(folder, today=TODAY, encoding="latin-1").claims
    assert claims["note"].tolist() == ["Zürich"]


@pytest.mark.parametrize(
    ("start", "what"),
    [(b"\xff\xfe", "is UTF-16 text"), (b"PK\x03\x04", "is a spreadsheet, not a CSV")],
)
def test_other_files_under_the_name_are_named(folder: Path, start: bytes, what: str) -> None:
    rewrite(folder, lambda data: start + data)
    assert what in failure(folder)


def test_an_unquoted_thousands_comma_is_named(folder: Path) -> None:
    rewrite(folder, lambda data: data.replace(b'"1,139"', b"1,139"))
    message = failure(folder)
    assert f"claims.csv:2 has {len(CLAIMS) + 1} cells where the header has {len(CLAIMS)}" in message


def test_a_figure_cut_at_its_comma_is_named_even_if_the_row_lost_its_last_cell(
    folder: Path,
) -> None:
    rewrite(folder, lambda data: data.replace(b'"1,139"', b"1,139").rstrip(b",\n"))
    message = failure(folder)
    assert "claims.csv:2 figure '1,139' is cut at its comma; put it in quotes" in message
    assert message.count("\n") == 0


def test_a_quote_that_swallows_rows_is_named(folder: Path) -> None:
    row = "dead,{},,,2024-03-01,,,,,daily,ministry,,reported,,{}\n"
    text = (
        f",{row.format(12, chr(34) + 'open')},{row.format(13, '')},{row.format(14, 'x' + chr(34))}"
    )
    rewrite(folder, lambda data: data + text.encode())
    assert "claims.csv:3 holds 2 more rows within one cell" in failure(folder)


def test_an_empty_table_of_claims_is_named(folder: Path) -> None:
    rewrite(folder, lambda data: data.split(b"\n")[0] + b"\n")
    assert "claims.csv holds no usable claim; add a row" in failure(folder)


def test_identities_may_be_missing(folder: Path) -> None:
    (folder / "identities.csv").unlink()
    assert read(folder).identities.empty


def test_a_quote_that_is_not_closed_is_named(folder: Path) -> None:
    rewrite(folder, lambda data: data.replace(b'"1,139"', b'"1,139'))
    assert "look for a quote that is not closed" in failure(folder)


def test_a_misspelled_header_is_named_with_the_near_one(folder: Path) -> None:
    rewrite(folder, lambda data: data.replace(b"figure,of", b"figures,of"))
    assert "'figure' is missing from the header; is 'figures' meant for it?" in failure(folder)


def test_two_columns_of_one_name_are_named(folder: Path) -> None:
    rewrite(folder, lambda data: data.replace(b",url,", b",note,"))
    assert "'note' is the name of two columns" in failure(folder)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("byte-order mark", lambda data: b"\xef\xbb\xbf" + data),
        ("CRLF", lambda data: data.replace(b"\n", b"\r\n")),
        ("empty rows", lambda data: data + b"\n,,,,,,,,,,,,,,,\n , ,\n\n"),
        ("empty columns", lambda data: data.replace(b"\n", b",,,\n")),
        ("padding", lambda data: data.replace(b"daily", b"  daily\t")),
        ("non-breaking spaces", lambda data: data.replace(b"daily", "\u00a0daily\u202f".encode())),
        ("smart quotes", lambda data: data.replace(b"daily", "“daily”".encode())),
        ("no final newline", lambda data: data.rstrip(b"\n")),
    ],
)
def test_harmless_changes_make_no_difference(folder: Path, name: str, change) -> None:
    before = read(folder).claims
    rewrite(folder, change)
    after = read(folder).claims
    assert before.drop(columns="row").equals(after.drop(columns="row")), name


def test_the_order_of_columns_and_an_extra_one_make_no_difference(folder: Path) -> None:
    before = read(folder).claims
    names = [*sorted(CLAIMS, reverse=True), "my remark"]
    cells = CLAIM | {"figure": COMMA, "my remark": "check again"}
    lines = [",".join(names), ",".join(cells.get(name, "") for name in names)]
    rewrite(folder, lambda data: "\n".join(lines).encode())
    assert before.equals(read(folder).claims)


def test_optional_columns_may_be_missing(folder: Path) -> None:
    rewrite(folder, lambda data: data.replace(b"id,", b"", 1).replace(b"\n,dead", b"\ndead"))
    assert read(folder).claims["id"].str.startswith("dead.daily.").all()


def test_rows_keep_the_line_they_start_on(folder: Path) -> None:
    row = 'dead,two,,,2024-03-01,,,,,daily,ministry,,counted,,"a note\nover two lines"\n'
    rewrite(folder, lambda data: data + f",{row},{row}".encode())
    message = failure(folder)
    assert "claims.csv:3 status 'counted'" in message
    assert "claims.csv:5 status 'counted'" in message


def test_problems_of_all_files_are_told_at_once(folder: Path) -> None:
    (folder / "measures.csv").unlink()
    (folder / "sources.csv").write_text("")
    (folder / "dossier.toml").write_text("titel = 1\n")
    message = failure(folder)
    assert "measures.csv can't be read: no such file or directory" in message
    assert "sources.csv is empty" in message
    assert "'titel' is not a known setting; did you mean 'title'?" in message


def test_a_folder_that_is_none_names_its_neighbours(folder: Path) -> None:
    with pytest.raises(InputError, match="dossiers there: small"):
        read(folder.parent / "smal")


def test_a_table_of_a_million_columns_is_one_error(folder: Path) -> None:
    rewrite(folder, lambda data: b"x," * 1_000_000 + b"x\n" + data)
    message = failure(folder)
    assert "claims.csv has 1,000,001 columns, more than 16,384" in message
    assert message.count("\n") == 0


def test_a_cell_of_a_megabyte_is_one_error(folder: Path) -> None:
    rewrite(folder, lambda data: data + b"dead," + b"1" * 1_000_000)
    message = failure(folder)
    assert "claims.csv:3 is no CSV: field larger than field limit" in message
    assert message.count("\n") == 0


def test_a_folder_under_the_name_of_a_table_is_one_error(folder: Path) -> None:
    (folder / "sources.csv").unlink()
    (folder / "sources.csv").mkdir()
    assert "sources.csv can't be read: is a directory; check it" in failure(folder)
