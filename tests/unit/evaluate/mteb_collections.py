"""Small collections for tasks of `mteb`, and an encoder that embeds by the words of a text."""

from __future__ import annotations

import json

import numpy as np

from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.models import BUNDLED

DOCUMENTS = (
    "Knead the dough and bake the bread",
    "The lease ends with sixty days of notice",
    "The repair of the washing machine is free",
    "List the files in a directory",
)
QUERIES = ("bake bread", "notice of the lease", "washing machine repair", "files in a directory")
MODEL = BUNDLED["en"]


def write_lines(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def write_all(folder):
    """Write tasks of all types, each of which whoever knows the words of a text solves."""
    write_lines(folder / "corpus.jsonl", [{"_id": f"d{row}", "text": text} for row, text in enumerate(DOCUMENTS)])
    write_lines(folder / "queries.jsonl", [{"_id": f"q{row}", "text": text} for row, text in enumerate(QUERIES)])
    (folder / "qrels.tsv").write_text(
        "query-id\tcorpus-id\tscore\n" + "".join(f"q{row}\td{row}\t1\n" for row in range(len(QUERIES)))
    )
    others = [[other for other in DOCUMENTS if other != own] for own in DOCUMENTS]
    write_lines(
        folder / "reranking.jsonl",
        [{"query": q, "positive": [d], "negative": o} for q, d, o in zip(QUERIES, DOCUMENTS, others, strict=True)],
    )
    labelled = [
        {"text": f"{text} {end}", "label": row} for row, text in enumerate(DOCUMENTS) for end in ("now", "soon")
    ]
    write_lines(folder / "classification.jsonl", labelled)
    write_lines(folder / "clustering.jsonl", labelled)
    pairs = [(own, other) for own in DOCUMENTS for other in DOCUMENTS]
    write_lines(
        folder / "pair-classification.jsonl",
        [{"sentence1": own, "sentence2": f"{other} now", "label": int(own == other)} for own, other in pairs],
    )
    write_lines(
        folder / "sts.jsonl",
        [{"sentence1": own, "sentence2": other, "score": shared_words(own, other)} for own, other in pairs],
    )
    return folder


def shared_words(text, other):
    words, others = set(text.lower().split()), set(other.lower().split())
    return len(words & others) / len(words | others)


class WordEncoder:
    """Stands for the encoder process: a text's vector has a place for each word. It keeps what it was asked."""

    def __init__(self, fails=None):
        self.asked, self._fails, self._words = [], fails, {}

    def embed_now(self, model, texts, kind):
        assert (model.instruction, kind) == ("", TextKind.QUERY)  # nothing is put in front, and long texts are cut
        self.asked.append(list(texts))
        if self._fails:
            raise self._fails
        vectors = np.zeros((len(texts), model.dimension), np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                vectors[row, self._words.setdefault(word, len(self._words)) % model.dimension] += 1
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
