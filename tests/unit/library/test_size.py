"""How much room a library takes, of real texts: 2.5 times theirs, and 1,000 bytes a passage of 200 tokens, at most."""

import contextlib
import itertools
import os
from pydoc_data import topics

import pytest

from bge_desktop.bge.models import BUNDLED
from bge_desktop.bge.tokenizer import count_tokens
from bge_desktop.extract.readers import ReadPassage, ReadResult
from bge_desktop.library.library import Library

_TOKENS, _AT_ONCE = 200, 16


@pytest.fixture(scope="module")
def passages():
    """The reference of Python's language, in passages of about 200 tokens."""
    lines = [line for topic in topics.topics.values() for line in topic.split("\n") if line.strip()]
    ends = list(itertools.accumulate(count_tokens(lines)))
    numbers = [end // _TOKENS for end in ends]
    return [
        "\n".join(line for _, line in run)
        for _, run in itertools.groupby(zip(numbers, lines, strict=True), key=lambda pair: pair[0])
    ]


def _read(number, texts):
    found, start = [], 0
    for text in texts:
        found.append(ReadPassage(start, start + len(text), None, "en"))
        start += len(text) + 1
    return ReadResult("", f"{number:064x}", False, "\n".join(texts), "A title of a few words", "text", tuple(found))


def _size(folder):
    return os.path.getsize(os.path.join(folder, "library.db"))


@pytest.mark.parametrize("each", [4, 9])
def test_a_library_is_not_much_larger_than_its_texts(folder, make_desk, passages, unit_vectors, each):
    Library(folder).close()
    empty = _size(folder)  # which is of no account where there is much
    documents = [passages[start : start + each] for start in range(0, len(passages), each)]
    with contextlib.closing(Library(folder)) as library:
        desk = make_desk(library)
        found = [
            (desk.start(f"some folder/{number % 40}/the name of a document {number}.txt").id, _read(number, texts))
            for number, texts in enumerate(documents)
        ]
        for start in range(0, len(found), _AT_ONCE):
            library.store_all(found[start : start + _AT_ONCE])
        ids = [own.id for own, _ in library.documents.to_embed(len(passages), after=0)]
        library.vectors.store("en", ids, unit_vectors(len(ids), BUNDLED["en"].dimension))
    text = sum(len(text.encode()) for text in passages)
    assert len(ids) > 500
    assert _size(folder) - empty < 2.5 * text + 1000 * len(ids)
