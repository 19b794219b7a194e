"""What the desktop tells while the window is hidden: only what needs a person, and each kind once until it is over."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from bge_desktop.messages import ErrorReport, Progress, displayable
from bge_desktop.ui.bridge import Bridge
from bge_desktop.ui.choices import Choices


class Notifications(QObject):
    """Hears what goes wrong.

    Args:
        bridge: tells of it.
        choices: whether a person wants to be told.
        is_hidden: tells whether the window, which shows all of it, is out of sight.
        notify: has the desktop tell a title and a message.
        parent: the owner.
    """

    def __init__(
        self,
        bridge: Bridge,
        choices: Choices,
        is_hidden: Callable[[], bool],
        notify: Callable[[str, str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices, self._is_hidden, self._notify = choices, is_hidden, notify
        self._told: set[str] = set()
        bridge.failed.connect(self._take)
        bridge.progressed.connect(self._look)

    def forget(self) -> None:
        """Tell of each kind again: the window has been looked at, or all is well again."""
        self._told.clear()

    def _take(self, report: ErrorReport) -> None:
        is_wanted = self._choices.settings.notifications and not report.is_over
        if is_wanted and self._is_hidden() and report.title not in self._told:
            self._told.add(report.title)
            self._notify(displayable(report.title), displayable(report.message))

    def _look(self, progress: Progress) -> None:
        if not progress.busy and not progress.pending:
            self.forget()
