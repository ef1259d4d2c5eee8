"""What changed since an earlier report, counted by hand."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from dossiers import Row

from analyzer.history import Earlier, ForeignReportError, changes_since, parse_report
from analyzer.pipeline import Analysis
from analyzer.reportdata.report import build_report

Run = Callable[..., Analysis]

BLAST: list[Row] = [  # one disagreement
    {"figure": "471"},
    {"figure": "at least 471", "source": "weekly"},
    {"figure": "between 100 and 300", "source": "blog", "attributed_to": "army"},
]
FALL: list[Row] = [  # a running total that falls
    {"measure": "toll", "figure": "500", "as_of": "2024-03-01", "published": "2024-03-02"},
    {"measure": "toll", "figure": "400", "as_of": "2024-03-05", "published": "2024-03-06"},
]
FALL_ID = "fall.toll.ministry.2024-03-05"
BLAST_ID = "disagreement.dead.actual"


FIRST: dict[int, str] = {}  # by analysis: `analyzed` keeps those of this file


def report_of(analysis: Analysis, earlier: Earlier | None = None) -> dict[str, Any]:
    """A report as it is read back; one that has no earlier report is made once."""
    text = FIRST.get(id(analysis)) if earlier is None else None
    if text is None:
        text = json.dumps(build_report(analysis, {}, since=changes_since(earlier, analysis)))
    if earlier is None:
        FIRST[id(analysis)] = text
    return parse_report(text, "small")


def test_without_an_earlier_report_there_is_nothing_to_compare_with(analyzed: Run) -> None:
    since = report_of(analyzed(*BLAST))["since"]
    assert since["text"] == "There is no earlier report of this dossier to compare with."
    lists = [since[key] for key in ("new", "persisting", "changed", "resolved")]
    assert lists == [[], [], [], []]
    assert since["base"]["earlier"] is None


def test_a_new_row_brings_a_new_finding(analyzed: Run) -> None:
    first = report_of(analyzed(*BLAST))
    since = report_of(analyzed(*BLAST, *FALL), Earlier(first))["since"]
    assert since["new"] == [one for one in since["new"] if one.startswith("fall.toll")] != []
    assert since["persisting"] == [BLAST_ID]
    assert (since["changed"], since["resolved"]) == ([], [])
    assert since["text"] == (
        "Since the last report (3 claims; latest page of 2 March 2024): 1 finding is new, "
        "1 persists."
    )
    assert since["base"]["earlier"]["claims"] == 3
    assert since["base"]["earlier"]["content"] == first["since"]["base"]["content"]


def test_a_finding_that_is_gone_keeps_its_sentence(analyzed: Run) -> None:
    first = report_of(analyzed(*BLAST, *FALL))
    since = report_of(analyzed(*BLAST), Earlier(first))["since"]
    (gone,) = since["resolved"]
    assert gone["id"].startswith("fall.toll")
    assert gone["measure_label"] == "Dead of the war"
    (earlier,) = [one for one in first["findings"] if one["id"] == gone["id"]]
    assert gone["sentence"] == earlier["sentence"]
    assert (gone["severity"], gone["why"]) == (earlier["severity"], "gone")
    assert since["text"].endswith(": 1 finding persists, 1 is gone.")


def test_a_finding_with_another_sentence_reads_differently(analyzed: Run) -> None:
    first = report_of(analyzed(*BLAST))
    more = {"figure": "471", "source": "wire"}
    since = report_of(analyzed(*BLAST, more), Earlier(first))["since"]
    (changed,) = since["changed"]
    assert changed["id"] == BLAST_ID
    assert changed["was"].startswith(first["findings"][0]["sentence"])
    assert (since["new"], since["persisting"], since["resolved"]) == ([], [], [])
    assert since["text"].endswith(": 1 finding reads differently.")


def test_another_severity_alone_is_told(analyzed: Run) -> None:
    first = report_of(analyzed(*BLAST))
    sentence = first["findings"][0]["sentence"]
    first["findings"][0]["severity"] = "info"
    first["since"]["base"]["content"] = "of other findings"
    since = report_of(analyzed(*BLAST), Earlier(first))["since"]
    assert since["changed"] == [{"id": BLAST_ID, "was": f"{sentence} (severity info)"}]


def test_a_waived_finding_is_told_apart_from_one_that_is_gone(analyzed: Run) -> None:
    first = report_of(analyzed(*BLAST, *FALL))
    waiver = {"finding": BLAST_ID, "reason": "known", "who": "A", "until": "2027-01-01"}
    since = report_of(analyzed(*BLAST, waivers=[waiver]), Earlier(first))["since"]
    assert {one["id"].split(".")[0]: one["why"] for one in since["resolved"]} == {
        "disagreement": "waived",
        "fall": "gone",
    }
    assert since["text"].endswith(": 1 finding is gone, 1 is waived.")


def test_claims_that_change_no_finding_are_a_change_without_news(analyzed: Run) -> None:
    first = report_of(analyzed(*BLAST))
    other = {"measure": "held", "figure": "12"}
    since = report_of(analyzed(*BLAST, other), Earlier(first))["since"]
    assert since["text"] == (
        "Since the last report (3 claims; latest page of 2 March 2024), no finding is new or "
        "gone: 1 persists."
    )


def test_the_same_claims_carry_over_what_changed_last(analyzed: Run) -> None:
    """The second report differs from the first; the third and fourth are the second again."""
    first = report_of(analyzed(*BLAST))
    second = report_of(analyzed(*BLAST, *FALL), Earlier(first))
    third = report_of(analyzed(*reversed(FALL), *BLAST), Earlier(second))
    assert third == second
    assert report_of(analyzed(*BLAST, *FALL), Earlier(third)) == second
    assert second["since"]["new"]


def test_a_report_that_was_named_is_always_compared_with(analyzed: Run) -> None:
    first = report_of(analyzed(*BLAST))
    second = report_of(analyzed(*BLAST, *FALL), Earlier(first))
    since = report_of(analyzed(*BLAST, *FALL), Earlier(second, named=True))["since"]
    assert since["new"] == []
    assert since["text"].startswith("Since the report that it is compared with (5 claims; ")
    assert ", no finding is new or gone: 2 persist." in since["text"]


def test_a_comparison_with_a_named_report_is_not_carried_over(analyzed: Run) -> None:
    """Named once; the next plain run compares with the last report, the one after changes nothing.

    Without a name "since" is the same however often it is made.
    """
    first = report_of(analyzed(*BLAST))
    named = report_of(analyzed(*BLAST, *FALL), Earlier(first, named=True))
    assert named["since"]["base"]["named"] and named["since"]["new"]
    plain = report_of(analyzed(*BLAST, *FALL), Earlier(named))
    assert plain["since"]["text"] == (
        "Since the last report (5 claims; latest page of 6 March 2024), no finding is new or "
        "gone: 2 persist."
    )
    assert not plain["since"]["base"]["named"]
    assert report_of(analyzed(*BLAST, *FALL), Earlier(plain)) == plain


Change = tuple[str, Any]


@pytest.mark.parametrize(
    "change",
    [
        ("text", 3),
        ("new", [[]]),
        ("persisting", {}),
        ("changed", ["x"]),
        ("changed", [{"id": "x", "was": 3}]),
        ("resolved", [{"id": "x"}]),
        ("base", {"earlier": 3}),
        ("base", {"earlier": {"claims": 3}}),
        ("base", {"earlier": {"claims": 3, "latest_published": "x", "content": []}}),
        ("base", {"named": None}),
    ],
)
def test_an_entry_with_one_part_of_another_shape_is_made_anew(
    analyzed: Run, change: Change
) -> None:
    analysis = analyzed(*BLAST)
    report = report_of(analysis)
    key, value = change
    told = report["since"]
    told[key] = told[key] | value if key == "base" else value
    since = changes_since(Earlier(report), analysis)
    assert since["text"].startswith("Since the last report (3 claims;")
    assert since["base"]["earlier"]["content"] == told["base"]["content"]


@pytest.mark.parametrize("content", [3, ["x"], float("nan")])
def test_a_content_that_is_no_text_is_not_known(analyzed: Run, content: object) -> None:
    first = report_of(analyzed(*BLAST)) | {"since": {"base": {"content": content}}}
    assert (
        report_of(analyzed(*BLAST), Earlier(first))["since"]["base"]["earlier"]["content"] is None
    )


@pytest.mark.parametrize("since", [None, 3, {}, {"base": {}}, {"text": "x", "base": None}])
def test_a_report_whose_comparison_is_of_another_shape_is_compared_with(
    analyzed: Run, since: object
) -> None:
    first = report_of(analyzed(*BLAST)) | {"since": since}
    told = report_of(analyzed(*BLAST), Earlier(first))["since"]
    assert told["persisting"] == [BLAST_ID]
    assert told["base"]["earlier"]["content"] is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is not JSON"),
        ("{", "is not JSON"),
        ("[" * 100_000, "is nested too deeply"),
        ('{"dossier": ' + "[" * 100_000, "is nested too deeply"),
        ('{"x": "\\ud800"}', "holds half a character"),
        ('{"x\\uDFFF": 3}', "holds half a character"),
        ('{"dossier": {"name": "two\\nlines"}, "summary": {}, "findings": []}', r"'two\\nlines'"),
        ('{"dossier": {"name": []}, "summary": {}, "findings": []}', "no dossier by name"),
        ("[]", "is no report"),
        ("{}", "lacks dossier, summary, findings"),
        ('{"dossier": {"name": "other"}, "summary": {}, "findings": []}', "report of 'other'"),
        ('{"dossier": {"name": "small"}, "summary": {}, "findings": []}', "another format"),
        (
            '{"dossier": {"name": "small"}, "findings": [3],'
            ' "summary": {"claims": 1, "latest_published": "x"}}',
            "another format",
        ),
    ],
)
def test_what_can_not_be_compared_with_says_why(text: str, why: str) -> None:
    with pytest.raises(ForeignReportError, match=why):
        parse_report(text, "small")


def test_a_character_that_json_writes_in_two_halves_is_no_fault(analyzed: Run) -> None:
    text = json.dumps(report_of(analyzed(*BLAST)) | {"x": "\U0001f600"})
    assert "\\ud83d\\ude00" in text
    assert parse_report(text, "small")["x"] == "\U0001f600"
