"""Slips of the keys: which figures can have been meant where another one was typed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

# How mistyped figures go wrong. Of errors that keep the length, one wrong digit is by far the
# commonest and two neighbouring digits that changed places the next (Verhoeff 1969, Error
# Detecting Decimal Codes: 79 and 10 in 100); with one digit too few or too many these are the
# four edits behind most misspelt words (Damerau 1964, Communications of the ACM 7(3)).
SHARES = {
    "wrong digit": 0.34,
    "transposed digits": 0.12,
    "missing digit": 0.12,
    "extra digit": 0.12,
    "power of ten": 0.03,
}
APART = 0.2  # of transpositions: digits that do not touch
DOUBLED = 0.5  # of extra digits: a key struck twice
NEAR = 4.0  # a key that touches the right one is hit so many times as often as one further off
POWERS = {1: 0.6, 2: 0.2, 3: 0.2}
DIGITS = "0123456789"
ROW = "1234567890"
PAD = {
    key: (column, line)
    for line, keys in enumerate(("0", "123", "456", "789"))
    for column, key in enumerate(keys)
}


def _touch(one: str, other: str) -> bool:
    """Whether two keys lie side by side, in the row of figures or on the keypad."""
    apart = abs(PAD[one][0] - PAD[other][0]) + abs(PAD[one][1] - PAD[other][1])
    return abs(ROW.index(one) - ROW.index(other)) == 1 or apart == 1


def _hits() -> dict[tuple[str, str], float]:
    """Chance of each other digit where one is typed wrongly, as (meant, typed)."""
    chances: dict[tuple[str, str], float] = {}
    for right in DIGITS:
        weights = {key: NEAR if _touch(right, key) else 1.0 for key in DIGITS if key != right}
        chances |= {(right, key): one / sum(weights.values()) for key, one in weights.items()}
    return chances


HITS = _hits()


def wrong_digit(text: str) -> Iterator[tuple[str, float]]:
    """Figures that differ in one digit."""
    for place, typed in enumerate(text):
        for right in DIGITS:
            if right != typed:
                chance = HITS[right, typed] / len(text)
                yield text[:place] + right + text[place + 1 :], chance


def transposed_digits(text: str) -> Iterator[tuple[str, float]]:
    """Figures in which two digits stand in each other's place."""
    pairs = list(combinations(range(len(text)), 2))
    apart = len(pairs) - (len(text) - 1)
    for one, other in pairs:
        digits = list(text)
        digits[one], digits[other] = digits[other], digits[one]
        near = (1 - APART) / (len(text) - 1)
        yield "".join(digits), near if other == one + 1 else APART / apart


def missing_digit(text: str) -> Iterator[tuple[str, float]]:
    """Figures that lose one digit to become the typed one."""
    for place in range(len(text) + 1):
        for digit in DIGITS:
            yield text[:place] + digit + text[place:], 1 / (len(text) + 1)


def extra_digit(text: str) -> Iterator[tuple[str, float]]:
    """Figures that gain one digit to become the typed one."""
    right = len(text) - 1
    for place in range(len(text)):
        twice = text[place] in (text[place - 1 : place], text[place + 1 : place + 2])
        chance = DOUBLED / (2 * right or 1) if twice else 0.0
        yield text[:place] + text[place + 1 :], chance + (1 - DOUBLED) / (len(text) * 10)


def power_of_ten(text: str) -> Iterator[tuple[str, float]]:
    """Figures that are ten, a hundred or a thousand times more or less."""
    for zeros, share in POWERS.items():
        yield text + "0" * zeros, share / 2
        if text.endswith("0" * zeros):
            yield text[:-zeros], share / 2


SLIPS = {
    "wrong digit": wrong_digit,
    "transposed digits": transposed_digits,
    "missing digit": missing_digit,
    "extra digit": extra_digit,
    "power of ten": power_of_ten,
}


@lru_cache(maxsize=1 << 15)
def meant(typed: int) -> tuple[tuple[int, str, float], ...]:
    """Figures that one slip of the keys turns into the typed one.

    Parameters
    ----------
    typed : int
        Not negative.

    Returns
    -------
    tuple of (figure, cause, chance)
        `chance` is that of typing `typed` where `figure` is meant and mistyped, with the share
        of the cause among errors; ordered by figure and cause.
    """
    text = str(typed)
    found: dict[tuple[int, str], float] = {}
    for cause, slips in SLIPS.items():
        for digits, chance in slips(text):
            if digits and digits != text and (digits[0] != "0" or digits == "0"):
                key = (int(digits), cause)
                found[key] = found.get(key, 0.0) + SHARES[cause] * chance
    return tuple((*key, chance) for key, chance in sorted(found.items()))
