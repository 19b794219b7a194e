"""What documents are, in short."""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from bge_desktop.library.topics import TopicTables
from bge_desktop.messages import DescribedDocument, DescribeDocuments, DocumentsDescribed
from bge_desktop.search.results import files_of
from bge_desktop.search.stored_text import StoredText

_CHARACTERS = 200


def described(db: Database, asked: DescribeDocuments) -> DocumentsDescribed:
    """Return the answer; documents that no file has are left out."""
    return DocumentsDescribed(asked.number, tuple(_described(db, asked.documents)))


def _described(db: Database, documents: tuple[int, ...]) -> Iterator[DescribedDocument]:
    files, topics = files_of(db, list(documents)), TopicTables(db).of_documents(documents)
    for document in documents:
        for file in files.get(document, ())[:1]:
            text = " ".join(StoredText(db, document, "", 0).stretch(0, _CHARACTERS).split())
            yield DescribedDocument(document, file.path, file.title, topics.get(document, 0), text)
