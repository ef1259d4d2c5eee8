"""Numbers to the words that pages give them in: exact, bounded, rounded, in several languages."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

EXACT, AT_LEAST, ABOUT, MORE_THAN, NEARLY, UP_TO, PERCENT, VAGUE, RANGE, THIRD = range(10)
FORMS = 60  # a form is drawn below this and taken modulo the number of wordings of the style
SENSES = {AT_LEAST: "at least", ABOUT: "about", NEARLY: "nearly", UP_TO: "up to"}
SMALL = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve"),
)
MILLION = 1_000_000
VAGUE_WORDS = (  # what is meant by them, at least and at most
    (24, 90, "dozens"),
    (200, 900, "hundreds"),
    (2_000, 9_000, "thousands"),
    (20_000, 90_000, "tens of thousands"),
    (200_000, 900_000, "hundreds of thousands"),
)

Writer = Callable[[float], str]


def digits(value: float) -> str:
    """Digits in groups of three; millions in words where nothing is lost by it."""
    whole = int(value)
    if whole >= MILLION and whole % (MILLION // 10) == 0:
        return f"{whole / MILLION:.1f} million"
    return f"{whole:,}"


def _plain(value: float) -> str:
    return str(int(value))


def _spelt(value: float) -> str:
    return SMALL[int(value)] if 0 < value < len(SMALL) else digits(value)


def _people(value: float) -> str:
    return f"{digits(value)} people"


def _worded(template: str, write: Writer = digits) -> Writer:
    return lambda value: template.format(write(value))


def _percents(template: str) -> Writer:
    return lambda value: template.format(f"{value:.10g}")


def _vague(value: float) -> str:
    """A vague word that nobody would take for much less than the number; else a lower bound."""
    for least, most, word in VAGUE_WORDS:
        if least <= value < most:
            return word
    unit = unit_of(value)
    return f"more than {max(int((value - 1) // unit) * unit, 0):,}"


def _range(template: str) -> Writer:
    def write(value: float) -> str:
        step = unit_of(value)
        low = math.floor(value / step) * step
        return template.format(f"{low:,}", f"{low + step:,}")

    return write


def unit_of(value: float) -> int:
    """The unit that a number of this size is rounded to in headlines: two digits are kept."""
    return int(10 ** max(len(str(int(abs(value)))) - 2, 0))


WRITERS: dict[int, Sequence[Writer]] = {
    EXACT: (digits, digits, digits, digits, _plain, _spelt, _people, digits, _plain, digits),
    AT_LEAST: (
        *(_worded(one) for one in ("at least {}", "{} or more", "no fewer than {}", "at least {}")),
        *(_worded(one, _plain) for one in ("au moins {}", "al menos {}", "mindestens {}")),
        *(_worded(one, _plain) for one in ("pelo menos {}", "ما لا يقل عن {}", "לפחות {}")),
    ),
    ABOUT: (
        *(_worded(one) for one in ("about {}", "around {}", "some {}", "roughly {}")),
        *(_worded(one) for one in ("approximately {}", "an estimated {}")),
        *(_worded(one, _plain) for one in ("environ {}", "unos {}", "etwa {}")),
    ),
    MORE_THAN: (
        *(_worded(one) for one in ("more than {}", "over {}", "more than {}")),
        *(_worded(one, _plain) for one in ("plus de {}", "más de {}", "über {}")),
    ),
    NEARLY: tuple(_worded(one) for one in ("nearly {}", "almost {}")),
    UP_TO: tuple(_worded(one) for one in ("up to {}", "as many as {}")),
    PERCENT: tuple(map(_percents, ("{}%", "{} percent", "{} per cent", "{} %"))),
    VAGUE: (_vague,),
    RANGE: tuple(map(_range, ("between {} and {}", "{} to {}"))),
    THIRD: (lambda _: "about a third", lambda _: "one in three"),
}


def write(
    values: npt.NDArray[np.float64], styles: npt.NDArray[np.int64], forms: npt.NDArray[np.int64]
) -> list[str]:
    """The wording of each number, in its style, in the form that was drawn for it."""
    return [
        WRITERS[style][form % len(WRITERS[style])](value)
        for value, style, form in zip(values.tolist(), styles.tolist(), forms.tolist(), strict=True)
    ]
