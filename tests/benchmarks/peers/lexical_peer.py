"""Search by words alone on the same passages: tantivy and SQLite's FTS5, each with its default tokeniser and BM25.

lexical_peer.py TEXTS FOLDER
"""

from __future__ import annotations

import os
import re
import sqlite3
import sys
import time
from collections.abc import Callable

import tantivy
from serving import lines_of, serve

LIMIT = 20
texts_path, folder = sys.argv[1:]
texts = lines_of(texts_path)


def words_of(query: str) -> list[str]:
    """Return the words of a query, none of which means anything to an engine's query language."""
    return re.findall(r"\w+", query.lower())


def fts5() -> Callable[[str], object]:
    """Return a search of an FTS5 table of the texts."""
    db = sqlite3.connect(os.path.join(folder, "fts5.db"))
    db.execute("CREATE VIRTUAL TABLE passages USING fts5(text)")
    db.executemany("INSERT INTO passages VALUES (?)", ((text,) for text in texts))
    db.commit()
    sql = "SELECT rowid, text FROM passages WHERE passages MATCH ? ORDER BY bm25(passages) LIMIT ?"
    return lambda query: db.execute(sql, [" OR ".join(f'"{word}"' for word in words_of(query)), LIMIT]).fetchall()


def tantivy_index() -> Callable[[str], object]:
    """Return a search of a tantivy index of the texts."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=True)
    path = os.path.join(folder, "tantivy")
    os.makedirs(path)
    index = tantivy.Index(builder.build(), path=path)
    writer = index.writer()
    for text in texts:
        writer.add_document(tantivy.Document(text=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(query: str) -> object:
        hits = searcher.search(index.parse_query(" ".join(words_of(query)), ["text"]), LIMIT).hits
        return [searcher.doc(address)["text"] for _, address in hits]

    return search


engines = {"FTS5": fts5(), "tantivy": tantivy_index()}


def search(engine: str, queries: list[str]) -> dict[str, object]:
    """Return how long each query takes, its 20 best passages' texts included, in milliseconds."""
    took = []
    for query in queries:
        started = time.perf_counter()
        engines[engine](query)
        took.append((time.perf_counter() - started) * 1000)
    return {"milliseconds": took}


serve({"search": search})
