import sqlite3

import pytest

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


# each is asked for again and again: none may read a whole table
@pytest.mark.parametrize(
    "call",
    [
        lambda desk: desk.library.folders.files(desk.folder, "/d/sub"),
        lambda desk: desk.library.folders.pending(4),
        lambda desk: desk.library.folders.failures(50),
        lambda desk: desk.library.folders.counts(),
        lambda desk: desk.library.folders.retry_failed(),
        lambda desk: desk.library.folders.recover(),
        lambda desk: desk.library.folders.link(1, 1),
        lambda desk: desk.library.documents.with_size(7),
        lambda desk: desk.library.documents.find("hash"),
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
                assert not row[3].startswith("SCAN") or "INDEX" in row[3], (sql, row[3])
