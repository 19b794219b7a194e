"""Near-duplicates: documents that say almost the same are folded under the best-ranked of them.

What is folded is another version of a document, or a saved copy with another header. Two invoices, or the manuals of
two sibling functions, are other documents however alike they look: a few words in them are consistently put in the
place of others. When in doubt nothing is folded: one line too many costs less than a document that is not seen.

The bounds were chosen by looking at all pairs of 1,880 manual pages that share a fifth of their shingles.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from bge_desktop.library.signatures import Signature

# Of the pages that resemble each other by 0.6 to 0.93, nearly all are siblings ("sha256sum" and "sha384sum": 0.93).
_SAME = 0.95
# One page with all of another in one piece, and a little more, is that page with a header.
_CONTAINED, _LONGER = 0.99, 1.25
# In so many words one number may have been put in the place of another, as between versions of a contract.
_WORDS_A_NUMBER = 1000
# A word that is used so much more often was used several times.
_REPEATED = 2
# Of a few words, each one is what the document is about.
_SHORT = 50
# Documents are compared that share so many of the 32 shingles that are the smallest of each: resembling each other by
# 0.8, they share most.
_FEWEST_SHARED = 8


def say_the_same(one: Signature, other: Signature) -> bool:
    """Whether two documents say almost the same."""
    shorter, longer = sorted((one, other), key=lambda own: own.word_count)
    if shorter.word_count < _SHORT:
        return _are_equal(one, other)
    if longer.word_count > _LONGER * shorter.word_count:
        return False
    resemblance = one.resemblance(other)
    is_alike = resemblance >= _SAME or _contained(shorter, longer, resemblance) >= _CONTAINED
    return is_alike and not _is_filled_in_otherwise(shorter, longer)


def _are_equal(one: Signature, other: Signature) -> bool:
    have_equal_shingles = np.array_equal(one.shingles, other.shingles) and np.array_equal(one.odd, other.odd)
    return one.word_count == other.word_count > 0 and have_equal_shingles


def _contained(shorter: Signature, longer: Signature, resemblance: float) -> float:
    """Return the share of the shingles of a document that stand in another (Broder 1997: its containment)."""
    in_both = resemblance * (shorter.shingle_count + longer.shingle_count) / (1 + resemblance)
    return in_both / max(min(shorter.shingle_count, longer.shingle_count), 1)


def _is_filled_in_otherwise(shorter: Signature, longer: Signature) -> bool:
    """Whether words that are used several times, or more than a few numbers, stand in the place of others.

    Words that only one of the documents has more of were added, and put in no other's place.
    """
    words, numbers = shorter.differences(longer)
    every = np.concatenate([words, numbers])
    if (every >= _REPEATED).any() and (every <= -_REPEATED).any():
        return True
    exchanged = min(int((numbers == 1).sum()), int((numbers == -1).sum()))
    return exchanged > shorter.word_count // _WORDS_A_NUMBER


class Folding:
    """Folds documents, given in the order of their ranks, under earlier ones that say almost the same.

    Args:
        limit: the most documents to show.

    Attributes:
        under: the documents that are shown, best first, each with those that are folded under it.
        is_full: whether a document came that would be shown beyond the limit; it and others like that are left out.
    """

    def __init__(self, limit: int) -> None:
        self.under: dict[int, list[int]] = {}
        self.is_full = False
        self._limit = limit
        self._signatures: dict[int, Signature] = {}
        self._with_shingle: defaultdict[int, list[int]] = defaultdict(list)

    def add(self, documents: Sequence[int], signatures: Mapping[int, Signature]) -> None:
        """Take the next documents; those without words are shown each by itself."""
        for document in documents:
            own = signatures.get(document)
            own = own if own and own.word_count else None
            head = self._head(own) if own else None
            if head is not None:
                self.under[head].append(document)
            elif len(self.under) < self._limit:
                self._show(document, own)
            else:
                self.is_full = True

    def _show(self, document: int, own: Signature | None) -> None:
        self.under[document] = []
        if own:
            self._signatures[document] = own
            for shingle in own.shingles.tolist():
                self._with_shingle[shingle].append(document)

    def _head(self, own: Signature) -> int | None:
        """Return the best-ranked document, of those shown, that says almost the same."""
        looked_at = own.shingles.tolist()
        shared: defaultdict[int, int] = defaultdict(int)
        for shingle in looked_at:
            for head in self._with_shingle.get(shingle, ()):
                shared[head] += 1
        fewest = min(_FEWEST_SHARED, len(looked_at))
        near = (head for head in self.under if shared.get(head, 0) >= fewest)
        return next((head for head in near if say_the_same(own, self._signatures[head])), None)
