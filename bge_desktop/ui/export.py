"""Writes a list of results into a file for a spreadsheet."""

from __future__ import annotations

import csv
import os
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QObject, Signal

from bge_desktop.messages import ErrorReport, SearchResult, displayable
from bge_desktop.own_files import sync_folder
from bge_desktop.ui.copying import lines
from bge_desktop.ui.paths import shown_name, shown_path
from bge_desktop.ui.result_texts import why_text

translate = QCoreApplication.translate
Cell = str | int | float
_FORMULAS_BEGIN = tuple("=+-@\t\r＝＋－＠")
"""What makes a spreadsheet compute a cell, also as the wide characters that some versions take for the same."""


def cells(results: Iterable[SearchResult]) -> Iterator[list[Cell]]:
    """Return the headings, then the cells of each result; no text among them is taken for a formula."""
    yield [
        translate("Export", "Path"),
        translate("Export", "Name"),
        translate("Export", "Folder"),
        translate("Export", "Date"),
        translate("Export", "Score"),
        translate("Export", "Page"),
        translate("Export", "Place"),
        translate("Export", "Passage"),
        translate("Export", "Reason"),
    ]
    for result in results:
        yield [
            _text(displayable(result.path)),
            _text(shown_name(result.path)),
            _text(displayable(os.path.dirname(result.path))),
            _date(result.modified),
            round(result.score, 4),
            "" if result.page is None else result.page,
            _text(displayable(result.place)),
            _text(lines(result.passage)),
            why_text(result.why),
        ]


def write_csv(results: Iterable[SearchResult], path: str) -> None:
    """Write results as CSV that spreadsheets open by a double click: UTF-8 with a mark that says so.

    Raises:
        OSError: the disk is full, or the folder cannot be written to; what was at `path` is as it was.
    """
    target = os.path.realpath(path)
    # In a folder of its own: beside the target, any name may be one of the person's files.
    with tempfile.TemporaryDirectory(prefix=".bge-desktop-", dir=os.path.dirname(target)) as folder:
        unfinished = os.path.join(folder, "results.csv")
        with open(unfinished, "w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(cells(results))
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, target)
    sync_folder(os.path.dirname(target))


class Exporter(QObject):
    """Writes lists of results in a thread."""

    exported = Signal(object, int)
    """The path of a file that is complete, and the number of documents in it."""
    failed = Signal(object)
    """An `ErrorReport`."""

    def export(self, results: Sequence[SearchResult], path: str) -> None:
        """Write results into a file, which is replaced if it is there."""
        # Not a daemon: the app leaves once the file is complete.
        threading.Thread(target=self._write, args=(tuple(results), path), name="export-results").start()

    def _write(self, results: Sequence[SearchResult], path: str) -> None:
        failure = None
        try:
            write_csv(results, path)
        except OSError as error:
            failure = error
        with suppress(RuntimeError):  # the window has gone meanwhile, as with a change of language
            self.failed.emit(self._report(path, failure)) if failure else self.exported.emit(path, len(results))

    def _report(self, path: str, failure: OSError) -> ErrorReport:
        message = self.tr("{path} could not be written: {reason}. Choose another folder, or make room on the disk.")
        text = message.format(path=shown_path(path), reason=failure.strerror or failure)
        return ErrorReport(self.tr("The list was not exported"), text, path)


def _text(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULAS_BEGIN) else value


def _date(seconds: float) -> str:
    """Return a moment as ISO 8601 has it, in local time; "" for one that no calendar knows."""
    try:
        return datetime.fromtimestamp(seconds).astimezone().isoformat(timespec="seconds")
    except (OSError, OverflowError, ValueError):
        return ""
