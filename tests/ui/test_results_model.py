from __future__ import annotations

import random
from itertools import permutations

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from bge_desktop.messages import Sentences, Span, Why
from bge_desktop.ui.results_model import ResultsModel, Role


@pytest.fixture
def model(qapp):
    made = ResultsModel()
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield made
    tester.deleteLater()


def structure_changes(model: ResultsModel) -> list[str]:
    seen: list[str] = []
    for name in ("rowsInserted", "rowsRemoved", "rowsMoved", "modelReset", "layoutChanged"):
        getattr(model, name).connect(lambda *_, name=name: seen.append(name))
    return seen


def test_every_order_can_become_every_other(model, make_result):
    results = [make_result(f"/d/{name}.txt") for name in "abcd"]
    for order in permutations(results):
        model.set_results(order)
        assert model.results() == order


def test_random_lists_replace_each_other(model, make_result):
    choose = random.Random(0)
    results = [make_result(f"/d/{number}.txt") for number in range(30)]
    for _ in range(60):
        wanted = choose.sample(results, choose.randrange(20))
        model.set_results(wanted)
        assert model.results() == tuple(wanted)


def test_the_same_rows_only_change_their_data(model, make_result, qtbot):
    model.set_results([make_result("/d/a.txt"), make_result("/d/b.txt")])
    changes = structure_changes(model)
    with qtbot.waitSignal(model.dataChanged) as change:
        model.set_results([make_result("/d/a.txt"), make_result("/d/b.txt", page=9)])
    assert change.args[0].row() == 1
    with qtbot.assertNotEmitted(model.dataChanged):
        model.set_results(model.results())
    assert changes == []


def test_a_row_keeps_its_index_when_others_come_before_it(model, make_result):
    model.set_results([make_result("/d/a.txt"), make_result("/d/b.txt")])
    kept = QPersistentModelIndex(model.index(1))
    model.set_results([make_result("/d/c.txt"), make_result("/d/b.txt"), make_result("/d/a.txt")])
    assert kept.data(Role.RESULT).path == "/d/b.txt"
    assert kept.row() == 1


def test_sentences_arrive_later(model, make_result, qtbot):
    model.set_results([make_result("/d/a.txt"), make_result("/d/b.txt")])
    with qtbot.waitSignal(model.dataChanged):
        model.set_sentences(Sentences(1, (("/d/b.txt", Span(0, 3)), ("/d/gone.txt", Span(0, 1)))))
    assert [result.sentence for result in model.results()] == [None, Span(0, 3)]


def test_a_row_can_be_read_aloud(model, make_result):
    model.set_results([make_result("/d/租约.pdf", why=Why.WORDS, copies=("/d/copy.pdf",), title="Lease")])
    index = model.index(0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "租约.pdf, in /d, page 3, Words, The deposit is returned."
    assert index.data() == "租约.pdf"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "Lease\n/d/租约.pdf\nThe same: /d/copy.pdf"
    assert index.data(Qt.ItemDataRole.EditRole) is None


def test_a_name_that_is_not_utf8_keeps_its_bytes(model, make_result):
    model.set_results([make_result("/d/caf\udce9.txt")])
    assert model.index(0).data(Role.RESULT).path == "/d/caf\udce9.txt"
    assert model.index(0).data() == "caf\ufffd.txt"
