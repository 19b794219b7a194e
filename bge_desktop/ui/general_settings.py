"""The general page of the settings: what one notices first of a program one lives with."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit

from bge_desktop.errors import UserError
from bge_desktop.ui import login_item
from bge_desktop.ui.background import Background
from bge_desktop.ui.choices import Choices
from bge_desktop.ui.core_texts import report_of
from bge_desktop.ui.languages import OWN_NAMES
from bge_desktop.ui.settings_form import SettingsForm
from bge_desktop.ui.theme import Type

_PORTABLE = QKeySequence.SequenceFormat.PortableText
_EMPTYING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_LEAVING = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)


class KeysEdit(QKeySequenceEdit):
    """Takes one combination of keys. Backspace alone takes it away; Tab and Esc do what they do elsewhere."""

    left = Signal()
    """The keyboard's focus has gone elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumSequenceLength(1)
        self.setClearButtonEnabled(True)

    def event(self, event: QEvent) -> bool:
        """Let the keys through by which one leaves."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(event, QKeyEvent):
            if event.key() in _LEAVING and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
                event.ignore()
                return self._leave(event)
            if event.keyCombination() in map(QKeyCombination, _EMPTYING):
                self.clear()
                self.editingFinished.emit()
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Say so."""
        super().focusOutEvent(event)
        self.left.emit()

    def _leave(self, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and event.key() != Qt.Key.Key_Escape:
            event.accept()  # else the form would take it as well, and go one further
            return self.focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
        return False


class GeneralSettings(SettingsForm):
    """Language, start at login, tray, keys and notifications."""

    failed = Signal(object)
    """An `ErrorReport`."""

    def __init__(self, choices: Choices, library: str) -> None:
        super().__init__(choices, self.tr("General"))
        self._library = library
        self._background = Background(self)
        languages = (("", self.tr("As the system")), *OWN_NAMES.items())
        self.add_list("language", self.tr("Language"), languages)
        note = self.tr("It starts without its window where there is a tray.")
        self.login_box = self.add_box(self.tr("Start when I log in"), note)
        self.login_box.clicked.connect(self._switch_login)
        self.tray_box = self.add_check(
            "close_to_tray",
            self.tr("Go on in the tray when the window is closed"),
            self.tr("Documents stay in step, and the quick search stays at hand."),
        )
        self._tray_note = self.add_text(self.tr("This desktop shows no tray at the moment."), Type.SMALL, dim=True)
        self.add_check(
            "notifications",
            self.tr("Tell me on the desktop when something needs me"),
            self.tr("Only while the window is hidden, and never about progress."),
        )
        self._add_keys()
        self._background.do(login_item.is_on, self.login_box.setChecked, self._tell)

    def set_tray_available(self, is_available: bool) -> None:
        """Offer to go on in the tray where there is one."""
        self.tray_box.setEnabled(is_available)
        self._tray_note.setVisible(not is_available)

    def show_keys_state(self, text: str) -> None:
        """Say why the keys do not work, and what does instead, or nothing."""
        self._keys_note.setText(text)
        self._keys_note.setVisible(bool(text))

    def close_background(self) -> None:
        """Wait until the system's entry is written."""
        self._background.close()

    def _add_keys(self) -> None:
        self.keys = KeysEdit()
        note = self.tr(
            "These keys open a small search window from any program. Click and press them: Ctrl, Alt or the "
            "system's key together with a letter, a digit or Space, or one of F1 to F12. Backspace takes them away."
        )
        self.add(self.tr("Quick search keys"), self.keys, note)
        self._keys_note = self.add_text("", Type.SMALL)
        self._keys_note.hide()
        self.keys.editingFinished.connect(self._change_keys)
        self.keys.left.connect(self._show_keys)  # a combination that was begun is none
        self._follow(lambda _: self._show_keys())

    def _show_keys(self) -> None:
        wanted = QKeySequence.fromString(self._choices.settings.quick_search_keys, _PORTABLE)
        if self.keys.keySequence() != wanted:
            self.keys.setKeySequence(wanted)

    def _change_keys(self) -> None:
        self._choices.change(quick_search_keys=self.keys.keySequence().toString(_PORTABLE))

    def _switch_login(self, is_wanted: bool) -> None:
        def switched() -> bool:
            login_item.switch(is_wanted, self._library)
            return login_item.is_on()

        self._background.do(switched, self.login_box.setChecked, self._tell)

    def _tell(self, error: UserError) -> None:
        self.failed.emit(report_of(error))
        self._background.do(login_item.is_on, self.login_box.setChecked, lambda _: None)
