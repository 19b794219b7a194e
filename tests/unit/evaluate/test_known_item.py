import math

import numpy as np
import pytest

from bge_desktop.bge.embeddings import Embeddings
from bge_desktop.errors import RequestError
from bge_desktop.evaluate.known_item import KnownItem, differences, evaluate, read_queries
from bge_desktop.evaluate.ranking_settings import Fusion, RankingSettings
from bge_desktop.messages import Mode
from bge_desktop.search.fusion import WEIGHTS
from bge_desktop.search.queries import understood
from bge_desktop.search.searcher import Searcher
from tests.unit.search.conftest import dense, unit

RANKINGS = {mode: RankingSettings(weights) for mode, weights in WEIGHTS.items()}


class Axes:
    """Stands for an encoder: embeds each text as the unit vector along axis 0."""

    def __init__(self):
        self.calls = 0

    def embed_fully_now(self, model, texts, kind):
        self.calls += 1
        return Embeddings(np.eye(1, model.dimension, dtype=np.float32).repeat(len(texts), axis=0))


@pytest.fixture
def filled(shelf):
    """Documents that meaning ranks one way and words another; one of them has two files, one has none any more."""
    shelf.embed(shelf.put("gone.txt", "The boiler, the boiler."), 0)
    shelf.embed(shelf.put("heat.txt", "Heating the house."), 0)
    shelf.embed(shelf.put("boiler.txt", "The boiler manual.", content="boiler"), 1)
    shelf.put("copy of boiler.txt", "The boiler manual.", content="boiler")
    shelf.embed(shelf.put("goldfish.txt", "Feeding the goldfish."), 2)
    shelf.library.folders.remove_files([shelf.library.folders.files(shelf.folder)["/documents/gone.txt"]])
    return shelf.library


def test_each_mode_ranks_the_right_answer_where_search_shows_it(filled):
    names = ["heat.txt", "boiler.txt", "copy of boiler.txt", "goldfish.txt", "gone.txt", "none.txt"]
    ranks = evaluate(filled, Axes(), [KnownItem("boiler", name) for name in names], RANKINGS)
    assert ranks[Mode.DENSE].tolist() == [1, 2, 2, 3, math.inf, math.inf]
    assert ranks[Mode.LEXICAL].tolist() == [math.inf, 1, 1, math.inf, math.inf, math.inf]
    for mode in Mode:
        shown = Searcher(filled).search(understood("boiler"), dense({"en": unit("en", 0)}), 10, mode).results
        places = {name: own for own, result in enumerate(shown, 1) for name in (result.path, *result.copies)}
        assert ranks[mode].tolist() == [places.get(f"/documents/{name}", math.inf) for name in names]


def test_an_answer_behind_the_first_ten_is_not_found(shelf):
    for number in range(11):
        shelf.embed(shelf.put(f"{number}.txt", "All alike.", content=str(number)), 0)
    items = [KnownItem("alike", "9.txt"), KnownItem("alike", "10.txt")]
    assert evaluate(shelf.library, Axes(), items, RANKINGS)[Mode.DENSE].tolist() == [10, math.inf]


def test_all_queries_are_embedded_at_once_and_progress_is_told_of_each(filled):
    encoder, told = Axes(), []
    items = [KnownItem(query, "boiler.txt") for query in ("boiler", "heating", "warm")]
    evaluate(filled, encoder, items, RANKINGS, on_query=lambda: told.append(1))
    assert (encoder.calls, len(told)) == (1, 3)


def test_other_settings_are_ranked_beside_the_modes(filled):
    settings = {"rrf": RankingSettings(fusion=Fusion.RRF)}
    items = [KnownItem("boiler", "heat.txt"), KnownItem("boiler", "boiler.txt")]
    assert evaluate(filled, Axes(), items, settings)["rrf"].tolist() == [2, 1]


def test_an_empty_library_finds_nothing(shelf):
    ranks = evaluate(shelf.library, Axes(), [KnownItem("boiler", "boiler.txt")], RANKINGS)
    assert {mode: own.tolist() for mode, own in ranks.items()} == {mode: [math.inf] for mode in Mode}


def test_differences_are_of_one_ranking_over_each_other_one():
    ranks = {"dense": np.full(20, 2.0), "hybrid": np.ones(20), "against": np.ones(20)}
    found = differences(ranks, of="hybrid")
    assert [(own.metric, own.of, own.over) for own in found] == [
        (metric, "hybrid", over) for over in ("dense", "against") for metric in ("ndcg@10", "mrr@10", "recall@10")
    ]
    assert [own.interval.difference for own in found] == pytest.approx([1 - 1 / math.log2(3), 0.5, 0, 0, 0, 0])
    assert [own.interval.is_clear for own in found] == [True, True, False, False, False, False]


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
