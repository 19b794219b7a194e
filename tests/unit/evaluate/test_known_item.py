import math

import pytest

from bge_desktop.errors import RequestError
from bge_desktop.evaluate.known_item import KnownItem, Metrics, rank_of, read_queries
from bge_desktop.messages import SearchResult, Why


def result(path, *copies):
    return SearchResult(path, "/", "", 0.0, 1.0, None, 0, 0, "", Why.WORDS, copies=copies)


def test_metrics_of_one_right_answer_a_query():
    metrics = Metrics.of([1, 3, None, 10])
    assert metrics.ndcg == pytest.approx((1 + 1 / 2 + 1 / math.log2(11)) / 4)
    assert metrics.mrr == pytest.approx((1 + 1 / 3 + 1 / 10) / 4)
    assert metrics.recall == 3 / 4


def test_no_queries_have_metrics_of_zero():
    assert Metrics.of([]) == Metrics(0, 0, 0)


def test_the_rank_is_that_of_the_file_or_of_a_copy():
    results = [result("/a/other.txt"), result("/a/first.txt", "/b/copy.txt")]
    assert rank_of("first.txt", results) == rank_of("copy.txt", results) == 2
    assert rank_of("none.txt", results) is None


def test_queries_are_read_with_a_byte_order_mark_and_empty_lines(tmp_path):
    (tmp_path / "q.tsv").write_bytes("\ufeffwhat is it\tone.txt\r\n\n 怎么办 \t二.txt".encode())
    assert read_queries(str(tmp_path / "q.tsv")) == [KnownItem("what is it", "one.txt"), KnownItem("怎么办", "二.txt")]


@pytest.mark.parametrize("line", ["no tab", "\tno query.txt", "no file\t", "three\ttabs\there"])
def test_a_wrong_line_is_named(tmp_path, line):
    (tmp_path / "q.tsv").write_text(f"fine\tone.txt\n{line}\n")
    with pytest.raises(RequestError, match="Line 2"):
        read_queries(str(tmp_path / "q.tsv"))


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe\x00"])
def test_a_file_without_queries_is_an_error(tmp_path, content):
    (tmp_path / "q.tsv").write_bytes(content)
    with pytest.raises(RequestError):
        read_queries(str(tmp_path / "q.tsv"))
