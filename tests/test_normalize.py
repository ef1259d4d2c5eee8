"""Ids that last, and figures in the unit of their measure."""

from collections.abc import Callable

import numpy as np
import pytest

from analyzer.intake import Dossier

Load = Callable[..., Dossier]


def test_ids_do_not_change_when_rows_are_added_or_reordered(load: Load) -> None:
    one, two, three = ({"figure": figure} for figure in ("12", "13", "14"))
    before = load(one, two).claims.set_index("figure")["id"]
    after = load(three, two, one).claims.set_index("figure")["id"]
    assert before.to_dict() == {key: after[key] for key in before.index}


def test_a_given_id_is_kept_and_a_blank_one_is_readable(load: Load) -> None:
    claims = load({"figure": "12", "id": "mine"}, {"figure": "13"}).claims.set_index("figure")
    assert claims.at["12", "id"] == "mine"
    assert claims.at["13", "id"].startswith("dead.daily.")


@pytest.mark.parametrize(
    ("cells", "low", "high"),
    [
        ({"figure": "1,139"}, 1139, 1139),
        ({"figure": "1.139"}, 1139, 1139),
        ({"figure": "more than 1,000"}, 1001, np.inf),
        ({"figure": "under 100"}, 0, 99),
        ({"figure": "up to 90"}, 0, 90),
        ({"figure": "27 out of 28"}, 27, 27),
        ({"measure": "women", "figure": "nine out of 10"}, 81, 99),
        ({"measure": "women", "figure": "56.2%"}, 56.2, 56.2),
        ({"measure": "women", "figure": "half"}, 50, 50),
    ],
)
def test_figures_are_read_in_the_unit_of_the_measure(
    load: Load, cells: dict[str, str], low: float, high: float
) -> None:
    claim = load(cells).claims.iloc[0]
    assert (claim["low"], claim["high"]) == pytest.approx((low, high))


def test_the_origin_is_who_is_cited_or_the_nearest_relay(load: Load) -> None:
    claims = load(
        {"figure": "12", "via": "wire;blog"},
        {"figure": "13", "attributed_to": "daily", "via": "wire;blog"},
        {"figure": "14", "attributed_to": "daily"},
    ).claims.set_index("figure")
    assert claims["origin"].to_dict() == {"12": "ministry", "13": "wire", "14": "daily"}
    assert claims["chain"].to_dict() == {
        "12": "ministry > wire > blog > daily",
        "13": "wire > blog > daily",
        "14": "daily",
    }
