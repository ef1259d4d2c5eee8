"""SOURCE_DATE_EPOCH: the time that a run takes as its own, where one is given."""

from __future__ import annotations

import os
import re
from typing import Final

from analyzer.errors import InputError, Problem

VARIABLE: Final = "SOURCE_DATE_EPOCH"  # https://reproducible-builds.org/specs/source-date-epoch/
LAST: Final = 253_402_300_799  # the end of the year 9999, after which no date can be written


def source_date_epoch() -> int | None:
    """Read the time that the environment gives, in seconds since 1970.

    Returns
    -------
    int or None
        None where it is not set or empty.

    Raises
    ------
    InputError
        When it is no such number.
    """
    text = os.environ.get(VARIABLE, "").strip()
    if not text:
        return None
    if re.fullmatch("[0-9]{1,15}", text) and int(text) <= LAST:
        return int(text)
    remedy = "type whole seconds, as 1795392000, or unset it"
    message = "is no number of seconds since 1 January 1970"
    raise InputError([Problem(VARIABLE, 0, "", text, message, remedy)])
