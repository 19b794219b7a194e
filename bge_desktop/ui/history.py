"""The queries of the past that led somewhere."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from bge_desktop.errors import UserError
from bge_desktop.messages import SearchAnswer
from bge_desktop.own_files import clear_the_way, read_json, replacing
from bge_desktop.ui.background import Background
from bge_desktop.ui.core_texts import report_of

_translate = QCoreApplication.translate
_FILE = "history.json"
_MOST = 200
_LONGEST = 1000  # characters; what is longer is a text that was pasted
_STANDS_MS = 2000


class History(QObject):
    """Keeps the last queries, once each, in the library's folder, for its owner alone.

    A query led somewhere if a result of it was opened, or if it stood for two seconds with results below it.

    Args:
        folder: the library's.
        parent: the owner.
        stands_ms: how long a query must stand.
    """

    changed = Signal(object)
    """The queries, the newest first."""
    failed = Signal(object)
    """An `ErrorReport`."""

    def __init__(self, folder: str, parent: QObject | None = None, *, stands_ms: int = _STANDS_MS) -> None:
        super().__init__(parent)
        self._path = os.path.join(folder, _FILE)
        self._background = Background(self)
        self._queries: tuple[str, ...] = ()
        self._query, self._is_kept, self._clearings = "", True, 0
        self._timer = QTimer(self, singleShot=True, interval=stands_ms)
        self._timer.timeout.connect(self.take_opening)

    @property
    def queries(self) -> tuple[str, ...]:
        """The queries, the newest first."""
        return self._queries

    def open(self) -> None:
        """Read what was kept before; what has been added meanwhile stays in front of it."""
        clearings = self._clearings
        self._background.do(lambda: _read(self._path), lambda kept: self._take_kept(kept, clearings), self._report)

    def close(self) -> None:
        """Wait until everything is written."""
        self._timer.stop()
        self._background.close()

    def keep(self, is_kept: bool) -> None:
        """Keep queries from now on, or none: then those of before go as well."""
        self._is_kept = is_kept
        if not is_kept:
            self.clear()

    def clear(self) -> None:
        """Forget all queries."""
        self._timer.stop()
        self._clearings += 1
        self._show(())
        self._background.do(lambda: _remove(self._path), lambda _: None, self._report)

    def take_query(self, query: str) -> None:
        """Take note of what is typed by now."""
        self._query = query.strip()
        self._timer.stop()

    def take_answer(self, answer: SearchAnswer) -> None:
        """Take note of an answer: with results, the query has begun to stand."""
        if answer.results and answer.query.strip() == self._query and not self._timer.isActive():
            self._timer.start()

    def take_opening(self) -> None:
        """Take note that the query led somewhere, as when one of its results is opened."""
        self._timer.stop()
        if self._is_kept and 0 < len(self._query) <= _LONGEST and self._queries[:1] != (self._query,):
            self._show((self._query, *self._queries))
            self._keep()

    def _take_kept(self, kept: Sequence[str], clearings: int) -> None:
        if clearings != self._clearings:
            return  # what was read has been forgotten since
        is_added = bool(self._queries)
        self._show((*self._queries, *kept))
        if is_added:  # and written without those of before
            self._keep()

    def _keep(self) -> None:
        queries = self._queries
        self._background.do(lambda: _write(self._path, queries), lambda _: None, self._report)

    def _show(self, queries: Sequence[str]) -> None:
        self._queries = tuple(dict.fromkeys(queries))[:_MOST]
        self.changed.emit(self._queries)

    def _report(self, error: UserError) -> None:
        self.failed.emit(report_of(error))


def _read(path: str) -> tuple[str, ...]:
    found = read_json(path)
    return tuple(own for own in found if isinstance(own, str)) if isinstance(found, list) else ()


def _write(path: str, queries: Sequence[str]) -> None:
    try:
        with replacing(path) as new, open(new, "w", encoding="utf-8") as file:
            json.dump(queries, file, ensure_ascii=True)
    except OSError as error:
        title = _translate("History", "Past searches were not kept")
        message = _translate("History", "They could not be written ({reason}). The search itself goes on.")
        raise UserError(title, message.format(reason=error.strerror), path) from error


def _remove(path: str) -> None:
    try:
        clear_the_way(path)
        with contextlib.suppress(FileNotFoundError):
            os.remove(path)
    except OSError as error:
        title = _translate("History", "Past searches were not cleared")
        message = _translate("History", "Their file could not be removed ({reason}). Delete it yourself.")
        raise UserError(title, message.format(reason=error.strerror), path) from error
