"""The one error of this package."""

from __future__ import annotations

__all__ = ["WordingError"]


class WordingError(ValueError):
    """A wording that cannot be read as one figure.

    Parameters
    ----------
    text : str
        The whole wording.
    part : str
        The part that could not be read.
    reason : str
        Why it could not be read, and what to write instead.
    """

    def __init__(self, text: str, part: str, reason: str) -> None:
        self.text = text
        self.part = part
        self.reason = reason
        super().__init__(f"cannot read {_short(part)} in {_short(text)}: {reason}")


def _short(text: str, limit: int = 80) -> str:
    """Quote a text, cut to a length that fits in one line."""
    return repr(text if len(text) <= limit else text[: limit - 1] + "…")
