"""Names of the rules that tie places, and identities brought to linear form."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from analyzer.expressions import Ref, parse_expression
from analyzer.linear import Form, identity_form, multiplied_sign
from analyzer.system.places import NEVER, Facts, day_number

RUNNING = "a running total does not fall"
ADDS = "a flow is the step of its total"
WITHIN = "a flow is not above one of a longer time"
STRUCTURE = (RUNNING, ADDS, WITHIN)  # what the kinds of measures say, without an identity


class Identity(NamedTuple):
    """An identity in linear form, the sign of what its factor multiplies, and when it holds."""

    name: str
    form: Form
    sign: int
    start: int
    end: int


def read_identities(identities: pd.DataFrame, facts: Facts) -> list[Identity]:
    """Bring identities to linear form.

    Raises
    ------
    linear.LinearError
        When one can't be.
    """
    starts = day_number(identities["valid_from_first"])
    ends = day_number(identities["valid_to_last"]).replace(NEVER, -NEVER)
    columns = (identities["name"], identities["expression"], starts, ends)
    read = []
    for name, text, start, end in zip(*(column.tolist() for column in columns), strict=True):
        form = identity_form(parse_expression(text), facts.kinds, facts.units)
        sign = multiplied_sign(form, facts.kinds, facts.units)
        read.append(Identity(name, form, sign, start, end))
    return read


def references(form: Form) -> list[Ref]:
    """Every reference of a form once, the factor first."""
    found = [] if form.factor is None else [form.factor]
    found += [ref for terms in (form.plain, form.times) for ref in terms if ref is not None]
    return list(dict.fromkeys(found))
