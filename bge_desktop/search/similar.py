"""How alike documents are to a given one, from the vectors that are stored anyway and from its most telling words.

Three scores are added. *Nearest*: for each passage of the given document the best cosine among the other's passages,
standardised over the documents, and of these the mean; so a passage that everything resembles (a licence, a list of
authors) says little. *Whole*: the cosine of the mean vectors of both, which forgives that the same things are said in
another order. And the *words*: BM25 of the few words that tell most, which also finds documents that the vectors cannot
compare: in the other language, or not embedded yet.

Measured on manual pages that refer to each other (251 English, 180 Chinese; 32 passages of each, and for the words all
but the references), nDCG@10: best single passage 0.52 and 0.25, nearest 0.62 and 0.45, whole 0.62 and 0.43, both 0.63
and 0.47, all three 0.66 and 0.49. One half of a long page finds the other among all documents (100 each, mean
reciprocal rank): nearest 0.77 and 0.68, both 0.83 and 0.74.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bge_desktop.bge.models import Cosines
from bge_desktop.bge.script import Language
from bge_desktop.library.ids import starts_of
from bge_desktop.library.library import Library
from bge_desktop.library.words import analysed
from bge_desktop.search import lexical
from bge_desktop.search.fusion import Scores, standardised
from bge_desktop.search.lexical import WordQuery
from bge_desktop.search.stop_words import STOP_WORDS

Ids = NDArray[np.int64]
Vectors = NDArray[np.float32]

# Of both documents at most so many passages are compared, evenly spread; with 32 the measured quality is the same.
_MOST_PASSAGES = 16
# The documents whose mean vectors are compared, after the nearest passages chose them; with 300 it is as good.
_SHORTLIST = 100
# How many neighbours of each passage the graph is asked for.
_NEIGHBOURS = 100
# A filter that allows more passages leaves enough of those neighbours; so many are read in about 20 ms.
_MOST_ALLOWED = 5_000
# As which counts what a model cannot compare: farther than all but a few that it can.
_FAR = -2.0
# Weighed as in the fusion of a query's scores; with 1 or 4 for the words, nDCG@10 changes by 0.02 at most.
_MEANING, _WORDS = 0.5, 2.0
# To look up a word takes the longer, the more passages have it: a millisecond in 100,000.
_TELLING_WORDS, _WORDS_LOOKED_UP = 12, 24
# k1 of BM25, as FTS5 sets it.
_K1 = 1.2


@dataclass(frozen=True)
class PassageScores:
    """Passages [n], the documents that they are of, as rows in the catalogue [n], and how much they count [n]."""

    passages: Ids
    rows: Ids
    scores: Scores


@dataclass(frozen=True)
class Likeness:
    """How alike all documents are to a given one.

    Attributes:
        documents: a score [documents]: about 0 for one that is as alike as any, 1.5 and more for a similar one; -inf
            for the given one itself.
        passages: what shows best in which way a document is alike.
    """

    documents: Scores
    passages: tuple[PassageScores, ...]


def likeness(library: Library, rows: Ids, allowed: NDArray[np.bool_] | None = None) -> Likeness | None:
    """Return how alike all documents are to given ones; None where those have neither vectors nor telling words.

    Args:
        library: of the documents.
        rows: of the given documents, which count as one.
        allowed: which documents will be shown [documents]; None for all.
    """
    sample = _evenly(library.catalogue.passages_of_rows(rows), _MOST_PASSAGES)
    among = None if allowed is None else library.catalogue.passages_of_rows(np.flatnonzero(allowed))
    parts = [part for language in library.vectors if (part := _by_meaning(library, language, sample, rows, among))]
    words = _by_words(library, sample, rows)
    if not parts and words is None:
        return None
    total = _meaning_of(parts, len(library.catalogue.documents))
    if words is not None:
        total += words
    total[rows] = -np.inf
    shown = [part.passages for part in parts]
    return Likeness(total, (*shown, _first_passages(library, shown)))


def _first_passages(library: Library, shown: Sequence[PassageScores]) -> PassageScores:
    """Return the first passage of each document that no model compared: there is no better one to show."""
    is_compared = np.zeros(len(library.catalogue.documents), bool)
    for part in shown:
        is_compared[part.rows] = True
    passages = library.catalogue.passages_of_rows(np.flatnonzero(~is_compared))
    rows = library.catalogue.rows_of_passages(passages)
    starts = starts_of(rows)
    return PassageScores(passages[starts], rows[starts], np.zeros(len(starts)))


# --- by meaning ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Part:
    """What one model says.

    Attributes:
        weight: how many passages of the given document it compares.
        documents: a score [documents]; NaN where there is nothing to compare.
        passages: a score for passages.
    """

    weight: float
    documents: Scores
    passages: PassageScores


def _meaning_of(parts: Sequence[_Part], documents: int) -> Scores:
    """Return [documents]: the models' scores, each as much as it has passages of the given document."""
    total = np.zeros(documents)
    for part in parts:
        share = part.weight / sum(other.weight for other in parts)
        total += _MEANING * share * np.where(np.isnan(part.documents), _FAR, part.documents)
    return total


def _by_meaning(library: Library, language: Language, sample: Ids, own: Ids, among: Ids | None) -> _Part | None:
    _, vectors = library.vectors.of(language, sample)
    if not len(vectors):
        return None
    centre = _normalised(vectors.mean(axis=0, keepdims=True))
    others = _compared(library, language, np.concatenate([vectors, centre]), among).without(own)
    documents = np.full(len(library.catalogue.documents), np.nan)
    spread = library.vectors.in_use[language].spread
    if len(others.rows):
        found, nearest = _nearest(others, spread.nearest)
        whole = _whole(library, language, found, nearest, centre[0])
        documents[found] = (nearest + whole) / 2
        if others.drawn is not None:  # the graph leaves out what is farther than all that it found
            documents[np.isnan(documents)] = np.nanmin(documents)
    return _Part(len(vectors), documents, others.shown(spread.nearest))


@dataclass(frozen=True)
class _Compared:
    """Passages with their cosines to those of the given document.

    Attributes:
        passages, rows: their ids, and the documents that they are of, as rows in the catalogue [n].
        cosines: to each of the given document, and to the mean of those [n, q + 1].
        drawn: rows of documents drawn at random, all of whose passages are here; None where all documents are here.
    """

    passages: Ids
    rows: Ids
    cosines: Vectors
    drawn: Ids | None

    def without(self, rows: Ids) -> _Compared:
        """Return this without passages of no document, and of the documents in these rows."""
        kept = (self.rows >= 0) & ~np.isin(self.rows, rows)
        return _Compared(self.passages[kept], self.rows[kept], self.cosines[kept], self.drawn)

    def shown(self, usual: Cosines) -> PassageScores:
        """Return how near each passage is to the mean: one that is like most of the given document shows the most."""
        to_mean = self.cosines[:, -1].astype(np.float64)
        return PassageScores(self.passages, self.rows, standardised(to_mean, to_mean, usual))


def _compared(library: Library, language: Language, vectors: Vectors, among: Ids | None) -> _Compared:
    """Compare the passages of the library with some vectors [q, dimension]: all that there are, where that is fast.

    Beyond, those that the graph finds, and those of documents drawn at random, which tell how alike any two are. Under
    a selective filter few would be left: all that it allows are compared as well.
    """
    index, catalogue = library.vectors[language], library.catalogue
    scanned = index.scan(vectors)
    if scanned is not None:
        return _Compared(scanned[0], catalogue.rows_of_passages(scanned[0]), scanned[1], None)
    near = [catalogue.sample(), *(index.search(vector, _NEIGHBOURS).ids for vector in vectors)]
    if among is not None and len(among) <= _MOST_ALLOWED:
        near.append(among)
    ids, found = library.vectors.of(language, np.unique(np.concatenate(near)))
    drawn = catalogue.rows_of_passages(catalogue.sample())
    return _Compared(ids, catalogue.rows_of_passages(ids), found @ vectors.T, drawn)


def _nearest(others: _Compared, usual: Cosines) -> tuple[Ids, Scores]:
    """Return documents [m], ascending, and of each the mean of the standardised best cosines [m].

    Args:
        others: the passages of those documents.
        usual: how the best of a document are spread.
    """
    order = np.argsort(others.rows, kind="stable")
    starts = starts_of(others.rows[order])
    rows = others.rows[order][starts]
    best = np.maximum.reduceat(others.cosines[order, :-1], starts, axis=0).astype(np.float64)
    spread = best if others.drawn is None else best[np.isin(rows, others.drawn)]
    columns = [standardised(own, of_any, usual) for own, of_any in zip(best.T, spread.T, strict=True)]
    return rows, np.mean(columns, axis=0)


def _whole(library: Library, language: Language, rows: Ids, nearest: Scores, centre: Vectors) -> Scores:
    """Return the standardised cosine of the mean vectors [m] of those that are nearest, the least of them for others.

    Args:
        library: of the documents.
        language: of the model.
        rows: of the documents, ascending [m].
        nearest: how near they are by their passages [m].
        centre: the mean vector of the given document, normalised [dimension].
    """
    places = np.sort(np.argsort(-nearest, kind="stable")[:_SHORTLIST])
    passages = _evenly_of_each(library, rows[places])
    passages, vectors = library.vectors.of(language, passages)
    owners = library.catalogue.rows_of_passages(passages)
    starts = starts_of(owners)
    cosines = _normalised(np.add.reduceat(vectors, starts, axis=0)) @ centre
    usual = library.vectors.in_use[language].spread.whole
    scores = np.maximum((cosines.astype(np.float64) - usual.mean) / usual.deviation, _FAR)
    result = np.full(len(rows), scores.min())
    result[np.searchsorted(rows, owners[starts])] = scores
    return result


def _evenly_of_each(library: Library, rows: Ids) -> Ids:
    """Return passages of documents in these rows, ascending: of each at most 16, evenly spread."""
    passages = library.catalogue.passages_of_rows(rows)
    owners = library.catalogue.rows_of_passages(passages)
    starts = starts_of(owners)
    counts = np.diff(starts, append=len(owners))
    places = np.arange(len(owners)) - np.repeat(starts, counts)
    chosen: Ids = passages[places % np.repeat(-(-counts // _MOST_PASSAGES), counts) == 0]
    return chosen


def _evenly(passages: Ids, most: int) -> Ids:
    """Return at most so many of the passages, evenly spread."""
    places = np.linspace(0, len(passages) - 1, min(most, len(passages)))
    return passages[places.round().astype(np.int64)]


def _normalised(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    normalised: Vectors = vectors / np.maximum(lengths, np.finfo(np.float32).tiny)
    return normalised


# --- by words -----------------------------------------------------------------------------------------------------


def _by_words(library: Library, sample: Ids, own: Ids) -> Scores | None:
    """Return [documents]: BM25 of the most telling words, as a part of what the given document itself reaches."""
    words = _telling_words(library, sample)
    if not words.words:
        return None
    hits = lexical.text_hits(library, words).documents
    documents = np.zeros(len(library.catalogue.documents))
    documents[hits.rows] = hits.scores
    reach = max(float(documents[own].max()), np.finfo(np.float64).tiny)
    return _WORDS / reach * documents


def _telling_words(library: Library, sample: Ids) -> WordQuery:
    """Return the words of the passages that tell most: said often here, in few other passages, but in some."""
    passages = library.documents.by_id(sample.tolist()).values()
    said = [analysed(passage.text).split() for passage in passages]
    counts = Counter(word for words in said for word in words if word not in STOP_WORDS)
    holding_here = Counter(word for words in said for word in set(words))
    looked_up = [word for word, _ in counts.most_common(_WORDS_LOOKED_UP)]
    sql = "SELECT term, doc FROM json_each(?) CROSS JOIN passage_vocabulary ON term = value"
    holding = dict(library.db.execute(sql, [json.dumps(looked_up)]).fetchall())
    total = library.catalogue.passage_count
    scores = {
        word: counts[word] * (_K1 + 1) / (counts[word] + _K1) * math.log(total / number)
        for word, number in holding.items()
        if holding_here[word] < number <= total / 2
    }
    return WordQuery(tuple(sorted(scores, key=lambda word: (-scores[word], word))[:_TELLING_WORDS]))
