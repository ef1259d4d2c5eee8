"""What a chart needs to know of each claim: where it stands, its ends, and its words."""

from __future__ import annotations

import re
from zlib import crc32

import numpy as np
import pandas as pd

from analyzer.charts.base import theme
from analyzer.readings import add_readings, number

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
TIMES = "\N{MULTIPLICATION SIGN}"
BELOW = ("at most", "less than")
OTHERS = "others"
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


def read_marks(claims: pd.DataFrame) -> pd.DataFrame:
    """Add what is drawn of each claim, ordered by id; claims without any number are dropped.

    Adds
    ----
    value : float
        The stated number, else the middle of the bounds, else the one bound there is.
    bar_low, bar_high : float
        Finite ends of the literal bounds; `value` where an end is open.
    open_low, open_high : bool
        Whether the wording leaves that end open ("up to" is drawn as open below).
    ranged : bool
        Whether it states two ends and no number between them; nobody gives its middle.
    hollow : bool
        Whether it is given as an estimate.
    planned : bool
        Whether it is a plan.
    text : str
        The reading in a fixed form, in Latin script.
    """
    drawn = claims[~claims["is_share"]] if "is_share" in claims else claims
    drawn = drawn.sort_values("id", kind="stable").reset_index(drop=True)
    if "reading" not in drawn:
        drawn = add_readings(drawn)
    low, high = drawn["low"].astype("float64"), drawn["high"].astype("float64")
    finite_low, finite_high = np.isfinite(low), np.isfinite(high)
    middle = ((low + high) / 2).where(finite_low & finite_high)
    one_end = low.where(finite_low, high.where(finite_high))
    value = drawn["stated"].astype("float64").fillna(middle).fillna(one_end)
    below = drawn["qualifier"].isin(BELOW)
    drawn = drawn.assign(
        value=value,
        open_low=~finite_low | below,
        open_high=~finite_high,
        bar_low=low.where(finite_low & ~below, value),
        bar_high=high.where(finite_high, value),
        ranged=drawn["stated"].isna() & finite_low & finite_high & (low < high),
        hollow=drawn["status"] == "estimated",
        planned=drawn["modality"] == "planned",
    )
    drawn = drawn[drawn["value"].notna()]
    texts = [read_text(row) for _, row in drawn.iterrows()]
    return drawn.assign(text=pd.Series(texts, index=drawn.index, dtype=object))


def read_text(claim: pd.Series) -> str:
    """Word the reading of a claim, by its number where its words are not in Latin script."""
    text = str(claim["reading"])
    if is_latin(text):
        return text
    low, high = claim["low"], claim["high"]
    if np.isfinite(low) and np.isfinite(high):
        return number(low) if low == high else f"{number(low)} to {number(high)}"
    return f"at least {number(low)}" if np.isfinite(low) else f"up to {number(high)}"


def is_latin(text: str) -> bool:
    """Whether every letter of a text is one that Latin scripts use."""
    return all(ord(letter) < 0x250 or 0x2000 <= ord(letter) < 0x20C0 for letter in text)


def add_colours(marks: pd.DataFrame, most: int = len(theme.COLOURS)) -> pd.DataFrame:
    """Add `colour` and `hue` (name in the key): the biggest origins by colour, the rest grey.

    An origin gets a colour from three claims on; equal counts go by name. Each has a colour of
    its own choice, made from its key, so that it mostly has the same one in all charts; where
    two choose the same, the bigger one gets it.
    """
    names = short_names(marks["origin_name"].fillna(marks["origin"]))
    counts = names.value_counts()
    big = sorted(counts[counts >= 3].index, key=lambda name: (-counts[name], name))[:most]
    keys = marks["origin"].astype(str).groupby(names).min()
    colours: dict[str, str] = {}
    for name in big:
        free = [colour for colour in theme.COLOURS if colour not in colours.values()]
        colours[name] = min(free, key=lambda colour: crc32(f"{keys[name]} {colour}".encode()))
    return marks.assign(
        colour=[colours.get(name, theme.GREY) for name in names],
        hue=names.where(names.isin(big), OTHERS),
        said_by=names,
    )


LONG = 24  # letters


def short_names(names: pd.Series) -> pd.Series:
    """Names without a last bracket where they are long, unless two would become the same."""
    cut = names.str.replace(r"\s*\([^)]*\)$", "", regex=True).where(names.str.len() > LONG, names)
    twice = pd.DataFrame({"cut": cut, "full": names}).drop_duplicates()
    twice = twice[twice["cut"].duplicated(keep=False)]
    return cut.where(~cut.isin(twice["cut"]), names)


def claims_word(count: int) -> str:
    """Count claims in words: 1 claim, 2 claims."""
    return f"{count:,} claim" if count == 1 else f"{count:,} claims"


def day_text(day: pd.Timestamp) -> str:
    """Write a day in words that depend on no locale: 17 Oct 2023."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


SHORT = 120  # letters of a definition above a chart


def unit_text(measure: pd.Series) -> str:
    """Write unit and definition of a measure as a sentence or two; of a long one its start."""
    definition = str(measure["definition"]).replace("_", " ").strip()
    unit, definition = str(measure["unit"]), re.sub(r"[\s,;-]+see \w+$", "", _start(definition))
    end = "" if definition.endswith((".", "!", "?", ELLIPSIS)) or not definition else "."
    return f"{unit[:1].upper()}{unit[1:]}. {definition}{end}"


def _start(text: str) -> str:
    """Sentences up to a length, or the first one's parts, or the words before it."""
    for pattern in (r"(?<=[.!?])\s+(?=[A-Z])", r";\s+"):
        parts = re.split(pattern, text)
        kept = parts[0]
        for part in parts[1:]:
            if len(kept) + len(part) >= SHORT:
                break
            kept = text[: text.index(part, len(kept)) + len(part)]
        if len(kept) <= SHORT * 1.3:
            return kept
        text = kept
    return text[:SHORT].rsplit(" ", 1)[0] + ELLIPSIS


def with_unit(value: float, measure: pd.Series) -> str:
    """Write a number for people, with its sign of unit."""
    return number(value) + (" %" if measure["unit"] == "percent" else "")


def named_ends(marks: pd.DataFrame, measure: pd.Series) -> tuple[str, str]:
    """Write the lowest and the highest number that any claim names."""
    ranged = marks["stated"].isna()
    low = marks["value"].mask(ranged, marks["bar_low"]).min()
    high = marks["value"].mask(ranged, marks["bar_high"]).max()
    return with_unit(low, measure), with_unit(high, measure)


def date_text(claims: pd.DataFrame, column: str) -> str:
    """First and last day of a column: "17 Oct 2023 to 2 Jan 2024"; blank without any."""
    days = claims[column].dropna()
    if days.empty:
        return ""
    first, last = day_text(days.min()), day_text(days.max())
    return first if first == last else f"{first} to {last}"
