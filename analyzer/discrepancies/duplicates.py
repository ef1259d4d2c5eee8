"""Days for which one publisher gave several figures on one day of publication."""

from __future__ import annotations

import pandas as pd

from analyzer.arrays import among
from analyzer.discrepancies.draft import Draft
from analyzer.gaps import gap
from analyzer.phrases import listed, plural, quoted, when
from analyzer.rows import handy, labels_of
from analyzer.series.panel import CELL, shared

SHOWN = 4  # days named in the sentence; all of them stand in the evidence


def find_duplicates(
    panel: pd.DataFrame, claims: pd.DataFrame, measures: pd.DataFrame
) -> list[Draft]:
    """Figures of one series and day, published on one day, that exclude one another.

    Which of them replaced the other is not known, so none is taken as the latest; what shares a
    series and a day of publication is one finding.

    Parameters
    ----------
    panel : DataFrame
        `series.panel.COLUMNS`.
    claims : DataFrame
        `schemas.Aligned`.
    """
    several = panel[shared(panel, CELL) & panel["published"].notna()]
    groups = several.groupby([*CELL, "published"])
    apart = groups["low"].transform("max") > groups["high"].transform("min")
    if not apart.any():
        return []
    twofold = handy(several.loc[apart.index[apart]])
    told = claims[among(claims["id"], twofold["claim"].astype("str"))]
    keyed, labels = handy(told).set_index("id", drop=False), labels_of(measures)
    versions = twofold.groupby(["series", "published"], sort=True)
    return [_draft(part, keyed, labels) for _, part in versions]


def _draft(part: pd.DataFrame, claims: pd.DataFrame, labels: dict[str, str]) -> Draft:
    first = part.iloc[0]
    cells = part.groupby(["first", "at"], sort=True)
    days = [
        f"{listed([quoted(claims.loc[name]) for name in cell['claim']])} for {when(at, at)}"
        for (_, at), cell in cells
    ]
    ends = cells["value"].agg(["min", "max"])
    measure, published = str(first["measure"]), first["published"]
    scope = f", {first['scope'].replace('_', ' ')}" if first["scope"] else ""
    sentence = (
        f"{labels[measure]}{scope}: on {when(published, published)} "
        f"{claims.loc[first['claim'], 'source_name']} published more than one figure for "
        f"{plural(len(days), 'day')}: {listed(days, SHOWN)}; which of them replaced the other is "
        "not known, so none is taken as the latest."
    )
    return Draft(
        kind="duplicate",
        cause="unexplained",
        relation="contradicts",
        measure=measure,
        key=f"{first['series'].removeprefix(f'{measure}.')}.{published:%Y-%m-%d}",
        when=when(part["at"].min(), part["at"].max()),
        gap=float(gap(ends["min"].to_numpy(), ends["max"].to_numpy()).max()),
        claims=tuple(part["claim"]),
        sentence=sentence,
        evidence=(("versions", "; ".join(days)),),
        positions=tuple((name,) for name in part["claim"]) if len(days) == 1 else (),
    )
