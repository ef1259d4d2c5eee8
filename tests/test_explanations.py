"""Why each contradiction is one, and the readings that it survives."""

from collections.abc import Callable

import numpy as np
import pytest
from systems import Told, told_of

from analyzer.explanations import PROOFS, READINGS
from analyzer.intake import Dossier
from analyzer.system.survival import DATES, WORDINGS

Tell = Callable[..., Told]
PAGE = {"url": "https://daily.example/1"}
SUM = [{"name": "sum", "label": "Sum", "expression": "toll = held + freed"}]


@pytest.fixture
def tell(load: Callable[..., Dossier]) -> Tell:
    """The accounts and joint contradictions of some claims, proved."""
    return lambda *claims, **tables: told_of(load(*claims, **tables))


def page(**figures: str) -> list[dict[str, str]]:
    return [{"measure": measure, "figure": figure} | PAGE for measure, figure in figures.items()]


def steps(told: Told, column: str) -> dict[str, object]:
    return dict(zip(told.proofs["wording"], told.proofs[column], strict=True))


def stands(told: Told, dates: str = "given") -> set[str]:
    rows = told.readings[told.readings["dates"] == dates]
    return set(rows.loc[rows["stands"], "wording"])


def test_an_account_is_proved_by_what_the_others_leave_for_each_figure(tell: Tell) -> None:
    """251 against 61 + 182 = 243: 8 too many, or 8 missing from either part."""
    told = tell(*page(toll="251", held="61", freed="182"), identities=SUM)
    assert list(told.proofs.columns) == PROOFS
    assert set(told.proofs["finding"]) == set(told.findings["id"])
    assert steps(told, "implied_low") == {"251": 243, "61": 69, "182": 190}
    assert steps(told, "implied_high") == {"251": 243, "61": 69, "182": 190}
    assert steps(told, "nearest") == pytest.approx(
        {"251": 251 - 8 * 251 / 494, "61": 61 + 8 * 61 / 494, "182": 182 + 8 * 182 / 494}
    )
    assert steps(told, "label")["61"] == "Held"
    assert set(told.proofs["when"]) == {"1 March 2024"}
    assert set(told.proofs["who"]) == {"Ministry, as given by Daily Paper"}
    assert set(told.proofs["n_sets"]) == {1}


def test_a_small_gap_is_let_pass_by_the_loose_reading_only(tell: Tell) -> None:
    """251 against 248: a fiftieth of 251 is 5. No date makes a difference."""
    told = tell(*page(toll="251", held="66", freed="182"), identities=SUM)
    assert list(told.readings.columns) == READINGS
    assert len(told.readings) == len(WORDINGS) * len(DATES)
    strict = set(WORDINGS) - {"loose"}
    assert stands(told) == stands(told, "morning") == stands(told, "published") == strict


def test_what_strains_stands_in_the_implied_reading_only(tell: Tell) -> None:
    """At least 810 and 379 of 1,219: to the letter it can hold, as heard 810 to 819 and 379."""
    told = tell(*page(toll="1,219", held="at least 810", freed="at least 379"), identities=SUM)
    assert told.findings["relation"].tolist() == ["strains"]
    assert stands(told) == {"implied"}
    assert steps(told, "low")["at least 810"] == 810
    assert steps(told, "implied_low")["at least 810"] > 820


def test_copies_are_counted_and_told_once(tell: Tell) -> None:
    """Three papers give 251 in all; 121 are freed by January, and 136 held in February."""
    rows = [
        {"measure": "dead", "figure": "251", "source": one} for one in ("daily", "blog", "wire")
    ]
    for measure, figure, day in (("freed", "121", "2024-01-04"), ("held", "136", "2024-02-06")):
        rows.append({"measure": measure, "figure": figure, "as_of": day, "published": day})
    told = tell(*rows, identities=[{"name": "sum", "expression": "dead = held + freed"}])
    assert steps(told, "n_copies") == {"251": 3, "121": 1, "136": 1}
    assert steps(told, "when") == {"251": "", "121": "4 January 2024", "136": "6 February 2024"}
    assert [len(claims) for claims in told.proofs["claims"]] == [3, 1, 1]


def test_what_others_say_elsewhere_stands_beside_it(tell: Tell) -> None:
    """Three others give 190 to 195 freed, and 182 alone is given up."""
    others = [
        {"measure": "freed", "figure": "190 to 195", "source": source, "attributed_to": source}
        for source in ("wire", "weekly", "blog")
    ]
    told = tell(*page(toll="251", held="61", freed="182"), *others, identities=SUM)
    account = told.proofs[told.proofs["finding"].str.contains("account.toll.sum.daily")]
    row = account[account["wording"] == "182"].iloc[0]
    assert (row["elsewhere_low"], row["elsewhere_high"]) == (190, 195)


def test_a_share_that_is_put_in_has_no_range(tell: Tell) -> None:
    """Of 200, 40 % are 80, not 50."""
    rule = [{"name": "share", "expression": "women[toll] = 100 * held / toll"}]
    rows = page(toll="201", held="51")
    share = {"measure": "women", "figure": "40 %", "of": "toll"} | PAGE
    told = tell(*rows, share, identities=rule)
    assert told.findings["kind"].tolist() == ["account"]
    assert np.isnan(steps(told, "implied_low")["40 %"])
    assert np.isnan(steps(told, "nearest")["40 %"])
    assert steps(told, "implied_low")["51"] > 51


def two_sources(tell: Tell, toll: str) -> Told:
    """499 by one paper and 461 by another; each gives one of the two parts."""
    rows = [("held", "499", "daily"), ("held", "461", "weekly"), ("toll", toll, "daily")]
    rows.append(("freed", "221", "weekly"))
    return tell(
        *(
            {"measure": measure, "figure": figure, "source": source, "attributed_to": source}
            for measure, figure, source in rows
        ),
        identities=[{"name": "sum", "expression": "held = toll + freed"}],
    )


def test_an_account_is_proved_by_its_terms_though_two_sources_differ_on_one(tell: Tell) -> None:
    """Neither 499 nor 461 is 202; that the one is not the other has no part in it."""
    account = two_sources(tell, "181").proofs
    assert account["label"].tolist() == ["Freed", "Held", "Dead of the war"]
    assert set(account["wording"]) - {"499", "461"} == {"181", "221"}


def test_an_account_does_not_stand_where_only_two_sources_differ(tell: Tell) -> None:
    """461 against 231 + 221 = 452 is let pass by a fiftieth of each; 499 against 461 is not."""
    assert stands(two_sources(tell, "231")) == set(WORDINGS) - {"loose"}


def test_without_a_contradiction_nothing_is_proved(tell: Tell) -> None:
    told = tell(*page(toll="243", held="61", freed="182"), identities=SUM)
    assert (told.proofs.empty, told.readings.empty) == (True, True)
    assert list(told.proofs.columns) == PROOFS
    assert list(told.readings.columns) == READINGS
