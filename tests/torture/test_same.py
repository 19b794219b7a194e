"""The comparison of two libraries sees each kind of difference, and none between two that say the same."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from random import Random

import pytest

from tests.torture.fresh import fresh_snapshot, index, lasting_processes
from tests.torture.same import differences
from tests.torture.trees import Tree

_ONE = "(SELECT min(id) FROM passages)"
_DOCUMENT = f"(SELECT document_id FROM passages WHERE id = {_ONE})"
_FILE = f"(SELECT min(id) FROM files WHERE document_id = {_DOCUMENT})"
WRONG = {
    "text": "UPDATE documents SET text = (SELECT text FROM documents other WHERE other.text != documents.text)"
    f" WHERE id = {_DOCUMENT}",
    "title": f"UPDATE documents SET title = 'Another' WHERE id = {_DOCUMENT}",
    "kind": f"UPDATE documents SET kind = 'pdf' WHERE id = {_DOCUMENT}",
    "signature": f"UPDATE signatures SET signature = x'00' WHERE document_id = {_DOCUMENT}",
    "without a signature": f"DELETE FROM signatures WHERE document_id = {_DOCUMENT}",
    "end": f'UPDATE passages SET "end" = "end" - 1 WHERE id = {_ONE}',
    "language": f"UPDATE passages SET language = iif(language = 'en', 'zh', 'en') WHERE id = {_ONE}",
    "another vector": f"UPDATE vectors SET vector = zeroblob(length(vector)) WHERE passage_id = {_ONE}",
    "have no vector": f"DELETE FROM vectors WHERE passage_id = {_ONE}",
    "were not embedded": f"UPDATE passages SET embedded = 0 WHERE id = {_ONE}",
    "words: ": f"INSERT INTO passage_words (rowid, words) VALUES ({_ONE}, 'more')",
    "words of no passage": "INSERT INTO passage_words (rowid, words) VALUES (99999, 'more')",
    "words of no document": "INSERT INTO document_words (rowid, words) VALUES (99999, 'more')",
    "words of no file": "INSERT INTO name_words (rowid, words) VALUES (99999, 'more')",
    "stamp": f"UPDATE files SET size = size + 1 WHERE id = {_FILE}",
    "state": f"UPDATE files SET state = 'pending' WHERE id = {_FILE}",
    "failed": f"UPDATE files SET state = 'failed' WHERE id = {_FILE}",
    "no file has": f"UPDATE files SET document_id = NULL WHERE document_id = {_DOCUMENT}",
    "missing": f"DELETE FROM files WHERE id = {_FILE}",
    "foreign_key_check": f"DELETE FROM documents WHERE id = {_DOCUMENT}",
}


@pytest.fixture(scope="module")
def indexed(tmp_path_factory):
    """A library and the snapshot of another one of the same folder."""
    folder = tmp_path_factory.mktemp("same")
    tree = Tree(str(folder / "tree"), Random(1))
    with lasting_processes():
        index(tree.path, str(folder / "library"))
        yield folder / "library", fresh_snapshot(tree.path)


def test_two_libraries_of_a_folder_say_the_same(indexed):
    assert differences(str(indexed[0]), indexed[1]) == []


@pytest.mark.parametrize("said", WRONG)
def test_a_difference_is_seen(said, indexed, tmp_path):
    shutil.copytree(indexed[0], tmp_path / "library")
    with contextlib.closing(sqlite3.connect(tmp_path / "library" / "library.db")) as db:
        db.execute(WRONG[said])
        db.commit()
    assert any(said in line for line in differences(str(tmp_path / "library"), indexed[1]))
