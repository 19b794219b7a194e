from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from bge_desktop.ui import theme
from bge_desktop.ui.paths import local_paths
from bge_desktop.ui.result_drag import drag_pixmap, is_own_drag, mime_of
from bge_desktop.ui.results_model import ResultsModel
from bge_desktop.ui.results_view import ResultsView


def test_another_program_takes_files_or_their_paths(make_result):
    results = [make_result("/d/a.pdf"), make_result("/d/a.pdf", start=9), make_result("/d/caf\udce9.pdf")]
    mime = mime_of(results)
    assert local_paths(mime) == ["/d/a.pdf", "/d/caf\udce9.pdf"]
    assert mime.text() == "/d/a.pdf\n/d/caf\ufffd.pdf"


def test_a_drag_of_our_own_is_told_from_files_of_another_program(make_result):
    files = QMimeData()
    files.setUrls([QUrl("file:///d/a.pdf")])
    assert is_own_drag(mime_of([make_result()]))
    assert not is_own_drag(files)


def test_what_follows_the_mouse_names_one_document_or_counts_several(make_result, qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    one, again, other = make_result("/d/a.pdf"), make_result("/d/a.pdf", start=9), make_result("/d/b.pdf")
    assert drag_pixmap([one], widget).toImage() == drag_pixmap([one, again], widget).toImage()
    assert drag_pixmap([one], widget).toImage() != drag_pixmap([one, other], widget).toImage()
    long = drag_pixmap([make_result("/d/" + "long name " * 50)], widget)
    assert long.width() < 45 * theme.letter_width(widget.fontMetrics()) + 60


class Pulled(ResultsView):
    """Notes which documents a drag takes along."""

    def startDrag(self, actions):  # noqa: N802
        super().startDrag(actions)
        drag = self.findChild(QDrag)  # that of this platform ends at once
        self.taken = (local_paths(drag.mimeData()), is_own_drag(drag.mimeData()), drag.pixmap().isNull())


def test_pulling_at_a_selected_row_drags_all_that_are_selected(make_result, qtbot):
    view = Pulled(ResultsModel())
    view.model().setParent(view)
    qtbot.addWidget(view)
    view.model().set_results([make_result(f"/d/{name}.pdf") for name in "abc"])
    view.resize(600, 400)
    view.show()
    qtbot.waitExposed(view)
    view.enter()
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    window, at = view.windowHandle(), view.visualRect(view.model().index(1)).center()
    QTest.mousePress(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    for distance in (10, 20, 40):
        QTest.mouseMove(window, at + QPoint(distance, 0))
    qtbot.waitUntil(lambda: hasattr(view, "taken"))
    assert view.taken == (["/d/a.pdf", "/d/b.pdf"], True, False)
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
