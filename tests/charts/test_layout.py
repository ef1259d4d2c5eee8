"""Labels keep apart, near their points and in order."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from analyzer.charts.base.layout import Anchor, Box, place, spread


def test_labels_with_room_stay_where_they_are_wanted() -> None:
    """Centres at 10 and 30, each 8 high: nothing to move."""
    assert spread([30, 10], [8, 8], 0, 40) == [30, 10]


def test_labels_that_clash_move_apart_evenly() -> None:
    """Both want 20 and are 8 high: 16 and 24."""
    assert spread([20, 20], [8, 8], 0, 40) == [16, 24]


def test_labels_at_the_edge_are_pushed_back() -> None:
    """Wanted at the ends of 0 to 40: they stop half their height before."""
    assert spread([0, 40], [8, 8], 0, 40) == [4, 36]


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(1, 8)), min_size=1, max_size=12))
def test_spread_labels_never_overlap_or_leave(labels: list[tuple[float, float]]) -> None:
    """Up to twelve labels of up to 8 fit between 0 and 100."""
    wanted, sizes = [at for at, _ in labels], [size for _, size in labels]
    placed = spread(wanted, sizes, 0, 100)
    ends = sorted((at - size / 2, at + size / 2) for at, size in zip(placed, sizes, strict=True))
    assert ends[0][0] >= -1e-9
    assert ends[-1][1] <= 100 + 1e-9
    assert all(a[1] <= b[0] + 1e-9 for a, b in itertools.pairwise(ends))


points = st.tuples(st.floats(0, 300), st.floats(0, 200))


@given(st.lists(points, min_size=1, max_size=10))
def test_placed_labels_cover_neither_labels_nor_points(where: list[tuple[float, float]]) -> None:
    """Labels of 50 by 20 for points of radius 3 in a frame of 300 by 200."""
    frame = Box(0, 0, 300, 200)
    boxes = [Box(x - 3, y - 3, x + 3, y + 3) for x, y in where]
    spots = place([Anchor(x, y, 50, 20, 3) for x, y in where], frame, boxes, [], 10)
    kept = [spot.box for spot in spots if spot]
    assert kept
    assert all(box.inside(Box(-1e-6, -1e-6, 300 + 1e-6, 200 + 1e-6)) for box in kept)
    assert not any(a.overlaps(b) for a, b in itertools.combinations(kept, 2))
    assert not any(box.overlaps(point) for box in kept for point in boxes)


def test_a_point_gets_one_label_only() -> None:
    """Two labels for one point: the second is for the case that the first has no room."""
    anchors = [Anchor(50, 50, 20, 10, 3, point=1), Anchor(50, 50, 5, 5, 3, point=1)]
    assert [spot is not None for spot in place(anchors, Box(0, 0, 100, 100), [], [], 10)] == [
        True,
        False,
    ]


def test_the_line_to_a_label_passes_no_other_point() -> None:
    """A point with another right beside it on each of three sides: the label goes to the fourth."""
    others = [Box(60, 45, 70, 55), Box(30, 45, 40, 55), Box(45, 60, 55, 70)]
    own = Box(47, 47, 53, 53)
    (spot,) = place([Anchor(50, 50, 40, 10, 3)], Box(0, 0, 100, 100), [own, *others], [], 10)
    assert spot is not None
    assert spot.box.top <= 47


def test_a_label_without_room_is_left_out() -> None:
    """The frame is smaller than the label's way around the point that it must not cover."""
    point = Box(0, 0, 30, 30)
    assert place([Anchor(15, 15, 20, 20, 3)], Box(0, 0, 30, 30), [point], [], 10) == [None]
