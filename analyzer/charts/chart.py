"""What each draw function hands over."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure with its words.

    Attributes
    ----------
    figure : Figure
        Not saved yet, without a source line.
    title : str
        A sentence that says what is shown; also printed in the figure.
    alt : str
        What the chart says with its main numbers, for readers who don't see it.
    caption : str
        How to read it, in one or two sentences.
    """

    figure: Figure
    title: str
    alt: str
    caption: str
