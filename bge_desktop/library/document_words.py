"""What is made of the analysed words of documents: both full-text indexes, and the signatures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from bge_desktop.library.full_text import add_words, remove_all_words, remove_words
from bge_desktop.library.signatures import Signatures
from bge_desktop.library.words import analysed

Texts = Sequence[tuple[int, str]]
"""The passages of a document in order: their ids and texts."""


class DocumentWords:
    """The words of documents, as they are found, removed and compared by.

    Attributes:
        signatures: of the documents, by which near-duplicates are known.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self.signatures = Signatures(db)

    def add(self, documents: Iterable[tuple[int, Texts]]) -> list[tuple[int, str]]:
        """Have documents be found, by their ids, that are not yet; return their passages with their analysed words."""
        found = [(number, _analysed(texts)) for number, texts in documents]
        passages = [row for _, rows in found for row in rows]
        add_words(self._db, "passage_words", passages)
        whole = [(number, _joined(rows)) for number, rows in found]
        add_words(self._db, "document_words", whole)
        self.signatures.add(whole)
        return passages

    def add_signatures(self, documents: Iterable[tuple[int, Texts]]) -> None:
        """Make the signatures of documents that have none."""
        self.signatures.add((number, _joined(_analysed(texts))) for number, texts in documents)

    def remove(self, document_id: int, texts: Texts) -> None:
        """Have a document be found no more; its texts must be those that were added."""
        rows = _analysed(texts)
        remove_words(self._db, "passage_words", rows)
        remove_words(self._db, "document_words", [(document_id, _joined(rows))])
        self.signatures.remove(document_id)

    def remove_all(self) -> None:
        """Have no document be found any more."""
        remove_all_words(self._db, "passage_words")
        remove_all_words(self._db, "document_words")
        self.signatures.remove_all()


def _analysed(texts: Texts) -> list[tuple[int, str]]:
    return [(number, analysed(text)) for number, text in texts]


def _joined(rows: Sequence[tuple[int, str]]) -> str:
    return " ".join(words for _, words in rows)
