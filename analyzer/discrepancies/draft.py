"""What a detector returns."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Draft:
    """One discrepancy before it is ranked.

    Attributes
    ----------
    kind, cause, relation, measure : str
        As in the findings frame.
    key : str
        What tells it from other findings of its kind and measure; part of the stable id.
    when : str
        The time that the claims speak of, in words; "" for a fixed measure.
    gap : float
        |a-b| / (|a|+|b|) of the facing ends.
    claims : tuple of str
        Ids of the claims that prove it.
    sentence : str
        What a careful journalist would sign.
    evidence : tuple of (str, str)
        What the tests found, as term and text.
    positions : tuple of tuple of str
        Claims that agree among themselves, as ids.
    backing : int
        The fewer origins of the two sides that are furthest apart: how much stands behind the
        weaker side.
    inferred : bool
        Whether the conflict rests on dates that were taken from a page's context.
    """

    kind: str
    cause: str
    relation: str
    measure: str
    key: str
    when: str
    gap: float
    claims: tuple[str, ...]
    sentence: str
    evidence: tuple[tuple[str, str], ...] = ()
    positions: tuple[tuple[str, ...], ...] = field(default=())
    backing: int = 1
    inferred: bool = False
