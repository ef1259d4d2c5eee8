"""A made-up dossier: the same from a seed, readable, true but for what its key names."""

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analyzer.errors import InputError
from analyzer.intake import Dossier, load_dossier
from analyzer.model import CAUSES, FINDING_KINDS
from analyzer.synth import books, misreports, rivals, slips
from analyzer.synth.key import COLUMNS
from analyzer.synth.make import Plan, make_family
from analyzer.synth.write import write_dossier

TODAY = dt.date(2026, 1, 1)
CLAIMS, MEASURES, ERRORS = 4_000, 80, 1 / 100


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def table(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / f"{name}.csv", dtype="str", keep_default_na=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("synth") / "made"
    write_dossier(path, CLAIMS, MEASURES, 5, "csv", ERRORS)
    return path


@pytest.fixture(scope="module")
def dossier(folder: Path) -> Dossier:
    return load_dossier(folder, today=TODAY)


def test_a_made_up_dossier_passes_every_check(dossier: Dossier) -> None:
    assert len(dossier.claims) >= CLAIMS
    assert dossier.left_out == ()


def test_the_same_arguments_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    write_dossier(tmp_path / "again", CLAIMS, MEASURES, 5, "csv", ERRORS)
    assert files(tmp_path / "again") == files(folder)


def test_another_seed_gives_another_dossier(folder: Path, tmp_path: Path) -> None:
    write_dossier(tmp_path / "other", 500, 10, 6, "csv", ERRORS)
    ids = set(table(tmp_path / "other", "claims")["url"])
    assert not ids <= set(table(folder, "claims")["url"])


def test_a_family_is_the_same_in_a_larger_dossier(folder: Path, tmp_path: Path) -> None:
    write_dossier(tmp_path / "small", CLAIMS // 4, MEASURES // 4, 5, "csv", ERRORS)
    for name in ("claims", "measures", "identities", "truth/errors", "truth/values"):
        small = table(tmp_path / "small", name)
        pd.testing.assert_frame_equal(small, table(folder, name).head(len(small)))


def test_parquet_holds_the_rows_of_the_csv(folder: Path, tmp_path: Path) -> None:
    write_dossier(tmp_path / "made", CLAIMS, MEASURES, 5, "parquet", ERRORS)
    stored = pd.read_parquet(tmp_path / "made" / "claims.parquet")
    pd.testing.assert_frame_equal(stored, table(folder, "claims"), check_dtype=False)


def test_a_folder_that_holds_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="holds other things"):
        write_dossier(tmp_path, 100, 1, 1, "csv", ERRORS)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_the_key_names_causes_kinds_and_claims_that_there_are(folder: Path) -> None:
    key, claims = table(folder, "truth/errors"), table(folder, "claims")
    assert list(key) == list(COLUMNS)
    assert key["error"].is_unique
    assert set(key["cause"]) <= set(CAUSES)
    assert set(";".join(key["kinds"]).split(";")) <= set(FINDING_KINDS)
    assert set(";".join(key["claims"]).split(";")) <= set(claims["id"])
    assert set(key["measure"]) <= set(table(folder, "measures")["measure"])


def test_every_cause_can_be_planted() -> None:
    planted = {
        item.cause
        for number in range(96)
        for item in make_family(3, number, Plan(60, 1 / 40)).items
    }
    assert planted == set(CAUSES)


def test_exact_figures_that_no_item_touches_are_true_in_a_world_without_errors(
    tmp_path: Path,
) -> None:
    write_dossier(tmp_path / "clean", 3_000, 60, 9, "csv", 0.0)
    dossier = load_dossier(tmp_path / "clean", today=TODAY)
    claims = dossier.claims
    true = table(tmp_path / "clean", "truth/values").astype({"value": "float64"})
    keyed = true.set_index(["measure", "day"])["value"]
    exact = claims[claims["qualifier"] == "exact"]
    said = pd.MultiIndex.from_frame(exact[["measure", "as_of"]])
    assert table(tmp_path / "clean", "truth/errors").empty
    np.testing.assert_allclose(exact["stated"], keyed.reindex(said), rtol=0, atol=0.051)


def test_bounds_hold_the_true_value_in_a_world_without_errors(tmp_path: Path) -> None:
    write_dossier(tmp_path / "clean", 3_000, 60, 9, "csv", 0.0)
    claims = load_dossier(tmp_path / "clean", today=TODAY).claims
    true = table(tmp_path / "clean", "truth/values").astype({"value": "float64"})
    keyed = true.set_index(["measure", "day"])["value"]
    said = keyed.reindex(pd.MultiIndex.from_frame(claims[["measure", "as_of"]])).to_numpy()
    bounded = ~claims["qualifier"].isin(("exact", "share", "approximate"))
    assert bounded.sum() > 100
    assert (claims["low"] <= said)[bounded].all()
    assert (claims["high"] >= said)[bounded].all()


def test_planters_leave_each_others_rows_alone() -> None:
    """No row of the table is mistyped twice, so each item has its own proof."""
    family = make_family(3, 0, Plan(60, 1 / 30))
    mistyped = [
        item.rows[0] for item in family.items if item.cause in slips.SLIP_WORDS and item.rows
    ]
    assert len(mistyped) == len(set(mistyped)) > 3


@pytest.mark.parametrize(
    "registry", [books.BOOKS, slips.SLIPS, misreports.MISREPORTS, rivals.RIVALS]
)
def test_every_planter_says_what_it_does(registry: dict[str, object]) -> None:
    assert all(callable(one) for one in registry.values())


def test_a_blank_group_can_be_told_only_while_the_groups_add_up(tmp_path: Path) -> None:
    told: dict[str, set[bool]] = {"yes": set(), "no": set()}
    for seed in (1, 2):  # some groups of seed 1 add up for a time only
        write_dossier(tmp_path / f"seed{seed}", 5_000, 50, seed, "csv", 1 / 250)
        key = table(tmp_path / f"seed{seed}", "truth/errors")
        last = table(tmp_path / f"seed{seed}", "identities").set_index("name")["valid_to"]
        claims = table(tmp_path / f"seed{seed}", "claims").set_index("id")
        for item in key[key["cause"] == "incomplete parts"].to_dict("records"):
            day = claims.at[str(item["claims"]).split(";")[0], "as_of"]
            end = last[str(item["error"]).split(".")[0] + "_groups"]
            told[item["detectable"]].add(end == "" or day <= end)
    assert told == {"yes": {True}, "no": {False}}
