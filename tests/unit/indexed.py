"""Real files in a library, read in this process and without vectors."""

from __future__ import annotations

import os

from bge_desktop.extract.reader_process import answer
from bge_desktop.extract.readers import ReadFailure, ReadResult, _understood
from bge_desktop.library.library import Library
from bge_desktop.messages import ShowPreview
from bge_desktop.search.stored_text import StoredText, stored_text
from bge_desktop.watch.scan import FileStamp


def read(path: str) -> ReadResult:
    """Return what a file holds, as a reader tells it."""
    found = _understood(path, *answer({"op": "read", "id": 0, "path": path, "known": []}))
    assert not isinstance(found, ReadFailure), found
    return found


def index(library: Library, path: object, result: ReadResult | None = None) -> StoredText:
    """Have a library know a file, by what was read of it if that is known; return its document."""
    library.store(_started(library, str(path)), result or read(str(path)))
    found = stored_text(library.db, str(path))
    assert found is not None
    return found


def fail(library: Library, path: object, title: str, message: str) -> None:
    """Have a library know that a file could not be read."""
    library.fail(_started(library, str(path)), ReadFailure(str(path), title, message))


def _started(library: Library, path: str) -> int:
    """Have a file be given to a reader; return its id."""
    folder = library.folders.add(os.path.dirname(path))
    info = os.stat(path)
    library.folders.mark_pending(folder, [FileStamp(path, info.st_size, info.st_mtime_ns, info.st_ino, "1")])
    file = library.folders.known([path])[path]
    library.folders.set_state([file.id], "reading")
    return file.id


def asking(stored: StoredText, path: object, words: str = "", **more: object) -> ShowPreview:
    """Return a request to see the passage of a document that holds `words`, or its first; with "", its beginning."""
    passages = stored.db.execute(
        'SELECT start, "end", page, place, substr(unpacked(text), start + 1, "end" - start) FROM passages'
        " JOIN documents ON documents.id = document_id WHERE document_id = ? ORDER BY start",
        [stored.id],
    ).fetchall() or [(0, 0, None, "", "")]
    start, end, page, place, _ = next((row for row in passages if words in row[4]), passages[0])
    values = {"start": start, "end": end, "page": page, "place": place, "query": words, "width": 300, **more}
    return ShowPreview(number=1, path=str(path), **values)
