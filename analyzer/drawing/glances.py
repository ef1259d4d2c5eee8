"""What the small charts of the key findings are drawn from: event, series, account or proof.

Nothing that changes with other findings or accounts is handed on: neither ranks nor numbers that
only tell rows apart.
"""

from __future__ import annotations

from functools import partial

import pandas as pd

from analyzer.charts import Chart, draw_glance
from analyzer.charts.findings.glance import Behind
from analyzer.discrepancies.divergence import pair_names
from analyzer.phrases import plural
from analyzer.pipeline import Analysis
from analyzer.series.panel import latest


def glance(analysis: Analysis, name: str) -> tuple[str, partial[Chart | None]]:
    """Source line of the small chart of a finding, and what draws it.

    Parameters
    ----------
    name : str
        Id of the finding.
    """
    found = analysis.findings
    finding = found[found["id"] == name].iloc[0]
    claims = analysis.claims[analysis.claims["id"].isin(finding["claims"])]
    labels = analysis.measures.set_index("measure")["label"]
    told = {one: str(labels[one]) for one in sorted({*claims["measure"], finding["measure"]})}
    source = (
        f"Source: {plural(len(claims), 'claim')} by "
        f"{plural(claims['source'].nunique(), 'publisher')}, "
        f"{plural(claims['authority'].nunique(), 'origin')}"
    )
    kept = finding.drop(["rank", "sentence", "severity"])
    return source, partial(draw_glance, kept, claims, told, behind(analysis, finding))


def behind(analysis: Analysis, finding: pd.Series) -> Behind:
    """Collect what a finding was made from, beside its claims.

    Parameters
    ----------
    analysis : Analysis
        Of the dossier.
    finding : Series
        One of its findings.
    """
    kind = str(finding["kind"])
    if kind == "divergence":
        return _pair(analysis, finding)
    if kind == "joint contradiction":
        proofs = analysis.proofs
        steps = proofs[proofs["finding"] == finding["id"]]
        return Behind(steps=steps.reset_index(drop=True))
    account = _account(analysis, finding) if kind == "account" else None
    return account or _event(analysis, finding)


def _event(analysis: Analysis, finding: pd.Series) -> Behind:
    """The event that its first position stands for, the one that its sentence tells."""
    events = analysis.events
    mine = events[(events["kind"] == finding["kind"]) & (events["measure"] == finding["measure"])]
    head = {ids[0] for ids in finding["positions"][:1]}
    mine = mine[mine["claims"].map(lambda ids: bool(head & set(ids[:1])))]
    if mine.empty:
        return Behind()
    event = mine.sort_values("event").iloc[0]
    return Behind(event=event.rename(None), lines=[_line(analysis, event["series"])])


def _line(analysis: Analysis, series: str) -> pd.DataFrame:
    panel = analysis.panel
    return latest(panel[panel["series"] == series]).reset_index(drop=True)


def _pair(analysis: Analysis, finding: pd.Series) -> Behind:
    claims = analysis.claims.set_index("id", drop=False)
    pairs = analysis.divergences
    for _, pair in pairs[pairs["measure"] == finding["measure"]].iterrows():
        if {*pair["widest_claims"], *pair["last_claims"]} <= set(finding["claims"]):
            lines = [_line(analysis, pair[side]) for side in ("series", "other")]
            names = pair_names(*(claims.loc[claim] for claim in pair["last_claims"]))
            return Behind(lines=lines, names=names)
    return Behind()


def _account(analysis: Analysis, finding: pd.Series) -> Behind | None:
    """The account with exactly the claims of the finding; none for those of series."""
    rules = [text for term, text in finding["evidence"] if term == "identity"]
    accounts = analysis.accounts[
        analysis.accounts["identity"].isin(rules[:1])
        & (analysis.accounts["claims"] == finding["claims"])
    ]
    if accounts.empty:
        return None
    account = accounts.iloc[0]
    terms = analysis.terms[analysis.terms["account"] == account["account"]]
    identity = analysis.identities[analysis.identities["name"] == rules[0]].iloc[0]
    return Behind(
        account=account.drop("account").rename(None),
        terms=terms.assign(account="").reset_index(drop=True),
        expression=str(identity["expression"]),
    )
