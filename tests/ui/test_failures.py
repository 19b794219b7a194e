from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from bge_desktop.messages import Failure
from bge_desktop.ui.failures import FailuresDialog, FailuresModel


def test_the_model_keeps_to_the_rules_of_models(qapp, qtbot):
    model = FailuresModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows = [Failure(f"/d/caf\udce9{number}.txt", "Title", "Message\nof two lines") for number in range(5)]
    for count in (5, 0, 3):
        model.set_failures(rows[:count])
        assert model.rowCount() == count
    with qtbot.assertNotEmitted(model.modelReset):
        model.set_failures(rows[:3])
    assert model.index(0, 0).data() == "caf\ufffd0.txt"
    assert model.index(0, 2).data(Qt.ItemDataRole.ToolTipRole) == "/d/caf\ufffd0.txt"
    tester.deleteLater()


def test_long_messages_are_shown_whole(qtbot):
    dialog = FailuresDialog("/d")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.set_failures([Failure("/d/a", "Title", "Short."), Failure("/d/b", "Title", "A long message. " * 20)])
    short, long = (dialog._table.rowHeight(row) for row in range(2))
    assert long > 2 * short
