"""What each draw function hands over."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd
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
    data : DataFrame
        What is drawn, in the order in which it is read: a row a mark or line point, columns named
        for readers, days as ISO dates, an open end as infinity (an empty cell in the file).
    """

    figure: Figure
    title: str
    alt: str
    caption: str
    data: pd.DataFrame = field(default_factory=pd.DataFrame)
