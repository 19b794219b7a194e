"""What went wrong the last time, told when the window has opened; and what Qt says before it ends the app."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import QMessageLogContext, QObject, QSize, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from bge_desktop.logs.crashes import Report
from bge_desktop.logs.reports import CrashReport, take_report
from bge_desktop.messages import ErrorReport
from bge_desktop.ui.elided_label import ElidedLabel
from bge_desktop.ui.message_bar import MessageBar, Offer
from bge_desktop.ui.paths import shown_path
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.widgets import Label


class CrashNotice(QObject):
    """Tells in a window's message bar of a report that nobody has seen, and shows it to who wants it.

    Args:
        library: the library's folder.
        bar: where to tell.
        window: the owner.
    """

    def __init__(self, library: str, bar: MessageBar, window: QWidget) -> None:
        super().__init__(window)
        self._library, self._bar, self._window = library, bar, window

    def look(self) -> None:
        """Look for a report, and tell of it once."""
        if report := take_report(self._library):
            self._bar.show_report(self._told(report), Offer(self.tr("Show Report"), partial(self._show, report)))

    def _told(self, report: CrashReport) -> ErrorReport:
        if report.is_crash:
            title = self.tr("BGE Desktop ended unexpectedly last time")
        else:
            title = self.tr("Something went wrong in BGE Desktop last time")
        return ErrorReport(title, self.tr("Nothing was lost, and your documents were not touched."))

    def _show(self, report: CrashReport) -> None:
        CrashReportDialog(report, self._window).open()


class CrashReportDialog(QDialog):
    """The text of a report, to be read, and to be copied by who wants to pass it on."""

    def __init__(self, report: CrashReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Crash report") if report.is_crash else self.tr("Error report"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = self._text_of(report)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.clicked.connect(partial(self._copy, report.text))
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        for widget in (*self._words(report), self.text, buttons):
            column.addWidget(widget)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return a size that shows most of a report."""
        return QSize(88 * GRID, 56 * GRID)

    def _words(self, report: CrashReport) -> tuple[Label, ElidedLabel]:
        said = self.tr(
            "This report holds versions, kinds of errors and places in the program, and nothing of your documents, "
            "their names or your searches. It is sent to nobody: copy it if you want to tell the makers."
        )
        words = Label(said)
        words.setWordWrap(True)
        kept = self.tr("Kept as {path}").format(path=shown_path(report.path))
        return words, ElidedLabel(kept, Type.SMALL, Qt.TextElideMode.ElideMiddle, dim=True)

    def _text_of(self, report: CrashReport) -> QPlainTextEdit:
        text = QPlainTextEdit(report.text)
        text.setReadOnly(True)
        text.setTextInteractionFlags(text.textInteractionFlags() | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        text.setAccessibleName(self.windowTitle())
        return text

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copy_button.setText(self.tr("Copied"))


@contextmanager
def qt_recorded(report: Report) -> Iterator[None]:
    """Have it written into the report when Qt ends the app; what else Qt says goes to standard error, as ever."""

    def take(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind == QtMsgType.QtFatalMsg:
            report.tell(f"Qt ended the program ({context.category})")
        if sys.stderr is not None:
            sys.stderr.write(f"{message}\n")

    before = qInstallMessageHandler(take)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
