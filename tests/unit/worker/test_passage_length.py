"""How long passages are wanted, and what becomes of documents that are divided otherwise."""

from __future__ import annotations

import dataclasses
import sqlite3

import pytest

from bge_desktop.bge.models import BUNDLED
from bge_desktop.extract.passages import PASSAGE_TOKENS
from bge_desktop.library.library import Library
from bge_desktop.library.stored_models import StoredModels
from bge_desktop.settings import Settings
from bge_desktop.worker import passage_length
from bge_desktop.worker.passage_length import PassageLength
from bge_desktop.worker.queue import JobQueue
from tests.unit.search.conftest import Shelf

LONG = Settings(long_passages=True)


@pytest.fixture
def library(tmp_path):
    opened = Library(str(tmp_path / "library"))
    yield opened
    opened.close()


def use(library, max_tokens):
    """Have a model of another length be in use for Chinese and for English."""
    stored = StoredModels(library.db)
    stored.plan(
        {own: dataclasses.replace(model, location="/m", max_tokens=max_tokens) for own, model in BUNDLED.items()}
    )
    stored.take_effect()
    library.vectors.replace(stored.current(), {own: library.vectors.empty_index(BUNDLED[own]) for own in BUNDLED})


class Marking:
    """The part under test, with the queue of the worker's thread, which is this one here."""

    def __init__(self, library, settings):
        self.queue, self.told = JobQueue(), 0
        self.length = PassageLength(library, settings, self.queue, self.note)

    def note(self):
        self.told += 1

    def follow(self):
        """Have all documents be marked that are to be; return in how many portions."""
        before = self.told
        self.length.follow()
        while self.length.is_busy:
            self.queue.take()()
        return self.told - before


def tokens(library, settings):
    return Marking(library, settings).length.tokens


@pytest.mark.parametrize(("max_tokens", "expected"), [(8_192, 6_144), (512, 384), (128, PASSAGE_TOKENS)])
def test_long_passages_are_most_of_what_the_models_read(library, max_tokens, expected):
    assert tokens(library, Settings()) == PASSAGE_TOKENS
    use(library, max_tokens)
    assert tokens(library, Settings()) == PASSAGE_TOKENS
    assert tokens(library, LONG) == expected


def test_documents_are_read_again_when_another_length_is_wanted_and_once(library):
    document = Shelf(library).put("lease.txt", "The lease.")
    marking = Marking(library, Settings())
    assert marking.follow() == 0
    use(library, 8_192)
    assert marking.follow() == 0
    marking.length.use(LONG)
    assert marking.follow() == 1
    assert marking.follow() == 0
    assert waiting(library) == ["/documents/lease.txt"]
    assert library.documents.find("lease.txt") is None
    assert library.documents.passages(document)[0].text == "The lease."
    assert Marking(library, LONG).follow() == 0
    marking.length.use(Settings())
    assert marking.follow() == 1


def waiting(library):
    return sorted(file.path for file in library.folders.pending(10))


def test_many_are_marked_a_portion_at_a_time_also_after_a_restart_and_new_ones_are_not(library, monkeypatch):
    monkeypatch.setattr(passage_length, "_PORTION", 2)
    shelf = Shelf(library)
    for number in range(5):
        shelf.put(f"{number}.txt", f"Lease {number}.")
    use(library, 8_192)
    stopped = Marking(library, LONG)
    stopped.length.follow()
    stopped.queue.take()()
    assert waiting(library) == ["/documents/3.txt", "/documents/4.txt"]
    shelf.put("new.txt", "The new one.")
    assert Marking(library, LONG).follow() == 2
    assert waiting(library) == [f"/documents/{number}.txt" for number in range(5)]
    assert library.documents.find("new.txt")
    assert Marking(library, LONG).follow() == 0


def test_what_could_not_be_marked_is_marked_later(library, monkeypatch):
    Shelf(library).put("lease.txt", "The lease.")
    use(library, 8_192)
    marking = Marking(library, LONG)
    marking.length.follow()
    with monkeypatch.context() as patch:
        patch.setattr(library.documents, "outdate", raising)
        with pytest.raises(sqlite3.OperationalError):
            marking.queue.take()()
    assert not waiting(library)
    assert not marking.length.is_busy
    assert marking.follow() == 1
    assert waiting(library) == ["/documents/lease.txt"]


def raising(_):
    raise sqlite3.OperationalError("database or disk is full")
