"""What was asked for by an exact name: which documents hold it, and which files are called so."""

from __future__ import annotations

import re

import numpy as np

from bge_desktop.library.ids import Ids
from bge_desktop.library.library import Library
from bge_desktop.search.fusion import Scores
from bge_desktop.search.identifiers import holding, identifiers
from bge_desktop.search.literal import documents_matching, expression
from bge_desktop.search.names import files_below, named_in_full
from bge_desktop.search.results import documents_named

# One word, or a few characters of a script without spaces.
_WORD = re.compile(r"[^\W\d_\u2e80-\uffff]{2,30}|[\u2e80-\uffff]{2,4}")
# A file counts so much by the name of its folder alone.
_IN_FOLDER = 0.25


def held(library: Library, text: str) -> Scores:
    """Return [documents]: for each exact name of a text that stands in a document, its share of those that hold it.

    The one document that holds `ERR_4021-B` is what was looked for; that a document is one of a thousand that hold
    `64-bit` says little. A text of one word alone is such a name.
    """
    found = np.zeros(len(library.catalogue.documents))
    for documents in _holding(library, text):
        found[_rows(library, documents)] += 1 / max(len(documents), 1)
    return found


def called(library: Library, text: str) -> Scores:
    """Return [documents]: 1 for those of files whose whole name, or path, a text is, however many there are.

    For those in a folder of this name it is a part, the smaller the more of them there are.
    """
    found = np.zeros(len(library.catalogue.documents))
    below = _rows(library, files_below(library.db, text))
    found[below] = _IN_FOLDER / max(len(below), 1)
    found[_rows(library, _files(library, text))] = 1.0
    return found


def _holding(library: Library, text: str) -> list[Ids]:
    """Return the ids of the documents that hold a name of a text, for each of its names."""
    if _WORD.fullmatch(text):
        return [documents_matching(library.db, expression(text))]
    return [holding(library.db, identifier) for identifier in identifiers(text)]


def _rows(library: Library, documents: Ids) -> Ids:
    rows = library.catalogue.rows_of_documents(documents)
    known: Ids = rows[rows >= 0]
    return known


def _files(library: Library, text: str) -> Ids:
    return np.union1d(named_in_full(library.db, text), documents_named(library.db, text))
