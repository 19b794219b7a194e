"""Stretches of a document's text in the library, and the places in them: all of it may be twenty million characters."""

from __future__ import annotations

import os
from dataclasses import dataclass

from sqlite_utils import Database

from bge_desktop.extract.passage_places import unpacked
from bge_desktop.messages import PassagePlace

AROUND = 15_000
"""How many characters of a text are looked at before a passage that is shown, and after it."""


@dataclass(frozen=True)
class StoredText:
    """A document of a library.

    Attributes:
        kind: as after `type:`.
        length: characters of its text.
    """

    db: Database
    id: int
    kind: str
    length: int

    def stretch(self, start: int, end: int) -> str:
        """Return the characters of a range of the text."""
        sql = "SELECT substr(unpacked(text), ?, ?) FROM documents WHERE id = ?"
        row = self.db.execute(sql, [start + 1, end - start, self.id]).fetchone()
        return str(row[0]) if row else ""

    def page_at(self, start: int) -> int | None:
        """Return the page of the passage that begins at an offset; None where it has no page, or there is none."""
        sql = "SELECT page FROM passages WHERE document_id = ? AND start = ?"
        row = self.db.execute(sql, [self.id, start]).fetchone()
        return row[0] if row else None

    def places(self, start: int, end: int) -> list[PassagePlace]:
        """Return the places that begin in the passages of a range, by their offsets in the whole text."""
        sql = (
            'SELECT start, "end", place, places FROM passages WHERE document_id = ? AND start < ? AND "end" > ?'
            " ORDER BY start"
        )
        rows = self.db.execute(sql, [self.id, end, start]).fetchall()
        if not rows:
            return []
        first = rows[0][0]
        text = self.stretch(first, max(row[1] for row in rows))
        return [
            PassagePlace(begin + place.start, place.label)
            for begin, stop, label, packed in rows
            for place in unpacked(packed, label, text[begin - first : stop - first])
        ]


def stored_text(db: Database, path: str) -> StoredText | None:
    """Return the document of a file; None where the library has none."""
    sql = (
        "SELECT documents.id, kind, length(unpacked(text)) FROM files JOIN documents ON documents.id = document_id"
        " WHERE files.path = ?"
    )
    row = db.execute(sql, [os.fsencode(path)]).fetchone()
    return StoredText(db, *row) if row else None
