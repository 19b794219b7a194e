"""`bge-desktop index`: bring a library up to date and leave."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence

from bge_desktop.cli import output
from bge_desktop.cli.work import until_done
from bge_desktop.errors import RequestError
from bge_desktop.messages import AddFolder, Failure, LibraryStatus, displayable
from bge_desktop.watch.scan import root_is_here


def index(folders: Sequence[str], library: str, device: str, *, as_json: bool) -> int:
    """Index folders or files; a file that fails is listed, and is no error.

    Raises:
        UserError: a folder is not there, or the library cannot be written.
    """
    for folder in folders:
        if not root_is_here(folder):
            raise RequestError("Folder not found", "It is not there or may not be read. Check the path.", folder)
    started = time.monotonic()
    requests = [AddFolder(os.path.abspath(folder)) for folder in folders]
    status = until_done(library, device, requests)
    if status.pending:
        output.note(f"Waiting in folders that are paused or away: {output.counted(status.pending, 'file')}")
    _print(status, time.monotonic() - started, as_json=as_json)
    return 0


def _print(status: LibraryStatus, seconds: float, *, as_json: bool) -> None:
    if as_json:
        counts = {"files": status.files, "passages": status.passages, "embedded_passages": status.embedded}
        failures = by_extent(status.failures, _as_object)
        output.say_json({**counts, **failures, "pending": status.pending, "seconds": round(seconds, 3)})
        return
    found = f"{output.counted(status.files, 'file')}, {output.counted(status.passages, 'passage')}"
    output.say(f"{found}; {status.embedded:,} embedded in {seconds:.1f} s")
    print_failures(status.failures)


def by_extent(failures: Sequence[Failure], as_object: Callable[[Failure], dict[str, str]]) -> dict[str, object]:
    """Return for scripts the files that failed, and apart from them those that were read in part."""
    return {
        name: [as_object(failure) for failure in failures if failure.in_part is is_part]
        for name, is_part in (("failed", False), ("in_part", True))
    }


def _as_object(failure: Failure) -> dict[str, str]:
    return {"path": failure.path, "title": failure.title, "message": failure.message}


def print_failures(failures: Sequence[Failure]) -> None:
    """Print the files that failed or were read in part, with their reasons."""
    for failure in failures:
        said = failure.message if failure.in_part else f"{failure.title}: {failure.message}"
        output.say(f"{'in part' if failure.in_part else 'failed'}: {displayable(failure.path)}\n   {said}")
