"""Claims that agree among themselves stand together; others do not."""

from collections.abc import Callable

import pandas as pd
import pytest

from analyzer.pipeline import Analysis
from analyzer.positions import find_positions
from analyzer.series.current import current
from analyzer.settings import Thresholds

Stand = Callable[..., pd.DataFrame]


@pytest.fixture
def stand(aligned: Callable[..., pd.DataFrame]) -> Stand:
    """The positions of some claims."""
    return lambda *claims: find_positions(current(aligned(*claims)), Thresholds())


def labels(positions: pd.DataFrame) -> list[tuple[str, int]]:
    frame = positions.sort_values("position")
    return list(zip(frame["label"], frame["n_claims"], strict=True))


def test_rounded_figures_stand_with_the_counts_they_round(stand: Stand) -> None:
    figures = ["1,200", "about 1,200", "some 1,200", "1,195", "1,205", "1,400", "more than 1,400"]
    assert labels(stand(*({"figure": figure} for figure in figures))) == [
        ("about 1,200", 5),
        ("1,400", 2),
    ]


def test_a_round_number_does_not_swallow_a_figure_it_does_not_stand_for(stand: Stand) -> None:
    assert labels(stand({"figure": "500"}, {"figure": "471"})) == [("471", 1), ("500", 1)]
    assert labels(stand({"figure": "240"}, {"figure": "251"})) == [("240", 1), ("251", 1)]


def test_claims_of_two_scopes_never_share_a_position(stand: Stand) -> None:
    positions = stand({"figure": "12"}, {"figure": "12", "scope": "civilians"})
    assert labels(positions) == [("12", 1), ("12", 1)]


def test_plans_and_outcomes_never_share_a_position(stand: Stand) -> None:
    positions = stand({"figure": "12"}, {"figure": "12", "status": "planned"})
    assert len(positions) == 2


def test_the_order_of_rows_makes_no_difference(run: Callable[..., Analysis]) -> None:
    rows = [{"figure": figure} for figure in ("90", "100", "95 to 105", "at least 80", "93")]
    one, other = run(*rows), run(*reversed(rows))
    assert one.positions.equals(other.positions)
    assert one.findings.equals(other.findings)
