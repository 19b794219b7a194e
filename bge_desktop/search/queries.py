"""Queries: their normal form and their vectors."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bge_desktop.bge.encoder import Encoder
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.script import Language, query_languages
from bge_desktop.library.library import Library
from bge_desktop.messages import displayable


def normalised(query: str) -> str:
    """Return a query without differences that mean nothing (width, white space) and characters that are none."""
    return displayable(" ".join(unicodedata.normalize("NFKC", query).split()))


def languages_for(library: Library, query: str) -> list[Language]:
    """Return the models to put a query to: those of its script that have anything to find."""
    return [language for language in query_languages(query) if len(library.vectors[language])]


def query_vectors(
    library: Library, encoder: Encoder, queries: Sequence[str]
) -> list[dict[Language, NDArray[np.float32]]]:
    """Return for each query its vector from each model that it is put to, waiting for the encoder.

    Raises:
        EncoderError: the queries cannot be embedded.
    """
    found: list[dict[Language, NDArray[np.float32]]] = [{} for _ in queries]
    languages = [languages_for(library, query) for query in queries]
    for language in {language for own in languages for language in own}:
        rows = [row for row, own in enumerate(languages) if language in own]
        vectors = encoder.embed_now(language, [queries[row] for row in rows], TextKind.QUERY)
        for row, vector in zip(rows, vectors, strict=True):
            found[row][language] = vector
    return found
