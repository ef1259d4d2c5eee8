"""Phrases with a meaning, found in a list of tokens from either end."""

from __future__ import annotations

from typing import Any

from analyzer.wording.scan import Token, cut

__all__ = ["Phrases"]

_NO_MORE: dict[str, Any] = {}


class Phrases:
    """Phrases of one to a few words, each with a meaning, found from either end.

    Two tries of nested dicts; the meaning of a phrase stands under the empty word.
    """

    __slots__ = ("backwards", "forwards", "meaning")

    def __init__(self) -> None:
        self.meaning: dict[str, str] = {}
        self.forwards: dict[str, Any] = {}
        self.backwards: dict[str, Any] = {}

    def add(self, phrase: str, meaning: str) -> None:
        """Add a phrase."""
        self.add_keys(cut(phrase).keys, meaning)

    def add_keys(self, keys: list[str], meaning: str) -> None:
        """Add a phrase that is cut already."""
        self.meaning[" ".join(keys)] = meaning
        for root, words in ((self.forwards, keys), (self.backwards, keys[::-1])):
            node = root
            for word in words:
                node = node.setdefault(word, {})
            node[""] = meaning

    def ending_at(self, tokens: list[Token], end: int) -> tuple[int, str] | None:
        """Return start and meaning of the longest phrase that ends before `end`."""
        node = self.backwards
        found: tuple[int, str] | None = None
        while end > 0:
            end -= 1
            node = node.get(tokens[end].key, _NO_MORE)
            if not node:
                break
            if "" in node:
                found = end, node[""]
        return found

    def starting_at(self, tokens: list[Token], start: int) -> tuple[int, str] | None:
        """Return end and meaning of the longest phrase that starts at `start`."""
        node, count = self.forwards, len(tokens)
        found: tuple[int, str] | None = None
        while start < count:
            node = node.get(tokens[start].key, _NO_MORE)
            if not node:
                break
            start += 1
            if "" in node:
                found = start, node[""]
        return found
