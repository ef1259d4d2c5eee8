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

from analyzer.independence.copying import COLUMNS, find_copying
from analyzer.independence.rates import Copying

__all__ = ["COLUMNS", "Copying", "find_copying"]
