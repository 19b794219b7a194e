"""What the status line says of the answer."""

from __future__ import annotations

import pytest

from bge_desktop.messages import Reranked, RerankingBegun
from bge_desktop.ui.answer_line import AnswerLine


@pytest.fixture
def line(qtbot):
    made = AnswerLine()
    qtbot.addWidget(made)
    return made


def test_while_a_better_order_is_looked_for_it_says_so_behind_the_answer(line):
    line.say("2 documents in 12 ms")
    line.show_reranking(True)
    assert line.accessibleName() == "2 documents in 12 ms  ·  looking closer…"
    line.show_reranking(False)
    assert line.accessibleName() == "2 documents in 12 ms"


def test_another_answer_is_not_looked_at_yet(line):
    line.say("2 documents in 12 ms")
    line.show_reranking(True)
    line.say("3 documents in 9 ms")
    assert line.accessibleName() == "3 documents in 9 ms"


def test_in_the_window_the_better_order_comes_in_and_the_sign_goes(window, stage, ask, make_result, qtbot):
    results = [make_result(f"/d/{number}.txt") for number in range(3)]
    answer = ask("deposit", *results)
    stage.worker.emit(RerankingBegun(answer.generation))
    qtbot.waitUntil(lambda: "looking closer" in window.answer_label.accessibleName())
    stage.worker.emit(Reranked(answer.generation, ("/d/2.txt", "/d/0.txt")))
    qtbot.waitUntil(lambda: window.results.model.paths() == ["/d/2.txt", "/d/1.txt", "/d/0.txt"])
    assert "looking closer" not in window.answer_label.accessibleName()
