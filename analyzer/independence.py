"""Copying between publishers that nobody declared, inferred from what they print in common.

The model is that of Dong, Berti-Equille & Srivastava 2009 ("Integrating conflicting data: the role
of source dependence", PVLDB 2). Two independent publishers, each wrong with probability e and then
with any of n false values, agree on a true value with probability (1-e)^2 and on a false one with
e^2/n. A copier takes over an item with probability c, be it true or false. So an item on which both
agree multiplies the odds of copying by

    1 - c + c / q,    q = [P (1-e)^2 + (1-P) e^2/n] / [P (1-e) + (1-P) e]

(P: probability that the shared value is true; the form of Li, Dong, Lyons, Meng & Srivastava 2015,
"Scaling up copy detection", ICDE), and one on which they differ by 1 - c. q is the chance that an
independent publisher gives the value, given that the other one does: near 1 for what is known to
all, near 0 for a shared error.

What is adapted, since nobody here knows the truth and the items are few:

- The position that most authorities hold stands in for the truth, and a reading that it excludes is
  false with the share of authorities that hold it (P = 1 - share), provided that it was held when
  the reading was printed: a figure that was revised later was no error. It can itself be wrong.
  There is one pass; the paper repeats until truth and copying agree.
- n is the number of figures of the same granularity up to the figure: 13 for 1,300, many for 1,139.
  That two round it to the same number proves little.
- How many others give the number, or one that the reading covers ("hundreds" covers 737: whoever
  knows the one may say the other), is counted and weighed against q as `weight` further publishers.
  It is counted among publishers, among authorities (forty copies of one ministry are one authority)
  and among those who spoke in the same season (the figure of the day is rare later), and the
  greatest of the three is used. So a reading is not rare where too few others speak of the item, or
  where a date is missing. Where a publisher gives several numbers of one item, each is a try, and q
  is multiplied by their number.
- Readings are compared as readings: "about 1,200" is not "1,200"; the same number with another
  qualifier counts neither way, nor does a vague word ("hundreds"), which is anybody's. The same
  verbatim words, and a first appearance within days, multiply 1/q by 1 - s + s/b, other words and
  a late one by 1 - s (s: how often a copy keeps the words or is prompt; b: how often others do),
  after the same model.
- An item counts only where the agreement is not explained: the two chains have nobody in common,
  and not both name somebody else as their origin, since then it is the origins that agree.
  Agreement on what is not rare adds nothing, so that no number of common figures makes a copy.

The result is a likelihood with its evidence: that one copied from the other, or both from a source
that they do not name. It does not say which, and it is never a fact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analyzer.phrases import plural, quoted
from analyzer.positions import find_positions
from analyzer.settings import Thresholds

COLUMNS = [
    "a",
    "b",
    "shared",
    "same_reading",
    "telling",
    "log_odds",
    "likelihood",
    "claims",
    "evidence",
]
GIVEN = [
    "id",
    "slot",
    "scope",
    "source",
    "authority",
    "figure",
    "printed",
    "reading",
    "language",
    "near_low",
    "near_high",
    "said_first",
    "said_last",
]


@dataclass(frozen=True, slots=True)
class Copying:
    """Rates of the model of copying, with their reasons.

    Attributes
    ----------
    prior : float
        Share of pairs of publishers, among those without a declared link, that copy. The paper
        takes 0.2 for sites that share hundreds of items; here it is so low that with `coincidence`
        one shared figure never makes copying more likely than not.
    copied : float
        c, the share of common items that a copier takes over; 0.8 as in the paper.
    error : float
        e, how often an independent publisher prints a wrong figure; 0.2 as in the paper.
    weight : float
        As how many publishers of the item the rates of the paper count against what others are
        seen to give; two, so that a reading is rare only where at least five others speak.
    coincidence : float
        The least chance that two independent publishers give the same reading, however rare: one
        row in fifty may be misfiled (wrong day, scope or measure) or share a source by way of a
        third.
    telling : float
        A shared reading is telling where an independent publisher would give it at most one time in
        this: one in four.
    same_words : float
        How often a copy keeps the words of the figure; half, as relays of one dispatch do about.
    prompt : float
        How often a copy appears within `prompt_days` of the other; half, since archives are copied
        too.
    prompt_days : int
        Days within which news is passed on.
    season_days : int
        Who speaks within this many days speaks at the same state of knowledge.
    """

    prior: float = 0.02
    copied: float = 0.8
    error: float = 0.2
    weight: float = 2.0
    coincidence: float = 0.02
    telling: float = 0.25
    same_words: float = 0.5
    prompt: float = 0.5
    prompt_days: int = 7
    season_days: int = 30


def find_copying(
    claims: pd.DataFrame,
    conventions: Copying | None = None,
    declared: frozenset[tuple[str, str]] = frozenset(),
) -> pd.DataFrame:
    """Pairs of publishers that share what independent ones would hardly share.

    Parameters
    ----------
    claims : DataFrame
        `schemas.Aligned`.
    declared : frozenset of tuple
        Pairs of sources of which one is known to pass on the other: nothing is inferred of them.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`, the likeliest first; one row a pair of sources (`a` < `b`) with at least
        one telling reading. `shared` counts the items (one measure, scope and time) that both give
        and whose agreement no declared chain explains, `same_reading` those on which they agree,
        `telling` those on which hardly anyone else does. `log_odds` are natural logarithms,
        `likelihood` is 0 to 1, `claims` holds the ids that prove it, `evidence` one sentence.
    """
    conventions = conventions or Copying()
    given = _given(claims, conventions)
    pairs = _judge(_declared(_pairs(given, conventions), given), conventions)
    items = _items(pairs, conventions)
    found = _sum_up(items, conventions)
    if found.empty:
        return pd.DataFrame(columns=pd.Index(COLUMNS))
    proof = items[items["telling"]].groupby(["a", "b"])
    by_id = given.set_index("id")
    found["claims"] = [
        tuple(sorted({*part["id"], *part["id_b"]})) for part in map(proof.get_group, found.index)
    ]
    found["evidence"] = [
        _sentence(proof.get_group(key), row, by_id) for key, row in found.iterrows()
    ]
    found = found.reset_index()[COLUMNS]
    known = [
        (a, b) in declared or (b, a) in declared
        for a, b in zip(found["a"], found["b"], strict=True)
    ]
    found = found[~np.array(known)]
    return found.sort_values(
        ["likelihood", "telling", "a", "b"], ascending=[False, False, True, True], ignore_index=True
    )


def _given(claims: pd.DataFrame, conventions: Copying) -> pd.DataFrame:
    """Claims of items that at least two publishers give, with what the comparison needs."""
    kept = claims[claims["comparable"]].sort_values("id", ignore_index=True)
    kept = kept[kept.groupby("slot")["source"].transform("nunique") > 1].reset_index(drop=True)
    given = kept[GIVEN].copy()
    given["number"] = kept["stated"].astype("str").where(kept["stated"].notna(), kept["reading"])
    given["words"] = kept["figure"].str.casefold().str.split().str.join(" ")
    given["worded"] = ~kept["qualifier"].isin(("exact", "share"))
    given["vague"] = kept["qualifier"] == "vague"
    printed = [  # not said_*: where a page has no date, that can be the day of the figure
        kept[f"published_{end}"].fillna(kept[f"published_context_{end}"])
        for end in ("first", "last")
    ]
    day = printed[0].where(printed[0] == printed[1])
    given["day"] = day.groupby([kept["slot"], kept["source"], kept["reading"]]).transform("min")
    given["named"] = kept["origin"] != kept["source"]
    given["chain"] = kept["chain"] + " > " + kept["attributed_to"] + " > " + kept["authority"]
    given["numbers"] = given.groupby(["slot", "source"])["number"].transform("nunique")
    values = (kept["stated"].abs() / kept["granularity"]).fillna(2.0).clip(2.0, 100.0)
    true, wrong = _truth(kept), conventions.error
    right = 1 - wrong
    given["excluded"] = true < 1
    given["expected"] = (true * right**2 + (1 - true) * wrong**2 / values) / (
        true * right + (1 - true) * wrong
    )
    return given


def _truth(kept: pd.DataFrame) -> pd.Series:
    """Probability that each claim is true, by the position that most authorities hold.

    It is 1 unless that position excludes the claim and was held when the claim was printed; where
    two positions are held by as many authorities, none leads.
    """
    on = ["slot", "scope"]
    positions = find_positions(kept, Thresholds())
    members = positions[[*on, "position", "claims"]].explode("claims")
    members = members.merge(kept[["id", "authority"]], left_on="claims", right_on="id")
    held = members.groupby([*on, "position"])["authority"].nunique().rename("held").reset_index()
    most = held.groupby(on)["held"].transform("max")
    leading = held[held["held"] == most].drop_duplicates(on, keep=False)
    leading = leading.merge(positions, on=[*on, "position"])[
        [*on, "low", "high", "first_said", "held"]
    ]
    lead = kept[on].merge(leading, on=on, how="left")
    excluded = (kept["apart_low"] > lead["high"]) | (kept["apart_high"] < lead["low"])
    excluded &= lead["first_said"] <= kept["said_first"]
    share = lead["held"] / kept.groupby(on)["authority"].transform("nunique")
    return (1 - share).where(excluded, 1.0)


def _pairs(given: pd.DataFrame, conventions: Copying) -> pd.DataFrame:
    """All ordered pairs of claims of one item by two publishers, with what they have in common."""
    pairs = given.merge(given, on="slot", suffixes=("", "_b"))
    scopes = (
        (pairs["scope"] == pairs["scope_b"]) | (pairs["scope"] == "") | (pairs["scope_b"] == "")
    )
    pairs = pairs[(pairs["source"] != pairs["source_b"]) & scopes].reset_index(drop=True)
    pairs["same_number"] = pairs["number"] == pairs["number_b"]
    pairs["covered"] = pairs["same_number"] | (
        (pairs["near_low"] <= pairs["near_low_b"]) & (pairs["near_high_b"] <= pairs["near_high"])
    )
    pairs["same_reading"] = pairs["reading"] == pairs["reading_b"]
    pairs["same_words"] = pairs["words"] == pairs["words_b"]
    season = pd.Timedelta(days=conventions.season_days)
    pairs["season"] = (pairs["said_first"] <= pairs["said_last_b"] + season) & (
        pairs["said_first_b"] <= pairs["said_last"] + season
    )
    pairs["days"] = (pairs["day"] - pairs["day_b"]).dt.days.abs().astype("float64")
    return pairs


def _declared(pairs: pd.DataFrame, given: pd.DataFrame) -> pd.DataFrame:
    """Add `declared`: whether somebody stands in both chains, be it as source, relay or origin."""
    steps = given[["id", "slot"]].assign(step=given["chain"].str.split(" > ")).explode("step")
    steps = steps.drop_duplicates()
    linked = steps.merge(steps, on=["slot", "step"], suffixes=("", "_b"))
    linked = linked[["id", "id_b"]].drop_duplicates().assign(declared=True)
    found = pairs.merge(linked, on=["id", "id_b"], how="left", validate="one_to_one")
    return found.assign(declared=found["declared"].notna())


def _judge(pairs: pd.DataFrame, conventions: Copying) -> pd.DataFrame:
    """Add how telling each pair of claims is, and the factor that it gives the odds of copying."""
    pairs["open"] = ~pairs["declared"] & ~(pairs["named"] & pairs["named_b"])
    pairs["chance"] = _chance(pairs, conventions)
    pairs["others"] = _others(pairs, pairs["same_number"]).where(pairs["same_number"], 0.0)
    back = pairs[["id", "id_b", "chance"]].set_axis(["id_b", "id", "back"], axis="columns")
    pairs = pairs.merge(back, on=["id", "id_b"], how="left", validate="one_to_one")
    pairs["chance"] = pairs[["chance", "back"]].max(axis=1)
    pairs = pairs[pairs["source"] < pairs["source_b"]].reset_index(drop=True)
    matched = (pairs["chance"] * pairs["numbers"] * pairs["numbers_b"]).clip(upper=1.0)
    gain = _words(pairs, conventions) * _promptness(pairs, conventions) / matched
    gain = gain.clip(upper=1 / conventions.coincidence)
    pairs["factor"] = 1 - conventions.copied + conventions.copied * gain
    rare = pairs["chance"] <= conventions.telling
    pairs["telling"] = pairs["same_reading"] & rare & ~pairs["vague"]
    return pairs


def _chance(pairs: pd.DataFrame, conventions: Copying) -> pd.Series:
    """Chance that an independent publisher gives the reading too, by three counts of others."""
    stranger = pairs["authority"] != pairs["authority_b"]
    chances = []
    for column, counted in (
        ("source_b", pd.Series(True, index=pairs.index)),
        ("authority_b", stranger),
        ("source_b", pairs["season"]),
    ):
        asked = _others(pairs, counted, column)
        agree = _others(pairs, counted & pairs["covered"], column)
        seen = conventions.weight * pairs["expected"] + agree
        chances.append(seen / (conventions.weight + asked))
    return pd.concat(chances, axis=1).max(axis=1)


def _others(pairs: pd.DataFrame, counted: pd.Series, column: str = "source_b") -> pd.Series:
    """How many others than the second of the pair stand in a counted pair with the first."""
    many = pairs[counted].groupby("id")[column].nunique()
    all_counted = pairs["id"].map(many).fillna(0.0)
    return (all_counted - counted.astype("float64")).clip(lower=0.0)


def _likelier(matches: pd.Series, rate: float, base: pd.Series) -> pd.Series:
    """How much likelier a copy is to match, or not to, than an independent claim."""
    return (1 - rate + rate / base).where(matches, 1 - rate)


def _words(pairs: pd.DataFrame, conventions: Copying) -> pd.Series:
    """Factor for verbatim wording, where the words of both can be compared."""
    comparable = pairs["worded"] & pairs["worded_b"] & (pairs["language"] == pairs["language_b"])
    given = pairs[pairs["same_number"]]
    same = given["id"].map(given[given["same_words"]].groupby("id")["source_b"].nunique())
    asked = given["id"].map(given.groupby("id")["source_b"].nunique())
    others = (same.fillna(0.0) - given["same_words"]).clip(lower=0.0)
    base = (conventions.weight / 2 + others) / (conventions.weight + asked - 1)
    base = base.reindex(pairs.index).fillna(1.0)
    return _likelier(pairs["same_words"], conventions.same_words, base).where(comparable, 1.0)


def _promptness(pairs: pd.DataFrame, conventions: Copying) -> pd.Series:
    """Factor for days between the two, against what is usual among claims of one season."""
    known = pairs["days"].notna()
    prompt = pairs["days"] <= conventions.prompt_days
    seasonal = pairs[known & pairs["season"]].groupby("slot").size()
    together = pairs[prompt].groupby("slot").size().reindex(seasonal.index, fill_value=0)
    usual = (conventions.weight / 2 + together) / (conventions.weight + seasonal)
    base = pairs["slot"].map(usual).fillna(0.5)
    return _likelier(prompt, conventions.prompt, base).where(known, 1.0)


def _items(pairs: pd.DataFrame, conventions: Copying) -> pd.DataFrame:
    """One row for each item of each pair of publishers: its most telling pair of claims."""
    pairs = pairs.rename(columns={"source": "a", "source_b": "b"})
    on = ["a", "b", "slot"]
    explained = pairs.groupby(on)["declared"].transform("any")
    kept = pairs[pairs["open"] & ~explained]
    kept = kept.assign(rank=np.where(kept["telling"], kept["factor"], 0.0))
    best = kept.sort_values(
        ["same_reading", "rank", "same_number", "id", "id_b"],
        ascending=[False, False, False, True, True],
    ).drop_duplicates(on)
    apart = 1 - conventions.copied
    factor = best["factor"].where(best["telling"], 1.0)
    return best.assign(factor=factor.where(best["same_number"], apart))


def _sum_up(items: pd.DataFrame, conventions: Copying) -> pd.DataFrame:
    """Counts and odds of each pair of publishers that share something telling."""
    found = (
        items.assign(log_odds=np.log(items["factor"].astype("float64")))
        .groupby(["a", "b"])
        .agg(
            shared=("slot", "size"),
            same_reading=("same_reading", "sum"),
            same_number=("same_number", "sum"),
            telling=("telling", "sum"),
            log_odds=("log_odds", "sum"),
        )
    )
    found["log_odds"] += np.log(conventions.prior / (1 - conventions.prior))
    found["likelihood"] = 1 / (1 + np.exp(-found["log_odds"]))
    return found[found["telling"] > 0].copy()


def _sentence(proof: pd.DataFrame, pair: pd.Series, by_id: pd.DataFrame) -> str:
    """ "share 3 readings that no other publisher gives, among them “approximately 1,300” ..."."""
    first = proof.sort_values(["factor", "id"], ascending=[False, True]).iloc[0]
    parts = [f"share {plural(len(proof), 'reading')} that {_givers(int(proof['others'].max()))}"]
    parts[0] += ", among them " if len(proof) > 1 else ": "
    parts[0] += quoted(by_id.loc[first["id"]])
    excluded = int((proof["excluded"] & proof["excluded_b"]).sum())
    if excluded:
        them = "it" if len(proof) == 1 else f"{excluded} of them"
        parts.append(f"the position that most authorities hold excludes {them}")
    worded = int((proof["same_words"] & proof["worded"]).sum())
    if worded:
        parts.append("in the same words" if len(proof) == 1 else f"{worded} in the same words")
    if proof["days"].notna().any():
        days = int(proof["days"].min())
        parts.append("printed on one day" if days == 0 else f"printed {plural(days, 'day')} apart")
    apart = int(pair["shared"] - pair["same_number"])
    if apart:
        parts.append(f"on {apart} of {pair['shared']} common items their numbers differ")
    return "; ".join(parts) + "; no declared chain explains it"


def _givers(most: int) -> str:
    """Who else gives the readings, at most."""
    if most == 0:
        return "no other publisher gives"
    return "only one other publisher gives" if most == 1 else f"at most {most} others give"
