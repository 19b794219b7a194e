"""`bge-desktop search`: one query, its results, best first."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import time

from bge_desktop.bge.encoder import Encoder
from bge_desktop.bge.kinds import TextKind
from bge_desktop.cli import output
from bge_desktop.library.library import reading
from bge_desktop.messages import SearchResult, Span, displayable
from bge_desktop.search.queries import query_vectors, understood
from bge_desktop.search.searcher import Found, QueryVectors, Searcher
from bge_desktop.search.telling import sentence_tasks


def search(query: str, limit: int, library: str, device: str, *, as_json: bool) -> int:
    """Print the best documents. Reads the library only, so that it works beside an open window.

    Raises:
        UserError: there is no library, or the query cannot be embedded.
    """
    encoder = Encoder(device)
    with contextlib.closing(encoder), reading(library) as opened:
        started = time.perf_counter()
        parsed = understood(query)
        vectors = query_vectors(opened, encoder, [parsed.text])[0]
        found = Searcher(opened).search(parsed, vectors, limit) if query.strip() else Found(())
        results = found.results
        took_ms = (time.perf_counter() - started) * 1000
        if not as_json:
            results = _with_sentences(results, vectors, encoder)
    for hint in found.hints:
        output.note(hint)
    if as_json:
        objects = [_as_object(result) for result in results]
        output.say_json({"query": query, "took_ms": round(took_ms, 1), "results": objects})
        return 0
    if not results:
        output.say("No document matches.")
    for number, result in enumerate(results, 1):
        _print(number, result)
    return 0


def _with_sentences(
    results: tuple[SearchResult, ...], query: QueryVectors, encoder: Encoder
) -> tuple[SearchResult, ...]:
    """Return the results with the sentence to print of those that were found by meaning."""
    best: dict[str, Span] = {}
    for task in sentence_tasks(results, query):
        vectors = encoder.embed_now(task.language, task.texts, TextKind.SENTENCE)
        best.update(task.best(query[task.language], vectors))
    return tuple(dataclasses.replace(r, sentence=best.get(r.path, r.sentence)) for r in results)


def _as_object(result: SearchResult) -> dict[str, object]:
    names = ("path", "score", "page", "start", "end", "passage", "why")
    return {name: getattr(result, name) for name in names}


def _print(number: int, result: SearchResult) -> None:
    page = f", page {result.page}" if result.page else ""
    output.say(f"{number}. {displayable(os.path.basename(result.path))}{page}  [{result.why}]")
    output.say(f"   {displayable(os.path.dirname(result.path))}")
    sentence = result.passage[result.sentence.start : result.sentence.end] if result.sentence else result.passage
    if sentence:
        output.say(output.wrapped(sentence, lines=3))
