"""Findings that a person sets aside: which go, which stay, and when they come back."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from dossiers import Row, write_dossier
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.cli import main
from analyzer.errors import InputError
from analyzer.intake import Dossier
from analyzer.outputs import findings_csv, findings_json
from analyzer.pipeline import Analysis
from analyzer.waivers import COLUMNS, apply_waivers, join_waivers, warn_of_waivers

Load = Callable[..., Dossier]
Run = Callable[..., Analysis]

SIGNED = {"reason": "known, see the note", "who": "A. Editor", "until": "2027"}
ARMY = {"attributed_to": "army"}
TWO_SIDES = [
    {"id": "a1", "figure": "471"},
    {"id": "a2", "figure": "471", "source": "weekly"},
    {"id": "b1", "figure": "100 to 300"} | ARMY,
]
FINDING = "disagreement.dead.actual"
EMPTY = pd.DataFrame(columns=pd.Index([*COLUMNS[:5], "expired"]), dtype="str")


def toll(name: str, figure: str, day: str, **cells: str) -> Row:
    return {"id": name, "measure": "toll", "figure": figure, "as_of": day} | (
        {"published": day} | cells
    )


def of(**names: str) -> Row:
    """A signed waiver of a finding or a claim."""
    return SIGNED | names


@pytest.fixture
def waived(load: Load, analyzed: Run) -> Run:
    """As `run` with waivers, but only what they change is done again for the same claims."""

    def make(*claims: Row, waivers: Sequence[Row] = (), **tables: Sequence[Row]) -> Analysis:
        whole = analyzed(*claims, **tables)
        read = load(*claims, waivers=waivers, **tables).waivers
        left, told = apply_waivers(whole.findings, read, whole.claims, whole.accounts, whole.terms)
        return replace(whole, findings=left, waivers=told)

    return make


def told(analysis: Analysis) -> list[tuple[str, str, str]]:
    frame = analysis.waivers
    return list(zip(frame["finding"], frame["claim"], frame["status"], strict=True))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (of(), " names neither a finding nor a claim; fill in one of the two"),
        (of(finding=FINDING, claim="a1"), " names a finding and a claim; make a row of each"),
        (of(claim="a3"), " claim 'a3' is not in claims.csv; take the id from the report's"),
        (of(claim="a1", reason=""), " reason is blank; fill it in"),
        (of(claim="a1", who=""), " who is blank; fill it in"),
        (of(claim="a1", until=""), " until is blank; fill it in"),
        (of(claim="a1", until="1/2/2027"), " until '1/2/2027' is no date; type 2027-01-02 or"),
    ],
)
def test_a_bad_waiver_is_named_with_place_text_and_remedy(
    load: Load, row: Row, message: str
) -> None:
    with pytest.raises(InputError) as caught:
        load(*TWO_SIDES, waivers=[row])
    lines = str(caught.value).splitlines()
    assert len(lines) == 1
    assert re.search(rf"waivers\.csv:2{message}", lines[0])


def test_a_finding_that_is_waived_twice_is_named(load: Load) -> None:
    twice = [of(finding=FINDING), of(finding=FINDING, until="2028")]
    with pytest.raises(InputError, match=r"waivers.csv:3 finding '.*' is waived in an earlier row"):
        load(*TWO_SIDES, waivers=twice)


def test_without_the_file_nothing_is_set_aside(run: Run) -> None:
    analysis = run(*TWO_SIDES)
    assert list(analysis.findings["id"]) == [FINDING]
    assert analysis.waivers.empty
    assert list(analysis.waivers.columns) == COLUMNS


def test_a_waiver_of_an_unknown_finding_is_told_and_takes_nothing_out(run: Run) -> None:
    analysis = run(*TWO_SIDES, waivers=[of(finding="disagreement.deed.actual")])
    assert list(analysis.findings["id"]) == [FINDING]
    assert told(analysis) == [("disagreement.deed.actual", "", "matches nothing")]
    assert warn_of_waivers(analysis.waivers, analysis.findings) == [
        "the waiver of 'disagreement.deed.actual' matches nothing: no finding has that id; "
        f"did you mean '{FINDING}'?"
    ]


def test_a_waived_finding_is_listed_with_reason_who_and_until(run: Run) -> None:
    sentence = run(*TWO_SIDES).findings.iloc[0]["sentence"]
    analysis = run(*TWO_SIDES, waivers=[of(finding=FINDING)])
    assert analysis.findings.empty
    assert analysis.waivers.to_dict("records") == [
        SIGNED | {"finding": FINDING, "claim": "", "status": "active", "sentence": sentence}
    ]
    assert warn_of_waivers(analysis.waivers, analysis.findings) == []


@pytest.mark.parametrize(
    ("until", "status"),
    [
        ("2026-11-22", "expired"),
        ("2026-11-23", "active"),  # the day of the run
        ("2026-10", "expired"),
        ("2026-11", "active"),
        ("2025", "expired"),
        ("2026", "active"),
    ],
)
def test_a_waiver_holds_until_the_end_of_its_last_day(waived: Run, until: str, status: str) -> None:
    analysis = waived(*TWO_SIDES, waivers=[of(finding=FINDING, until=until)])
    assert told(analysis) == [(FINDING, "", status)]
    assert analysis.findings.empty == (status == "active")


@pytest.mark.parametrize("name", [{"finding": FINDING}, {"claim": "b1"}])
def test_an_expired_waiver_names_the_finding_that_is_back(
    waived: Run, name: dict[str, str]
) -> None:
    analysis = waived(*TWO_SIDES, waivers=[of(until="2026-06-30", **name)])
    assert list(analysis.findings["id"]) == [FINDING]
    assert told(analysis) == [(FINDING, name.get("claim", ""), "expired")]
    assert analysis.waivers.iloc[0]["sentence"] == analysis.findings.iloc[0]["sentence"]
    (line,) = warn_of_waivers(analysis.waivers, analysis.findings)
    assert line.endswith("ended with 2026-06-30; its finding is told again")


@pytest.mark.parametrize(
    ("names", "stays"),
    [(["a1"], True), (["a2"], True), (["b1"], False), (["a1", "a2"], False)],
)
def test_a_disagreement_stays_while_both_sides_have_a_claim(
    waived: Run, names: list[str], stays: bool
) -> None:
    analysis = waived(*TWO_SIDES, waivers=[of(claim=one) for one in names])
    assert (not analysis.findings.empty) == stays
    finding, status = ("", "matches nothing") if stays else (FINDING, "active")
    assert told(analysis) == [(finding, one, status) for one in names]


def test_a_disagreement_of_three_goes_when_the_others_fit_each_other(waived: Run) -> None:
    """471 excludes 80 to 130; 100 or more fits both of the others."""
    claims = [
        {"id": "high", "figure": "471"},
        {"id": "bound", "figure": "at least 100"} | ARMY,
        {"id": "low", "figure": "80 to 130", "attributed_to": "blog", "source": "blog"},
    ]
    assert FINDING in set(waived(*claims).findings["id"])
    assert FINDING in set(waived(*claims, waivers=[of(claim="bound")]).findings["id"])
    assert FINDING not in set(waived(*claims, waivers=[of(claim="high")]).findings["id"])


def test_a_fall_goes_with_the_figure_that_falls_and_stays_with_one_of_its_copies(
    waived: Run,
) -> None:
    series = [toll("up", "4,108", "2024-03-01"), toll("down", "412", "2024-03-02")]
    copy = toll("copy", "412", "2024-03-02", source="weekly")
    assert waived(*series, waivers=[of(claim="down")]).findings.empty
    assert not waived(*series, copy, waivers=[of(claim="down")]).findings.empty


def test_an_account_goes_with_the_last_claim_of_a_term(waived: Run) -> None:
    """12 dead and 30 held do not make a toll of 90, whoever of the two gives the 30."""
    day = {"as_of": "2024-03-01", "published": "2024-03-02"}
    claims = [
        {"id": "dead", "measure": "freed", "figure": "12"} | day,
        {"id": "held1", "measure": "held", "figure": "30", "source": "weekly"} | day,
        {"id": "held2", "measure": "held", "figure": "30", "source": "blog"} | day,
        {"id": "sum", "measure": "toll", "figure": "90"} | day,
    ]
    ledger = [{"name": "ledger", "expression": "toll = freed + held"}]

    def kinds(*names: str) -> list[str]:
        waivers = [of(claim=one) for one in names]
        return list(waived(*claims, identities=ledger, waivers=waivers).findings["kind"])

    assert kinds() == ["account"]
    assert kinds("held1") == ["account"]
    assert kinds("held1", "held2") == []
    assert kinds("dead") == []


def test_the_others_keep_their_order_and_ids(gaza: Analysis) -> None:
    names = list(gaza.findings["id"])
    waivers = pd.DataFrame([of(finding=names[0], claim="") | {"expired": False}])
    left, _ = apply_waivers(gaza.findings, waivers, gaza.claims, gaza.accounts, gaza.terms)
    assert list(left["id"]) == names[1:]


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_the_more_claims_are_waived_the_fewer_findings_are_left(
    gaza: Analysis, data: st.DataObject
) -> None:
    proof = sorted({one for ids in gaza.findings["claims"] for one in ids})
    many = data.draw(st.lists(st.sampled_from(proof), min_size=1, max_size=40, unique=True))
    few = many[: data.draw(st.integers(0, len(many) - 1))]

    def left(names: list[str]) -> set[str]:
        rows = [of(finding="", claim=one) | {"expired": False} for one in names]
        waivers = pd.DataFrame(rows) if rows else EMPTY
        frame, _ = apply_waivers(gaza.findings, waivers, gaza.claims, gaza.accounts, gaza.terms)
        return set(frame["id"])

    assert left(many) <= left(few) <= set(gaza.findings["id"])
    untouched = gaza.findings[[set(many).isdisjoint(ids) for ids in gaza.findings["claims"]]]
    assert set(untouched["id"]) <= left(many)


def test_findings_csv_and_json_leave_the_waived_ones_out(run: Run) -> None:
    waived = run(*TWO_SIDES, waivers=[of(finding=FINDING)])
    assert findings_csv(waived.findings).count("\n") == 1
    assert json.loads(findings_json(waived.findings)) == []


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")  # 23 November 2026
    return tmp_path / "datasets" / "one"


def test_a_waived_finding_does_not_fail_the_run_and_an_expired_one_does(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    level = ["findings", "one", "--fail-on", "medium"]
    write_dossier(place, TWO_SIDES, waivers=[of(finding=FINDING, until="2026-11-23")])
    assert main(level) == 0
    assert capsys.readouterr().err == ""
    write_dossier(place, TWO_SIDES, waivers=[of(finding=FINDING, until="2026-11-22")])
    assert main(level) == 1
    assert capsys.readouterr().err == (
        f"one/waivers.csv: the waiver of '{FINDING}' ended with 2026-11-22; "
        "its finding is told again\n"
    )


def test_a_replay_of_an_earlier_day_warns_of_no_waiver(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_dossier(place, TWO_SIDES, waivers=[of(finding="relay.dead.x")])
    assert main(["findings", "one", "--known-by", "2026-11-01"]) == 0
    assert "waivers.csv" not in capsys.readouterr().err


def test_check_says_how_many_are_in_force(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_dossier(place, TWO_SIDES, waivers=[of(claim="a1"), of(claim="b1", until="2025")])
    assert main(["check"]) == 0
    assert capsys.readouterr().out.endswith("; in force: 0 corrections, 1 waiver (1 expired)\n")


def test_the_report_folder_lists_corrections_and_waivers(place: Path) -> None:
    write_dossier(place, TWO_SIDES, waivers=[of(finding=FINDING)])
    assert main(["report", "one"]) == 0
    report = place.parents[1] / "reports" / "one"
    head, row = (report / "waivers.csv").read_text(encoding="utf-8").splitlines()
    assert head == "finding,claim,reason,who,until,status,sentence"
    assert row.startswith(f'{FINDING},,"known, see the note",A. Editor,2027,active,')
    assert (report / "corrections.csv").read_text(encoding="utf-8").startswith("claim,measure,")
    assert (report / "findings.csv").read_text(encoding="utf-8").count("\n") == 1


def test_waivers_of_partitions_are_joined_to_those_of_the_whole(gaza: Analysis) -> None:
    """Three findings, one of them by a claim, one unknown, and one that has expired."""
    names = list(gaza.findings["id"])
    proof = gaza.findings["claims"].iloc[5]
    rows = [
        of(finding=names[0], claim="") | {"expired": False},
        of(finding=names[40], claim="") | {"expired": True},
        of(finding="nothing", claim="") | {"expired": False},
        *(of(finding="", claim=one) | {"expired": False} for one in proof),
    ]
    waivers = pd.DataFrame(rows)
    tables = (gaza.claims, gaza.accounts, gaza.terms)
    left, told = apply_waivers(gaza.findings, waivers, *tables)
    halves = [
        apply_waivers(gaza.findings[half].reset_index(drop=True), waivers, *tables)
        for half in (gaza.findings["measure"] < "k", gaza.findings["measure"] >= "k")
    ]
    pd.testing.assert_frame_equal(join_waivers([half[1] for half in halves]), told)
    pd.testing.assert_frame_equal(join_waivers([half[1] for half in halves[::-1]]), told)
    assert {name for half in halves for name in half[0]["id"]} == set(left["id"])
