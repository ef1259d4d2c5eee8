"""Shows where, when and why published figures disagree, with the claims that prove it."""

__version__ = "0.1.0"
