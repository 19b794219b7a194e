"""The lines of a person's own evaluation data, checked one by one."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Annotated, Literal, TypeVar

import msgspec

from bge_desktop.errors import RequestError
from bge_desktop.evaluate.text_file import read_text

_TITLE = "Data cannot be used"
_HEADER = ("query-id", "corpus-id", "score")
_Some = Annotated[list[str], msgspec.Meta(min_length=1)]


class Text(msgspec.Struct, frozen=True):
    """A line of `corpus.jsonl` or `queries.jsonl`, as of BEIR: a document or a query with its name."""

    id: str = msgspec.field(name="_id")
    text: str
    title: str = ""


class Candidates(msgspec.Struct, frozen=True):
    """A line of `reranking.jsonl`: a query with texts that answer it, and texts that do not."""

    query: str
    positive: _Some
    negative: _Some


class Labelled(msgspec.Struct, frozen=True):
    """A line of `classification.jsonl` or `clustering.jsonl`: a text with what it is.

    In classification, "split" says whether a classifier is trained or tested with it. Where no line has one, it is
    trained with the first, third, … of each label.
    """

    text: str
    label: str | int
    split: Literal["train", "test"] | None = None


class Pair(msgspec.Struct, frozen=True):
    """A line of `pair-classification.jsonl`: two texts, and whether they belong together (1) or not (0)."""

    sentence1: str
    sentence2: str
    label: Literal[0, 1]


class Similar(msgspec.Struct, frozen=True):
    """A line of `sts.jsonl`: two texts, and how similar they are, in any unit; more is more similar."""

    sentence1: str
    sentence2: str
    score: float


_Line = TypeVar("_Line", Text, Candidates, Labelled, Pair, Similar)
Judgements = dict[str, dict[str, int]]
"""How well documents answer queries: the grade, by the name of the query and that of the document; 0 is not at all."""


def read_lines(path: str, kind: type[_Line]) -> list[_Line]:
    """Return the lines of a file of JSON objects.

    Raises:
        RequestError: the file cannot be read or is empty, or a line is not of this kind.
    """
    decoder = msgspec.json.Decoder(kind)
    found = _each_line(path, decoder.decode)
    if not found:
        raise RequestError(_TITLE, "The file is empty.", path)
    return list(found.values())


def read_judgements(folder: str, queries: Mapping[str, Text], documents: Mapping[str, Text]) -> Judgements:
    """Return what `qrels.tsv` says: lines of the names of a query and a document, and a grade, with tabs between.

    Raises:
        RequestError: the file cannot be read, or a line is not of this kind or names what there is not.
    """
    path = os.path.join(folder, "qrels.tsv")
    judgements: Judgements = {}
    for number, (query, document, grade) in _each_line(path, _judgement).items():
        if query not in queries or document not in documents:
            missing = f"the query “{query}”" if query not in queries else f"the document “{document}”"
            raise RequestError(_TITLE, f"Line {number} names {missing}, which there is not.", path)
        judgements.setdefault(query, {})[document] = grade
    if not any(grade > 0 for own in judgements.values() for grade in own.values()):
        raise RequestError(_TITLE, "No line says that a document answers a query.", path)
    return judgements


def _judgement(line: str) -> tuple[str, str, int]:
    names, _, grade = line.rpartition("\t")
    query, tab, document = names.partition("\t")
    if not (tab and grade.strip().lstrip("-").isdecimal()):
        raise ValueError("a query, a document and a whole number, with tabs between")
    return query, document, int(grade)


_Read = TypeVar("_Read")


def _each_line(path: str, read: Callable[[str], _Read]) -> dict[int, _Read]:
    """Return what is read of each line that is not empty, by its number from 1; a header of BEIR's is passed over."""
    found: dict[int, _Read] = {}
    for number, line in enumerate(read_text(path, _TITLE).split("\n"), 1):
        if not line.strip() or tuple(line.split()) == _HEADER:
            continue
        try:
            found[number] = read(line)
        except ValueError as error:  # msgspec's errors are ValueErrors
            raise RequestError(_TITLE, f"Line {number} is not as it must be: {error}.", path) from error
    return found
