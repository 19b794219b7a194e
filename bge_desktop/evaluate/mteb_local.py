"""Tasks of `mteb` on a person's own data, whose layout `mteb_layout` describes."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bge_desktop.errors import RequestError
from bge_desktop.evaluate.mteb_files import Candidates, Labelled, Pair, Similar, Text, read_judgements, read_lines
from bge_desktop.evaluate.mteb_tasks import Task

_TITLE = "Data cannot be used"
_SPLIT = "test"
_LANGUAGES = ["eng-Latn", "cmn-Hans"]  # `mteb` must be told some; no score depends on it
_Data = dict[str, Any]


def local_tasks(folder: str) -> list[Task]:
    """Return the tasks on the data of a folder, by name.

    Raises:
        RequestError: there are none, or their data cannot be read.
    """
    tasks = [
        _task(path, kind, files)
        for path in [folder, *_folders(folder)]
        for kind, files in _KINDS.items()
        if all(os.path.isfile(os.path.join(path, name)) for name in files.names)
    ]
    if not tasks:
        message = "It holds no data of the layout that “bge-desktop mteb --help” describes. Put some there."
        raise RequestError(_TITLE, message, folder)
    return sorted(tasks, key=lambda task: str(task.metadata.name))


def _folders(folder: str) -> list[str]:
    try:
        return [entry.path for entry in os.scandir(folder) if entry.is_dir()]
    except OSError as error:
        raise RequestError(_TITLE, f"The system says: {error.strerror}.", folder) from error


def _retrieval(folder: str) -> _Data:
    documents, queries = (_by_name(os.path.join(folder, name)) for name in ("corpus.jsonl", "queries.jsonl"))
    judgements = read_judgements(folder, queries, documents)
    asked = [text for name, text in queries.items() if name in judgements]
    return _searched(list(documents.values()), asked, judgements, None)


def _by_name(path: str) -> dict[str, Text]:
    texts = read_lines(path, Text)
    named = {text.id: text for text in texts}
    if len(named) < len(texts):
        [(name, _)] = Counter(text.id for text in texts).most_common(1)
        raise RequestError(_TITLE, f"Two lines have the same “_id”: {name}.", path)
    return named


def _reranking(folder: str) -> _Data:
    asked = read_lines(os.path.join(folder, "reranking.jsonl"), Candidates)
    queries = [Text(str(number), own.query) for number, own in enumerate(asked)]
    documents = [
        Text(f"{number}-{place}", text)
        for number, own in enumerate(asked)
        for place, text in enumerate([*own.positive, *own.negative])
    ]
    ranked = {
        str(number): [f"{number}-{place}" for place in range(len(own.positive) + len(own.negative))]
        for number, own in enumerate(asked)
    }
    grades = {
        name: {document: int(place < len(asked[int(name)].positive)) for place, document in enumerate(own)}
        for name, own in ranked.items()
    }
    return _searched(documents, queries, grades, ranked)


def _searched(documents: Sequence[Text], queries: Sequence[Text], judgements: object, ranked: object) -> _Data:
    from datasets import Dataset

    return {
        "default": {
            _SPLIT: {
                "corpus": Dataset.from_list(
                    [{"id": own.id, "text": own.text, "title": own.title} for own in documents]
                ),
                "queries": Dataset.from_list([{"id": own.id, "text": own.text} for own in queries]),
                "relevant_docs": judgements,
                "top_ranked": ranked,
            }
        }
    }


def _row(text: Text) -> dict[str, str]:
    return {"id": text.id, "text": text.text, "title": text.title}


def _classification(folder: str) -> _Data:
    path = os.path.join(folder, "classification.jsonl")
    lines = _labelled(path)
    splits = [own.split for own in lines]
    if not any(splits):
        splits = ["test" if place % 2 else "train" for place in _places([own.label for own in lines])]
    if None in splits or set(splits) != {"train", "test"}:
        raise RequestError(_TITLE, "Either all lines must say “split”, some “train” and some “test”, or none.", path)
    return {
        split: _columns(
            text=[own.text for own, there in zip(lines, splits, strict=True) if there == split],
            label=[str(own.label) for own, there in zip(lines, splits, strict=True) if there == split],
        )
        for split in ("train", _SPLIT)
    }


def _places(labels: Sequence[str | int]) -> list[int]:
    """Return for each label how many of it stand in front."""
    seen: Counter[str | int] = Counter()
    places = []
    for label in labels:
        places.append(seen[label])
        seen[label] += 1
    return places


def _clustering(folder: str) -> _Data:
    lines = _labelled(os.path.join(folder, "clustering.jsonl"))
    return {_SPLIT: _columns(sentences=[[own.text for own in lines]], labels=[[str(own.label) for own in lines]])}


def _labelled(path: str) -> list[Labelled]:
    lines = read_lines(path, Labelled)
    if len({own.label for own in lines}) < 2:
        raise RequestError(_TITLE, "All lines have the same “label”.", path)
    return lines


def _pair_classification(folder: str) -> _Data:
    path = os.path.join(folder, "pair-classification.jsonl")
    lines = read_lines(path, Pair)
    if len({own.label for own in lines}) < 2:
        raise RequestError(_TITLE, "All lines have the same “label”.", path)
    return {_SPLIT: _columns(**_sides(lines), labels=[own.label for own in lines])}


def _sts(folder: str) -> _Data:
    path = os.path.join(folder, "sts.jsonl")
    lines = read_lines(path, Similar)
    if len({own.score for own in lines}) < 2:
        raise RequestError(_TITLE, "All lines have the same “score”.", path)
    return {_SPLIT: _columns(**_sides(lines), score=[own.score for own in lines])}


def _sides(lines: Sequence[Pair] | Sequence[Similar]) -> dict[str, list[str]]:
    return {"sentence1": [own.sentence1 for own in lines], "sentence2": [own.sentence2 for own in lines]}


def _columns(**columns: Sequence[object]) -> Any:
    from datasets import Dataset

    return Dataset.from_dict(columns)


@dataclass(frozen=True)
class _Kind:
    """A kind of task: its files, its type, its class in `mteb.abstasks`, its main score, and how its data are read."""

    names: tuple[str, ...]
    type: str
    base: str
    score: str
    read: Callable[[str], _Data]


_KINDS: Mapping[str, _Kind] = {
    "retrieval": _Kind(
        ("corpus.jsonl", "queries.jsonl", "qrels.tsv"), "Retrieval", "AbsTaskRetrieval", "ndcg_at_10", _retrieval
    ),
    "reranking": _Kind(("reranking.jsonl",), "Reranking", "AbsTaskRetrieval", "map_at_1000", _reranking),
    "classification": _Kind(
        ("classification.jsonl",), "Classification", "AbsTaskClassification", "accuracy", _classification
    ),
    "clustering": _Kind(("clustering.jsonl",), "Clustering", "AbsTaskClusteringLegacy", "v_measure", _clustering),
    "pair-classification": _Kind(
        ("pair-classification.jsonl",),
        "PairClassification",
        "AbsTaskPairClassification",
        "cosine_ap",
        _pair_classification,
    ),
    "sts": _Kind(("sts.jsonl",), "STS", "AbsTaskSTS", "cosine_spearman", _sts),
}


def _task(folder: str, kind: str, files: _Kind) -> Task:
    from mteb import abstasks
    from mteb.abstasks.task_metadata import TaskMetadata

    data = files.read(folder)
    metadata = TaskMetadata(
        name=f"{os.path.basename(os.path.abspath(folder))}-{kind}",
        description=f"Local data: {kind}",
        type=files.type,
        category="t2t",
        dataset={"path": folder, "revision": _revision(folder, files.names)},
        eval_splits=[_SPLIT],
        eval_langs=_LANGUAGES,
        main_score=files.score,
    )
    # `mteb` describes a task by a class of its own, whose data are loaded already here
    base = getattr(abstasks, files.base)
    return type("LocalTask", (base,), {"metadata": metadata, "dataset": data, "data_loaded": True})()


def _revision(folder: str, names: Sequence[str]) -> str:
    """Return what changes whenever the data do, so that no score of others is taken for theirs."""
    digest = hashlib.sha256()
    for name in names:
        with open(os.path.join(folder, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()[:16]
