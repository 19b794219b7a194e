"""The better order of the best documents, and how far it is looked for."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import numpy as np
import pytest

from bge_desktop.bge.models import BUNDLED
from bge_desktop.errors import EncoderError
from bge_desktop.library.library import Library
from bge_desktop.messages import SearchResult, Why, reordered
from bge_desktop.search.reranking import (
    DEPTH,
    CloserLook,
    OwnScorer,
    best_first,
    chosen_scorer,
    reranked_now,
    scorer_for,
)
from bge_desktop.settings import Settings


def result(name: str, score: float = 0.0, passage: str | None = None) -> SearchResult:
    text = f"Passage of {name}." if passage is None else passage
    return SearchResult(f"/{name}", "/", "", 0.0, score, None, 0, len(text), text, Why.MEANING)


def results(count: int) -> list[SearchResult]:
    return [result(str(number), score=float(count - number)) for number in range(count)]


class Counting:
    """Scores each passage by the number of its document, and notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def get_ready(self) -> None:
        raise AssertionError("it is asked at once")

    def give_up(self) -> None:
        raise AssertionError("there is one query only")

    def score(self, query, passages, done) -> None:
        self.asked += passages
        done(np.array([number_of(passage) for passage in passages], np.float32))


def number_of(passage: str) -> float:
    return float(passage.rstrip(".").rpartition(" ")[2])


def names(found) -> list[str]:
    return [own.path.strip("/") for own in found]


def test_where_the_first_order_tells_nothing_the_closer_look_decides():
    assert best_first(np.zeros(3), np.array([0.1, 0.9, 0.5])).tolist() == [1, 2, 0]


def test_where_the_closer_look_tells_nothing_the_first_order_stays():
    assert best_first(np.array([3.0, 2.0, 1.0]), np.full(3, 0.5)).tolist() == [0, 1, 2]


def test_what_an_exact_name_asks_for_keeps_its_place_and_is_not_looked_at():
    scorer = Counting()
    listed = [replace(result("1", 9.0), is_exact=True), result("2", 1.0), result("9", 1.0)]
    assert names(reranked_now(scorer, "ERR_4021-B", listed, 60.0)) == ["1", "9", "2"]
    assert scorer.asked == ["Passage of 2.", "Passage of 9."]


def test_what_was_looked_at_changes_places_among_itself_and_all_else_keeps_its_own():
    listed = [result(name) for name in "abcde"]
    assert names(reordered(listed, ["/d", "/a", "/gone"])) == ["d", "b", "c", "a", "e"]
    assert names(reordered(listed, [])) == list("abcde")


def test_documents_without_text_are_not_looked_at():
    scorer = Counting()
    listed = [result("1", 3.0), result("x", 2.0, passage=" \n"), result("9", 1.0)]
    assert names(reranked_now(scorer, "q", listed, 60.0))[1] == "x"
    assert scorer.asked == ["Passage of 1.", "Passage of 9."]


def test_the_best_are_looked_at_first_and_no_more_than_twenty():
    scorer = Counting()
    reranked_now(scorer, "q", results(DEPTH + 5), 60.0)
    assert scorer.asked == [own.passage for own in results(DEPTH)]


def test_past_its_time_the_look_ends_and_what_it_has_seen_counts():
    scorer = Counting()
    found = reranked_now(scorer, "q", [result("1"), result("2"), result("3")], 0.0)
    assert scorer.asked == ["Passage of 1.", "Passage of 2."]
    assert names(found) == ["2", "1", "3"]


def test_what_is_known_from_an_earlier_look_is_not_scored_again():
    known = {"Passage of 1.": 5.0}
    look = CloserLook([result("1"), result("2")], 60.0, known)
    assert look.next_passages() == ["Passage of 2."]
    look.take(["Passage of 2."], np.array([9.0], np.float32))
    assert (look.next_passages(), look.paths()) == ([], ("/2", "/1"))
    assert known == {"Passage of 1.": 5.0, "Passage of 2.": 9.0}


def test_the_same_passage_of_two_documents_is_scored_once():
    look = CloserLook([result("a", passage="The same."), result("b", passage="The same.")], 60.0, {})
    assert look.next_passages() == ["The same."]


def test_before_anything_is_scored_there_is_no_order():
    assert CloserLook(results(3), 60.0, {}).paths() == ()


def test_an_error_is_raised_where_one_waits():
    class Failing(Counting):
        def score(self, query, passages, done) -> None:
            done(EncoderError("Re-ranking failed", "It does not run here."))

    with pytest.raises(EncoderError):
        reranked_now(Failing(), "q", results(3), 60.0)


def test_without_a_reranker_nothing_scores():
    assert scorer_for("", encoder=None) is None


def test_a_library_s_own_model_scores_where_that_is_wanted_and_it_can(tmp_path):
    wanted = Settings(multi_vectors=True)
    with contextlib.closing(Library(str(tmp_path / "library"))) as library:
        own = OwnScorer(None, library)
        assert own.get() is None
        assert chosen_scorer(wanted, None, library) is None
        m3 = {"en": replace(BUNDLED["en"], has_heads=True, location="/m3", recorded="m3")}
        library.switch.begin(m3)
        while not library.switch.load_some():
            pass
        library.switch.take_effect()
        scorer = own.get()
        assert scorer is not None
        assert own.get() is scorer
        assert chosen_scorer(wanted, None, library) is not None
        assert chosen_scorer(Settings(), None, library) is None
