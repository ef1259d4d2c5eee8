"""Make tokens of the pieces of a text, with the numeral words of a language marked.

Numerals of several words become one token; prefixes are split off ("and-thirty"), and numerals
that are written as one word are split into their pieces ("dreiundzwanzig").
"""
# ruff: noqa: RUF001 - letters and marks of other scripts are the subject here

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

from analyzer.wording.roles import COMPOUND
from analyzer.wording.scan import MARK, WORD, Pieces, Token

if TYPE_CHECKING:
    from analyzer.wording.lexicon import Lexicon

__all__ = ["marked", "splits"]

_REMEMBERED = 8192  # words whose parts a lexicon keeps


def marked(pieces: Pieces, lexicon: Lexicon) -> list[Token]:
    """Return the tokens with the numeral words of a language marked, joined and split."""
    keys = pieces.keys
    roles = list(map(lexicon.roles.get, keys, repeat(0)))
    tokens = list(map(Token, *pieces, map(lexicon.entries.get, keys), roles))
    if lexicon.prefixes or lexicon.pieces:
        tokens = _split_up(tokens, lexicon)
        roles = [token.roles for token in tokens]
    firsts = [
        index
        for index, role in enumerate(roles)
        if role & COMPOUND and _continues(tokens, index + 1, lexicon)
    ]
    return _join(tokens, firsts, lexicon) if firsts else tokens


def _continues(tokens: list[Token], index: int, lexicon: Lexicon) -> bool:
    """Whether the next word, perhaps behind a hyphen, can be the second of a numeral."""
    if index < len(tokens) and tokens[index].kind == MARK:
        index += 1
    return index < len(tokens) and tokens[index].key in lexicon.seconds


def _join(tokens: list[Token], firsts: list[int], lexicon: Lexicon) -> list[Token]:
    """Make one token of a numeral that is written in several words."""
    joined: list[Token] = []
    done = 0
    for index in firsts:
        if index < done:
            continue
        for length in range(lexicon.compounds[tokens[index].key], 1, -1):
            words, end = _words(tokens, index, length)
            key = " ".join([t.key for t in words])
            entry = lexicon.entries.get(key) if len(words) == length else None
            if entry is not None:
                start, stop = words[0].start, words[-1].end
                joined += tokens[done:index]
                joined.append(Token(WORD, key, start, stop, entry, lexicon.roles.get(key, 0)))
                done = end
                break
    return joined + tokens[done:] if done else tokens


def _words(tokens: list[Token], start: int, length: int) -> tuple[list[Token], int]:
    """Return up to `length` words from `start`, and their end; hyphens do not part them."""
    words: list[Token] = []
    end = start
    for index in range(start, min(start + 2 * length, len(tokens))):
        token = tokens[index]
        if token.kind == MARK and token.key in "-‐‑" and words and words[-1].end == token.start:
            continue
        if token.kind == MARK or len(words) == length:
            break
        words.append(token)
        end = index + 1
    return words, end


def _split_up(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """Return the tokens with the words that have parts split into them."""
    split: list[Token] = []
    for token in tokens:
        if token.kind != WORD or token.entry is not None:
            split.append(token)
        else:
            split += _parts(token, lexicon)
    return split


def _parts(token: Token, lexicon: Lexicon) -> list[Token]:
    """Split a prefix off a word, or a one-word numeral into its pieces."""
    cached = _cached(token.key, lexicon)
    if cached is None:
        return [token]
    parts = []
    start = token.start
    for position, key in enumerate(cached):
        end = token.end if position == len(cached) - 1 else min(start + len(key), token.end)
        entry, roles = lexicon.entries.get(key), lexicon.roles.get(key, 0)
        parts.append(Token(WORD, key, start, end, entry, roles))
        start = end
    return parts


def _cached(key: str, lexicon: Lexicon) -> tuple[str, ...] | None:
    """Return the parts of a word, from the memory of the lexicon where it knows them."""
    parts = lexicon.split.get(key, ())
    if parts == ():
        parts = _affixes(key, lexicon) or _split(key, lexicon)
        if len(lexicon.split) < _REMEMBERED:
            lexicon.split[key] = parts
    return parts


def _affixes(key: str, lexicon: Lexicon, depth: int = 2) -> tuple[str, ...] | None:
    """Split one prefix, or up to three, off a word that is then known."""
    for prefix in lexicon.prefixes:
        rest = key[len(prefix) :]
        if key.startswith(prefix) and len(rest) > 1:
            if rest in lexicon.entries or rest in lexicon.before.forwards:
                return prefix, rest
            deeper = _affixes(rest, lexicon, depth - 1) if depth else None
            if deeper is not None:
                return prefix, *deeper
    return None


def _split(key: str, lexicon: Lexicon) -> tuple[str, ...] | None:
    """Split a one-word numeral into pieces, from the left, the longest piece first.

    Steps back at most once per position (each position is known to fail only once), so the
    time stays within the length times the number of pieces.
    """
    if not lexicon.pieces or len(key) > 200:
        return None
    dead: set[int] = set()
    path: list[str] = []
    position = 0
    while position < len(key):
        piece = next(
            (
                p
                for p in lexicon.pieces
                if key.startswith(p, position) and position + len(p) not in dead
            ),
            None,
        )
        if piece is not None:
            path.append(piece)
            position += len(piece)
        elif path:
            dead.add(position)
            position -= len(path.pop())
        else:
            return None
    return tuple(path)


def splits(key: str, lexicon: Lexicon) -> bool:
    """Whether a word is a numeral written as one word."""
    return bool(lexicon.pieces) and _cached(key, lexicon) is not None
