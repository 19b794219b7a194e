"""How much room a library takes on the disk, of 100,000 passages that are stored by the code of the day."""

from __future__ import annotations

import contextlib
import os

import pytest

from bge_desktop.bge import tokenizer
from bge_desktop.library.library import Library, reading
from tests.benchmarks import large_library, scale
from tests.benchmarks.figures import rounded
from tests.benchmarks.table import Bar, Row
from tests.graphs import make_graphs

_SIZE = scale.of({"en": 63_500, "zh": 37_500}, {"en": 6_350, "zh": 3_750})
_TIMES_THE_TEXT, _BYTES_A_PASSAGE = 2.5, 1_000
_COUNTED = 500  # documents whose tokens are counted


@pytest.mark.timeout(3600)
def test_room_on_the_disk(library, table, tmp_path):
    path = str(tmp_path / "library")
    large_library.build(library, path, _SIZE)
    with contextlib.closing(Library(path)) as opened:
        make_graphs(opened)
        passages = opened.catalogue.passage_count
    size = sum(entry.stat().st_size for entry in os.scandir(path))
    text, tokens = _text(path)
    allowed = _TIMES_THE_TEXT * text + _BYTES_A_PASSAGE * passages
    figures = {"passages": passages, "bytes": size, "bytes_of_text": text, "tokens_a_passage": rounded(tokens)}
    table.report("disk", {**figures, "bytes_a_passage": round(size / passages), "files": _files(path)})
    what = f"{passages:,} passages of {tokens:.0f} tokens, text included, a passage"
    note = f"{text / passages:.0f} bytes of text; the bar is 2.5 times that and 1 kB"
    table.add(Row("disk", what, size / passages, "bytes", bar=Bar(at_most=allowed / passages), note=note))


def _text(path):
    """Return the bytes of all texts, and the mean tokens of a passage."""
    with reading(path) as opened:
        numbers = opened.documents.document_ids()
        documents = [opened.documents.passages(number) for number in numbers]
    texts = [own.text for passages in documents for own in passages]
    counted = [own.text for passages in documents[:: max(1, len(documents) // _COUNTED)] for own in passages]
    return sum(len(text.encode()) for text in texts), sum(tokenizer.count_tokens(counted)) / len(counted)


def _files(path):
    return {entry.name: entry.stat().st_size for entry in os.scandir(path)}
