"""A document that an editor saves is one document all the while, with the real worker on a real folder."""

from __future__ import annotations

import os
import sqlite3

import pytest

from tests.saves import WAYS


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "documents"
    path.mkdir()
    (path / "lease.txt").write_text("The tenant may end the lease with sixty days' notice in writing.")
    return path


def test_a_document_is_never_lost_while_it_is_saved_and_is_read_once(client, folder, tmp_path):
    [before] = _files(tmp_path)
    words = ("goldfish", "teapot", "bicycle", "umbrella", "lantern", "harbour")
    for number, (save, word) in enumerate(zip(WAYS, words, strict=True), 2):
        save(folder / "lease.txt", f"The tenant owes the landlord one {word} a year.")
        found = ""
        while word not in found:
            [result] = client.search("what does the tenant owe").results
            found = result.passage
        assert client.worker.wait_until_idle(60)
        assert client.worker._indexing.embedded == number, save
    assert _files(tmp_path) == [before]


def _files(tmp_path):
    """The files that the library knows, by number: one that was forgotten and found again has another."""
    db = sqlite3.connect(tmp_path / "library" / "library.db")
    try:
        return [(number, os.path.basename(path)) for number, path in db.execute("SELECT id, path FROM files")]
    finally:
        db.close()
