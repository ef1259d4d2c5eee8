"""A person corrects a figure: the analysis reads it, file and id stay as they are."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from dossiers import TODAY, Row, write_dossier

from analyzer.cli import main
from analyzer.corrections import COLUMNS
from analyzer.errors import InputError
from analyzer.intake import Dossier, load_dossier
from analyzer.outputs import claims_csv
from analyzer.pipeline import Analysis

Load = Callable[..., Dossier]
Run = Callable[..., Analysis]


def toll(figure: str, day: str, **cells: str) -> Row:
    return {"measure": "toll", "figure": figure, "as_of": day, "published": day} | cells


SERIES = [
    toll("4,108", "2024-03-01", id="first"),
    toll("412", "2024-03-02", id="slip"),
    toll("4,131", "2024-03-03", id="last"),
]
MENDED = {
    "claim": "slip",
    "figure": "412",
    "corrected": "4,120",
    "reason": "one digit is missing; fits the days before and after",
    "who": "A. Editor",
    "date": "2026-11-20",
}


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"claim": "slap"}, r"claim 'slap' is not in claims.csv; did you mean 'slip'\?"),
        ({"claim": "zzz"}, "claim 'zzz' is not in claims.csv; take the id from the report's"),
        ({"claim": ""}, "claim is blank; fill it in"),
        ({"figure": "421"}, "figure '421' is not the figure of the claim, which is '412'; delete"),
        ({"figure": ""}, "figure is blank; fill it in"),
        ({"corrected": ""}, "corrected is blank; fill it in"),
        ({"corrected": "umpteen"}, "corrected 'umpteen' can't be read as a figure"),
        ({"corrected": "41,20"}, "corrected '41,20' is no whole number"),
        ({"corrected": "about a third"}, "corrected 'about a third' is a share, but the measure"),
        ({"corrected": "412"}, "corrected '412' is the figure itself; delete the row"),
        ({"reason": ""}, "reason is blank; fill it in"),
        ({"who": ""}, "who is blank; fill it in"),
        ({"date": ""}, "date is blank; fill it in"),
        ({"date": "20/11/2026"}, "date '20/11/2026' is no date; type 2026-11-20"),
        ({"date": "2026-12-24"}, "date '2026-12-24' is in the future"),
    ],
)
def test_a_bad_correction_is_named_with_place_text_and_remedy(
    load: Load, cells: Row, message: str
) -> None:
    with pytest.raises(InputError) as caught:
        load(*SERIES, corrections=[MENDED | dict(cells)])
    lines = str(caught.value).splitlines()
    assert len(lines) == 1
    assert re.search(rf"corrections\.csv:2 {message}", lines[0])


def test_an_unknown_claim_is_only_near_to_claims_of_its_own_measure_and_source(load: Load) -> None:
    claims = [toll("12", "2024-03-01", id="toll.daily.abcdef"), toll("13", "2024-03-02")]

    def message(claim: str) -> str:
        with pytest.raises(InputError) as caught:
            load(*claims, corrections=[MENDED | {"claim": claim}])
        return str(caught.value)

    assert "did you mean 'toll.daily.abcdef'?" in message("toll.daily.abcdeg")
    assert "one that is made from a row changes with it" in message("dead.daily.abcdef")


def test_two_corrections_of_one_claim_are_named(load: Load) -> None:
    with pytest.raises(InputError, match=r"corrections.csv:3 claim 'slip' has a correction in an"):
        load(*SERIES, corrections=[MENDED, MENDED | {"corrected": "4,122"}])


def test_all_problems_are_told_at_once_with_those_of_the_claims(load: Load) -> None:
    bad = [MENDED | {"figure": "421", "who": ""}, MENDED | {"claim": "lost", "date": "soon"}]
    with pytest.raises(InputError) as caught:
        load(*SERIES, toll("umpteen", "2024-03-04"), corrections=bad)
    places = [(Path(one.file).name, one.row, one.column) for one in caught.value.problems]
    assert places == [
        ("claims.csv", 5, "figure"),
        ("corrections.csv", 2, "figure"),
        ("corrections.csv", 2, "who"),
        ("corrections.csv", 3, "claim"),
        ("corrections.csv", 3, "date"),
    ]


def test_a_correction_that_the_file_has_caught_up_with_is_an_error(load: Load) -> None:
    mended = [SERIES[0], SERIES[1] | {"figure": "4,120"}, SERIES[2]]
    with pytest.raises(InputError, match="'412' is not the figure of the claim, which is '4,120'"):
        load(*mended, corrections=[MENDED])


def test_without_the_file_nothing_is_corrected(load: Load) -> None:
    dossier = load(*SERIES)
    assert set(dossier.claims["printed"]) == {""}
    assert dossier.corrections.empty
    assert list(dossier.corrections.columns) == COLUMNS


def test_keep_going_leaves_out_a_bad_correction_and_the_claim_stays_as_printed(load: Load) -> None:
    dossier = load(*SERIES, corrections=[MENDED | {"figure": "421"}], keep_going=True)
    assert [(problem.row, problem.column) for problem in dossier.left_out] == [(2, "figure")]
    assert sorted(dossier.claims["figure"]) == ["4,108", "4,131", "412"]
    assert dossier.corrections.empty


def test_the_analysis_reads_the_corrected_figure_and_keeps_the_printed_one(load: Load) -> None:
    dossier = load(*SERIES, corrections=[MENDED])
    claim = dossier.claims.set_index("id").loc["slip"]
    assert (claim["figure"], claim["printed"], claim["stated"]) == ("4,120", "412", 4120.0)
    assert dossier.claims.set_index("id")["printed"].to_dict() == {
        "first": "",
        "last": "",
        "slip": "412",
    }
    assert dossier.corrections.to_dict("records") == [
        {
            "claim": "slip",
            "measure": "toll",
            "printed": "412",
            "corrected": "4,120",
            "reason": "one digit is missing; fits the days before and after",
            "who": "A. Editor",
            "date": "2026-11-20",
        }
    ]


def test_an_id_that_is_made_from_the_row_does_not_change(load: Load) -> None:
    unnamed = [toll("4,108", "2024-03-01"), toll("412", "2024-03-02")]
    before = load(*unnamed).claims
    slip = before.loc[before["figure"] == "412", "id"].iloc[0]
    after = load(*unnamed, corrections=[MENDED | {"claim": slip}]).claims
    assert list(after["id"]) == list(before["id"])
    assert after.set_index("id")["figure"][slip] == "4,120"


def test_a_figure_that_can_not_be_read_can_be_corrected(load: Load) -> None:
    garbled = toll("4,1l8", "2024-03-01", id="slip")
    mended = MENDED | {"figure": "4,1l8", "corrected": "4,118"}
    assert load(garbled, corrections=[mended]).claims["stated"].tolist() == [4118.0]


def test_the_order_of_the_rows_makes_no_difference(load: Load) -> None:
    other = MENDED | {"claim": "last", "figure": "4,131", "corrected": "4,132"}
    one = load(*SERIES, corrections=[MENDED, other])
    two = load(*SERIES, corrections=[other, MENDED])
    assert one.claims.equals(two.claims)
    assert one.corrections.equals(two.corrections)


def test_no_file_is_changed(tmp_path: Path) -> None:
    folder = write_dossier(tmp_path / "one", SERIES, corrections=[MENDED])
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    load_dossier(folder, today=TODAY)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_corrected_slip_is_no_fall_any_more(run: Run) -> None:
    assert "fall" in set(run(*SERIES).findings["kind"])
    analysis = run(*SERIES, corrections=[MENDED])
    assert analysis.findings.empty
    assert list(analysis.corrections["claim"]) == ["slip"]


def test_claims_csv_shows_both_wordings(run: Run) -> None:
    lines = claims_csv(run(*SERIES, corrections=[MENDED]).claims).splitlines()
    assert lines[0].startswith("id,measure,figure,printed,")
    assert lines[3].startswith('slip,toll,"4,120",412,')


def test_a_sentence_tells_the_corrected_wording_from_the_printed_one(run: Run) -> None:
    wrong = MENDED | {"corrected": "4,000"}
    sentence = run(*SERIES, corrections=[wrong]).findings.iloc[0]["sentence"]
    assert "to “4,000” (corrected; printed “412”) for 2 March 2024" in sentence


def test_check_says_how_many_are_in_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "datasets" / "one"
    write_dossier(folder, SERIES, corrections=[MENDED | {"date": "2024-03-05"}])
    assert main(["check"]) == 0
    assert capsys.readouterr().out.endswith("; in force: 1 correction, 0 waivers\n")
