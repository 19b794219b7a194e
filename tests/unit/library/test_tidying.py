import contextlib
import os

from bge_desktop.library import full_text, tidying
from bge_desktop.library.full_text import is_worn, merged
from tests.graphs import graph_files, make_graphs


def tidy(library):
    return sum(1 for _ in library.tidy())


def fill(desk, count=30):
    for number in range(count):
        desk.put(f"{number}.txt", "\n".join(f"Quixotebury {number} {line}" for line in range(40)))


def holds(library, word):
    with open(os.path.join(library.folder, "library.db"), "rb") as file:
        return word in file.read()


def test_deleted_words_go_when_the_library_is_tidied_and_the_file_shrinks(desk, sound):
    desk.put("kept.txt", "rent")
    fill(desk)
    library = desk.library
    library.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    before = os.path.getsize(os.path.join(library.folder, "library.db"))
    for number in range(30):
        desk.remove(f"{number}.txt")
    assert not library.tidying.is_due
    library.remove_orphans()
    assert library.tidying.is_due
    tidy(library)
    assert not library.tidying.is_due
    assert not holds(library, b"ixoteburi")
    assert os.path.getsize(os.path.join(library.folder, "library.db")) < before
    assert library.db.execute("PRAGMA freelist_count").fetchone()[0] == 0
    assert os.path.getsize(os.path.join(library.folder, "library.db-wal")) == 0
    sound(library)


def test_many_pages_are_given_back_in_few_portions(desk):
    fill(desk, 120)
    desk.library.remove_folder(desk.folder)
    desk.library.remove_orphans()
    freed = desk.library.db.execute("PRAGMA freelist_count").fetchone()[0]
    assert freed > 50
    assert tidy(desk.library) < freed / 4


def test_once_a_day_is_often_enough_unless_a_person_waits(desk, monkeypatch):
    fill(desk, 3)
    for name, is_due in (("0.txt", True), ("1.txt", False)):
        desk.remove(name)
        desk.library.remove_orphans()
        assert desk.library.tidying.is_due is is_due
        if is_due:
            tidy(desk.library)
    now = tidying.time.time()
    with monkeypatch.context() as patch:
        patch.setattr(tidying.time, "time", lambda: now + 86_401)
        assert desk.library.tidying.is_due
    desk.library.remove_folder(desk.folder)
    assert desk.library.tidying.is_due


def test_a_reader_who_keeps_the_log_has_it_tidied_once_more(desk):
    fill(desk, 3)
    reader = type(desk.library)(desk.library.folder, write=False)
    desk.library.remove_folder(desk.folder)
    desk.library.remove_orphans()
    tidy(desk.library)
    assert desk.library.tidying.is_asked
    reader.close()
    tidy(desk.library)
    assert not desk.library.tidying.is_asked


def test_a_graph_with_removed_vectors_is_not_kept(desk):
    library, en = desk.library, desk.library.vectors["en"]
    fill(desk, 2)
    desk.embed()
    make_graphs(library, "en", limit=len(en) - 1)
    before = graph_files(library.folder)
    assert before
    desk.remove("0.txt")
    library.remove_orphans()
    library.tidying.ask()
    tidy(library)
    assert not set(before) & set(graph_files(library.folder))
    make_graphs(library, "en", limit=len(en) - 1)
    assert en.has_graph
    assert graph_files(library.folder)


def test_a_graph_that_was_being_made_when_vectors_were_removed_is_not_kept(desk):
    library = desk.library
    fill(desk, 2)
    desk.embed()
    library.vectors["en"]._limit = library.vectors["en"]._size = 10
    wanted = library.vectors.wanted_graph("en")
    made = library.vectors.make_graph(wanted)
    library.tidying.ask()
    tidy(library)
    library.vectors.adopt_graph(wanted, made)
    assert not library.vectors["en"].has_graph
    assert graph_files(library.folder) == []
    make_graphs(library, "en")
    assert library.vectors["en"].has_graph


def test_damaged_copies_go_with_a_folder(desk):
    copy = os.path.join(desk.library.folder, "library.damaged-2026.db")
    open(copy, "wb").close()
    fill(desk, 1)
    desk.remove("0.txt")
    desk.library.remove_orphans()
    tidy(desk.library)
    assert os.path.exists(copy)
    desk.library.remove_folder(desk.folder)
    tidy(desk.library)
    assert not os.path.exists(copy)


def test_an_index_that_was_merged_too_often_is_made_anew_in_time(desk, monkeypatch, sound):
    monkeypatch.setattr(full_text, "_MOST_LEVELS", 130)
    library, index, merges = desk.library, "document_words", 0
    fill(desk, 60)
    while not is_worn(library.db, index):
        merges += 1
        assert merges < 300
        with library.db.atomic():
            full_text.add_words(library.db, index, [(10**6, "tea")])
            full_text.remove_words(library.db, index, [(10**6, "tea")])
        for _ in merged(library.db, index):
            pass
    tidy(library)
    folder = library.folder
    library.close()
    with contextlib.closing(type(library)(folder)) as reopened:
        assert not is_worn(reopened.db, index)
        sound(reopened)
