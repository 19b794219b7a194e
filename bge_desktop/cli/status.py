"""`bge-desktop status`: what a library holds."""

from __future__ import annotations

from bge_desktop.cli import output
from bge_desktop.cli.index import print_failures
from bge_desktop.library.library import reading
from bge_desktop.messages import FolderState, FolderStatus, LibraryStatus, displayable
from bge_desktop.worker.status import library_status, state_at_rest


def status(library: str, *, as_json: bool) -> int:
    """Print the library's state, without disturbing a worker that writes to it.

    Raises:
        LibraryError: there is no library, or it cannot be read.
    """
    with reading(library) as opened:
        found = library_status(opened, "", state_at_rest, opened.pauses.folder_ids())
    if as_json:
        output.say_json(_as_object(found))
        return 0
    for folder in found.folders:
        files = output.counted(folder.files, "file")
        output.say(f"{displayable(folder.path)}: {_in_words(folder)}, {files}, {folder.failed:,} failed")
    counts = (output.counted(found.files, "file"), output.counted(found.passages, "passage"), _pending(found.pending))
    output.say(", ".join(counts))
    for model in found.models:
        output.say(f"{model.name}: {output.counted(model.passages, 'passage')} embedded")
    output.say(f"{found.bytes / 1e6:,.1f} MB on disk")
    print_failures(found.failures)
    return 0


def _in_words(folder: FolderStatus) -> str:
    pending = _pending(folder.pending) if folder.pending else ""
    match folder.state:
        case FolderState.AWAY:
            hint = " (if it was deleted, remove it from the list: bge-desktop remove)" if folder.is_file else ""
            return ", ".join(filter(None, (f"away{hint}", pending)))
        case FolderState.PAUSED:
            return ", ".join(filter(None, ("paused", pending)))
    return pending or "up to date"


def _pending(count: int) -> str:
    return f"{output.counted(count, 'file')} pending"


def _as_object(status: LibraryStatus) -> dict[str, object]:
    return {
        "folders": [
            {"path": f.path, "state": f.state, "files": f.files, "pending": f.pending, "failed": f.failed}
            for f in status.folders
        ],
        "files": status.files,
        "passages": status.passages,
        "failed": status.failed,
        "pending": status.pending,
        "models": [{"name": m.name, "dimension": m.dimension, "passages": m.passages} for m in status.models],
        "bytes": status.bytes,
    }
