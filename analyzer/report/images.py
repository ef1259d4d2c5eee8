"""Charts as they stand in the page: in the file itself, not beside it."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image

from analyzer.errors import InputError, Problem

# Lossless WebP: of 15 charts of a shipped dossier 34 KB each, against 109 KB as drawn (PNG),
# 38 KB as PNG with a palette of 256 colours, and 150 KB as SVG. A slower effort saves 2 % more.
EFFORT: Final = {"lossless": True, "quality": 50, "method": 2}


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as an address that holds all of it, and its size in pixels."""

    uri: str
    width: int
    height: int


def embed(names: Iterable[str], folder: Path) -> Mapping[str, Picture]:
    """Read and encode charts.

    Parameters
    ----------
    names : iterable of str
        Paths of PNG files in `folder`.

    Returns
    -------
    mapping
        One picture a name; the pixels are those of the file.

    Raises
    ------
    InputError
        When files are missing; all of them are named.
    """
    wanted = sorted(set(names))
    missing = [name for name in wanted if not (folder / name).is_file()]
    if missing:
        raise InputError(
            Problem(str(folder / name), 0, "", "", "is missing", "draw the charts first")
            for name in missing
        )
    with ThreadPoolExecutor() as pool:  # the encoder leaves the lock of the interpreter
        return dict(zip(wanted, pool.map(_encode, (folder / one for one in wanted)), strict=True))


def _encode(path: Path) -> Picture:
    with Image.open(io.BytesIO(path.read_bytes())) as drawn:
        # What is seen through is white, as the page is.
        solid = Image.new("RGBA", drawn.size, "white")
        solid.alpha_composite(drawn.convert("RGBA"))
    out = io.BytesIO()
    solid.convert("RGB").save(out, "WEBP", **EFFORT)
    uri = f"data:image/webp;base64,{b64encode(out.getvalue()).decode()}"
    return Picture(uri, solid.width, solid.height)
