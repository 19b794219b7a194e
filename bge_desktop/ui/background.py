"""What may take its time, done in a thread, one thing after the other; what comes of it is taken in the main thread."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from bge_desktop.errors import UserError

T = TypeVar("T")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Errand(Generic[T]):
    work: Callable[[], T]
    then: Callable[[T], None]
    otherwise: Callable[[UserError], None]


class Background(QObject):
    """Does errands in their order."""

    _done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._errands: deque[_Errand[Any]] = deque()
        self._thread: threading.Thread | None = None
        self._is_closed = False
        self._done.connect(self._finish, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether there are errands whose outcome has not been taken yet."""
        return bool(self._errands)

    def do(self, work: Callable[[], T], then: Callable[[T], None], otherwise: Callable[[UserError], None]) -> None:
        """Do `work` when its turn comes; hand what it gives to `then`, or the error that it raises to `otherwise`."""
        self._errands.append(_Errand(work, then, otherwise))
        if self._thread is None:
            self._begin()

    def close(self) -> None:
        """Wait until all is done; nobody takes what comes of it any more."""
        self._is_closed = True
        if self._thread is not None:
            self._thread.join()
            self._thread = None
            self._errands.popleft()
        while self._errands:
            _outcome(self._errands.popleft())

    def _begin(self) -> None:
        errand = self._errands[0]
        self._thread = threading.Thread(
            target=lambda: self._done.emit(_outcome(errand)), name="background", daemon=True
        )
        self._thread.start()

    def _finish(self, outcome: object) -> None:
        if self._is_closed:
            return
        errand = self._errands.popleft()
        self._thread = None
        if self._errands:
            self._begin()
        errand.otherwise(outcome) if isinstance(outcome, UserError) else errand.then(outcome)


def _outcome(errand: _Errand[Any]) -> object:
    try:
        return errand.work()
    except UserError as error:
        return error
    except Exception:  # noqa: BLE001 - a fault of ours must be told too, and the errands behind it be done
        _log.exception("Something in the background met a fault")
        message = "An unexpected error occurred, and was logged. Restart the app if it does not go on."
        return UserError("Something went wrong", message)
