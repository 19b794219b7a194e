"""The labels: what a person calls some documents, and what follows for others."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlite_utils import Database

from bge_desktop.errors import RequestError
from bge_desktop.library.folding import folded
from bge_desktop.library.ids import Ids, read_ids
from bge_desktop.library.label_decisions import LabelDecisions
from bge_desktop.library.label_guesses import LabelGuesses
from bge_desktop.library.schema import table
from bge_desktop.messages import Label, LabelOfDocument, Standing

COLOURS = 12
_NO_LABEL = frozenset(("none", "无"))
_LONGEST = 60
_QUOTATION_MARKS = str.maketrans("", "", '"＂“”„「」『』')
# By the index of guesses, less the few that a person has decided about since: to look at each would take long.
_COUNT = "(SELECT count(*) FROM label_guesses WHERE label_id = labels.id{})"
_ALL_GUESSED = f"SELECT id, {_COUNT.format('')}, {_COUNT.format(' AND confidence >= threshold')} FROM labels"
_DECIDED = (
    "SELECT own.label_id, count(*), coalesce(sum(confidence >= threshold), 0)"
    " FROM label_decisions AS own CROSS JOIN label_guesses USING (label_id, document_id)"
    " JOIN labels ON labels.id = own.label_id GROUP BY 1"
)
_BEST_GUESSED = (
    "SELECT document_id, confidence FROM open_guesses WHERE label_id = ? AND confidence >= ? AND confidence < ?"
    " AND EXISTS (SELECT 1 FROM files WHERE files.document_id = open_guesses.document_id)"
    " ORDER BY confidence DESC, document_id LIMIT ?"
)
_CERTAIN = 2.0  # above every confidence


class Guessed(NamedTuple):
    """A document that a label is proposed for, by its id, how sure that is, and whether it was applied by itself."""

    document: int
    confidence: float
    is_applied: bool


class Labels:
    """The table `labels`, and which documents have which.

    Attributes:
        decisions: what a person has decided.
        guesses: what follows from it for other documents.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self.decisions, self.guesses = LabelDecisions(db), LabelGuesses(db)

    def all(self) -> list[Label]:
        """Return the labels by name, each with the number of its documents."""
        sql = "SELECT label_id, count(*) FROM label_decisions WHERE accepted AND document_id NOTNULL GROUP BY 1"
        given, guessed = dict(self._db.execute(sql)), self._counts_of_guesses()
        return [
            _label(row, given.get(row["id"], 0), *guessed.get(row["id"], (0, 0)))
            for row in self._db.query("SELECT * FROM labels ORDER BY key")
        ]

    def find(self, name: str) -> int | None:
        """Return the id of the label of a name, however that is written."""
        row = self._db.execute("SELECT id FROM labels WHERE key = ?", [_key(_clean(name))]).fetchone()
        return int(row[0]) if row else None

    def at(self, name: str) -> int:
        """Return the id of the label of a name.

        Raises:
            RequestError: there is none.
        """
        found = self.find(name)
        if found is None:
            raise RequestError("No such label", f"There is no label “{_clean(name)}”. Make it first.")
        return found

    def add(self, name: str) -> int:
        """Return the id of the label of a name, which is made where it is not there yet.

        Raises:
            RequestError: nothing can be called so.
        """
        known = self.find(name)
        if known is not None:
            return known
        name = _checked(name)
        row = {"name": name, "key": _key(name), "colour": self._next_colour()}
        return int(table(self._db, "labels").insert(row).last_pk)  # type: ignore[arg-type]

    def rename(self, label: int, name: str) -> None:
        """Call a label otherwise.

        Raises:
            RequestError: nothing can be called so, or another label is.
        """
        name = _checked(name)
        if self.find(name) not in (None, label):
            raise RequestError("There is such a label", f"Another label is called “{name}”. Choose another name.")
        self._db.execute("UPDATE labels SET name = ?, key = ? WHERE id = ?", [name, _key(name), label])

    def remove(self, label: int) -> None:
        """Forget a label, and which documents have it."""
        with self._db.atomic():
            for own in ("label_decisions", "label_guesses", "label_weights"):
                self._db.execute(f"DELETE FROM {own} WHERE label_id = ?", [label])
            self._db.execute("DELETE FROM labels WHERE id = ?", [label])

    def set_threshold(self, label: int, threshold: float | None) -> None:
        """Have a label apply by itself from such a confidence on, 0 to 1; None for never."""
        self._db.execute("UPDATE labels SET threshold = ? WHERE id = ?", [threshold, label])

    def of(self, document_ids: Sequence[int]) -> dict[int, tuple[LabelOfDocument, ...]]:
        """Return the labels of documents, by id: a person's first, then the surest; those without any are left out."""
        rows = self._db.execute(
            "SELECT document_id, labels.id, name, colour, standing, confidence FROM document_labels"
            " JOIN labels ON labels.id = label_id WHERE document_id IN (SELECT value FROM json_each(?))"
            " ORDER BY standing = 'given' DESC, confidence DESC, key",
            [json.dumps(list(document_ids))],
        )
        found: dict[int, tuple[LabelOfDocument, ...]] = {}
        for document, *label in rows:
            found[document] = (*found.get(document, ()), _label_of_document(label))
        return found

    def documents(self, label: int) -> Ids:
        """Return the ids, ascending, of the documents that have a label."""
        return read_ids(self._db, "SELECT document_id AS id FROM labelled WHERE label_id = ?", [label])

    def guessed(self, label: int, limit: int) -> list[Guessed]:
        """Return the documents that a label is proposed for, best first, and then those that it was applied to."""
        row = self._db.execute("SELECT threshold FROM labels WHERE id = ?", [label]).fetchone()
        threshold = _CERTAIN if row is None or row[0] is None else row[0]
        proposed = self._db.execute(_BEST_GUESSED, [label, 0.0, threshold, limit]).fetchall()
        applied = self._db.execute(_BEST_GUESSED, [label, threshold, _CERTAIN, limit - len(proposed)]).fetchall()
        return [
            Guessed(document, confidence, is_applied)
            for rows, is_applied in ((proposed, False), (applied, True))
            for document, confidence in rows
        ]

    def count_guessed(self, label: int) -> int:
        """Return how many documents a label is proposed for or was applied to by itself.

        Those that no file has any more count until they are removed.
        """
        return self._counts_of_guesses().get(label, (0, 0))[0]

    def _counts_of_guesses(self) -> dict[int, tuple[int, int]]:
        """Return of each label that is guessed how many documents that are, and to how many of them it was applied."""
        decided = {row[0]: row[1:] for row in self._db.execute(_DECIDED)}
        found = {}
        for label, count, applied in self._db.execute(_ALL_GUESSED):
            less, less_applied = decided.get(label, (0, 0))
            found[label] = count - less, applied - less_applied
        return found

    def _next_colour(self) -> int:
        """Return the colour that the fewest labels have."""
        counts = dict(self._db.execute("SELECT colour, count(*) FROM labels GROUP BY colour").fetchall())
        return min(range(COLOURS), key=lambda colour: counts.get(colour, 0))


def _label(row: dict[str, Any], given: int, guessed: int, applied: int) -> Label:
    documents, proposed = given + applied, guessed - applied
    return Label(row["id"], row["name"], row["colour"], row["threshold"], documents, proposed, given)


def means_none(name: str) -> bool:
    """Return whether a name stands for no label at all in a query, and so can be no label's."""
    return _key(_clean(name)) in _NO_LABEL


def with_label(name: str) -> tuple[str, list[str]]:
    """Return a condition in SQL on a `document_id`, and its values: that it has a label, however its name is written.

    That it has none at all, where the name stands for that.
    """
    key = _key(_clean(name))
    has = "SELECT document_id FROM labelled"
    if key in _NO_LABEL:
        return f"document_id NOT IN ({has})", []
    return f"document_id IN ({has} WHERE label_id = (SELECT id FROM labels WHERE key = ?))", [key]


def _label_of_document(row: Sequence[Any]) -> LabelOfDocument:
    number, name, colour, standing, confidence = row
    return LabelOfDocument(number, name, colour, Standing(standing), confidence)


def _clean(name: str) -> str:
    """Return a name without what cannot stand in one: a query names it between quotation marks."""
    return " ".join(name.translate(_QUOTATION_MARKS).split())


def _key(name: str) -> str:
    return folded(name)


def _checked(name: str) -> str:
    clean = _clean(name)
    if not clean:
        raise RequestError("A label needs a name", "Type a word or two.")
    if len(clean) > _LONGEST:
        raise RequestError("The name is too long", f"A label's name has {_LONGEST} characters at most.")
    if means_none(clean):
        raise RequestError("No label can be called so", f"“{clean}” stands for documents without a label.")
    return clean
