"""Models are measured over the documents of a library, with all that counts in a search."""

from __future__ import annotations

import contextlib
import dataclasses
import sqlite3

import numpy as np
import pytest

from bge_desktop.bge.embeddings import Embeddings
from bge_desktop.bge.models import BUNDLED
from bge_desktop.bge.sparse_vectors import SparseVector, joined
from bge_desktop.library.library import Library
from bge_desktop.library.sparse_index import SparseIndex
from bge_desktop.worker.queue import JobQueue
from bge_desktop.worker.spreads import Spreads
from tests.unit.search.conftest import Shelf

M3 = dataclasses.replace(BUNDLED["en"], name="m3", has_heads=True, location="/m3", recorded="m3")
COUNT = 12
SPARSE = joined([SparseVector(np.array([1], np.int32), np.full(1, 1.0 + row % 2, np.float32)) for row in range(COUNT)])
DENSE = np.eye(COUNT, 384, dtype=np.float32)


class Encoder:
    """Stands in for the encoder process: gives of the texts what it was made with."""

    def __init__(self, found):
        self._found = found

    def embed_fully(self, model, texts, done, kind):
        assert (model, len(texts)) == (M3, COUNT)
        done(self._found)


class Measured:
    """A library to which a model comes that has embedded all of it."""

    def __init__(self, library, found):
        self.library, self.queue, self.told = library, JobQueue(), 0
        self.spreads = Spreads(library, Encoder(found), self.queue, self.note)

    def note(self):
        self.told += 1

    def run(self):
        """Measure; return in how many steps."""
        steps = 0
        while not self.spreads.are_measured():
            self.queue.take()()
            steps += 1
        return steps

    @property
    def query(self):
        return self.library.switch.coming["en"].spread.query


@pytest.fixture
def library(tmp_path):
    with contextlib.closing(Library(str(tmp_path / "library"))) as own:
        shelf = Shelf(own)
        ids = [own.documents.passage_ids_of(shelf.put(f"{row}.txt", f"Lease {row}."))[0] for row in range(COUNT)]
        own.vectors.store("en", ids, DENSE)
        own.switch.begin({"en": M3})
        own.switch.store("en", ids, DENSE, SPARSE)
        while not own.switch.load_some():
            pass
        yield own


def test_what_lexical_weights_add_is_measured_a_query_at_a_time(library):
    measured = Measured(library, Embeddings(DENSE, SPARSE))
    assert measured.run() == COUNT
    assert measured.told == 1
    # the cosines are 0; half of the queries and of the passages weigh 1, the others 2
    assert measured.query.mean == pytest.approx(0.3 * 1.5 * 1.5, abs=0.01)
    assert measured.query.deviation == pytest.approx(0.3 * 1.5 * 0.5, abs=0.01)


def test_without_them_the_cosines_are_measured(library):
    measured = Measured(library, Embeddings(DENSE))
    assert measured.run() == 1
    assert measured.query.mean == pytest.approx(0.0, abs=1e-6)


def test_what_fails_begins_anew(library, monkeypatch):
    measured = Measured(library, Embeddings(DENSE, SPARSE))
    assert not measured.spreads.are_measured()
    with monkeypatch.context() as patch:
        patch.setattr(SparseIndex, "search", raising)
        with pytest.raises(sqlite3.OperationalError):
            measured.queue.take()()
    assert measured.run() == COUNT
    assert measured.told == 1


def raising(*_):
    raise sqlite3.OperationalError("disk I/O error")
