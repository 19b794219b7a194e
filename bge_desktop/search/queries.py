"""Queries: their normal form and their vectors."""

from __future__ import annotations

import dataclasses
import datetime as dt
import unicodedata
from collections.abc import Sequence

from bge_desktop.bge.embeddings import QueryVector
from bge_desktop.bge.encoder import Encoder
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.script import Language, query_languages
from bge_desktop.library.library import Library
from bge_desktop.messages import displayable
from bge_desktop.search.query_language import Query, parse

_NO_TRADE_MARKS = dict.fromkeys(map(ord, "™℠"))  # which would become letters


def understood(typed: str, documents: tuple[int, ...] | None = None) -> Query:
    """Return what was typed, taken apart; `text`, which is embedded, in its normal form.

    Args:
        typed: the query.
        documents: the ids of those that are looked at; None for all.
    """
    query = parse(displayable(typed), dt.date.today())
    filters = dataclasses.replace(query.filters, documents=documents)
    return dataclasses.replace(query, text=normalised(query.text), filters=filters)


def normalised(text: str) -> str:
    """Return a text without what means nothing: width of characters, more white space, signs of trade marks."""
    return " ".join(unicodedata.normalize("NFKC", text.translate(_NO_TRADE_MARKS)).split())


def languages_for(library: Library, text: str) -> list[Language]:
    """Return the languages of the passages that a query's text is compared with, as far as there are any.

    Those are of its script, and where the same model reads other languages, too, of all of them: it finds what means
    the same across languages. None for no text.
    """
    if not text:
        return []
    models = [library.models[language] for language in query_languages(text)]
    return [own for own, index in library.vectors.items() if library.models[own] in models and len(index)]


def query_vectors(library: Library, encoder: Encoder, texts: Sequence[str]) -> list[dict[Language, QueryVector]]:
    """Return for the text of each query what each model that it is put to gives of it, waiting for the encoder.

    Raises:
        EncoderError: the queries cannot be embedded.
    """
    found: list[dict[Language, QueryVector]] = [{} for _ in texts]
    languages = [languages_for(library, text) for text in texts]
    for model in {library.models[language] for own in languages for language in own}:
        rows = [row for row, own in enumerate(languages) if any(library.models[language] == model for language in own)]
        given = encoder.embed_fully_now(model, [texts[row] for row in rows], TextKind.QUERY)
        for place, row in enumerate(rows):
            found[row] |= {language: given[place] for language in languages[row] if library.models[language] == model}
    return found
