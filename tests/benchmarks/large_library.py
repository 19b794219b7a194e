"""A large library made from a real one.

It holds the real documents, and beside them others that are put together from runs of their passages: a third of the
words is exchanged for words of other passages, and the vectors are the real ones with noise. So its words are as
frequent as in real text, and its vectors as crowded. Everything is stored through the library's own methods.

What was built is kept and never written to: measured is a copy, which the code of the day brings up to date.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from bge_desktop.bge.script import Language
from bge_desktop.extract.readers import ReadPassage, ReadResult
from bge_desktop.library.library import Library, reading
from bge_desktop.library.vector_index import EXACT_LIMIT
from bge_desktop.watch.scan import FileStamp
from tests.graphs import make_graphs

ROOT = "/large"
# The two of 100,000 passages differ in how they are searched: the second through graphs (see `opened`).
SIZES: Mapping[str, Mapping[Language, int]] = {
    "small": {"en": 6_500, "zh": 3_500},
    "scan": {"en": 63_500, "zh": 37_500},
    "graph": {"en": 101_000, "zh": 6_000},
    "million": {"en": 700_000, "zh": 300_000},
}
_FOLDERS = [f"team{number}/{name}" for number in range(10) for name in ("plans", "letters", "合同", "notes")]
_KINDS = {"text": "txt", "markdown": "md", "html": "html", "pdf": "pdf", "docx": "docx"}
_FIRST_DAY, _DAYS = 1_420_070_400, 3650  # ten years from 2015 on
_MOST_PASSAGES = 8  # of a document, which so has 4.5 on average
_EXCHANGED = 0.3
# The noise's length, the vector's being 1. It leaves a cosine of 0.93: passages of one page are often as near.
_NOISE = 0.4
_PORTION = 500
_FEW = 40_000  # vectors: beyond, and of so many, graphs are made
_PIECE = re.compile(r"[\u4e00-\u9fff]{1,3}|[A-Za-z]+")


@dataclass(frozen=True)
class MadePassage:
    """A passage with its vector."""

    text: str
    language: Language
    vector: np.ndarray


@dataclass(frozen=True)
class MadeDocument:
    """A document of a large library."""

    path: str
    kind: str
    title: str
    passages: list[MadePassage]


def up_to_date(source: str, folder: str, name: str) -> str:
    """Return the path of the large library `name`, up to date and with its graphs; it is made below `folder` at first.

    Args:
        source: the library of the real documents.
        folder: where large libraries are kept.
        name: one of `SIZES`.
    """
    built, current = os.path.join(folder, f"large-{name}"), os.path.join(folder, "current", f"large-{name}")
    build(source, built, SIZES[name])
    if not os.path.isdir(current):
        copy(built, current)
    with opened(current):
        return current


@contextlib.contextmanager
def opened(path: str) -> Iterator[Library]:
    """Open a library of `up_to_date`, with its graphs: that called "graph" has some, though it is small for it."""
    limit = _FEW if os.path.basename(path) == "large-graph" else EXACT_LIMIT
    with contextlib.closing(Library(path, exact_limit=limit)) as library:
        make_graphs(library)
        yield library


def copy(library: str, target: str) -> None:
    """Copy a library that no process has open."""
    shutil.rmtree(f"{target}.new", ignore_errors=True)
    shutil.copytree(library, f"{target}.new")
    os.rename(f"{target}.new", target)


def build(source: str, target: str, passages: Mapping[Language, int]) -> None:
    """Make a library with so many passages of each language at `target`, if it is not there."""
    if os.path.isdir(target):
        return
    unfinished = f"{target}.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    real = list(real_documents(source))
    library = Library(unfinished, exact_limit=10**9)
    library.folders.add(ROOT)
    documents = itertools.chain(real, recombined(real))
    wanted = dict(passages)
    while any(number > 0 for number in wanted.values()):
        store(library, [_within(wanted, next(documents)) for _ in range(_PORTION)])
    library.close()
    os.rename(unfinished, target)


def real_documents(source: str) -> Iterator[MadeDocument]:
    """Yield the documents of a library, with their passages and vectors."""
    with reading(source) as library:
        files = library.db.execute(
            "SELECT document_id, path, kind, title FROM files JOIN documents ON documents.id = document_id"
            " GROUP BY document_id"
        )
        for document_id, path, kind, title in files.fetchall():
            name = os.path.basename(os.fsdecode(path))
            yield MadeDocument(f"{ROOT}/real/{name}", kind, title, _passages(library, document_id))


def _passages(library: Library, document_id: int) -> list[MadePassage]:
    vectors: dict[int, tuple[Language, np.ndarray]] = {}
    ids = np.array(library.documents.passage_ids_of(document_id), np.int64)
    for language in library.vectors:
        held, found = library.vectors.of(language, ids)
        vectors |= {number: (language, vector) for number, vector in zip(held.tolist(), found, strict=True)}
    stored = library.documents.passages(document_id)
    return [MadePassage(own.text, *vectors[own.id]) for own in stored if own.id in vectors]


def recombined(real: list[MadeDocument], seed: int = 0) -> Iterator[MadeDocument]:
    """Yield documents without end, put together from real ones; others for each seed."""
    chance, noise = random.Random(seed), np.random.default_rng(seed)
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
            MadePassage(_exchanged(own.text, pieces, chance), own.language, _near(own.vector, noise)) for own in run
        ]
        kind = chance.choice(list(_KINDS))
        name = f"{'-'.join(_PIECE.findall(passages[0].text)[:3])}-{number}{f'-{seed}' * bool(seed)}.{_KINDS[kind]}"
        yield MadeDocument(f"{ROOT}/{chance.choice(_FOLDERS)}/{2015 + number % 10}/{name}", kind, "", passages)


def _exchanged(text: str, pieces: Mapping[bool, list[str]], chance: random.Random) -> str:
    def exchange(piece: re.Match[str]) -> str:
        return chance.choice(pieces[piece[0].isascii()]) if chance.random() < _EXCHANGED else piece[0]

    return _PIECE.sub(exchange, text)


def _near(vector: np.ndarray, noise: np.random.Generator) -> np.ndarray:
    other = vector + _NOISE / np.sqrt(len(vector)) * noise.standard_normal(len(vector))
    return (other / np.linalg.norm(other)).astype(np.float32)


def _within(wanted: dict[Language, int], document: MadeDocument) -> MadeDocument:
    """Return a document without the passages of which there are enough."""
    kept = []
    for passage in document.passages:
        if wanted.get(passage.language, 0) > 0:
            wanted[passage.language] -= 1
            kept.append(passage)
    return MadeDocument(document.path, document.kind, document.title, kept)


def store(library: Library, documents: list[MadeDocument]) -> None:
    """Store documents with their passages and vectors, in one transaction."""
    documents = [document for document in documents if document.passages]
    folder = library.folders.at(ROOT)
    assert folder
    with library.db.atomic():
        stamps = {document.path: _stamp(document, number) for number, document in enumerate(documents)}
        library.folders.mark_pending(folder, stamps.values())
        known = library.folders.known(list(stamps))
        library.folders.set_state([file.id for file in known.values()], "reading")
        ids = library.store_all([(known[document.path].id, _read(document)) for document in documents])
        _store_vectors(library, zip(ids, documents, strict=True))


def _store_vectors(library: Library, stored: Iterable[tuple[int | None, MadeDocument]]) -> None:
    vectors: dict[Language, list[tuple[int, np.ndarray]]] = {}
    for document_id, document in stored:
        ids = library.documents.passage_ids_of(document_id)
        if len(ids) == len(document.passages):  # else it is a copy of a document that is there
            for passage_id, passage in zip(ids, document.passages, strict=True):
                vectors.setdefault(passage.language, []).append((passage_id, passage.vector))
    for language, own in vectors.items():
        library.vectors.store(language, [number for number, _ in own], np.array([vector for _, vector in own]))


def _stamp(document: MadeDocument, number: int) -> FileStamp:
    size = sum(len(passage.text) for passage in document.passages)
    seconds = _FIRST_DAY + hash((size, number)) % (_DAYS * 86_400)
    return FileStamp(document.path, size, seconds * 10**9, number, "1")


def _read(document: MadeDocument) -> ReadResult:
    passages, start = [], 0
    for passage in document.passages:
        passages.append(ReadPassage(start, start + len(passage.text), None, passage.language))
        start += len(passage.text) + 2
    text = "\n\n".join(passage.text for passage in document.passages)
    return ReadResult(document.path, document.path, False, text, document.title, document.kind, tuple(passages))
