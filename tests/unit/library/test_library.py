import contextlib
import dataclasses
import errno
import os
import shutil
import threading

import numpy as np
import pytest

from bge_desktop.bge.models import BUNDLED
from bge_desktop.errors import LibraryError
from bge_desktop.extract.readers import ReadResult
from bge_desktop.library import library as library_module
from bge_desktop.library import stored_models
from bge_desktop.library.graph import Graph
from bge_desktop.library.library import Library
from tests.graphs import graph_files, make_graphs


def _vectors(library, language="en"):
    index = library.vectors[language]
    found = index.search(np.ones(BUNDLED[language].dimension, np.float32), len(index))
    return dict(zip(found.ids.tolist(), found.scores.tolist(), strict=True))


def _fill(desk, count):
    for number in range(count):
        desk.put(f"{number}.txt", f"document number {number}")
    desk.embed()


def test_what_was_stored_is_there_after_a_restart(folder, make_desk, sound):
    library = Library(folder)
    desk = make_desk(library)
    desk.put("a.txt", "rent\n租房")
    desk.embed()
    before = _vectors(library)
    library.close()
    library = Library(folder)
    sound(library)
    assert _vectors(library) == before  # to the last bit: what is searched is what was stored
    assert library.count_passages() == 2
    assert [status.passages for status in library.vectors.status("CPU")] == [1, 1]
    library.close()


def test_a_copied_and_a_moved_file_keep_document_and_vectors(desk, sound):
    document = desk.put("a.txt", "rent")
    desk.embed()
    assert desk.library.store(desk.start("copy.txt").id, desk.read("rent", known=True)) == document
    desk.remove("a.txt")
    assert not desk.library.remove_orphans()
    assert desk.library.store(desk.start("moved.txt").id, desk.read("rent")) == document
    desk.remove("copy.txt")
    assert desk.embed() == 0
    assert desk.file("moved.txt").document_id == document
    sound(desk.library)


def test_a_known_content_that_is_gone_by_now_is_read_again(desk, sound):
    desk.put("a.txt", "rent")
    file = desk.start("copy.txt")
    desk.remove("a.txt")
    desk.library.remove_orphans()
    assert desk.library.store(file.id, desk.read("rent", known=True)) is None
    assert desk.file("copy.txt").state == "pending"
    assert desk.library.documents.document_ids() == []
    sound(desk.library)


def test_vectors_that_come_twice_or_too_late_do_no_harm(desk, sound):
    document = desk.put("a.txt", "rent\nlease")
    first, second = desk.library.documents.passage_ids_of(document)
    vectors = np.eye(2, BUNDLED["en"].dimension, dtype=np.float32)
    desk.library.vectors.store("en", [first, second], vectors)
    desk.library.vectors.store("en", [first, 999], vectors[::-1])
    assert _vectors(desk.library) == {first: 1, second: 1}
    sound(desk.library)
    desk.remove("a.txt")
    desk.library.remove_orphans()
    desk.library.vectors.store("en", [first], vectors[:1])
    assert len(desk.library.vectors["en"]) == 0
    sound(desk.library)


def test_a_crash_loses_nothing_that_was_done(desk, folder, tmp_path, sound):
    desk.put("a.txt", "rent")
    desk.start("b.txt")
    desk.embed()
    crashed = str(tmp_path / "crashed")
    shutil.copytree(folder, crashed)  # as it is on the disk, with nothing closed
    library = Library(crashed)
    sound(library)
    assert [file.path for file in library.folders.pending(9)] == ["/d/b.txt"]
    assert len(library.vectors["en"]) == 1
    library.close()


def test_another_analysis_has_all_words_made_anew(folder, make_desk, monkeypatch, sound):
    library = Library(folder)
    make_desk(library).put("rent/lease.txt", "rent")
    library.db.execute("UPDATE facts SET value = 'older' WHERE name = 'analysis'")
    for index in ("passage_words", "document_words", "name_words"):
        library.db.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
    library.db.execute("UPDATE files SET folder_key = x'', name_key = x'', ending_key = x''")
    library.close()
    library = Library(folder)
    sound(library)
    library.close()
    calls = []
    monkeypatch.setattr(library_module.Documents, "refresh_words", calls.append)
    Library(folder).close()
    assert calls == []


def test_graphs_are_made_and_read_at_the_next_start(folder, make_desk, sound):
    library = Library(folder, exact_limit=10)
    desk = make_desk(library)
    _fill(desk, 35)
    assert not library.vectors["en"].has_graph
    make_graphs(library)
    assert len(graph_files(folder, "en")) == 3
    sound(library)
    desk.remove("3.txt")
    library.remove_orphans()
    desk.put("more.txt", "one more")
    desk.embed()
    sound(library)
    before = _vectors(library)
    files = {path: os.stat(path).st_mtime_ns for path in graph_files(folder)}
    library.close()
    library = Library(folder, exact_limit=10)
    assert not library.vectors["en"].has_graph  # until then, all are compared
    assert _vectors(library) == pytest.approx(before)
    make_graphs(library)
    assert library.vectors["en"].has_graph
    assert _vectors(library) == pytest.approx(before)
    assert {path: os.stat(path).st_mtime_ns for path in graph_files(folder)} == files
    sound(library)
    library.close()


def test_a_library_that_is_small_again_reads_no_graph(folder, make_desk):
    library = Library(folder, exact_limit=10)
    _fill(make_desk(library), 20)
    make_graphs(library)
    library.close()
    library = Library(folder, exact_limit=20)
    make_graphs(library)
    assert not library.vectors["en"].has_graph
    library.close()


def test_a_worn_graph_is_given_up_and_its_file_removed(folder, make_desk, sound):
    library = Library(folder, exact_limit=10)
    desk = make_desk(library)
    _fill(desk, 20)
    make_graphs(library)
    assert len(graph_files(folder)) == 2
    for number in range(3):
        desk.remove(f"{number}.txt")
    library.remove_orphans()
    assert len(graph_files(folder)) == 1
    sound(library)
    library.close()
    library = Library(folder, exact_limit=10)
    make_graphs(library)
    assert len(library.vectors["en"]) == 17
    sound(library)
    library.close()


def test_files_that_belong_to_no_graph_are_removed(folder, make_desk):
    library = Library(folder, exact_limit=10)
    _fill(make_desk(library), 20)
    make_graphs(library)
    own = set(os.listdir(folder))
    library.close()
    for name in ("vectors-en.hnsw", "vectors-en.hnsw.json", "vectors-zh-0123.hnsw.new"):
        open(os.path.join(folder, name), "w").close()
    Library(folder, exact_limit=10).close()
    assert {name for name in os.listdir(folder) if name.startswith("vectors-")} == {
        name for name in own if name.startswith("vectors-")
    }


def test_a_graph_is_built_in_another_thread_while_files_are_added(folder, make_desk, sound):
    library = Library(folder, exact_limit=10)
    desk = make_desk(library)
    _fill(desk, 30)
    wanted, graphs = library.vectors.wanted_graph("en"), []
    thread = threading.Thread(target=lambda: graphs.append(library.vectors.make_graph(wanted)))
    thread.start()
    desk.put("late.txt", "late")
    desk.embed()
    desk.remove("5.txt")
    library.remove_orphans()
    thread.join()
    library.vectors.adopt_graph(wanted, graphs[0])
    assert library.vectors["en"].has_graph
    assert len(library.vectors["en"]) == 30
    sound(library)
    library.close()


def test_a_graph_that_is_ahead_of_the_database_is_not_used(folder, make_desk, tmp_path, sound):
    library = Library(folder, exact_limit=10)
    desk = make_desk(library)
    _fill(desk, 5)
    library.close()
    older = str(tmp_path / "older.db")
    shutil.copy(os.path.join(folder, "library.db"), older)
    library = Library(folder, exact_limit=10)
    _fill(make_desk(library), 20)
    make_graphs(library)
    library.close()
    newer = graph_files(folder)
    assert newer
    shutil.copy(older, os.path.join(folder, "library.db"))  # as after a power cut, or from a backup
    library = Library(folder, exact_limit=10)
    desk = make_desk(library)
    for number in range(20):
        desk.put(f"other {number}.txt", f"other: under the ids of the new ones {number}")
    desk.embed()
    make_graphs(library)
    assert library.vectors["en"].has_graph
    assert not set(newer) & set(graph_files(folder))
    sound(library)
    library.close()


def test_a_damaged_graph_is_left_for_a_new_one(folder, make_desk, sound):
    library = Library(folder, exact_limit=10)
    _fill(make_desk(library), 20)
    make_graphs(library)
    library.close()
    damaged = graph_files(folder)[0]
    os.truncate(damaged, 100)
    library = Library(folder, exact_limit=10)
    make_graphs(library)
    assert library.vectors["en"].has_graph
    assert not os.path.exists(damaged)
    sound(library)
    library.close()


def test_a_graph_that_cannot_be_written_is_told_and_used_all_the_same(folder, make_desk, monkeypatch):
    library = Library(folder, exact_limit=10)
    _fill(make_desk(library), 15)

    def fail(self, *arguments):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Graph, "write", fail)
    with pytest.raises(LibraryError, match="full"):
        make_graphs(library)
    assert library.vectors["en"].has_graph
    library.close()
    monkeypatch.undo()
    library = Library(folder, exact_limit=10)
    make_graphs(library)
    assert len(graph_files(folder)) == 1
    library.close()


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("Not enough memory")])
def test_a_graph_for_which_memory_is_short_is_told(folder, make_desk, monkeypatch, error):
    library = Library(folder, exact_limit=10)
    _fill(make_desk(library), 15)

    def fail(*arguments):
        raise error

    monkeypatch.setattr(Graph, "build", fail)
    with pytest.raises(LibraryError) as raised:
        make_graphs(library)
    assert raised.value.title == "Not enough memory"
    library.close()


def test_a_model_that_changed_is_embedded_again(folder, make_desk, monkeypatch, sound):
    library = Library(folder, exact_limit=10)
    _fill(make_desk(library), 20)
    make_graphs(library)
    library.close()
    monkeypatch.setattr(stored_models, "fingerprint", lambda model: f"new {model.name}")
    reader = Library(folder, write=False)
    assert len(reader.vectors["en"]) == 0
    reader.close()
    library = Library(folder, exact_limit=10)
    assert len(library.vectors["en"]) == 0
    desk = make_desk(library)
    assert desk.embed() == 20
    assert not library.vectors["en"].has_graph
    sound(library)
    library.close()


def test_the_size_on_disk_counts_all_files(desk, folder):
    _fill(desk, 3)
    os.mkdir(os.path.join(folder, "subfolder"))
    sizes = [entry.stat().st_size for entry in os.scandir(folder) if entry.is_file()]
    assert desk.library.bytes_on_disk() == sum(sizes) > 0


def test_all_files_are_read_again_when_more_can_be_read_and_are_found_meanwhile(desk, sound):
    desk.library.store(desk.start("slides.pptx").id, ReadResult("/d/slides.pptx", "slides", False, kind="other"))
    desk.put("lease.txt", "The lease")
    failed = desk.start("old.doc")
    desk.fail(failed.id, "Old Word format", "Save it as .docx.")
    desk.library.db.execute("UPDATE facts SET value = '1' WHERE name = 'readers'")
    desk.library.close()
    with contextlib.closing(Library(desk.library.folder)) as library:
        waiting = sorted(os.path.basename(file.path) for file in library.folders.pending(10))
        assert waiting == ["lease.txt", "old.doc", "slides.pptx"]
        assert library.documents.find("slides") is None
        assert len(library.catalogue.documents) == 2
        sound(library)
    with contextlib.closing(Library(desk.library.folder)) as library:
        library.folders.set_state([file.id for file in library.folders.pending(10)], "indexed")
    with contextlib.closing(Library(desk.library.folder)) as library:
        assert library.folders.pending(10) == []


def _with_places(read, title="A title"):
    passages = tuple(dataclasses.replace(own, page=2, place="B1", places="[]") for own in read.passages)
    return dataclasses.replace(read, passages=passages, title=title)


def test_what_is_read_anew_keeps_its_passages_and_vectors_where_the_text_is_the_same(desk, sound):
    document = desk.put("a.txt", "rent\nlease")
    desk.put("copy.txt", "rent\nlease")
    desk.embed()
    vectors = _vectors(desk.library)
    desk.library.documents.outdate()
    read = _with_places(desk.read("rent\nlease"), "Another title")
    assert desk.library.store(desk.start("a.txt").id, read) == document
    assert desk.library.store(desk.start("copy.txt").id, desk.read("rent\nlease", known=True)) == document
    assert desk.library.documents.find(read.hash) == document
    assert [(own.page, own.place, own.places) for own in desk.library.documents.passages(document)] == [
        (2, "B1", "[]")
    ] * 2
    assert (desk.embed(), _vectors(desk.library)) == (0, vectors)
    assert desk.library.db.execute("SELECT title FROM documents").fetchall() == [("Another title",)]
    sound(desk.library)


def test_what_is_read_anew_with_another_text_is_a_document_of_its_own(desk, sound):
    for text in ("rent", "lease\nof a flat"):
        desk.put(f"{text[:4]}.txt", text)
    desk.library.documents.outdate()
    more = dataclasses.replace(desk.read("rent and more"), hash="hash of rent")
    assert desk.library.store(desk.start("rent.txt").id, more) == 3
    divided_anew = desk.read("lease\nof a flat")
    divided_anew = dataclasses.replace(divided_anew, passages=divided_anew.passages[:1])
    assert desk.library.store(desk.start("leas.txt").id, divided_anew) == 4
    desk.library.remove_orphans()
    assert desk.library.documents.document_ids() == [3, 4]
    sound(desk.library)


def test_a_file_whose_copy_was_read_anew_with_another_hash_is_not_taken_for_it(desk, sound):
    first = desk.put("a.txt", "rent")
    desk.put("copy.txt", "rent")
    desk.library.documents.outdate()
    changed = dataclasses.replace(desk.read("rent"), hash="of other bytes")
    assert desk.library.store(desk.start("a.txt").id, changed) == first
    assert desk.library.store(desk.start("copy.txt").id, desk.read("rent")) != first
    sound(desk.library)
