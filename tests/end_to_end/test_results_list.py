"""The list of results with real files, real weights and a real database behind it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from bge_desktop.ui.bridge import Bridge
from bge_desktop.ui.result_rows import RowKind
from bge_desktop.ui.results_model import Role
from bge_desktop.ui.results_pane import ResultsPane
from bge_desktop.worker import Worker

PATIENCE_MS = 60_000
FILLER = "The kitchen was painted in spring, and the neighbours came by for tea and talked about their garden. " * 14


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "papers 文件"
    path.mkdir()
    answers = (
        f"Clause {number}: the deposit is held by the landlord until part {number} ends." for number in (1, 2, 3)
    )
    (path / "lease.txt").write_text("\n\n".join(f"{answer}\n\n{FILLER}" for answer in answers))
    (path / "短信.txt").write_text("押金已经退还。", encoding="utf-8")
    return path


@pytest.fixture
def bridge(qtbot, tmp_path, folder):
    made = Bridge(lambda: lambda emit: Worker(str(tmp_path / "library"), emit, device="cpu"))
    made.start()
    with qtbot.waitSignal(
        made.progressed, timeout=PATIENCE_MS, check_params_cb=lambda told: told.files == 2 and not told.busy
    ):
        made.add_folder(str(folder))
    yield made
    made.stop()


@pytest.fixture
def pane(qtbot, bridge):
    made = ResultsPane()
    qtbot.addWidget(made)
    bridge.answered.connect(made.show_answer)
    bridge.sentences_found.connect(made.show_sentences)
    bridge.passages_found.connect(made.show_passages)
    made.view.passages_wanted.connect(bridge.find_passages)
    made.more_wanted.connect(bridge.more)
    made.all_wanted.connect(bridge.all)
    made.resize(700, 600)
    made.show()
    return made


def ask(bridge: Bridge, qtbot, query: str) -> None:
    with qtbot.waitSignal(bridge.answered, timeout=PATIENCE_MS, check_params_cb=lambda answer: answer.complete):
        bridge.search(query)


def test_the_further_passages_of_a_document_unfold_and_open_where_they_stand(bridge, pane, folder, qtbot):
    ask(bridge, qtbot, "deposit held by the landlord")
    assert pane.model.first().path == str(folder / "lease.txt")
    pane.view.enter()
    qtbot.keyClick(pane.view, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: pane.model.kinds()[1] is not RowKind.WAITING, timeout=PATIENCE_MS)
    assert pane.model.kinds()[1:3] == [RowKind.PASSAGE, RowKind.PASSAGE]
    qtbot.keyClick(pane.view, Qt.Key.Key_Down)
    with qtbot.waitSignal(pane.view.open_wanted) as wanted:
        qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    result, first = wanted.args[0], pane.model.first()
    assert (result.path, result.start != first.start) == (first.path, True)
    assert result.passage in (folder / "lease.txt").read_text()
    assert any(result.passage[mark.start : mark.end] == "deposit" for mark in result.marks)


def test_where_a_document_has_one_passage_only_the_list_says_so(bridge, pane, folder, qtbot):
    ask(bridge, qtbot, "押金退了吗")
    assert pane.model.first().path == str(folder / "短信.txt")
    pane.view.unfold(pane.model.first().path)
    qtbot.waitUntil(lambda: pane.model.kinds()[1] is RowKind.NO_MORE, timeout=PATIENCE_MS)
    assert pane.model.index(1).data(Role.RESULT) is None


def test_what_is_unfolded_stays_so_while_the_library_changes(bridge, pane, folder, qtbot):
    ask(bridge, qtbot, "deposit held by the landlord")
    pane.view.unfold(str(folder / "lease.txt"))
    qtbot.waitUntil(lambda: RowKind.PASSAGE in pane.model.kinds(), timeout=PATIENCE_MS)
    with qtbot.waitSignal(
        bridge.answered, timeout=PATIENCE_MS, check_params_cb=lambda answer: len(answer.results) == 3
    ):
        (folder / "new.txt").write_text("A deposit was held by the landlord of the old flat.")
    row = pane.model.document_row(str(folder / "lease.txt"))
    assert pane.model.kinds()[row + 1 : row + 3] == [RowKind.PASSAGE, RowKind.PASSAGE]


@pytest.mark.parametrize(("query", "is_ranked"), [("deposit", True), ("type:text", False)])
def test_an_answer_tells_how_many_there_are_and_whether_they_are_ranked(bridge, pane, folder, qtbot, query, is_ranked):
    with qtbot.waitSignal(
        bridge.answered, timeout=PATIENCE_MS, check_params_cb=lambda answer: answer.complete
    ) as answered:
        bridge.search(query)
    assert (answered.args[0].total, answered.args[0].is_ranked) == (2, is_ranked)
    passages = {result.path: result.passages for result in pane.model.results()}
    assert passages[str(folder / "短信.txt")] == 1
    assert passages[str(folder / "lease.txt")] > 3
