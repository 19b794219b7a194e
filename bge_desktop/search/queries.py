"""Queries: their normal form and their vectors."""

from __future__ import annotations

import dataclasses
import datetime as dt
import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bge_desktop.bge.encoder import Encoder
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.script import Language, query_languages
from bge_desktop.library.library import Library
from bge_desktop.messages import displayable
from bge_desktop.search.query_language import Query, parse

_NO_TRADE_MARKS = dict.fromkeys(map(ord, "™℠"))  # which would become letters


def understood(typed: str) -> Query:
    """Return what was typed, taken apart; `text`, which is embedded, in its normal form."""
    query = parse(displayable(typed), dt.date.today())
    return dataclasses.replace(query, text=normalised(query.text))


def normalised(text: str) -> str:
    """Return a text without what means nothing: width of characters, more white space, signs of trade marks."""
    return " ".join(unicodedata.normalize("NFKC", text.translate(_NO_TRADE_MARKS)).split())


def languages_for(library: Library, text: str) -> list[Language]:
    """Return the models to put a query's text to: those of its script that have anything to find; none for no text."""
    return [language for language in query_languages(text) if text and len(library.vectors[language])]


def query_vectors(
    library: Library, encoder: Encoder, texts: Sequence[str]
) -> list[dict[Language, NDArray[np.float32]]]:
    """Return for the text of each query its vector from each model that it is put to, waiting for the encoder.

    Raises:
        EncoderError: the queries cannot be embedded.
    """
    found: list[dict[Language, NDArray[np.float32]]] = [{} for _ in texts]
    languages = [languages_for(library, text) for text in texts]
    for language in {language for own in languages for language in own}:
        rows = [row for row, own in enumerate(languages) if language in own]
        vectors = encoder.embed_now(language, [texts[row] for row in rows], TextKind.QUERY)
        for row, vector in zip(rows, vectors, strict=True):
            found[row][language] = vector
    return found
