"""A person's own evaluation data: what is read, and what is refused with the number of its line."""

from __future__ import annotations

import pytest

from bge_desktop.errors import RequestError
from bge_desktop.evaluate.mteb_files import Candidates, Labelled, Pair, Similar, Text, read_judgements, read_lines


@pytest.fixture
def file(tmp_path):
    return tmp_path / "lines.jsonl"


def test_lines_are_read_and_empty_ones_passed_over(file):
    file.write_text('\ufeff{"_id": "1", "text": "文本"}\r\n\n{"_id": "2", "text": "b", "title": "t", "more": 3}\n')
    assert read_lines(str(file), Text) == [Text("1", "文本"), Text("2", "b", "t")]


def test_labels_may_be_numbers(file):
    file.write_text('{"text": "a", "label": 3}\n{"text": "b", "label": "x", "split": "test"}\n')
    assert read_lines(str(file), Labelled) == [Labelled("a", 3), Labelled("b", "x", "test")]


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        (Text, '{"text": "a"}'),
        (Text, "not JSON"),
        (Labelled, '{"text": "a"}'),
        (Labelled, '{"text": "a", "label": "x", "split": "dev"}'),
        (Pair, '{"sentence1": "a", "sentence2": "b", "label": 2}'),
        (Similar, '{"sentence1": "a", "sentence2": "b", "score": "high"}'),
        (Candidates, '{"query": "a", "positive": [], "negative": ["b"]}'),
        (Candidates, '{"query": "a", "positive": "c", "negative": ["b"]}'),
    ],
)
def test_a_wrong_line_is_named(file, kind, line):
    file.write_text(f"\n{line}\n")
    with pytest.raises(RequestError, match="Line 2") as caught:
        read_lines(str(file), kind)
    assert caught.value.path == str(file)


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xff\xfe\x00"])
def test_an_empty_file_and_one_that_is_no_text_are_refused(file, content):
    file.write_bytes(content)
    with pytest.raises(RequestError):
        read_lines(str(file), Text)


QUERIES = {"q": Text("q", "a query")}
DOCUMENTS = {"d": Text("d", "a document"), "e": Text("e", "another")}


def test_judgements_are_read_with_and_without_a_header(tmp_path):
    for head in ("", "query-id\tcorpus-id\tscore\n"):
        (tmp_path / "qrels.tsv").write_text(f"{head}q\td\t2\nq\te\t0\n")
        assert read_judgements(str(tmp_path), QUERIES, DOCUMENTS) == {"q": {"d": 2, "e": 0}}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("q\td\n", "Line 1 .* with tabs between"),
        ("q d 1\n", "Line 1"),
        ("q\td\tyes\n", "Line 1"),
        ("q\td\t1\nq\tx\t1\n", "Line 2 names the document “x”"),
        ("r\td\t1\n", "Line 1 names the query “r”"),
        ("q\td\t0\n", "No line says"),
        ("", "No line says"),
    ],
)
def test_wrong_judgements_are_told(tmp_path, content, told):
    (tmp_path / "qrels.tsv").write_text(content)
    with pytest.raises(RequestError, match=told):
        read_judgements(str(tmp_path), QUERIES, DOCUMENTS)
