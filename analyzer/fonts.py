"""The fonts of reports and charts, and the characters that they cover."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import Final

import matplotlib
from matplotlib.ft2font import FT2Font

FOLDER: Final = Path(__file__).parent / "typefaces"
# By name: matplotlib's folder also holds Last Resort, whose boxes would pass for glyphs.
DEJAVU: Final = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf")


def font_files() -> list[Path]:
    """Fonts by path: those of `analyzer/typefaces` and DejaVu Sans from matplotlib."""
    dejavu = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return [*sorted(FOLDER.glob("*.[ot]tf")), *(dejavu / name for name in DEJAVU)]


def fallbacks(first: str, second: str) -> list[str]:
    """Families of the fonts, the two named ones first and the others in the order of files."""
    families = (FT2Font(path).family_name for path in font_files())
    return list(dict.fromkeys([first, second, *families]))


def copy_fonts(folder: Path) -> None:
    """Copy the fonts to one folder, for typst takes folders only."""
    for path in font_files():
        shutil.copyfile(path, folder / path.name)


@cache
def covered() -> frozenset[str]:
    """Characters for which at least one of the fonts has a glyph."""
    return frozenset(chr(code) for path in font_files() for code in FT2Font(path).get_charmap())
