"""What is to be seen: visits to the app, each of which leaves some pictures.

python -m tests.screenshots.visits VISIT DIR LIBRARY
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from typing import NamedTuple

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from bge_desktop.messages import AddLabel, Labels, Progress
from bge_desktop.ui.presence import Presence
from bge_desktop.ui.window import MainWindow
from bge_desktop.ui.window_pages import WindowPage
from tests.driven_app import Steps, press, run_driven, type_into
from tests.ui import pseudo_language

_FONT, _POINTS = "Noto Sans CJK SC", 10.0
"""One that `make apt` installs, and that has both languages."""
_SIZE = (1280, 800)
_DARK = {
    "Window": "#26282b",
    "Base": "#1e1f22",
    "AlternateBase": "#232529",
    "Button": "#33363b",
    "Light": "#4a4d52",
    "Midlight": "#3c3f44",
    "Mid": "#17181a",
    "Dark": "#141517",
    "Text": "#ececec",
    "WindowText": "#ececec",
    "ButtonText": "#ececec",
    "PlaceholderText": "#9a9ca0",
    "ToolTipBase": "#33363b",
    "ToolTipText": "#ececec",
}
"""As desktops have it; the platform that the pictures are taken on knows no dark scheme of its own."""
_COLORS = 256
_MOST_BYTES = 200_000
_FOR_ALL = 0o644
"""The app has what is written kept for its person alone."""
_SETTLED = 10
"""Steps until everything that has come is painted."""
_STILL_PENDING = 320
_FOUND_BY_MEANING = "how much notice must I give before moving out"
_FOUND_IN_CHINESE = "家里滚筒坏了，师傅上门收不收钱"


_LABELLED = {
    "Money": (
        "Work/Invoice 2024-017 Gannet Bay.docx",
        "Work/Self-assessment tax notes 2023-24.txt",
        "Home/Home contents insurance 2024.pdf",
    ),
    "Meetings": (
        "Work/Tide app meeting 23 April.docx",
        "Work/Tide app meeting 9 April.md",
        "工作/会议纪要 0912 秋季选题.md",
        "工作/会议纪要 1010 小程序改版.docx",
        "家庭/家长会记录.txt",
    ),
}


class Visit:
    """What the steps of a visit share: the window, the newest state of the library, and where pictures go."""

    def __init__(self, target: str, window: MainWindow) -> None:
        self.window, self._target = window, target
        self.progress = Progress()
        window._bridge.progressed.connect(self._take)
        window.resize(*_SIZE)

    def documents(self, *names: str) -> Steps:
        """Add folders of the home; wait until all is indexed."""
        for name in names:
            self.window._bridge.add_folder(os.path.join(os.path.expanduser("~"), name))
        yield from self.until(lambda: len(self.progress.folders) >= len(names) and not self.progress.busy)

    def until(self, condition: Callable[[], bool]) -> Steps:
        """Wait."""
        while not condition():
            yield

    def query(self, text: str) -> Steps:
        """Type a query; wait until its first result is on show with its preview."""
        yield from self.until(lambda: bool(self.progress.folders))
        answers, previews, facets = [], [], []
        bridge = self.window._bridge
        bridge.answered.connect(lambda answer: answers.append(answer) if answer.complete else None)
        bridge.previewed.connect(previews.append)
        bridge.facets_counted.connect(facets.append)
        self.window.search_bar.clear()
        type_into(self.window, text)
        yield from self.until(lambda: any(answer.query == text and answer.results for answer in answers))
        press(self.window.search_bar, Qt.Key.Key_Down)
        yield from self.until(lambda: bool(previews) or self.window.preview.isHidden())
        yield from self.until(lambda: any(own.generation == answers[-1].generation for own in facets))

    def picture(self, name: str, widget: QWidget | None = None) -> Steps:
        """Take a picture of the window, or of something else, once it stands still."""
        for _ in range(_SETTLED):
            yield
        data = QBuffer()
        data.open(QIODevice.OpenModeFlag.WriteOnly)
        (widget or self.window).grab().save(data, "PNG")
        path = os.path.join(self._target, f"{name}.png")
        image = Image.open(io.BytesIO(data.data().data())).convert("RGB")
        image.quantize(_COLORS, dither=Image.Dither.NONE).save(path, optimize=True)
        os.chmod(path, _FOR_ALL)
        assert os.path.getsize(path) < _MOST_BYTES, f"{path} is too large"

    def _take(self, progress: Progress) -> None:
        self.progress = progress


def everyday(visit: Visit) -> Steps:
    """The first start, a search, a page, the settings, and what could not be read."""
    yield from visit.picture("first-start")
    yield from visit.documents("Documents", "Downloads", "Pictures")
    yield from visit.query(_FOUND_BY_MEANING)  # the encoder has started by the next one
    yield from visit.query("lemon cake for a birthday")
    yield from visit.picture("results")
    yield from visit.query(_FOUND_BY_MEANING)
    yield from visit.picture("page")
    presence = QApplication.instance().findChild(Presence)
    presence.show_settings()
    yield from visit.picture("settings", presence.settings)
    presence.settings.close()
    visit.window.show_page(WindowPage.LIBRARY)
    visit.window.library.show_failures_of(os.path.join(os.path.expanduser("~"), "Downloads"))
    visit.window.library.failures.table.selectRow(0)
    yield from visit.picture("failures")


def in_other_colours(visit: Visit) -> Steps:
    """The window where the system is dark."""
    yield from visit.query(_FOUND_BY_MEANING)
    yield from visit.picture("dark")


def in_chinese(visit: Visit) -> Steps:
    """The window in Chinese."""
    yield from visit.query(_FOUND_IN_CHINESE)
    yield from visit.picture("chinese")


def in_large_letters(visit: Visit) -> Steps:
    """The window with text of 200 %."""
    yield from visit.query(_FOUND_BY_MEANING)
    yield from visit.picture("large-text")


def in_the_pseudo_language(visit: Visit) -> Steps:
    """The window in a language that is longer than English, and from right to left."""
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield from visit.query(_FOUND_BY_MEANING)
    yield from visit.picture("pseudo-language")


def while_indexing(visit: Visit) -> Steps:
    """The folders while one of them is being indexed, and another one paused."""
    yield from visit.until(lambda: bool(visit.progress.folders))
    bridge, home = visit.window._bridge, os.path.expanduser("~")
    bridge.pause(os.path.join(home, "Pictures"))
    bridge.add_folder(os.path.join(home, "Notes"))
    visit.window.show_page(WindowPage.LIBRARY)
    yield from visit.until(lambda: 0 < visit.progress.pending < _STILL_PENDING)
    yield from visit.picture("folders")


def of_topics(visit: Visit) -> Steps:
    """The topics of all documents but those that mean nothing, and their map with one of them lit up."""
    visit.window._bridge.remove_folder(os.path.join(os.path.expanduser("~"), "Notes"))
    yield from visit.documents("Documents", "Papers")
    visit.window.show_page(WindowPage.TOPICS)
    page = visit.window.pages.currentWidget()
    yield from visit.until(lambda: bool(page.model.rowCount()) and page.map.view is not None)
    yield from visit.until(lambda: bool(page.map.view.overlay.names()))
    page.tree.choose(page.model.topic(page.model.index(0, 0)).id)
    yield from visit.picture("topics")


def of_labels(visit: Visit) -> Steps:
    """Results with labels, and what one of them is proposed for."""
    yield from visit.documents("Documents")
    bridge, told = visit.window._bridge, []
    bridge.told.connect(lambda event: told.append(event) if isinstance(event, Labels) else None)
    for name, documents in _LABELLED.items():
        paths = (os.path.join(os.path.expanduser("~"), "Documents", *own.split("/")) for own in documents)
        bridge.ask(AddLabel(name, tuple(paths)))
    yield from visit.until(
        lambda: bool(told) and not told[-1].is_learning and any(own.proposed for own in told[-1].labels)
    )
    yield from visit.query("an invoice, a tax return and what is paid")
    yield from visit.picture("labelled")
    visit.window.show_page(WindowPage.LABELS)
    page = visit.window.pages.currentWidget()
    page.table.choose(max(told[-1].labels, key=lambda own: own.proposed).id)
    yield from visit.until(lambda: bool(page.panel.view.model().rowCount()))
    page.panel.view.setCurrentIndex(page.panel.view.model().index(0, 0))
    yield from visit.picture("labels")


def _usual(app: QApplication, *, points: float = _POINTS) -> None:
    font = QFont(_FONT)
    font.setPointSizeF(points)
    app.setFont(font)


def _dark(app: QApplication) -> None:
    _usual(app)
    palette = QPalette(app.palette())
    for role, color in _DARK.items():
        palette.setColor(QPalette.ColorRole[role], color)
    app.setPalette(palette)


def _pseudo(app: QApplication) -> None:
    _usual(app)
    _open.enter_context(pseudo_language.spoken(app))


class Setting(NamedTuple):
    """A visit, how Qt is set up for it, and the language of the system."""

    steps: Callable[[Visit], Steps]
    prepare: Callable[[QApplication], None] = _usual
    locale: str = "en_GB.UTF-8"


_open = ExitStack()
VISITS = {
    "everyday": Setting(everyday),
    "dark": Setting(in_other_colours, _dark),
    "chinese": Setting(in_chinese, locale="zh_CN.UTF-8"),
    "large text": Setting(in_large_letters, partial(_usual, points=2 * _POINTS)),
    "pseudo-language": Setting(in_the_pseudo_language, _pseudo),
    "while indexing": Setting(while_indexing),
    "topics": Setting(of_topics),
    "labels": Setting(of_labels),
}


def _visit(steps: Callable[[Visit], Steps], target: str, window: MainWindow) -> Iterator[None]:
    yield from steps(Visit(target, window))


if __name__ == "__main__":
    name, target, library = sys.argv[1:]
    visit = VISITS[name]
    raise SystemExit(run_driven(partial(_visit, visit.steps, target), ["--library", library], visit.prepare))
