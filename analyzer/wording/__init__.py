"""The wording of figures: words to intervals, with the rules that read them."""

from analyzer.wording.alone import parse
from analyzer.wording.conventions import Conventions
from analyzer.wording.errors import WordingError
from analyzer.wording.explain import explain
from analyzer.wording.figure import Figure, Interval
from analyzer.wording.finder import find

__all__ = ["Conventions", "Figure", "Interval", "WordingError", "explain", "find", "parse"]
