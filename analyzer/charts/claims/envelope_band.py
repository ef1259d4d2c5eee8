"""Behind the claims of a timeline: the range that they and the accounts jointly allow."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analyzer.charts.base.marks import BAND, BAND_KEY, draw_bands
from analyzer.charts.base.readings import day_text
from analyzer.charts.base.scales import Scale, day_numbers
from analyzer.charts.base.sheet import Key
from analyzer.readings import left_range, value_range

ALLOWED: Final = "what all kept claims and the accounts jointly allow"
ALPHA: Final = 0.7  # the band is behind everything
KEY: Final = Key("what all kept claims and accounts allow", BAND_KEY | {"alpha": ALPHA})
BEYOND: Final = 0.5  # of the axis, that it is made longer for the band at most
BEYOND_CLOSE: Final = 1.0  # the same where claims lie so close that it does not start at zero
ROOM: Final = 1.05
THIN: Final = 0.012  # of the axis of days: half a bar
LOOK: Final[dict[str, Any]] = BAND | {"zorder": 0.7, "alpha": ALPHA}


def read_envelope(envelope: pd.DataFrame | None, kind: str) -> pd.DataFrame:
    """Rows of the envelope that say something, by time; those without a time only if `fixed`."""
    columns = ["at_first", "at_last", "low", "high"]
    if envelope is None:
        envelope = pd.DataFrame(columns=columns)
    numbers = envelope[columns].astype({"low": "float64", "high": "float64"})
    numbers = numbers.fillna({"low": -np.inf, "high": np.inf})
    says: pd.Series = (numbers["low"] > 0) | np.isfinite(numbers["high"])
    told = numbers[says]
    if kind != "fixed":
        told = told.dropna(subset=["at_first", "at_last"])
    return told.sort_values(["at_first", "at_last"], ignore_index=True)


def make_room(ends: tuple[float, float], envelope: pd.DataFrame) -> tuple[float, float]:
    """Ends of the value axis that show the envelope too, as far as the claims stay legible."""
    low, high = ends
    most = (BEYOND_CLOSE if low > 0 else BEYOND) * (high - low)
    floors, ceilings = (envelope[end][np.isfinite(envelope[end])] for end in ("low", "high"))
    tops = ROOM * pd.concat([floors, ceilings[ceilings < high + most]])
    bottoms = pd.concat([floors[floors > low - most], ceilings])
    return min([low, *bottoms[bottoms > 0]]), max([high, *tops])


def draw_envelope(axes: Axes, envelope: pd.DataFrame, kind: str, scale: Scale) -> None:
    """Draw the band of a total, or bars at the times of what can rise and fall.

    Parameters
    ----------
    envelope : DataFrame
        As from `read_envelope`.
    """
    bottom, top = axes.get_ylim()
    low, high = envelope["low"].clip(lower=bottom), envelope["high"].clip(upper=top)
    if kind == "fixed":
        if low.max() <= high.min():
            right = scale.strip[0] if scale.strip else scale.high
            corners = [scale.low, right]
            axes.fill_between(corners, low.max(), high.min(), gid="envelope", **LOOK)
        return
    first, last = _places(envelope, kind, scale)
    if kind == "cumulative" and len(envelope) > 1:
        x = np.maximum.accumulate(np.column_stack([first, last]).ravel())
        _draw_steps(axes, x, np.repeat(low, 2), np.repeat(high, 2))
        return
    bands = pd.DataFrame({"left": first, "right": last, "low": low, "high": high})
    seen: pd.Series = (bands["left"] < bands["right"]) & (bands["low"] <= bands["high"])
    draw_bands(axes, bands[seen], gid="envelope", **LOOK)


def _places(envelope: pd.DataFrame, kind: str, scale: Scale) -> tuple[Any, Any]:
    """Where each row begins and ends on the axis of days, without the strip."""
    end = scale.strip[0] if scale.strip else scale.high
    half = 0.0 if kind == "cumulative" and len(envelope) > 1 else THIN * (end - scale.low)
    first = day_numbers(envelope["at_first"]) - half
    last = day_numbers(envelope["at_last"]) + half
    return first.clip(scale.low, end).to_numpy(), last.clip(scale.low, end).to_numpy()


def _draw_steps(axes: Axes, x: Any, low: Any, high: Any) -> None:
    """Between two times a total is at least the earlier low, and at most the later high."""
    axes.fill_between(
        np.repeat(x, 2)[1:-1],
        np.repeat(low, 2)[:-2],
        np.repeat(high, 2)[2:],
        gid="envelope",
        **LOOK,
    )


def allowed_title(title: str, envelope: pd.DataFrame, kind: str) -> str:
    """Add to a title what is allowed: the last range that has two ends, or else the last one."""
    if envelope.empty or not title:
        return title
    closed = envelope[np.isfinite(envelope["high"])]
    row = (closed if len(closed) else envelope).iloc[-1]
    allowed = _range(float(row["low"]), float(row["high"]))
    if kind == "fixed":
        return f"{title.replace(': what ', ': ', 1)} {allowed_text(envelope, kind)[0]}"
    return f"{title.replace(': what ', ': ', 1)} {allowed} on {day_text(row['at_last'])}"


def _range(low: float, high: float) -> str:
    return (value_range if low == high else left_range)(low, high)


def allowed_text(envelope: pd.DataFrame, kind: str) -> tuple[str, str]:
    """What is allowed at the last time, and when that is; blank for a fixed total."""
    last = envelope.iloc[-1]
    if kind == "fixed":
        return _range(envelope["low"].max(), envelope["high"].min()), ""
    return _range(last["low"], last["high"]), f" on {day_text(last['at_last'])}"


def envelope_caption(axes: Axes, envelope: pd.DataFrame, kind: str, *, along: str = "y") -> str:
    """Say what the band is; blank without one."""
    if envelope.empty:
        return ""
    text = f"The pale band is {ALLOWED}"
    if kind == "cumulative":
        text += ": at each time, and between two times from the least at the earlier to the most "
        text += "at the later"
    elif kind != "fixed":
        text = f"Pale bars are {ALLOWED} at single times"
    bottom, top = axes.get_ylim() if along == "y" else axes.get_xlim()
    if (envelope["high"] > top).any() or (bottom > 0 and (envelope["low"] < bottom).any()):
        text += "; where it reaches the edge of the panel, it goes on"
    return f" {text}."


def envelope_alt(envelope: pd.DataFrame, kind: str) -> str:
    """What is allowed at the last time; blank without an envelope."""
    if envelope.empty:
        return ""
    allowed, when = allowed_text(envelope, kind)
    return f" All kept claims and the accounts jointly allow {allowed}{when}."
