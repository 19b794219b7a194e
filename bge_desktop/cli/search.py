"""`bge-desktop search`: one query, its results, best first."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Mapping, Sequence

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
        parsed, searcher = understood(query), Searcher(opened)
        words = searcher.words(parsed)
        vectors = query_vectors(opened, encoder, [words.put_right(parsed.text)])[0]
        found = searcher.search(parsed, vectors, limit, words=words) if query.strip() else Found(())
        results = found.results
        took_ms = (time.perf_counter() - started) * 1000
        if not as_json:
            results = _with_sentences(results, vectors, encoder)
    for hint in found.hints:
        output.note(hint)
    print_results({"query": query, "took_ms": round(took_ms, 1)}, results, as_json=as_json)
    return 0


def print_results(about: Mapping[str, object], results: Sequence[SearchResult], *, as_json: bool) -> None:
    """Print results, best first; as JSON, in one object with what is said about them."""
    if as_json:
        output.say_json({**about, "results": [_as_object(result) for result in results]})
        return
    if not results:
        output.say("No document matches.")
    for number, result in enumerate(results, 1):
        _print(number, result)


def _with_sentences(
    results: tuple[SearchResult, ...], query: QueryVectors, encoder: Encoder
) -> tuple[SearchResult, ...]:
    """Return the results with the sentence to print of those that were found by meaning."""
    best: dict[str, Span] = {}
    for task in sentence_tasks(results, query):
        vectors = encoder.embed_now(task.language, task.texts, TextKind.SENTENCE)
        best.update(task.best(query[task.language], vectors))
    return tuple(r.with_sentence(best[r.path]) if r.path in best else r for r in results)


def _as_object(result: SearchResult) -> dict[str, object]:
    names = ("path", "score", "page", "start", "end", "passage", "why")
    others = {name: value for name in ("place", "copies", "near_duplicates") if (value := getattr(result, name))}
    return {name: getattr(result, name) for name in names} | others


def _print(number: int, result: SearchResult) -> None:
    page = f"page {result.page}" if result.page else ""
    where = ", ".join(filter(None, (displayable(os.path.basename(result.path)), result.place, page)))
    output.say(f"{number}. {where}  [{result.why}]")
    output.say(f"   {displayable(os.path.dirname(result.path))}")
    sentence = result.passage[result.sentence.start : result.sentence.end] if result.sentence else result.passage
    if sentence:
        output.say(output.wrapped(sentence, lines=3))
    _print_others(result.copies, "copy", "copies")
    _print_others(result.near_duplicates, "near-duplicate", "near-duplicates")


def _print_others(paths: Sequence[str], one: str, several: str) -> None:
    if paths:
        names = ", ".join(displayable(os.path.basename(path)) for path in paths)
        output.say(output.wrapped(f"+ {len(paths)} {one if len(paths) == 1 else several}: {names}", lines=2))
