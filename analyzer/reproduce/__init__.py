"""Which recorded figures give a number: recipes to obtain it, the plainest first.

A recipe is a way to obtain the number. That the number came about this way is never said.
"""

from analyzer.reproduce.page import page_lines
from analyzer.reproduce.question import Question
from analyzer.reproduce.search import reproduce
from analyzer.reproduce.tell import Answer, Given, Recipe, figures_table

__all__ = ["Answer", "Given", "Question", "Recipe", "figures_table", "page_lines", "reproduce"]
