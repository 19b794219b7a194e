"""Numbers and states in words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale

from bge_desktop.messages import ErrorReport, FolderState, FolderStatus, Held, Progress, SearchAnswer, SearchResult
from bge_desktop.ui.file_kinds import Container, container_named
from bge_desktop.ui.paths import shown_path

translate = QCoreApplication.translate
SEPARATOR = "  ·  "
"""What stands between short texts in one line."""
_MOST_IN_A_TIP = 5


def number(count: int) -> str:
    """Return a number with the separators of the person's language."""
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.DefaultNumberOptions)  # the C locale leaves the separators out
    return locale.toString(count)


def joined(*texts: str) -> str:
    """Return those of these short texts that there are, in one line, with dots between them."""
    return SEPARATOR.join(filter(None, texts))


def files_text(count: int) -> str:
    """Return "1,234 files"."""
    if count == 1:
        return translate("Wording", "1 file")
    return translate("Wording", "{count} files").format(count=number(count))


def documents_text(count: int) -> str:
    """Return "1,234 documents"."""
    if count == 1:
        return translate("Wording", "1 document")
    return translate("Wording", "{count} documents").format(count=number(count))


def found_text(count: int, total: int) -> str:
    """Return how many documents are listed: "50 of 1,234 documents", or "50 documents" where they are all."""
    if count >= total:
        return documents_text(count)
    text = translate("Wording", "{count} of {documents}")
    return text.format(count=number(count), documents=documents_text(total))


def best_text(count: int, total: int) -> str:
    """Return that only the best documents are listed: "The best 50 of 1,234 documents"."""
    text = translate("Wording", "The best {count} of {documents}")
    return text.format(count=number(count), documents=documents_text(total))


def exported_text(count: int, path: str) -> str:
    """Return that a list of so many documents was written into a file."""
    if count == 1:
        return translate("Wording", "1 document was written to {path}").format(path=shown_path(path))
    text = translate("Wording", "{count} documents were written to {path}")
    return text.format(count=number(count), path=shown_path(path))


def size_text(files: int, size: int, *, is_all: bool) -> str:
    """Return "1,234 files, 2.1 GB"; "More than …" where they are not all. The size is in bytes."""
    if not files and is_all:
        return translate("Wording", "Empty")
    text = translate("Wording", "{files}, {size}") if is_all else translate("Wording", "More than {files}, {size}")
    bytes_text = QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
    return text.format(files=files_text(files), size=bytes_text)


def passages_text(count: int) -> str:
    """Return "1,234 passages"."""
    if count == 1:
        return translate("Wording", "1 passage")
    return translate("Wording", "{count} passages").format(count=number(count))


def unread_text(count: int) -> str:
    """Return "3 files could not be read"; "" where all could."""
    if count == 1:
        return translate("Wording", "1 file could not be read")
    return translate("Wording", "{count} files could not be read").format(count=number(count)) if count else ""


def failed_text(status: FolderStatus) -> str:
    """Return "3 files could not be read", "2 files were read in part", or both in short; "" where all were read."""
    failed, in_part = number(status.failed), number(status.in_part)
    match (min(status.failed, 1), min(status.in_part, 2)):
        case (_, 0):
            return unread_text(status.failed)
        case (0, 1):
            return translate("Wording", "1 file was read in part")
        case (0, _):
            return translate("Wording", "{count} files were read in part").format(count=in_part)
        case _:
            return translate("Wording", "{failed} not read, {in_part} in part").format(failed=failed, in_part=in_part)


def time_left_text(seconds: float) -> str:
    """Return "about 3 minutes left": minutes up to an hour, then hours, rounded up as far as one may trust them."""
    minutes = math.ceil(seconds / 60)
    hours = math.ceil(seconds / 3600)
    if seconds < 50:
        return translate("Wording", "less than a minute left")
    if minutes == 1:
        return translate("Wording", "about a minute left")
    if minutes <= 10:
        return translate("Wording", "about {count} minutes left").format(count=number(minutes))
    if minutes <= 55:
        return translate("Wording", "about {count} minutes left").format(count=number(5 * math.ceil(minutes / 5)))
    if hours <= 1:
        return translate("Wording", "about an hour left")
    if hours <= 24:
        return translate("Wording", "about {count} hours left").format(count=number(hours))
    return translate("Wording", "more than a day left")


def copies_text(result: SearchResult) -> str:
    """Return how many more files say the same, "+1 copy", or say at least almost the same, "+2 similar copies"."""
    count = len(result.copies) + len(result.near_duplicates)
    match (min(count, 2), bool(result.near_duplicates)):
        case (0, _):
            return ""
        case (1, False):
            return translate("Wording", "+1 copy")
        case (1, True):
            return translate("Wording", "+1 similar copy")
        case (_, False):
            text = translate("Wording", "+{count} copies")
        case _:
            text = translate("Wording", "+{count} similar copies")
    return text.format(count=number(count))


def copies_lines(result: SearchResult) -> list[str]:
    """Return lines that name the files that say the same, then those that say almost the same; of many, the first."""
    same, similar = translate("Wording", "The same: {path}"), translate("Wording", "Almost the same: {path}")
    return [*_paths_lines(same, result.copies), *_paths_lines(similar, result.near_duplicates)]


def container_text(path: str) -> str:
    """Return what opening a whole file is called that holds others: "Open archive"; "" for other files."""
    match container_named(path):
        case Container.ARCHIVE:
            return translate("Wording", "Open archive")
        case Container.MESSAGE:
            return translate("Wording", "Open e-mail")
        case Container.MAILBOX:
            return translate("Wording", "Open mailbox")
        case None:
            return ""


def more_text(count: int) -> str:
    """Return "and 3 more"."""
    return translate("Wording", "and {count} more").format(count=number(count))


def _paths_lines(text: str, paths: tuple[str, ...]) -> list[str]:
    lines = [text.format(path=shown_path(path)) for path in paths[:_MOST_IN_A_TIP]]
    rest = len(paths) - len(lines)
    return [*lines, more_text(rest)] if rest else lines


def state_text(folder: FolderStatus) -> str:
    """Return how far a folder is: "Indexing · 814 of 1,234 files", "Up to date · 1,234 files · 5,678 passages"."""
    match folder.state:
        case FolderState.WAITING:
            return translate("Wording", "Waiting")
        case FolderState.SCANNING:
            return translate("Wording", "Looking for files…")
        case FolderState.INDEXING:
            return joined(translate("Wording", "Indexing"), _done_text(folder))
        case FolderState.AWAY:
            state = translate("Wording", "Away, still searchable")
        case FolderState.PAUSED:
            return _paused_text(folder)
        case FolderState.WATCHED:
            state = translate("Wording", "Up to date")
        case FolderState.POLLED:
            looks = translate("Wording", "looked at every few seconds")
            return joined(translate("Wording", "Up to date"), *_counts_texts(folder), looks)
    return joined(state, *_counts_texts(folder))


def state_tip(folder: FolderStatus) -> str:
    """Return what a folder's state means, in a sentence or two; "" where there is no more to say."""
    match folder.state:
        case FolderState.AWAY if folder.is_file:
            return translate(
                "Wording", "It is not there now, and stays searchable. If it was deleted, remove it from the list."
            )
        case FolderState.AWAY:
            return translate("Wording", "It is not there now. Its documents stay searchable, and nothing is lost.")
        case FolderState.PAUSED:
            return translate("Wording", "Its documents stay searchable. Changes are taken up when you resume.")
        case FolderState.POLLED:
            return translate("Wording", "The system does not tell of changes here, so it is looked at again and again.")
        case FolderState.WATCHED:
            return translate("Wording", "Changes are taken up within moments.")
        case _:
            return ""


def held_text(held: Held) -> str:
    """Return why indexing stands back, in a few words; "" where it does not, or only because it is paused."""
    match held:
        case Held.NOT | Held.PAUSED:
            return ""
        case Held.SLOW:
            return translate("Wording", "On battery: indexing slowly")
        case Held.BATTERY:
            return translate("Wording", "On battery: indexing waits")
        case Held.LOW_BATTERY:
            return translate("Wording", "Battery is low: indexing waits")
        case Held.PRESENTATION:
            return translate("Wording", "Presentation or film: indexing waits")


def removal_text(folder: FolderStatus) -> str:
    """Return what removing a folder does, and what it does not."""
    if folder.files == 1:
        text = translate(
            "Wording",
            "1 file will no longer be found, and what the library knows of it is deleted."
            " The document itself is left alone, in {path}.",
        )
        return text.format(path=shown_path(folder.path))
    text = translate(
        "Wording",
        "{files} will no longer be found, and what the library knows of them is deleted."
        " The documents themselves are left alone, in {path}.",
    )
    return text.format(files=files_text(folder.files), path=shown_path(folder.path))


def are_paused(folders: Sequence[FolderStatus]) -> bool:
    """Return whether there are folders, and all of them are paused."""
    return bool(folders) and all(folder.state is FolderState.PAUSED for folder in folders)


def progress_text(progress: Progress) -> str:
    """Return "Indexing: 1,234 files left", "Up to date"; "" where there is no folder."""
    if not progress.folders:
        return ""
    if are_paused(progress.folders):
        return translate("Wording", "Paused")
    if progress.pending == 1:
        return translate("Wording", "Indexing: 1 file left")
    if progress.pending:
        return translate("Wording", "Indexing: {count} files left").format(count=number(progress.pending))
    return translate("Wording", "Looking for changes…") if progress.busy else translate("Wording", "Up to date")


def library_text(progress: Progress) -> str:
    """Return "Up to date · 1,234 files · 5,678 passages · OpenVINO on CPU"."""
    counts = files_text(progress.files), passages_text(progress.passages)
    return joined(progress_text(progress), *counts, progress.encoder)


def answer_text(answer: SearchAnswer) -> str:
    """Return "50 of 1,234 documents in 12 ms"."""
    text, took = translate("Wording", "{documents} in {took} ms"), number(max(1, round(answer.took_ms)))
    documents = found_text(len(answer.results), answer.total)
    return text.format(documents=documents, took=took)


def busy_report() -> ErrorReport:
    """Return what to tell while another process owns the library."""
    message = translate("Wording", "It is writing to this library. This window goes on by itself when that is done.")
    return ErrorReport(translate("Wording", "Another BGE Desktop is at work"), message, is_over=True)


def _counts_texts(folder: FolderStatus) -> list[str]:
    passages = [] if folder.passages is None else [passages_text(folder.passages)]
    return [files_text(folder.files), *passages]


def _paused_text(folder: FolderStatus) -> str:
    done = translate("Wording", "{done_of_files} done").format(done_of_files=_done_text(folder))
    return joined(translate("Wording", "Paused"), *([done] if folder.pending else _counts_texts(folder)))


def _done_text(folder: FolderStatus) -> str:
    done = number(max(folder.files - folder.pending, 0))
    if folder.files == 1:
        return translate("Wording", "{done} of 1 file").format(done=done)
    return translate("Wording", "{done} of {count} files").format(done=done, count=number(folder.files))
