"""What the shipped dossier must show of figures that tie each other, and must not."""

from itertools import product

import pandas as pd
import pytest
from systems import allowed

from analyzer.discrepancies.revisions import find_revisions
from analyzer.pipeline import Analysis
from analyzer.series.current import current
from analyzer.system.build import build_system
from analyzer.system.parts import Parts
from analyzer.system.places import EPOCH
from analyzer.system.search import Search, search
from analyzer.system.solve import refute

INF = float("inf")
APRIL = (pd.Timestamp("2024-04-30") - EPOCH).days
AP_LIST = "account.hostages_taken.hostage_ledger_of_251.newsmax.20-February-2025"
GZERO = "account.hostages_held.held_split.gzero_media.1-September-2024"
WIKIPEDIA = "account.killed_oct7.oct7_two_parts.wikipedia"
MENAFN = "account.prisoners_freed_on_day.day_destinations.menafn.25-January-2025"


@pytest.fixture(scope="module")
def claims(gaza: Analysis) -> pd.DataFrame:
    """The claims that are searched for contradictions: those that stand, and none replaced."""
    standing = current(gaza.claims)
    revisions = find_revisions(standing, gaza.measures, gaza.settings.thresholds)
    return standing[
        ~standing["id"].isin({one for draft in revisions for one in draft.positions[0]})
    ]


@pytest.fixture(scope="module")
def found(gaza: Analysis, claims: pd.DataFrame) -> Search:
    """The search, of which an analysis keeps its tables only."""
    return search(claims, gaza.identities, gaza.measures)


def finding(analysis: Analysis, name: str) -> pd.Series:
    return analysis.findings.set_index("id").loc[name]


def left(analysis: Analysis, name: str) -> dict[str, tuple[float, float]]:
    """What the others leave for each wording of a finding."""
    rows = analysis.proofs[analysis.proofs["finding"] == name]
    ends = zip(rows["implied_low"], rows["implied_high"], strict=True)
    return dict(zip(rows["wording"], ends, strict=True))


def stands(analysis: Analysis, name: str) -> set[str]:
    rows = analysis.readings[analysis.readings["finding"] == name]
    return set(rows.loc[rows["stands"] & (rows["dates"] == "given"), "wording"])


def test_the_list_of_the_ap_is_nine_short(gaza: Analysis) -> None:
    """134 + 40 + 8 + 60 = 242, not 251; 40 and 60 may be rounded, from 39 to 41 and 59 to 61."""
    assert "251 stands against 242" in finding(gaza, AP_LIST)["sentence"]
    assert left(gaza, AP_LIST) == {
        "251": (134 + 39 + 8 + 59, 134 + 41 + 8 + 61),
        "134": (251 - 41 - 8 - 61, 251 - 39 - 8 - 59),
        "40": (251 - 134 - 8 - 61, 251 - 134 - 8 - 59),
        "8": (251 - 134 - 41 - 61, 251 - 134 - 39 - 59),
        "60": (251 - 134 - 8 - 41, 251 - 134 - 8 - 39),
    }
    assert stands(gaza, AP_LIST) >= {"letter", "rounded", "implied"}


def test_gzero_counts_the_four_earlier_captives_on_one_side_only(gaza: Analysis) -> None:
    """64 + 33 = 97 against 101."""
    told = finding(gaza, GZERO)
    assert told["cause"] == "scope or definition change"
    assert "the figures fit if 4 are taken off “101”" in told["sentence"]
    assert left(gaza, GZERO) == {"101": (97, 97), "Sixty-four": (68, 68), "33": (37, 37)}


def test_at_least_810_and_379_can_be_1219_to_the_letter(gaza: Analysis) -> None:
    """As heard, at most 819 and 379: 1,189 to 1,198, and 21 are missing at least."""
    told = finding(gaza, WIKIPEDIA)
    assert (told["relation"], told["severity"]) == ("strains", "low")
    assert stands(gaza, WIKIPEDIA) == {"implied"}
    assert left(gaza, WIKIPEDIA) == {
        "1,219": (810 + 379, 819 + 379),
        "at least 810": (1_219 - 379, 1_219 - 379),
        "at least 379": (1_219 - 819, 1_219 - 810),
    }


def test_128_and_70_prisoners_are_two_short_of_200(gaza: Analysis) -> None:
    """200 may be rounded."""
    told = finding(gaza, MENAFN)
    assert told["relation"] == "strains"
    assert "200 stands" not in told["sentence"] or "198" in told["sentence"]
    assert left(gaza, MENAFN) == {"200": (198, 198), "128": (130, 130), "70": (72, 72)}
    assert stands(gaza, MENAFN) == {"letter", "implied"}


def test_the_table_of_ocha_balances(gaza: Analysis) -> None:
    """7,797 + 4,959 + 1,924 + 10,006 = 24,686; no contradiction holds the four together."""
    april = gaza.claims[
        (gaza.claims["as_of"] == "2024-04-30") & (gaza.claims["source"] == "haaretz")
    ]
    table = {"7,797", "4,959", "1,924", "10,006", "24,686"}
    assert table <= set(april["figure"])
    rows = set(april.loc[april["figure"].isin(table), "id"])
    assert not any(len(rows & set(claims)) > 1 for claims in gaza.contradictions["claims"])
    accounts = gaza.accounts[gaza.accounts["identity"] == "gaza_identified_parts"]
    assert set(accounts.loc[accounts["when"] == "30 April 2024", "strength"]) == {"holds"}


def test_the_table_of_ocha_leaves_the_unidentified(gaza: Analysis, found: Search) -> None:
    """34,622 less 24,686 are 9,936, which no row gives."""
    rows = allowed(found, gaza.measures, "killed_gaza_unidentified", days=[APRIL])
    (row,) = rows[rows["scope"] == ""].to_dict("records")
    assert (row["low"], row["high"]) == (9_936, 9_936)
    assert row["claims"] == ()
    figures = gaza.claims.set_index("id")["figure"]
    assert {figures[one] for one in row["low_claims"]} == {"34,622", "24,686"}
    assert row["low_rules"] == row["high_rules"] == ("gaza_identified",)


def test_the_two_scopes_of_those_held_are_named_side_by_side(gaza: Analysis) -> None:
    (told,) = gaza.findings[gaza.findings["kind"] == "two scopes"].to_dict("records")
    claims = gaza.claims.set_index("id").loc[list(told["claims"])]
    numbers = {scope: set(rows["stated"]) for scope, rows in claims.groupby("scope")}
    assert numbers == {"with_earlier_captives": {136, 101, 98}, "of_the_251": {132, 97, 94}}
    for wide, narrow in (("136", "132"), ("101", "97"), ("98", "94")):
        assert f"“{wide}” of" in told["sentence"]
        assert f"{narrow}” of" in told["sentence"]
    assert told["severity"] == "info"


def test_a_contradiction_points_at_a_finding_that_holds_a_claim_of_each_figure(
    gaza: Analysis, found: Search
) -> None:
    """Where one does: of the pairs of two totals that are weeks apart the widest are told only."""
    atoms = {claim: set(atom.claims) for atom in found.system.atoms for claim in atom.claims}
    findings = gaza.findings.set_index("id")["claims"]
    rows = gaza.contradictions
    assert len(rows) == len(found.pairs) + len({*found.across, *found.of_pages})
    for row in rows[rows["told_by"] != ""].itertuples():
        figures = {frozenset(atoms[claim]) for claim in row.claims}
        assert len(figures) == row.n_figures
        assert all(figure & set(findings[row.told_by]) for figure in figures)
    assert set(rows.loc[rows["kind"] == "one page", "told_by"]) <= set(findings.index)
    assert (rows.loc[rows["kind"] == "one measure", "told_by"] != "").mean() > 0.6


def test_every_identity_is_written_down(gaza: Analysis, found: Search) -> None:
    """Each one ties the places of some time, but for those whose measures nobody counts."""
    written = set(found.system.rules)
    named = gaza.identities[gaza.identities["name"].isin(set(gaza.accounts["identity"]))]
    assert set(named["name"]) - written == set()


def test_what_the_kept_claims_say_can_all_be_true(found: Search) -> None:
    assert all(refute(part, part.atoms & found.kept) is None for part in found.parts)


@pytest.mark.parametrize("last", [False, True])
def test_any_option_of_each_conflict_ends_it(
    gaza: Analysis, claims: pd.DataFrame, last: bool
) -> None:
    """Without the claims of the first options, and without those of the last, nothing is left."""
    chosen = gaza.given_up.groupby("conflict")["claims"].agg("last" if last else "first")
    out = {claim for ids in chosen for claim in ids}
    system = build_system(claims[~claims["id"].isin(out)], gaza.identities, gaza.measures)
    failing = [part for part in Parts(system) if refute(part, part.atoms)]
    assert failing == []


def test_all_options_of_a_conflict_weigh_the_same_and_are_told_apart(gaza: Analysis) -> None:
    votes = gaza.given_up.groupby("conflict")["votes"].nunique()
    assert set(votes) == {1}
    options = [frozenset(claims) for claims in gaza.given_up["claims"]]
    assert len(options) == len(set(options))
    conflicts = gaza.given_up.groupby("conflict")["claims"].agg(lambda rows: set().union(*rows))
    for one, other in product(conflicts.items(), repeat=2):
        assert one[0] == other[0] or not one[1] & other[1]


def test_the_envelope_lies_within_what_the_kept_claims_say(gaza: Analysis) -> None:
    """Narrower than the figures of its place, never wider, and never crossed."""
    rows = gaza.envelope
    assert (rows["low"] <= rows["high"]).all()
    assert (rows["low"] >= rows["stated_low"].fillna(0) - 1e-3).all()
    assert (rows["high"] <= rows["stated_high"].fillna(INF) + 1e-3).all()
