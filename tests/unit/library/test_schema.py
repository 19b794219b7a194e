import contextlib
import os
import sqlite3

import pytest
from sqlite_utils import Database

from bge_desktop.errors import LibraryError
from bge_desktop.library import schema
from bge_desktop.library.counts import count_files
from bge_desktop.library.library import Library
from bge_desktop.library.packing import let_pack
from bge_desktop.library.schema import migrations


def test_migrations_are_numbered_in_order_and_applied_once(library):
    names = [migration.name for migration in migrations._migrations]
    assert [name[:5] for name in names] == [f"m{number:04}" for number in range(1, len(names) + 1)]
    assert [migration.name for migration in migrations.applied(library.db)] == names


def test_ids_are_never_used_again(desk):
    first = desk.put("a.txt", "rent\nlease")
    passages = desk.library.documents.passage_ids_of(first)
    desk.remove("a.txt")
    desk.library.remove_orphans()
    second = desk.put("a.txt", "rent\nlease")
    assert second > first
    assert min(desk.library.documents.passage_ids_of(second)) > max(passages)


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO passages (document_id, start, end, language) VALUES (99, 0, 1, 'en')",
        "DELETE FROM documents",
        "DELETE FROM folders",
        "UPDATE files SET state = 'unheard of'",
    ],
)
def test_what_must_not_be_is_refused(desk, sql):
    desk.put("a.txt", "rent")
    with pytest.raises(sqlite3.IntegrityError):
        desk.library.db.execute(sql)


@pytest.fixture
def old_folder(desk, tmp_path):
    """A library of the first schema that holds what `desk` does."""
    for name, text in PAPERS.items():
        desk.put(name, text)
    folder = str(tmp_path / "old")
    os.mkdir(folder)
    db = Database(os.path.join(folder, "library.db"))
    migrations.apply(db, stop_before="m0002_filters")
    db.execute("ATTACH ? AS new", [os.path.join(desk.library.folder, "library.db")])
    let_pack(db.conn)
    for table, columns in OLD_COLUMNS.items():
        written_out = columns.replace(" text", " unpacked(text)")
        db.execute(f"INSERT INTO {table} ({columns}) SELECT {written_out} FROM new.{table}")
    db.close()
    return folder


PAPERS = {
    "Work/Lease.PDF": "The lease",
    "工作/合約.docx": "租期兩年\nsee page two\n年度報告",
    "both.txt": "慢炖牛肉\nslow cooking",
    "\udcff café": "Not UTF-8",
}
OLD_COLUMNS = {
    "folders": "id, path",
    "documents": "id, hash, kind, title, text",
    "files": "id, folder_id, path, size, mtime_ns, inode, state, document_id",
    "passages": 'id, document_id, start, "end", page, language, embedded',
}


def test_a_library_of_the_first_schema_becomes_what_it_would_be_today(desk, old_folder):
    desk.library.close()
    with contextlib.closing(Library(old_folder)) as old, contextlib.closing(Library(desk.library.folder)) as new:
        for sql in (
            "SELECT path, folder_key, name_key, ending_key, document_id FROM files",
            "SELECT id, kind, text, language FROM documents",
            "SELECT * FROM passages",
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name",
        ):
            assert old.db.execute(sql).fetchall() == new.db.execute(sql).fetchall()


def test_passages_that_knew_only_where_they_begin_keep_that_place(tmp_path):
    db = Database(os.path.join(tmp_path, "library.db"))
    migrations.apply(db, stop_before="m0006_places_in_passages")
    db.execute("INSERT INTO documents (id, hash, kind, title, text) VALUES (1, 'h', 'sheet', '', 'rent | 900')")
    db.execute(
        'INSERT INTO passages (document_id, start, "end", page, language, place)'
        " VALUES (1, 0, 4, NULL, 'en', 'Budget!A1'), (1, 7, 10, 2, 'en', '')"
    )
    db.close()
    with contextlib.closing(Library(str(tmp_path))) as library:
        found = [(own.text, own.page, own.place, own.places) for own in library.documents.passages(1)]
        assert found == [("rent", None, "Budget!A1", ""), ("900", 2, "", "")]


def test_devices_part_from_inodes_and_what_may_pass_is_known_by_its_title(tmp_path):
    db = Database(os.path.join(tmp_path, "library.db"))
    migrations.apply(db, stop_before="m0008_devices_and_doubts")
    db.execute("INSERT INTO folders (id, path) VALUES (1, x'2f64')")
    db.execute(
        "INSERT INTO files (id, folder_id, path, size, mtime_ns, inode, state) VALUES"
        " (1, 1, x'2f642f61', 1, 1, '2049:18446744073709551615', 'failed'), (2, 1, x'2f642f62', 0, 0, '', 'failed'),"
        " (3, 1, x'2f642f63', 1, 1, '2049:4', 'failed')"
    )
    db.execute(
        "INSERT INTO failures (file_id, title, message, happened_at) VALUES"
        " (1, 'No permission', 'So.', 1), (2, 'Damaged', 'So.', 1), (3, 'Not a file', 'So.', 1)"
    )
    db.close()
    with contextlib.closing(Library(str(tmp_path))) as library:
        first, second, _ = library.folders.files(library.folders.all()[0]).values()
        passing = library.db.execute("SELECT passing FROM failures ORDER BY file_id").fetchall()
    assert (first.device, first.inode, first.doubtful_until) == ("2049", "18446744073709551615", 0)
    assert (second.device, second.inode) == ("", "")
    assert passing == [(1,), (0,), (1,)]


def test_a_migration_that_is_interrupted_is_done_at_the_next_start(old_folder, monkeypatch, sound):
    with monkeypatch.context() as patch:
        patch.setattr(schema, "refresh_path_keys", lambda db: db.execute("SELECT interrupted"))
        with pytest.raises(LibraryError):
            Library(old_folder)
    with contextlib.closing(Library(old_folder)) as library:
        sound(library)


# each is asked for again and again: none may read a whole table
@pytest.mark.parametrize(
    "call",
    [
        lambda desk: desk.library.folders.files(desk.folder, "/d/sub"),
        lambda desk: desk.library.folders.files(desk.folder, "/d", "/d/a", 2),
        lambda desk: desk.library.folders.known(["/d/a.txt", "/d/b.txt"]),
        lambda desk: desk.library.folders.indexed_with([1, 2]),
        lambda desk: desk.library.folders.pending(4),
        lambda desk: desk.library.failures.all(50),
        lambda desk: count_files(desk.library.db),
        lambda desk: desk.library.failures.retry_all(),
        lambda desk: desk.library.folders.recover(),
        lambda desk: desk.library.folders.link([(1, 1), (2, 1)]),
        lambda desk: desk.library.documents.with_sizes([7, 8]),
        lambda desk: desk.library.documents.find_all(["hash"]),
        lambda desk: desk.library.documents.by_id([1, 2]),
        lambda desk: desk.library.documents.passages(1),
        lambda desk: desk.library.documents.to_embed(96, after=1),
        lambda desk: desk.library.count_passages(),
    ],
)
def test_no_frequent_question_reads_a_whole_table(desk, call):
    db, asked = desk.library.db, []
    desk.put("a.txt", "rent")
    with db.tracer(lambda sql, values: asked.append((sql, values))):
        call(desk)
    for sql, values in asked:
        if sql.startswith(("SELECT", "UPDATE", "DELETE")):
            for row in db.conn.execute(f"EXPLAIN QUERY PLAN {sql}", values or ()):
                # a row for each file that was read in part, or for each folder
                is_small = row[3] in ("SCAN shortfalls", "SCAN folders")
                assert is_small or not row[3].startswith("SCAN") or "INDEX" in row[3], (sql, row[3])
