"""A table may be a Parquet file: its text as it is, other columns where nothing is lost."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from dossiers import CLAIM, TODAY, write_dossier

from analyzer.errors import InputError
from analyzer.intake import load_dossier
from analyzer.read import read_table


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_dossier(tmp_path / "small", [{"figure": "1,139"}, {"figure": "at least 7"}])


def turned(folder: Path, **columns: object) -> Path:
    """The claims as a Parquet file instead of a CSV, some columns replaced."""
    claims = pd.read_csv(folder / "claims.csv", dtype=str, keep_default_na=False)
    table = pa.table({name: claims[name].tolist() for name in claims} | columns)
    pq.write_table(table, folder / "claims.parquet")
    (folder / "claims.csv").unlink()
    return folder


def failure(folder: Path) -> str:
    with pytest.raises(InputError) as caught:
        load_dossier(folder, today=TODAY)
    return str(caught.value)


def test_a_parquet_file_gives_what_its_csv_gives(folder: Path) -> None:
    of_csv, _ = read_table(folder, "claims")
    of_parquet, problems = read_table(turned(folder), "claims")
    pd.testing.assert_frame_equal(of_parquet, of_csv)
    assert problems == []
    assert of_parquet["row"].tolist() == [2, 3]


def test_days_whole_numbers_and_missing_values_become_text(folder: Path) -> None:
    day = dt.date(2024, 3, 1)
    noon = dt.datetime(2024, 3, 2)
    columns = {
        "figure": pa.array([1139, 7]),
        "as_of": pa.array([day, None]),
        "published": pa.array([noon, noon], pa.timestamp("ns")),
        "note": pa.nulls(2),
        "source": pa.array(["daily", "daily"]).dictionary_encode(),
    }
    frame, _ = read_table(turned(folder, **columns), "claims")
    assert frame["figure"].tolist() == ["1139", "7"]
    assert frame["as_of"].tolist() == ["2024-03-01", ""]
    assert frame["published"].tolist() == ["2024-03-02", "2024-03-02"]
    assert frame["note"].tolist() == ["", ""]
    assert frame["source"].tolist() == ["daily", "daily"]


@pytest.mark.parametrize(
    ("column", "message"),
    [
        (pa.array([1.5, 2.0]), "holds values of the type double, which have no wording"),
        (pa.array([True, False]), "holds values of the type bool"),
        (pa.array([dt.datetime(2024, 3, 2, 12)] * 2), "holds times of day"),
        (pa.array([b"\xff", b"a"]).view(pa.string()), "holds text that is not UTF-8"),
        (pa.array(["a" * 100_001, ""]), "has 100,001 characters, more than 100,000"),
    ],
)
def test_what_would_lose_something_is_named_with_its_column(
    folder: Path, column: pa.Array, message: str
) -> None:
    told = failure(turned(folder, note=column))
    assert " note " in told and message in told


def test_both_files_are_one_too_many(folder: Path) -> None:
    (folder / "claims.parquet").write_bytes(b"")
    assert "stands beside claims.parquet; delete one of the two" in failure(folder)


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1" + bytes(40) + b"PAR1"])
def test_a_corrupt_file_is_one_error(folder: Path, data: bytes) -> None:
    turned(folder)
    (folder / "claims.parquet").write_bytes(data)
    told = failure(folder)
    assert "claims.parquet is no Parquet file" in told and "\n" not in told


def test_problems_name_the_parquet_file(folder: Path) -> None:
    claim = CLAIM | {"figure": "1"}
    told = failure(turned(folder, source=pa.array([claim["source"], "nobody"])))
    assert "claims.parquet:3 source 'nobody' is not in sources.csv" in told


def test_a_folder_of_parquet_files_is_for_findings_only(folder: Path) -> None:
    turned(folder).joinpath("claims.parquet").rename(folder / "a.parquet")
    (folder / "claims.parquet").mkdir()
    (folder / "a.parquet").rename(folder / "claims.parquet/a.parquet")
    assert "is a folder of files; read it with `analyzer findings`" in failure(folder)
