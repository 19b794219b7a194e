"""Reading beforehand where the most frequent words of a library occur, which takes longest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bge_desktop.library.library import Library
from bge_desktop.library.words import analysed
from bge_desktop.search.stop_words import STOP_WORDS

# To read where a word occurs that stands in so many passages takes a millisecond.
_FREQUENT = 5_000
_PORTION = 100


def read_frequent_words(library: Library) -> Iterator[None]:
    """Read where the words occur that stand in the most passages, as far as they are kept; one with each step.

    Which they are is told by a sample of the documents: to count all words would mean to read the whole index.
    """
    if library.catalogue.passage_count < _FREQUENT:
        return
    counts: Counter[str] = Counter()
    sample = library.catalogue.sample()
    for start in range(0, len(sample), _PORTION):
        for passage in library.documents.by_id(sample[start : start + _PORTION].tolist()).values():
            counts.update(set(analysed(passage.text).split()) - STOP_WORDS)
        yield
    least = _FREQUENT * len(sample) / library.catalogue.passage_count
    for word, count in counts.most_common():
        if count < least or library.occurrences.is_full:
            return
        library.occurrences.of(word)
        yield
