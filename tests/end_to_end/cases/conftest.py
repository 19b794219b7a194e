"""A small library of everyday documents, made of real files by the real code, and queries with the right answers.

`tests/data/cases/*.txt` hold the documents, many to a file, each behind a line `=== its path`; the tables beside them
hold lines of a query, a tab, and the path of the document that answers it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import os

import pytest

from bge_desktop.bge.encoder import Encoder
from bge_desktop.library.library import Library
from bge_desktop.messages import Mode
from bge_desktop.search.queries import query_vectors, understood
from bge_desktop.search.searcher import Searcher
from tests.end_to_end.cases.tables import documents
from tests.end_to_end.command import run

_BILLED, _WRITTEN = (dt.datetime(*day, 12).timestamp() for day in ((2023, 11, 15), (2024, 7, 1)))


@pytest.fixture(scope="session")
def case_folder(tmp_path_factory):
    """The documents as files; the bills are older than the others."""
    folder = tmp_path_factory.mktemp("cases") / "documents"
    for name, text in documents().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        modified = _BILLED if name.startswith("bills/") else _WRITTEN
        os.utime(path, (modified, modified))
    return str(folder)


@pytest.fixture(scope="session")
def case_library(case_folder, tmp_path_factory):
    """Where the library of the documents is. Only to be read."""
    library = str(tmp_path_factory.mktemp("cases") / "library")
    run("index", case_folder, "--library", library)
    return library


@pytest.fixture(scope="session")
def results(case_library):
    """Search as the app does: what is typed is taken apart, and embedded unless words alone count."""
    with (
        contextlib.closing(Encoder("cpu")) as encoder,
        contextlib.closing(Library(case_library, write=False)) as library,
    ):
        searcher = Searcher(library)

        def typed(query, limit=10, mode=Mode.HYBRID):
            taken = understood(query)
            text = searcher.words(taken).put_right(taken.text)
            [vectors] = query_vectors(library, encoder, [text]) if mode is not Mode.LEXICAL else [{}]
            return searcher.search(taken, vectors, limit, mode).results

        yield typed


@pytest.fixture(scope="session")
def ranked(results, case_folder):
    """Return the paths of the documents found, relative to their folder, best first."""

    @functools.cache
    def names(query, **options):
        return [os.path.relpath(result.path, case_folder) for result in results(query, **options)]

    return names
