"""Rows that `import` adds to the tables of a dossier."""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analyzer.errors import InputError, Problem
from analyzer.outputs.tables import csv_text
from analyzer.read import read_text, shown_path


def append_rows(frames: Mapping[Path, pd.DataFrame], encoding: str = "utf-8") -> None:
    """Append rows to CSV files, all or none of them; what stands in a file stays, byte by byte.

    The rows are written as they were read, also where a spreadsheet would run a cell as a formula
    (`spreadsheets`): these files are the record of what pages print and are read again by every
    run, so that a mark before a wording would change the wording, and the ids made from it. The
    tables of a report, which people open, are made from them with the marks.

    A run that is killed between two files leaves each of them whole, the earlier ones with their
    new rows: name the tables first that others refer to.

    Parameters
    ----------
    frames : mapping
        The rows for each file, as text; a file that is missing is made. The order of its columns
        is the file's; a frame without rows leaves its file as it is.
    encoding : str
        Of the files.

    Raises
    ------
    InputError
        When a file lacks a column that a row needs.
    """
    texts = {
        Path(os.path.realpath(path)): _appended(path, frame, encoding)
        for path, frame in frames.items()
        if len(frame)
    }
    new = {path: path.with_name(f".{path.name}.new") for path in texts}
    try:
        for path, text in texts.items():
            new[path].unlink(missing_ok=True)  # left by a run that was killed
            if path.exists():
                shutil.copy2(path, new[path])
            with new[path].open("ab") as file:
                file.write(text.encode(encoding))
                file.flush()
                os.fsync(file.fileno())
        for path, temporary in new.items():
            temporary.replace(path)
    finally:
        for temporary in new.values():
            temporary.unlink(missing_ok=True)


def _appended(path: Path, frame: pd.DataFrame, encoding: str) -> str:
    """The text to append: a header where the file is new, rows in the file's own order."""
    if not path.exists():
        return csv_text(frame)
    text = read_text(path, encoding)
    end = "\r\n" if "\r\n" in text else "\n"
    header = [name.strip() for name in next(csv.reader(io.StringIO(text)))]
    filled = [name for name in frame.columns if (frame[name] != "").any()]
    lacking = [name for name in filled if name not in header]
    if lacking:
        remedy = "add it to the header"
        file = shown_path(path)
        raise InputError(Problem(file, 1, "", name, "is missing", remedy) for name in lacking)
    rows = frame.reindex(columns=header, fill_value="")
    start = "" if text.endswith("\n") else end
    return start + csv_text(rows, header=False, end=end)
