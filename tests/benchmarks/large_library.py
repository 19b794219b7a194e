"""A large library made from a real one.

It holds the real documents, and beside them others that are put together from runs of their passages: a third of the
words is exchanged for words of other passages, and the vectors are the real ones with noise. So its words are as
frequent as in real text, and its vectors as crowded. Everything is stored through the library's own methods.
"""

from __future__ import annotations

import itertools
import os
import random
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from bge_desktop.bge.script import Language
from bge_desktop.extract.readers import ReadPassage, ReadResult
from bge_desktop.library.library import Library, reading
from bge_desktop.watch.scan import FileStamp

ROOT = "/large"
_FOLDERS = [f"team{number}/{name}" for number in range(10) for name in ("plans", "letters", "合同", "notes")]
_KINDS = {"text": "txt", "markdown": "md", "html": "html", "pdf": "pdf", "docx": "docx"}
_FIRST_DAY, _DAYS = 1_420_070_400, 3650  # ten years from 2015 on
_MOST_PASSAGES = 8  # of a document, which so has 4.5 on average
_EXCHANGED = 0.3
# The noise's length, the vector's being 1. It leaves a cosine of 0.93: passages of one page are often as near.
_NOISE = 0.4
_PORTION = 500
_PIECE = re.compile(r"[\u4e00-\u9fff]{1,3}|[A-Za-z]+")


@dataclass(frozen=True)
class _Passage:
    text: str
    language: Language
    vector: np.ndarray


@dataclass(frozen=True)
class _Document:
    path: str
    kind: str
    title: str
    passages: list[_Passage]


def build(source: str, target: str, passages: Mapping[Language, int]) -> None:
    """Make a library with so many passages of each language at `target`, if it is not there."""
    if os.path.isdir(target):
        return
    unfinished = f"{target}.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    real = list(_documents(source))
    library = Library(unfinished, exact_limit=10**9)
    library.folders.add(ROOT)
    documents = itertools.chain(real, _recombined(real))
    wanted = dict(passages)
    while any(number > 0 for number in wanted.values()):
        _store(library, [_within(wanted, next(documents)) for _ in range(_PORTION)])
    library.close()
    os.rename(unfinished, target)


def _documents(source: str) -> Iterator[_Document]:
    with reading(source) as library:
        files = library.db.execute(
            "SELECT document_id, path, kind, title FROM files JOIN documents ON documents.id = document_id"
            " GROUP BY document_id"
        )
        for document_id, path, kind, title in files.fetchall():
            name = os.path.basename(os.fsdecode(path))
            yield _Document(f"{ROOT}/real/{name}", kind, title, _passages(library, document_id))


def _passages(library: Library, document_id: int) -> list[_Passage]:
    vectors: dict[int, tuple[Language, np.ndarray]] = {}
    ids = np.array(library.documents.passage_ids_of(document_id), np.int64)
    for language in library.vectors:
        held, found = library.vectors.of(language, ids)
        vectors |= {number: (language, vector) for number, vector in zip(held.tolist(), found, strict=True)}
    stored = library.documents.passages(document_id)
    return [_Passage(own.text, *vectors[own.id]) for own in stored if own.id in vectors]


def _recombined(real: list[_Document]) -> Iterator[_Document]:
    chance, noise = random.Random(0), np.random.default_rng(0)
    texts = [passage.text for document in real for passage in document.passages]
    pieces = {kind: [piece for text in texts for piece in _PIECE.findall(text) if piece.isascii() is kind]
              for kind in (True, False)}  # fmt: skip
    sources = [document.passages for document in real if document.passages]
    # a passage is as likely as any other, whether its document is long or short
    weights = list(itertools.accumulate(map(len, sources)))
    for number in itertools.count():
        [source] = chance.choices(sources, cum_weights=weights)
        start = chance.randrange(len(source))
        run = source[start : start + chance.randint(1, _MOST_PASSAGES)]
        passages = [
            _Passage(_exchanged(own.text, pieces, chance), own.language, _near(own.vector, noise)) for own in run
        ]
        kind = chance.choice(list(_KINDS))
        name = f"{'-'.join(_PIECE.findall(passages[0].text)[:3])}-{number}.{_KINDS[kind]}"
        yield _Document(f"{ROOT}/{chance.choice(_FOLDERS)}/{2015 + number % 10}/{name}", kind, "", passages)


def _exchanged(text: str, pieces: Mapping[bool, list[str]], chance: random.Random) -> str:
    def exchange(piece: re.Match[str]) -> str:
        return chance.choice(pieces[piece[0].isascii()]) if chance.random() < _EXCHANGED else piece[0]

    return _PIECE.sub(exchange, text)


def _near(vector: np.ndarray, noise: np.random.Generator) -> np.ndarray:
    other = vector + _NOISE / np.sqrt(len(vector)) * noise.standard_normal(len(vector))
    return (other / np.linalg.norm(other)).astype(np.float32)


def _within(wanted: dict[Language, int], document: _Document) -> _Document:
    """Return a document without the passages of which there are enough."""
    kept = []
    for passage in document.passages:
        if wanted.get(passage.language, 0) > 0:
            wanted[passage.language] -= 1
            kept.append(passage)
    return _Document(document.path, document.kind, document.title, kept)


def _store(library: Library, documents: list[_Document]) -> None:
    documents = [document for document in documents if document.passages]
    [folder] = library.folders.all()
    with library.db.atomic():
        stamps = {document.path: _stamp(document, number) for number, document in enumerate(documents)}
        library.folders.mark_pending(folder, stamps.values())
        known = {file.path: file.id for file in library.folders.pending(len(documents))}
        library.folders.set_state(list(known.values()), "reading")
        for document in documents:
            document_id = library.store(known[document.path], _read(document))
            _store_vectors(library, document_id, document.passages)


def _store_vectors(library: Library, document_id: int, passages: list[_Passage]) -> None:
    ids = library.documents.passage_ids_of(document_id)
    if len(ids) != len(passages):
        return  # a copy of a document that is there
    for language in {passage.language for passage in passages}:
        own = [row for row, passage in enumerate(passages) if passage.language == language]
        vectors = np.array([passages[row].vector for row in own])
        library.vectors.store(language, [ids[row] for row in own], vectors)


def _stamp(document: _Document, number: int) -> FileStamp:
    size = sum(len(passage.text) for passage in document.passages)
    seconds = _FIRST_DAY + hash((size, number)) % (_DAYS * 86_400)
    return FileStamp(document.path, size, seconds * 10**9, number, "1")


def _read(document: _Document) -> ReadResult:
    passages, start = [], 0
    for passage in document.passages:
        passages.append(ReadPassage(start, start + len(passage.text), None, passage.language))
        start += len(passage.text) + 2
    text = "\n\n".join(passage.text for passage in document.passages)
    return ReadResult(document.path, document.path, False, text, document.title, document.kind, tuple(passages))
