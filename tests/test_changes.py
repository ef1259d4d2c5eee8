"""The steps of each origin from one figure to the next."""

from collections.abc import Callable

from analyzer.pipeline import Analysis

Run = Callable[..., Analysis]


def test_steps_follow_time_and_skip_repeats(run: Run) -> None:
    def toll(figure: str, day: str, **cells: str) -> dict[str, str]:
        return {"measure": "toll", "figure": figure, "as_of": day, "published": day} | cells

    steps = run(
        toll("120", "2024-02-03"),
        toll("100", "2024-02-01"),
        toll("100", "2024-02-02", source="weekly"),
        toll("90", "2024-02-04", attributed_to="army"),
        toll("110", "2024-02-04"),
    ).changes
    assert steps["from_reading"].tolist() == ["100", "120"]
    assert steps["difference"].tolist() == [20.0, -10.0]
    assert set(steps["authority"]) == {"ministry"}
    assert steps["relation"].tolist() == ["contradicts", "contradicts"]


def test_without_two_figures_there_is_no_step(run: Run) -> None:
    assert run({"figure": "12"}).changes.empty
