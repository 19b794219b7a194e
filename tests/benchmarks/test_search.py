"""How long a search takes, the encoding of its query included, with 10,000, 100,000 and 1,000,000 passages.

Idle: whole searches as the worker does them, one after the other. While indexing: through the worker that embeds real
files at full speed at the same time. `search_cpu_p95` counts only the time that the thread of the search had the
processor. Beside them, others with the same passages and queries: by words alone, and txtai by both.
"""

from __future__ import annotations

import contextlib
import json
import time

import numpy as np
import pytest

from bge_desktop.bge.models import BUNDLED
from bge_desktop.library.library import reading
from bge_desktop.messages import AddFolder, LibraryStatus, Mode, ReportStatus
from bge_desktop.search.queries import query_vectors, understood
from bge_desktop.search.searcher import Searcher
from tests.benchmarks import large_library, scale
from tests.benchmarks.asking import Asker, warm_up
from tests.benchmarks.figures import percentiles, seconds_of
from tests.benchmarks.peer import PeerMissingError, start_peer
from tests.benchmarks.table import Bar, Row
from tests.end_to_end.client import Client

_SECTION = "search"
_MOST_MS = {"small": 30, "scan": 50, "graph": 50, "million": 100}
_MOST_WHILE_INDEXING_MS = 100
_LIMIT = 20
_PEERS_LIBRARY = "scan"  # whose passages the peers search, too
_ASKED_WHILE_INDEXING = scale.of(240, 40)
_PAUSE_S = 0.1


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("name", _MOST_MS)
def test_idle(large, queries, encoder, table, name):
    with large_library.opened(large(name)) as library:
        passages, searcher = library.catalogue.passage_count, warm_up(Searcher(library))
        has_graph = any(index.has_graph for index in library.vectors.values())
        for text in queries[::20]:
            timed(library, searcher, encoder, text)
        times = np.array([timed(library, searcher, encoder, text) for text in queries]) * 1000
    encoding, search, on_processor = times.T
    whole = percentiles(encoding + search)
    parts = {"encoding": percentiles(encoding), "search": percentiles(search), "search_cpu": percentiles(on_processor)}
    table.report(f"search-{name}", {"passages": passages, "queries": len(queries), "whole": whole, **parts})
    what = f"hybrid search, {passages:,} passages{', by graphs' if has_graph else ''}, p95"
    note = f"p50 {whole['p50']:.0f}, p99 {whole['p99']:.0f} ms"
    table.add(Row(_SECTION, what, whole["p95"], "ms", bar=Bar(at_most=_MOST_MS[name]), note=note))


def timed(library, searcher, encoder, text):
    """Search as the worker does; return the seconds of encoding, of searching, and of searching on the processor."""
    started = time.perf_counter()
    query = understood(text)
    [vectors] = query_vectors(library, encoder, [query.text])
    encoded, on_processor = time.perf_counter(), time.thread_time()
    searcher.search(query, vectors, _LIMIT)
    return encoded - started, time.perf_counter() - encoded, time.thread_time() - on_processor


@pytest.mark.timeout(3600)
def test_while_indexing(large, documents, queries, table, tmp_path):
    path = str(tmp_path / "library")
    large_library.copy(large(_PEERS_LIBRARY), path)
    client = Client(path)
    assert client.worker.wait_until_idle(600)
    client.worker.submit(AddFolder(documents))
    asker = Asker(client)
    client.wait_for(lambda: _embedded(client) > 0, timeout=600)
    before, started = _embedded(client), time.perf_counter()
    for text in queries[:_ASKED_WHILE_INDEXING]:
        asker.ask(text)
        time.sleep(_PAUSE_S)
    embedded, seconds = _embedded(client) - before, time.perf_counter() - started
    is_busy = not client.worker.wait_until_idle(0)
    client.worker.stop(60)
    assert is_busy, "there were too few files to index"
    found = percentiles(asker.milliseconds)
    note = f"p50 {found['p50']:.0f}, p99 {found['p99']:.0f} ms; {embedded / seconds:.0f} passages/s meanwhile"
    what = "the same while indexing at full speed, 100,000 passages, p95"
    table.add(Row(_SECTION, what, found["p95"], "ms", bar=Bar(at_most=_MOST_WHILE_INDEXING_MS), note=note))


def _embedded(client):
    client.worker.submit(ReportStatus())
    while not isinstance(event := client.events.get(timeout=60), LibraryStatus):
        pass
    return event.embedded


@pytest.fixture(scope="module")
def passages(large, tmp_path_factory):
    """Return the paths of the texts and of the vectors of the English passages of the library, and of all texts."""
    folder = tmp_path_factory.mktemp("passages")
    paths = {name: str(folder / name) for name in ("english.json", "all.json", "english.npy")}
    with reading(large(_PEERS_LIBRARY)) as library:
        texts = {
            own.id: own.text
            for number in library.documents.document_ids()
            for own in library.documents.passages(number)
        }
        ids, vectors = library.vectors.of("en", np.array(sorted(texts), np.int64))
    for name, numbers in (("english.json", ids.tolist()), ("all.json", list(texts))):
        with open(paths[name], "w", encoding="utf-8") as file:
            json.dump([texts[number] for number in numbers], file)
    np.save(paths["english.npy"], vectors)
    return paths


@pytest.mark.timeout(3600)
def test_beside_search_by_words(large, passages, queries, table, tmp_path):
    with reading(large(_PEERS_LIBRARY)) as library:
        searcher = warm_up(Searcher(library))
        ours = [1000 * seconds_of(lambda text=text: _search_by_words(searcher, text)) for text in queries]
    for engine, told in _asked_by_words(passages["all.json"], queries, str(tmp_path)).items():
        against, theirs = f"{engine}, its 20 best passages", None
        if isinstance(told, str):
            against = f"{against}: {told}"
        else:
            theirs = percentiles(told["milliseconds"])["p95"]
        what = "search by words alone, the same 100,000 passages, p95"
        table.add(Row(_SECTION, what, percentiles(ours)["p95"], "ms", against, theirs))


def _search_by_words(searcher, text):
    searcher.search(understood(text), {}, _LIMIT, Mode.LEXICAL)


def _asked_by_words(texts, queries, folder):
    """Return what each engine answers, or why it does not."""
    engines = ("tantivy", "FTS5")
    try:
        with contextlib.closing(start_peer("lexical", folder, texts, folder)) as peer:
            return {engine: peer.ask("search", engine=engine, queries=queries) for engine in engines}
    except PeerMissingError as error:
        return dict.fromkeys(engines, str(error))


@pytest.mark.timeout(3600)
def test_beside_txtai(passages, queries, table, tmp_path):
    english, against = [text for text in queries if text.isascii()], "txtai, hybrid, of the English ones only"
    try:
        model = BUNDLED["en"].folder
        with contextlib.closing(start_peer("txtai", str(tmp_path), model, passages["english.json"])) as peer:
            peer.ask("load", vectors=passages["english.npy"])
            peer.ask("search", queries=english[:5])
            theirs = percentiles(peer.ask("search", queries=english)["milliseconds"])["p95"]
    except PeerMissingError as error:
        theirs, against = None, f"{against}: {error}"
    ours = table.figures[f"search-{_PEERS_LIBRARY}"]["whole"]["p95"]
    table.add(Row(_SECTION, "hybrid search, the same 100,000 passages, p95", ours, "ms", against, theirs))
