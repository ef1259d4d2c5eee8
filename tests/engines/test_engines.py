"""Every engine finds the same, whatever the order of the rows and the size of the partitions."""

import functools
import importlib.util
import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pandas as pd
import pytest
from dossiers import TODAY, write_dossier
from parts import die
from pyarrow import parquet

from analyzer.engines import driver
from analyzer.engines.contract import COLUMNS, Options
from analyzer.engines.driver import ENGINES, Found, Request, find
from analyzer.engines.pool import Workers
from analyzer.errors import EngineError, InputError
from analyzer.intake import load_dossier
from analyzer.pipeline import Analysis, analyze
from analyzer.synth.write import write_dossier as make_up

Address = Callable[[str], str]
MODULES = {"pandas": "pandas", "duckdb": "duckdb", "dask": "distributed", "spark": "pyspark"}
pytestmark = pytest.mark.filterwarnings("ignore")  # of the engines' own libraries


def installed(engine: str) -> str:
    if importlib.util.find_spec(MODULES[engine]) is None:
        pytest.skip(f"{MODULES[engine]} is not installed")
    if engine == "spark" and shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("there is no Java for Spark")
    return engine


@pytest.fixture(scope="module", autouse=True)
def quick_java() -> Iterator[None]:
    """Spark's Java compiles less and clears up on one thread: for a minute that is cheaper."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        yield


@pytest.fixture(scope="module", autouse=True)
def impatient_dask() -> Iterator[None]:
    """A worker that lives tries for half a minute, again and again, to reach one that has died."""
    if importlib.util.find_spec("distributed") is None:
        yield
        return
    import dask
    import distributed  # noqa: F401  (has settings of its own)

    with dask.config.set({"distributed.comm.timeouts.connect": "5s"}):
        yield


def run(
    folder: Path,
    engine: str,
    scratch: Path,
    size: int = 500,
    scheduler: str = "",
    workers: int = 2,
    **further: object,
) -> Found:
    scratch.mkdir()
    request = Request(folder, TODAY, engine=engine, size=size, **further)  # type: ignore[arg-type]
    return find(request, Options(workers, scheduler, scratch, 1000))


@pytest.fixture(scope="module")
def cluster() -> Iterator[Address]:
    """The address of a cluster that runs already, where the engine knows such.

    Dask's is in this very process. Spark's, of one worker, is that of the first run, which the
    others find: as on a cluster that spark-submit has started, the end of a run is not its end.
    """
    with ExitStack() as stack:

        @functools.cache
        def address(engine: str) -> str:
            if engine == "dask" and importlib.util.find_spec("distributed"):
                from distributed import LocalCluster

                started = LocalCluster(
                    n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None
                )
                return str(stack.enter_context(started).scheduler_address)
            if engine == "spark" and importlib.util.find_spec("pyspark"):
                stack.enter_context(spark_goes_on())
                return "local[1]"
            return ""

        yield address


@contextmanager
def spark_goes_on() -> Iterator[None]:
    """A session that is started meanwhile ends afterwards, whoever ends it before."""
    from pyspark.sql import SparkSession

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SparkSession, "stop", lambda _: None)
        yield
    if session := SparkSession.getActiveSession():
        session.stop()


def shuffled(source: Path, target: Path, form: str) -> Path:
    """A copy of a dossier with the rows of its claims in another order, ids and all."""
    shutil.copytree(source, target)
    claims = pd.read_csv(source / "claims.csv", dtype=str, keep_default_na=False)
    rows = list(claims.index)
    random.Random(8).shuffle(rows)
    claims = claims.loc[rows]
    if form == "csv":
        claims.to_csv(target / "claims.csv", index=False)
        return target
    (target / "claims.csv").unlink()
    (target / "claims.parquet").mkdir()
    half = len(claims) // 2
    for name, part in (("a", claims[:half]), ("b", claims[half:])):
        part.to_parquet(target / f"claims.parquet/{name}.parquet", index=False, row_group_size=300)
    return target


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("synth") / "made-up"
    make_up(folder, claims=300, measures=15, seed=3, form="csv", errors=0.03)
    return folder


@pytest.fixture(scope="module")
def of_made_up(made_up: Path) -> pd.DataFrame:
    return analyze(load_dossier(made_up, today=TODAY)).findings


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_finds_in_parquet_what_the_report_finds(
    engine: str,
    part_folder: Path,
    part_of_gaza: Analysis,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Real claims, on two workers of the engine's own; each has a partition.

    Processes of this machine start ahead, as for a large dossier. Those of DuckDB are those of
    pandas, so it goes without.
    """
    installed(engine)
    monkeypatch.setattr(driver, "LARGE", 0)
    folder = shuffled(part_folder, tmp_path / "gaza-war", "parquet")
    workers = 1 if engine == "duckdb" else 2
    found = run(folder, engine, tmp_path / "scratch", 120, workers=workers)
    assert len(found.findings) > 20
    assert {"account", "joint contradiction"} <= set(found.findings["kind"])
    pd.testing.assert_frame_equal(found.findings, part_of_gaza.findings)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_finds_in_a_csv_what_the_report_finds(
    engine: str, made_up: Path, of_made_up: pd.DataFrame, cluster: Address, tmp_path: Path
) -> None:
    """Made-up claims, on a cluster that runs already, where the engine knows such."""
    installed(engine)
    folder = shuffled(made_up, tmp_path / "made-up", "csv")
    found = run(folder, engine, tmp_path / "scratch", 100, cluster(engine), workers=1)
    assert len(found.findings) > 5
    pd.testing.assert_frame_equal(found.findings, of_made_up)


CLAIMS = [
    {"id": "a", "measure": "dead", "figure": "100"},
    {"id": "b", "measure": "dead", "figure": "200", "source": "weekly"},
    {"id": "a", "measure": "held", "figure": "7"},
    {"measure": "toll", "figure": "about nothing sensible"},
    {"measure": "freed_dy", "figure": "4"},
]


@pytest.mark.parametrize("engine", ENGINES)
def test_all_problems_of_all_partitions_are_told_at_once(
    engine: str, cluster: Address, tmp_path: Path
) -> None:
    installed(engine)
    waivers = [{"claim": "c", "reason": "r", "who": "w", "until": "2030"}]
    folder = write_dossier(tmp_path / "bad", CLAIMS, waivers=waivers)
    with pytest.raises(InputError) as raised:
        run(folder, engine, tmp_path / "scratch", 1, cluster(engine), workers=1)
    with pytest.raises(InputError) as expected:
        load_dossier(folder, today=TODAY)
    assert [str(one) for one in raised.value.problems] == [
        str(one) for one in expected.value.problems
    ]
    told = {(problem.row, problem.column) for problem in raised.value.problems}
    assert told == {(2, "claim"), (4, "id"), (5, "figure"), (6, "measure")}


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_with_problems_can_be_left_out(engine: str, cluster: Address, tmp_path: Path) -> None:
    installed(engine)
    folder = write_dossier(tmp_path / "bad", CLAIMS)
    found = run(
        folder, engine, tmp_path / "scratch", 1, cluster(engine), workers=1, keep_going=True
    )
    assert {problem.row for problem in found.left_out} == {4, 5, 6}
    assert found.claims == 2
    assert list(found.findings["kind"]) == ["disagreement"]


def test_waivers_and_corrections_reach_their_partition(tmp_path: Path) -> None:
    claims = [
        {"id": "a", "figure": "100"},
        {"id": "b", "figure": "200", "source": "weekly"},
        {"id": "c", "measure": "toll", "figure": "50"},
        {"id": "d", "measure": "toll", "figure": "90", "source": "weekly"},
    ]
    waived = {"reason": "r", "who": "w", "until": "2030"}
    correction = {"claim": "d", "figure": "90", "corrected": "50", "reason": "r", "who": "w"}
    folder = write_dossier(
        tmp_path / "small",
        claims,
        waivers=[waived | {"claim": "a"}, waived | {"finding": "disagreement.nothing"}],
        corrections=[correction | {"date": "2024-04-01"}],
    )
    found = run(folder, "pandas", tmp_path / "scratch", 1, workers=1)
    assert found.findings.empty
    assert list(found.corrections["claim"]) == ["d"]
    assert list(found.waivers["status"]) == ["active", "matches nothing"]
    whole = analyze(load_dossier(folder, today=TODAY))
    pd.testing.assert_frame_equal(found.waivers, whole.waivers)


def test_an_engine_that_is_not_installed_says_how_to_install_it(
    made_up: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    monkeypatch.delitem(__import__("sys").modules, "analyzer.engines.duck", raising=False)
    with pytest.raises(EngineError, match=r"duckdb is not installed .*\[duckdb\]"):
        run(made_up, "duckdb", tmp_path / "scratch")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_worker_that_dies_is_one_clear_error(
    engine: str, cluster: Address, tmp_path: Path
) -> None:
    """One of the processes of this machine; Spark's cluster that runs already has such too."""
    installed(engine)
    claims = [
        {"figure": "1"},
        {"measure": "held", "figure": "2"},
        {"measure": "toll", "figure": "3"},
    ]
    folder = write_dossier(tmp_path / "small", claims)
    (tmp_path / "scratch").mkdir()
    scheduler = cluster(engine) if engine == "spark" else ""
    options = Options(2, scheduler, tmp_path / "scratch", 1000)
    places = pd.Series([0, 1, 2], index=["dead", "held", "toll"])
    with closing(Workers(2)) as workers:
        made, _ = driver._engine(Request(folder, TODAY, engine=engine), options, workers)
        with pytest.raises(EngineError, match="nothing was written"):
            list(made.run(places, die))
        made.close()


def test_blocks_hold_the_columns_of_the_contract(made_up: Path, tmp_path: Path) -> None:
    from analyzer.blocks import list_blocks, read_blocks

    folder = shuffled(made_up, tmp_path / "made-up", "parquet")
    blocks = list_blocks(folder)
    claims = pd.concat(read_blocks(blocks), ignore_index=True)
    assert list(claims.columns) == COLUMNS
    assert list(claims["row"]) == list(range(2, len(claims) + 2))
    first = parquet.ParquetFile(folder / "claims.parquet/a.parquet").read().to_pandas()
    assert list(claims["figure"][: len(first)]) == list(first["figure"])
