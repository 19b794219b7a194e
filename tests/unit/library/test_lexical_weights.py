"""Lexical weights come and go with the vectors that they belong to."""

from __future__ import annotations

import contextlib
import dataclasses
import sqlite3

import numpy as np
import pytest

from bge_desktop.bge.models import BUNDLED
from bge_desktop.bge.sparse_vectors import SparseVector, joined
from bge_desktop.errors import LibraryDamagedError
from bge_desktop.library import storage
from bge_desktop.library import switch as switch_module
from bge_desktop.library.library import Library
from bge_desktop.library.sparse_index import SparseIndex

M3 = {
    own: dataclasses.replace(model, name="m3", has_heads=True, location="/m3", recorded="m3")
    for own, model in BUNDLED.items()
}
TEXTS = {"a.txt": "rent\nlease\nflat", "b.txt": "flour\nyeast"}


def use(library: Library, models) -> None:
    library.switch.begin(models)
    while not library.switch.load_some():
        pass
    library.switch.take_effect()


def give(library: Library, store) -> list[int]:
    """Give all passages of English a vector and lexical weights of their own; return their ids."""
    ids = [own for document in library.documents.document_ids() for own in library.documents.passage_ids_of(document)]
    vectors = np.eye(len(ids), 384, dtype=np.float32)
    sparse = [SparseVector(np.array([own, 99], np.int32), np.array([1.0, 0.5], np.float32)) for own in ids]
    store("en", ids, vectors, joined(sparse))
    return ids


def members(library: Library) -> list[int]:
    return sorted(SparseIndex(library.db).members(library.vectors.in_use["en"].id).tolist())


@pytest.fixture
def filled(folder, make_desk):
    """A library that an M3 reads, with two documents."""
    with contextlib.closing(Library(folder)) as library:
        use(library, M3)
        desk = make_desk(library)
        for name, text in TEXTS.items():
            desk.put(name, text)
        give(library, library.vectors.store)
        yield desk


def test_they_are_stored_with_the_vectors(filled):
    assert members(filled.library) == [1, 2, 3, 4, 5]
    assert filled.library.documents.to_embed(10, 0) == []


def test_those_of_passages_that_are_gone_are_dropped(filled):
    library = filled.library
    one = joined([SparseVector(np.array([7], np.int32), np.ones(1, np.float32))])
    library.vectors.store("en", [77], np.eye(1, 384, dtype=np.float32), one)
    assert members(library) == [1, 2, 3, 4, 5]


def test_they_go_after_their_document_when_the_library_is_tidied(filled):
    filled.remove("a.txt")
    statements = []
    filled.library.db.conn.set_trace_callback(statements.append)
    filled.library.remove_orphans()
    assert statements
    assert not [own for own in statements if "sparse" in own]  # whole blocks are read and written for them
    assert filled.library.tidying.is_due
    for _ in filled.library.tidy():
        pass
    assert members(filled.library) == [4, 5]
    weights = SparseVector(np.array([1, 99], np.int32), np.ones(2, np.float32))
    found, _ = SparseIndex(filled.library.db).search(filled.library.vectors.in_use["en"].id, weights)
    assert found.tolist() == [4, 5]


def test_a_coming_model_s_do_not_count_until_it_is_in_use_and_a_former_one_s_go(filled):
    library = filled.library
    other = dataclasses.replace(M3["en"], name="other", recorded="other")
    before = library.vectors.in_use["en"].id
    library.switch.begin({"en": other})
    give(library, library.switch.store)
    assert library.vectors.in_use["en"].id == before
    use(library, {"en": other})
    assert library.vectors.in_use["en"].id != before
    assert members(library) == [1, 2, 3, 4, 5]
    library.switch.forget_former()
    while library.switch.remove_some():
        pass
    assert SparseIndex(library.db).members(before).tolist() == []
    assert members(library) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("portions", range(6))
def test_a_dropped_model_that_comes_once_more_has_those_of_all_its_passages(filled, monkeypatch, portions):
    monkeypatch.setattr(switch_module, "_REMOVED", 1)
    library, other = filled.library, dataclasses.replace(M3["en"], name="other", recorded="other")
    library.switch.begin({"en": other})
    give(library, library.switch.store)
    library.switch.cancel()
    for _ in range(portions):
        library.switch.remove_some()
    library.switch.begin({"en": other})
    ids = [own.id for own, _ in library.switch.next(10)]
    sparse = joined([SparseVector(np.array([own], np.int32), np.ones(1, np.float32)) for own in ids])
    library.switch.store("en", ids, np.eye(len(ids), 384, dtype=np.float32), sparse)
    use(library, {"en": other})
    assert len(ids) == min(portions, 5)
    assert members(library) == [1, 2, 3, 4, 5]


def execute(folder: str, sql: str) -> None:
    with contextlib.closing(sqlite3.connect(storage.database_path(folder))) as db, db:
        db.execute(sql)


def test_a_damaged_library_embeds_anew_what_has_lost_them(filled, folder):
    filled.library.close()
    sql = "UPDATE sparse_postings SET postings = x'00000000' WHERE id = (SELECT min(id) FROM sparse_postings)"
    execute(folder, sql)
    with contextlib.closing(Library(folder)) as library:
        assert "could be kept" in library.notice
        assert members(library) == []
        assert len(library.documents.to_embed(10, 0)) == 5
        give(library, library.vectors.store)
        assert members(library) == [1, 2, 3, 4, 5]
        library.check()


def test_damage_is_seen_while_a_library_is_open(filled):
    filled.library.check()
    filled.library.db.execute("DELETE FROM sparse_postings WHERE id = (SELECT min(id) FROM sparse_postings)")
    with pytest.raises(LibraryDamagedError):
        filled.library.check()


def test_another_damage_leaves_them(filled, folder):
    filled.library.close()
    execute(folder, "UPDATE folders SET rules = '{bad'")
    with contextlib.closing(Library(folder)) as library:
        assert "could be kept" in library.notice
        assert members(library) == [1, 2, 3, 4, 5]
        assert library.documents.to_embed(10, 0) == []
        library.check()
