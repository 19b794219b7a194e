"""`bge-desktop search`: one query, its results, best first."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Mapping, Sequence

from bge_desktop.bge.encoder import Encoder
from bge_desktop.bge.kinds import TextKind
from bge_desktop.cli import output
from bge_desktop.errors import UserError
from bge_desktop.library.library import Library, reading
from bge_desktop.messages import SearchResult, Span, Standing, displayable
from bge_desktop.search.queries import query_vectors, understood
from bge_desktop.search.reranking import DEPTH, chosen_scorer, reranked_now
from bge_desktop.search.searcher import Found, QueryVectors, Searcher
from bge_desktop.search.telling import sentence_tasks
from bge_desktop.settings import Settings, read


def search(query: str, limit: int, library: str, device: str, *, as_json: bool) -> int:
    """Print the best documents. Reads the library only, so that it works beside an open window.

    Where a reranker is chosen in the settings, the better order is waited for, as long as they say.

    Where the query cannot be embedded, that is told, and it is searched by words.

    Raises:
        UserError: there is no library.
    """
    encoder, settings = Encoder(device), read(library)[0]
    with contextlib.closing(encoder), reading(library) as opened:
        started = time.perf_counter()
        parsed, searcher = understood(query), Searcher(opened)
        words = searcher.words(parsed)
        text, looks_closer = words.put_right(parsed.text), settings.reranker or settings.multi_vectors
        vectors = _vectors(text, encoder, opened)
        depth = max(limit, DEPTH) if looks_closer else limit
        found = searcher.search(parsed, vectors, depth, words=words) if query.strip() else Found(())
        results = _reranked(text, found, settings, encoder, opened)[:limit]
        took_ms = (time.perf_counter() - started) * 1000
        if not as_json:
            results = _with_sentences(opened, results, vectors, encoder)
    for hint in found.hints:
        output.note(hint)
    print_results({"query": query, "took_ms": round(took_ms, 1)}, results, as_json=as_json)
    return 0


def _vectors(text: str, encoder: Encoder, library: Library) -> QueryVectors:
    """Return the query's vectors; none where it cannot be embedded, which is told: the model's files are gone, say."""
    try:
        return query_vectors(library, encoder, [text])[0]
    except UserError as error:
        output.tell_error(error, as_json=False)
        return {}


def _reranked(
    text: str, found: Found, settings: Settings, encoder: Encoder, library: Library
) -> tuple[SearchResult, ...]:
    """Return the results in the better order, where one is wanted; what hinders that is told, and no more."""
    try:
        scorer = chosen_scorer(settings, encoder, library)
        if scorer and text and found.is_ranked:
            return reranked_now(scorer, text, found.results, settings.reranking_ms / 1000)
    except UserError as error:
        output.tell_error(error, as_json=False)
    return found.results


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
    library: Library, results: tuple[SearchResult, ...], query: QueryVectors, encoder: Encoder
) -> tuple[SearchResult, ...]:
    """Return the results with the sentence to print of those that were found by meaning."""
    best: dict[str, Span] = {}
    for task in sentence_tasks(results, query):
        vectors = encoder.embed_now(library.models[task.language], task.texts, TextKind.SENTENCE)
        best.update(task.best(query[task.language].dense, vectors))
    return tuple(r.with_sentence(best[r.path]) if r.path in best else r for r in results)


def _as_object(result: SearchResult) -> dict[str, object]:
    names = ("path", "score", "page", "start", "end", "passage", "why")
    others = {name: value for name in ("place", "copies", "near_duplicates") if (value := getattr(result, name))}
    labels = [own.name for own in result.labels if own.standing is not Standing.PROPOSED]
    return {name: getattr(result, name) for name in names} | others | ({"labels": labels} if labels else {})


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
