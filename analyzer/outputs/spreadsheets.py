"""Cells that a spreadsheet would run as a formula, made harmless in the tables that we write.

What a page printed may start with `=`, `+`, `-` or `@`, by chance or by design; a spreadsheet that
opens the table runs it (https://owasp.org/www-community/attacks/CSV_Injection). Such a cell gets
one apostrophe in front, the sign by which spreadsheets know text. It can be undone: an apostrophe
before what would be run is ours, for a cell that starts so by itself gets another one. `restored`
does it. Plain numbers stay as they are, negative ones too.
"""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

MARK: Final = "'"
# What spreadsheets skip before a formula, or people who paste it: blanks, quotes, marks without a
# face. Tab, CR and LF are in it too, and dangerous by themselves.
_SKIPPED: Final = (
    "\\x00\x01-\x20\x7f-\xa0\xad\u061c\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
    "\"'`\u00ab\u00bb\u2018-\u201f\u2039\u203a\uff02\uff07"
)
# Also as full-width and small forms, which some spreadsheets take for the plain signs.
_RUN: Final = "=+@\\-\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\t\r\n"
STARTS: Final = f"^[{_SKIPPED}]*[{_RUN}]"  # read alike by Python and by pyarrow
_DANGEROUS: Final = re.compile(STARTS)
_NUMBER: Final = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?([eE][+-]?\d+)?%?", re.ASCII)


def harmless(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run; any other stays as it is."""
    return MARK + text if _is_run(text) else text


def restored(text: str) -> str:
    """Undo `harmless`."""
    return text[1:] if text.startswith(MARK) and _is_run(text[1:]) else text


def _is_run(text: str) -> bool:
    return _DANGEROUS.match(text) is not None and _NUMBER.fullmatch(text) is None


def harmless_column(column: pd.Series) -> pd.Series:
    """Make each text of a column `harmless`; cells of other kinds stay as they are."""
    kind = column.dtype
    if isinstance(kind, pd.CategoricalDtype):
        return column.cat.rename_categories([_cell(one) for one in kind.categories])
    if pd.api.types.is_object_dtype(kind):
        return column.map(_cell)
    if not isinstance(kind, pd.StringDtype):
        return column
    suspect = column.str.contains(STARTS, regex=True).fillna(False).to_numpy(dtype=bool)
    if not suspect.any():
        return column
    cells = column.to_numpy(dtype=object, copy=True)
    cells[suspect] = [harmless(cell) for cell in cells[suspect]]
    return pd.Series(cells, index=column.index, dtype=kind, name=column.name)


def _cell(cell: object) -> object:
    return harmless(cell) if isinstance(cell, str) else cell
