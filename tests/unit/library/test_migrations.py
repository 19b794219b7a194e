"""A library of every earlier schema, filled as that version's app left it, becomes one of today and loses nothing."""

import contextlib
import json
import os

import numpy as np
import pytest
from sqlite_utils import Database
from zstandard import ZstdCompressor

from bge_desktop.bge.models import BUNDLED, fingerprint
from bge_desktop.errors import LibraryError
from bge_desktop.extract.readers import READERS_VERSION
from bge_desktop.library.library import Library
from bge_desktop.library.schema import migrations
from bge_desktop.library.signatures import signature
from bge_desktop.library.words import ANALYSIS_VERSION, analysed

_NAMES = [migration.name for migration in migrations._migrations]
_TEXT = "The lease ends in May\n租期兩年"
_PATHS = [b"/d/Work/Lease.PDF", b"/d/\xff caf\xe9.txt", "/d/工作/合約.docx".encode(), b"/d/broken.pdf"]


def insert(db, table, **values):
    """Insert a row, of the columns that the table has by then."""
    columns = {column.name for column in db[table].columns}
    db[table].insert({name: value for name, value in values.items() if name in columns})


def vector(number):
    made = np.random.default_rng(number).standard_normal(BUNDLED["en"].dimension)
    return (made / np.linalg.norm(made)).astype("<f2")


def fill(db):
    """Leave what an app of this schema would: two contents in four files, of which one failed, one was read in part."""
    version = len(migrations.applied(db))
    insert(db, "folders", id=1, path=b"/d", rules=json.dumps({"left_out": ["*.log"]}))
    model = BUNDLED["en"]
    insert(
        db, "models", id=1, language="en", name=model.name, fingerprint=fingerprint(model), dimension=model.dimension
    )
    for number in (1, 2):
        text = f"{_TEXT} {number}"
        stored = ZstdCompressor().compress(text.encode()) if version >= 11 else text
        insert(db, "documents", id=number, hash=f"hash {number}", kind="text", title="", text=stored, language="both")
        passages = [(2 * number - 1, 0, 21, "en"), (2 * number, 22, len(text), "zh")]
        for passage, start, end, language in passages:
            known = {"start": start, "end": end, "language": language, "embedded": int(language == "en")}
            insert(db, "passages", id=passage, document_id=number, place="", places="", **known)
            db.execute("INSERT INTO passage_words (rowid, words) VALUES (?, ?)", [passage, analysed(text[start:end])])
        insert(db, "vectors", passage_id=2 * number - 1, model_id=1, vector=vector(number).tobytes())
        db.execute("INSERT INTO document_words (rowid, words) VALUES (?, ?)", [number, analysed(text)])
    for number, path in enumerate(_PATHS, 1):
        failed = path.endswith(b"broken.pdf")
        known = {"document_id": None if failed else 1 + number % 2, "state": "failed" if failed else "indexed"}
        inode = f"7:{number}" if version < 8 else str(number)
        insert(db, "files", id=number, folder_id=1, path=path, size=9, mtime_ns=5, inode=inode, device="7", **known)
    insert(db, "failures", file_id=4, title="Damaged", message="It is damaged.", happened_at=1.0)
    if version >= 7:
        insert(db, "shortfalls", document_id=1, title="In part", message="A member is missing.", happened_at=1.0)
    insert(db, "facts", name="analysis", value=ANALYSIS_VERSION if version >= 3 else "1")
    insert(db, "facts", name="readers", value=READERS_VERSION)


@pytest.fixture(params=range(1, len(_NAMES)), ids=lambda number: _NAMES[number - 1])
def old(request, folder):
    """A library of an earlier schema."""
    os.mkdir(folder)
    with contextlib.closing(Database(os.path.join(folder, "library.db"))) as db:
        db.enable_wal()
        migrations.apply(db, stop_before=_NAMES[request.param])
        fill(db)
    return folder, request.param


def test_nothing_is_lost(old):
    folder, version = old
    with contextlib.closing(Library(folder)) as library:
        assert [migration.name for migration in migrations.applied(library.db)] == _NAMES
        [own] = library.folders.all()
        assert (own.path, own.rules.left_out) == ("/d", ("*.log",) if version >= 5 else ())
        assert sorted(library.folders.files(own)) == sorted(map(os.fsdecode, _PATHS))
        for words, found in (("lease", [1, 3]), ("兩年", [2, 4])):
            assert matches(library, "passage_words", analysed(words).split()[0]) == found
        assert matches(library, "document_words", "leas") == [1, 2]
        held, vectors = library.vectors.of("en", np.arange(9))
        assert held.tolist() == [1, 3]
        assert vectors.tobytes() == np.array([vector(1), vector(2)]).astype(np.float32).tobytes()
        assert [passage.id for passage, _ in library.documents.to_embed(9, after=0)] == [2, 4]
        for number in (1, 2):
            text = f"{_TEXT} {number}"
            assert [own.text for own in library.documents.passages(number)] == [text[:21], text[22:]]
            expected = signature(f"{analysed(text[:21])} {analysed(text[22:])}".split())
            [(stored,)] = library.db.execute("SELECT signature FROM signatures WHERE document_id = ?", [number])
            assert stored == expected
        told = {failure.path: failure.message for failure in library.failures.all()}
        assert told["/d/broken.pdf"].startswith("It is damaged.")
        assert ("A member is missing." in told.values()) is (version >= 7)
        library.check()


def matches(library, index, word):
    rows = library.db.execute(f"SELECT rowid FROM {index} WHERE words MATCH ? ORDER BY rowid", [f'"{word}"'])
    return [row[0] for row in rows]


def test_an_interrupted_migration_leaves_the_old_schema_whole(old, monkeypatch):
    folder, version = old
    with contextlib.closing(Database(os.path.join(folder, "library.db"))) as db:
        before = tables(db)

    def interrupted(db, name):
        raise sqlite_full()

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "_record_applied", interrupted)
        with pytest.raises(LibraryError):
            Library(folder)
    with contextlib.closing(Database(os.path.join(folder, "library.db"))) as db:
        assert tables(db) == before
        assert len(migrations.applied(db)) == version
    test_nothing_is_lost(old)


def tables(db):
    return set(db.execute("SELECT name, sql FROM sqlite_master"))


def sqlite_full():
    return OSError(28, "No space left on device")


def test_having_all_read_again_writes_no_text(library, make_desk):
    desk = make_desk(library)
    desk.put("a.txt", "rent " * 200_000)
    before = library.db.conn.total_changes, log_size(library)
    library.documents.outdate()
    assert library.db.conn.total_changes - before[0] == 1
    assert log_size(library) - before[1] < 100_000
    assert library.documents.find("hash of " + "rent " * 200_000) is None


def log_size(library):
    return os.path.getsize(os.path.join(library.folder, "library.db-wal"))
