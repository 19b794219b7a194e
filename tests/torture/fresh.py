"""What a new library says of a folder, at a low price: encoder and reader live on, and embed no text twice.

All else is the app's own: a new library is indexed by a worker, as `bge-desktop index` does it.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from bge_desktop.bge.embeddings import Embeddings
from bge_desktop.bge.encoder import Done, EmbeddingsDone, Encoder, Vectors
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.models import Model
from bge_desktop.errors import UserError
from bge_desktop.extract.readers import Readers
from bge_desktop.messages import NO_RULES, AddFolder, ErrorReport, Event, FolderRules, SetRules
from bge_desktop.worker import Worker, reading, worker
from tests.torture.same import Snapshot, snapshot


class RememberingEncoder(Encoder):
    """An encoder that lives on, and gives the vector of a text that it has embedded before without embedding it.

    Attributes:
        asked: the texts of passages that it was asked to embed.
    """

    def __init__(self) -> None:
        super().__init__("cpu")
        self._known: dict[tuple[str, ...], Any] = {}
        self.asked: list[str] = []

    def embed(self, model: Model, texts: Sequence[str], done: Done, kind: TextKind) -> None:
        self.asked += texts if kind is TextKind.PASSAGE else ()
        new = [text for text in dict.fromkeys(texts) if (model, kind, text) not in self._known]

        def take(vectors: Vectors | UserError) -> None:
            if isinstance(vectors, UserError):
                done(vectors)
                return
            self._known.update(zip([(model, kind, text) for text in new], vectors, strict=True))
            done(np.stack([self._known[model, kind, text] for text in texts]))

        if new:
            super().embed(model, new, take, kind)
        else:
            take(np.empty((0, 0), np.float32))

    def embed_fully(self, model: Model, texts: Sequence[str], done: EmbeddingsDone, kind: TextKind) -> None:
        """The bundled models give nothing but vectors."""
        self.embed(model, texts, lambda found: done(found if isinstance(found, UserError) else Embeddings(found)), kind)

    def close(self) -> None:
        """Live on; `end` ends it."""

    def end(self) -> None:
        super().close()


class LastingReaders(Readers):
    """Readers that live on."""

    def close(self) -> None:
        """Live on; `end` ends them."""

    def end(self) -> None:
        super().close()


@contextlib.contextmanager
def lasting_processes() -> Iterator[RememberingEncoder]:
    """Have all workers of this process share one encoder, which is given, and one reader, which live on."""
    own_encoder, own_readers = worker.Encoder, reading.Readers
    encoder, readers = RememberingEncoder(), LastingReaders(1)
    worker.Encoder, reading.Readers = lambda *_, **__: encoder, lambda *_, **__: readers  # type: ignore[misc,assignment]
    try:
        yield encoder
    finally:
        worker.Encoder, reading.Readers = own_encoder, own_readers  # type: ignore[misc]
        encoder.end()
        readers.end()


def index(tree: str, library: str, rules: FolderRules = NO_RULES) -> None:
    """Index a folder until it is up to date, with rules of its own."""
    errors: list[Event] = []
    own = Worker(library, lambda event: errors.append(event) if isinstance(event, ErrorReport) else None, watch=False)
    own.submit(AddFolder(tree))
    if rules != NO_RULES:
        own.submit(SetRules(tree, rules))
    own.start()
    own.wait_until_idle()
    own.stop(timeout=60.0)
    assert not errors, errors


def fresh_snapshot(tree: str, rules: FolderRules = NO_RULES) -> Snapshot:
    """Return what a new library says of a folder with rules of its own."""
    with tempfile.TemporaryDirectory() as folder:
        library = os.path.join(folder, "library")
        index(tree, library, rules)
        return snapshot(library)
