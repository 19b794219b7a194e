"""What is left out of one folder: shown, and changed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from bge_desktop.messages import LARGEST_LIMIT_MB, FolderRules, SetRules, displayable
from bge_desktop.ui import theme
from bge_desktop.ui.default_patterns import DefaultPatterns
from bge_desktop.ui.elided_label import ElidedLabel
from bge_desktop.ui.note import Note
from bge_desktop.ui.paths import shown_name, shown_path
from bge_desktop.ui.theme import GRID, Type
from bge_desktop.ui.widgets import Label
from bge_desktop.ui.wording import number
from bge_desktop.watch.rules import makes_sense


class RulesDialog(QDialog):
    """Shows the rules of a folder; with OK, says which are to hold from now on, where that are others.

    Args:
        path: the folder.
        rules: those that hold for it.
        parent: the window that it belongs to.
    """

    rules_chosen = Signal(object)
    """A `SetRules`."""

    def __init__(self, path: str, rules: FolderRules, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path, self._rules = path, rules
        self.setWindowTitle(self.tr("Rules for “{name}”").format(name=shown_name(path)))
        self.patterns = QPlainTextEdit("\n".join(map(displayable, rules.left_out)), tabChangesFocus=True)
        self.patterns.setPlaceholderText("*.log\ndrafts/\n/private\n!kept.log")
        self.error = Note("warning")
        self.hidden_box = QCheckBox(self.tr("Read hidden files and folders"))
        self.hidden_box.setChecked(rules.hidden)
        self.limit_box = QSpinBox(minimum=1, maximum=LARGEST_LIMIT_MB, value=rules.limit_mb)
        self.limit_box.setSuffix(self.tr(" MB"))
        self.defaults = DefaultPatterns(rules.let_in)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._build()
        self._connect()
        self._check()

    def rules(self) -> FolderRules:
        """Return what is chosen."""
        hidden, limit_mb = self.hidden_box.isChecked(), self.limit_box.value()
        return FolderRules(self._left_out(), self.defaults.let_in(), hidden, limit_mb)

    def accept(self) -> None:
        """Say which rules are to hold, unless they hold already."""
        if self.rules() != self._rules:
            self.rules_chosen.emit(SetRules(self._path, self.rules(), self._rules))
        super().accept()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return a size in which most of it is seen at once."""
        return QSize(theme.letter_width(self.fontMetrics()) * 84, self.fontMetrics().height() * 56)

    def _left_out(self) -> tuple[str, ...]:
        # A name that is not UTF-8 is not shown as it is; it stays as it is all the same.
        originals = {displayable(pattern): pattern for pattern in self._rules.left_out}
        return tuple(originals.get(line, line) for line in self._lines() if line.strip())

    def _lines(self) -> list[str]:
        return self.patterns.toPlainText().split("\n")

    def _check(self) -> None:
        """Say which line makes no sense."""
        wrong = next((place for place, line in enumerate(self._lines(), 1) if not makes_sense(line)), None)
        text = self.tr("Line {line} makes no sense. Correct it, or take it out.") if wrong else ""
        self.error.show_text(text.format(line=number(wrong or 0)))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(wrong is None)

    def _connect(self) -> None:
        self.patterns.textChanged.connect(self._check)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _build(self) -> None:
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, GRID, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(ElidedLabel(shown_path(self._path), Type.BODY, Qt.TextElideMode.ElideMiddle, dim=True))
        self._add_patterns(column)
        self._add_choices(column)
        self._add_defaults(column)
        area = QScrollArea(widgetResizable=True)  # large text may need more room than there is
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(form)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        whole.setSpacing(2 * GRID)
        whole.addWidget(area, 1)
        whole.addWidget(self.buttons)

    def _add_patterns(self, column: QVBoxLayout) -> None:
        self._add_heading(column, self.tr("&Left out of this folder"), self.patterns)
        column.addWidget(self.patterns, 1)
        self.patterns.setMinimumHeight(5 * self.fontMetrics().lineSpacing())
        column.addWidget(self.error)
        self._add_help(
            column,
            self.tr(
                "One pattern a line, as in a .gitignore: *.log for such files, drafts/ for folders of that name,"
                " /private for what lies at the top, !kept.log for what is to be read all the same."
            ),
        )

    def _add_choices(self, column: QVBoxLayout) -> None:
        self._add_heading(column, self.tr("L&argest file that is read"), self.limit_box)
        row = QHBoxLayout()
        row.addWidget(self.limit_box)
        row.addStretch()
        column.addLayout(row)
        self._add_help(column, self.tr("Larger ones are found by their names."))
        column.addSpacing(GRID)
        column.addWidget(self.hidden_box)
        self._add_help(column, self.tr("Keys, password stores and the like are left out even then."))

    def _add_defaults(self, column: QVBoxLayout) -> None:
        self._add_heading(column, self.tr("Left out of every &folder"), self.defaults)
        column.addWidget(self.defaults, 2)
        self.defaults.setMinimumHeight(10 * self.fontMetrics().lineSpacing())
        text = self.tr("Untick what is to be read in this folder. Ignore files in it are heeded as well.")
        self._add_help(column, text)

    @staticmethod
    def _add_heading(column: QVBoxLayout, text: str, of: QWidget) -> None:
        heading = Label(text, Type.HEADING)
        heading.setBuddy(of)
        of.setAccessibleName(text.replace("&", ""))
        column.addSpacing(GRID)
        column.addWidget(heading)

    @staticmethod
    def _add_help(column: QVBoxLayout, text: str) -> None:
        label = Label(text, Type.SMALL, dim=True)
        label.setWordWrap(True)
        column.addWidget(label)
