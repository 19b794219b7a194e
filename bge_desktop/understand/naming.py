"""Naming topics by their most telling words.

Class-based TF-IDF (after Grootendorst 2022, arXiv:2203.05794): how often a word is in a topic, times the logarithm of
how much rarer it is in all of them. What counts are the documents that have the word, so that none tells more than
others because it is long.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from bge_desktop.understand.terms import Terms, is_chinese

_MOST_WORDS = 8
# A name has three words, or two where the third tells much less.
_IN_NAME, _MUCH_LESS = 3, 0.5
# A word that stands in the name of the topic above tells little more.
_KNOWN = 0.2
# It must stand in so many of a topic's documents, if not in so large a share of them.
_FEWEST_DOCUMENTS, _LARGE_SHARE = 2, 0.25

Scored = list[tuple[str, float]]


class Vocabulary:
    """In how many documents of each topic each term stands.

    Args:
        terms: of the documents of each topic [topics, documents].
    """

    def __init__(self, terms: Sequence[Sequence[Collection[str]]]) -> None:
        self._sizes = [len(documents) for documents in terms]
        self._counts = [Counter(term for own in documents for term in own) for documents in terms]
        self._all: Counter[str] = Counter()
        for counts in self._counts:
            self._all.update(counts)
        self._total = sum(self._sizes)

    def telling(self, topics: Sequence[int], known: Collection[str] = ()) -> Scored:
        """Return the most telling terms of some topics together, the best first, each with how much it tells.

        Args:
            topics: their places in what the vocabulary was made of.
            known: terms that are said already.
        """
        counts: Counter[str] = Counter()
        for topic in topics:
            counts.update(self._counts[topic])
        size = sum(self._sizes[topic] for topic in topics)
        fewest = min(_FEWEST_DOCUMENTS, max(1, math.ceil(_LARGE_SHARE * size)))
        scored = [
            (term, self._weight(term, count, size) * (_KNOWN if term in known else 1.0))
            for term, count in counts.items()
            if count >= fewest
        ]
        return sorted(scored, key=lambda own: (-own[1], own[0]))[: 4 * _MOST_WORDS]

    def has(self, topics: Sequence[int], term: str) -> bool:
        """Whether a term stands in a document of some topics."""
        return any(term in self._counts[topic] for topic in topics)

    def _weight(self, term: str, count: int, size: int) -> float:
        share = count / size
        return share * math.log(share * self._total / self._all[term])


def words(scored: Scored, terms: Terms) -> tuple[str, ...]:
    """Return the most telling terms as they are written."""
    return tuple(terms.shown(term) for term, _ in scored[:_MOST_WORDS])


def name(scored: Scored, terms: Terms, taken: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """Return a name that is not taken, and the terms of which it consists.

    Args:
        scored: the telling terms, the best first.
        terms: how they are written.
        taken: the names of other topics.
    """
    chosen = _of_one_kind(scored)
    enough = sum(1 for _, weight in chosen[:_IN_NAME] if weight >= _MUCH_LESS * chosen[0][1])
    for count in (max(2, enough), *range(_IN_NAME, len(chosen) + 1)):
        parts = tuple(term for term, _ in chosen[:count])
        made = _joined(parts, terms)
        if made and made not in taken:
            return made, parts
    return _numbered(_joined(tuple(term for term, _ in chosen[:_IN_NAME]), terms), taken), ()


def _of_one_kind(scored: Scored) -> Scored:
    """Return the terms without those that are a part of a better one, or hold it."""
    found: Scored = []
    for term, weight in scored:
        if not any(term in other or other in term for other, _ in found):
            found.append((term, weight))
    return found


def _joined(parts: Sequence[str], terms: Terms) -> str:
    is_first_chinese = bool(parts) and is_chinese(parts[0])
    return ("、" if is_first_chinese else ", ").join(map(terms.shown, parts))


def _numbered(made: str, taken: Collection[str]) -> str:
    number = 2
    while f"{made} {number}".strip() in taken:
        number += 1
    return f"{made} {number}".strip()


def colours(parents: Mapping[int, int | None], kept: Mapping[int, int], number: int) -> dict[int, int]:
    """Return a colour for each topic: its own, or the one that is rarest among its siblings, then among all.

    Args:
        parents: of each topic, by key, those at the top first.
        kept: the colours that topics have already.
        number: of the colours that there are.
    """
    found = dict(kept)
    for topic, parent in parents.items():
        siblings = Counter(found[other] for other, own in parents.items() if own == parent and other in found)
        everyone = Counter(found.values())
        rarest = min(range(number), key=lambda colour: (siblings[colour], everyone[colour], colour))
        found.setdefault(topic, rarest)
    return found
