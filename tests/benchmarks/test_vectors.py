"""The vector index alone: how long the nearest passages take, and how many of them are found, beside others.

All have the same vectors, those of 101,000 English passages, and the same queries; the ten best count.
"""

from __future__ import annotations

import contextlib

import numpy as np
import pytest

from bge_desktop.library.graph import Graph
from bge_desktop.library.vector_index import VectorIndex
from bge_desktop.search.queries import query_vectors
from tests.benchmarks import large_library
from tests.benchmarks.figures import percentiles, seconds_of
from tests.benchmarks.peer import PeerMissingError, start_peer
from tests.benchmarks.table import Row

_SECTION = "vectors"
_K = 10
_LEAST_RECALL = 0.99
_ROUNDING = 1e-4  # of vectors in half precision
_ENGINES = ("faiss, exact", "faiss, HNSW", "usearch")


@pytest.fixture(scope="module")
def opened(large):
    with large_library.opened(large("graph")) as library:
        yield library


@pytest.fixture(scope="module")
def held(opened):
    """Return the ids of all English passages, ascending, and their vectors."""
    ids = [
        number for document in opened.documents.document_ids() for number in opened.documents.passage_ids_of(document)
    ]
    return opened.vectors.of("en", np.array(sorted(ids), np.int64))


@pytest.fixture(scope="module")
def asked(opened, encoder, queries):
    """Return the vectors of real queries."""
    return np.array([own["en"].dense for own in query_vectors(opened, encoder, queries) if "en" in own])


@pytest.mark.timeout(3600)
def test_beside_others(opened, held, asked, table, tmp_path):
    ids, vectors = held
    by_graphs, scanned = opened.vectors["en"], VectorIndex(vectors.shape[1], exact_limit=len(ids))
    scanned.add(ids, vectors)
    assert by_graphs.has_graph
    peers = _asked_of_peers(vectors, asked, str(tmp_path))
    for how, index in {"scanned": scanned, "by graphs": by_graphs}.items():
        ours = _times(index, asked)
        recall = _recall(vectors, asked, _rows_found(index, ids, asked))
        table.report(f"vectors, {how}", {"vectors": len(ids), "queries": len(asked), **ours, "recall": recall})
        what = f"the nearest of {len(ids):,} vectors {how}, p95"
        for engine, told in peers.items():
            table.add(_row(what, ours["p95"], recall, engine, told, vectors, asked))


def _times(index, asked):
    """Return how long the nearest of each query take, in milliseconds, after a few that are not counted."""
    for query in asked[:5]:
        index.search(query, _K)
    return percentiles([1000 * seconds_of(lambda query=query: index.search(query, _K)) for query in asked])


def _row(what, p95, recall, engine, told, vectors, asked):
    """Return the row of an engine beside ours; `told` is what it answered, or why it did not."""
    if isinstance(told, str):
        return Row(_SECTION, what, p95, "ms", f"{engine}: {told}")
    note = f"recall@10 {recall:.3f}, theirs {_recall(vectors, asked, told['found']):.3f}"
    return Row(_SECTION, what, p95, "ms", engine, percentiles(told["milliseconds"])["p95"], note=note)


def _asked_of_peers(vectors, asked, folder):
    """Return what each engine answers, or why it does not."""
    paths = [f"{folder}/vectors.npy", f"{folder}/queries.npy"]
    for path, values in zip(paths, (vectors, asked), strict=True):
        np.save(path, values.astype(np.float32))
    try:
        with contextlib.closing(start_peer("vectors", folder, *paths, str(_K))) as peer:
            return {engine: peer.ask("search", engine=engine) for engine in _ENGINES}
    except PeerMissingError as error:
        return dict.fromkeys(_ENGINES, str(error))


@pytest.mark.timeout(3600)
def test_recall_after_changes(opened, held, asked, table):
    """It changes the index in memory only; so this comes last."""
    ids, vectors = held
    index = opened.vectors["en"]
    rows = np.random.default_rng(0).permutation(len(ids))[: len(ids) // 2]
    index.remove(np.sort(ids[rows]))
    kept_ids, kept = np.delete(ids, rows), np.delete(vectors, rows, axis=0)
    recall = {"half deleted": _recall(kept, asked, _rows_found(index, kept_ids, asked))}
    changed = vectors[rows]
    changed[::2] = _noisy(changed[::2])  # every other of them has been written anew meanwhile
    changed = changed.astype(np.float16)
    new_ids = ids.max() + 1 + np.arange(len(rows))
    index.add(new_ids, changed)
    for name in index.worn():
        index.give_up(name)
    while (wanted := index.next_graph()) is not None:
        index.adopt(str(wanted[0]), Graph.build(wanted, index.held(wanted)[1].astype(np.float16)))
    now_ids, now = np.append(kept_ids, new_ids), np.concatenate([kept, changed])
    recall["added again"] = _recall(now, asked, _rows_found(index, now_ids, asked))
    table.report("recall", recall)
    for when, found in recall.items():
        table.add(Row(_SECTION, f"recall@10, {when}", found, "", "an exact scan", 1.0, more_is_better=True))
    assert min(recall.values()) >= _LEAST_RECALL


def _rows_found(index, ids, asked):
    """Return for each query the rows, by the ascending ids of all, of the ten that the index finds nearest."""
    found = [index.search(query, _K) for query in asked]
    return [np.searchsorted(ids, own.ids[np.argsort(-own.scores)[:_K]]) for own in found]


def _recall(vectors, asked, rows):
    """Return how many of the ten best cosines that an exact scan finds are among those of the rows that were found."""
    shares = []
    for query, found in zip(asked, rows, strict=True):
        cosines = vectors @ query
        shares.append((cosines[found] >= np.partition(cosines, -_K)[-_K] - _ROUNDING).sum() / _K)
    return float(np.mean(shares))


def _noisy(vectors):
    noise = np.random.default_rng(0).standard_normal(vectors.shape) * 0.4 / np.sqrt(vectors.shape[1])
    changed = vectors + noise
    return changed / np.linalg.norm(changed, axis=1, keepdims=True)
