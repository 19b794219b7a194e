import contextlib
import sqlite3

import pytest

from bge_desktop.errors import LibraryDamagedError
from bge_desktop.library import storage
from bge_desktop.library.packing import DAMAGES, let_pack, unpacker

TEXTS = ["", "rent", "租期兩年 🏳️‍🌈\n" * 1000, "a\0b"]


@pytest.fixture
def db():
    with contextlib.closing(sqlite3.connect(":memory:")) as own:
        let_pack(own)
        yield own


@pytest.mark.parametrize("text", TEXTS)
def test_texts_come_back_as_they_were(db, text):
    [(packed, back, length)] = db.execute(
        "SELECT p, unpacked(p), length(unpacked(p)) FROM (SELECT packed(?) p)", [text]
    )
    assert (unpacker()(packed), back) == (text, text)
    assert length == len(text.split("\0")[0])
    assert len(packed) < len(text) / 10 + 20


@pytest.mark.parametrize("damaged", [b"", b"rent", "rent", None, 7, b"\x28\xb5\x2f\xfd" + b"\xff" * 20])
def test_what_is_no_packed_text_is_damage(db, damaged, folder):
    with pytest.raises(DAMAGES):
        unpacker()(damaged)
    with pytest.raises(LibraryDamagedError), storage.readable_errors(folder):
        db.execute("SELECT unpacked(?)", [damaged]).fetchall()


def test_a_text_in_which_a_bit_has_flipped_is_found(desk):
    document = desk.put("a.txt", "the lease of the house ends in May " * 20)
    [(packed,)] = desk.library.db.execute("SELECT text FROM documents WHERE id = ?", [document])
    for at in range(len(packed)):
        flipped = packed[:at] + bytes([packed[at] ^ 4]) + packed[at + 1 :]
        desk.library.db.execute("UPDATE documents SET text = ?", [flipped])
        try:
            is_same = unpacker()(flipped) == unpacker()(packed)  # as where a bit of the frame's head tells nothing
        except DAMAGES:
            is_same = False
        if not is_same:
            with pytest.raises(LibraryDamagedError):
                desk.library.check()
    desk.library.db.execute("UPDATE documents SET text = ?", [packed])
    desk.library.check()
