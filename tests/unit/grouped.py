"""A library of documents in groups that are known: each has the words of its group, and vectors about its middle."""

from __future__ import annotations

import dataclasses
import json
import zlib
from collections.abc import Callable, Sequence

import numpy as np

from bge_desktop.bge.script import Language
from bge_desktop.extract.readers import ReadPassage, ReadResult
from bge_desktop.library.library import Library
from bge_desktop.library.made_topics import Made, unpacked
from bge_desktop.library.topic_writing import Regrouping
from bge_desktop.understand import grouping
from bge_desktop.understand.spaces import spaces_of
from bge_desktop.watch.scan import FileStamp

WORDS: dict[str, tuple[Language, Sequence[str]]] = {
    "baking": ("en", ("flour", "butter", "oven", "yeast", "dough", "icing")),
    "sailing": ("en", ("mast", "rudder", "harbour", "anchor", "tide", "keel")),
    "chess": ("en", ("pawn", "bishop", "rook", "gambit", "castling", "endgame")),
    "renting": ("zh", ("租金", "房东", "押金", "合同", "房屋", "租约")),
    "football": ("zh", ("球员", "进球", "教练", "比赛", "球队", "射门")),
    "medicine": ("zh", ("医生", "药物", "手术", "病人", "医院", "疫苗")),
}


def centre(group: str, dimension: int) -> np.ndarray:
    return np.random.default_rng(zlib.crc32(group.encode())).standard_normal(dimension).astype(np.float32)


class GroupedLibrary:
    """Puts documents into a library.

    Args:
        library: empty, and open for writing.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self.folder = library.folders.add("/d")
        self._count = 0

    def put(self, group: str, count: int = 1) -> list[int]:
        """Store so many documents of a group, embedded; return their ids."""
        return [self._put(group) for _ in range(count)]

    def _put(self, group: str) -> int:
        language, words = WORDS[group]
        self._count += 1
        random = np.random.default_rng(self._count)
        text = " ".join(random.choice(words, 4, replace=False)) + f" {self._count}"
        path = f"/d/{group}/{self._count}.txt"
        self.library.folders.mark_pending(self.folder, [FileStamp(path, 1, 1, self._count, "1")])
        file = self.library.folders.known([path])[path]
        self.library.folders.set_state([file.id], "reading")
        passage = ReadPassage(0, len(text), None, language)
        document = self.library.store(file.id, ReadResult(path, path, False, text, "", "text", (passage,)))
        assert document is not None
        self._embed(group, language, random)
        return document

    def _embed(self, group: str, language: Language, random: np.random.Generator) -> None:
        dimension = self.library.models[language].dimension
        for passage, _ in self.library.documents.to_embed(10, after=0):
            vector = centre(group, dimension) + 0.5 * random.standard_normal(dimension).astype(np.float32)
            self.library.vectors.store(language, [passage.id], (vector / np.linalg.norm(vector))[None])

    def wait(self, documents: Sequence[int]) -> None:
        """Have documents wait for new vectors, and no others: as after their model was replaced."""
        sql = "UPDATE passages SET embedded = document_id NOT IN (SELECT value FROM json_each(?))"
        self.library.db.execute(sql, [json.dumps(list(documents))])

    def remove(self, documents: Sequence[int]) -> None:
        """Remove the files of documents, and with them the documents."""
        files = [file for file in self.library.folders.files(self.folder).values() if file.document_id in documents]
        self.library.folders.remove_files(files)
        self.library.remove_orphans()

    def made(self) -> Made:
        """Return what grouping the documents makes, as it comes from the helper."""
        spaces = [dataclasses.astuple(space) for space in spaces_of(self.library.models)]
        header, payload = grouping.group({"library": self.library.folder, "spaces": spaces}, b"")
        return unpacked(json.loads(json.dumps(header)), payload)

    def group(self, between: Callable[[], None] = lambda: None) -> None:
        """Group the documents, and do something between the portions of the writing."""
        for _ in Regrouping(self.library.db, self.made()).portions():
            between()

    def topic_of(self, document: int) -> int | None:
        """Return the lowest topic of a document."""
        return self.library.topics.of_documents([document]).get(document)

    def state(self) -> object:
        """Return all that is read of the topics."""
        tables = self.library.topics
        return tables.all(), tables.spaces(), tables.grouped_at, sorted(tables.of_documents(range(1000)).items())
