"""What a person has decided of labels and documents: it goes with the content, and with the file where that changes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from sqlite_utils import Database

from bge_desktop.messages import Decision


class Example(NamedTuple):
    """That a person has accepted a label for a document, or rejected it; the ids of both."""

    label: int
    document: int
    is_accepted: bool


class LabelDecisions:
    """The table `label_decisions`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def set(self, label: int, document_ids: Sequence[int], decision: Decision) -> None:
        """Record what a person says of a label and documents, whatever was recorded before."""
        ids = json.dumps(list(document_ids))
        with self._db.atomic():
            sql = "DELETE FROM label_decisions WHERE label_id = ? AND document_id IN (SELECT value FROM json_each(?))"
            self._db.execute(sql, [label, ids])
            if decision is not Decision.NONE:
                self._db.execute(
                    "INSERT INTO label_decisions (label_id, document_id, accepted)"
                    " SELECT ?, id, ? FROM documents WHERE id IN (SELECT value FROM json_each(?))",
                    [label, decision is Decision.YES, ids],
                )

    def examples(self) -> list[Example]:
        """Return all decisions of documents that are known, by label and document."""
        rows = self._db.execute(
            "SELECT label_id, document_id, accepted FROM label_decisions WHERE document_id NOTNULL"
            " ORDER BY label_id, document_id"
        )
        return [Example(label, document, bool(accepted)) for label, document, accepted in rows]


def carry_over(db: Database, links: Sequence[tuple[int, int]]) -> None:
    """Have decisions hold for the new contents of files, by the ids of file and document, before those are linked.

    What was decided of a new content by itself stands.
    """
    if db.execute("SELECT max(id) FROM label_decisions").fetchone()[0] is None:
        return
    db.conn.executemany(
        "INSERT OR IGNORE INTO label_decisions (label_id, document_id, accepted)"
        " SELECT label_id, :document, accepted FROM label_decisions JOIN files USING (document_id)"
        " WHERE files.id = :file AND document_id != :document",
        [{"file": file_id, "document": document_id} for file_id, document_id in links],
    )
    db.conn.executemany(
        "UPDATE OR REPLACE label_decisions SET document_id = ?2, path = NULL"
        " WHERE path = (SELECT path FROM files WHERE id = ?1)",
        links,
    )


def keep_by_path(db: Database) -> None:
    """Keep the decisions of documents that are not there with the files that had them, until those are read again."""
    is_homeless = "document_id NOT IN (SELECT id FROM documents)"
    db.execute(
        "INSERT INTO label_decisions (label_id, path, accepted)"
        " SELECT label_id, files.path, accepted FROM label_decisions JOIN files USING (document_id)"
        f" WHERE {is_homeless}"
    )
    db.execute(f"DELETE FROM label_decisions WHERE {is_homeless}")


def forget_decisions_kept_for(db: Database, file_ids: Sequence[int]) -> None:
    """Forget what is kept for files that are not there any more, by their ids."""
    db.execute(
        "DELETE FROM label_decisions WHERE path IN"
        " (SELECT path FROM files WHERE id IN (SELECT value FROM json_each(?)))",
        [json.dumps(list(file_ids))],
    )


def forget_labels_of(db: Database, document_id: int) -> None:
    """Forget all that is recorded of a document's labels."""
    for table in ("label_decisions", "label_guesses"):
        db.execute(f"DELETE FROM {table} WHERE document_id = ?", [document_id])
