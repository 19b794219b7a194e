"""`bge-desktop index`: bring a library up to date and leave."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

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
    _print(status, time.monotonic() - started, as_json=as_json)
    return 0


def _print(status: LibraryStatus, seconds: float, *, as_json: bool) -> None:
    if as_json:
        counts = {"files": status.files, "passages": status.passages, "embedded_passages": status.embedded}
        failed, in_part = ([_as_object(f) for f in status.failures if f.in_part is part] for part in (False, True))
        output.say_json({**counts, "failed": failed, "in_part": in_part, "seconds": round(seconds, 3)})
        return
    output.say(f"{status.files:,} files, {status.passages:,} passages; {status.embedded:,} embedded in {seconds:.1f} s")
    print_failures(status.failures)


def _as_object(failure: Failure) -> dict[str, str]:
    return {"path": failure.path, "title": failure.title, "message": failure.message}


def print_failures(failures: Sequence[Failure]) -> None:
    """Print the files that failed or were read in part, with their reasons."""
    for failure in failures:
        said = failure.message if failure.in_part else f"{failure.title}: {failure.message}"
        output.say(f"{'in part' if failure.in_part else 'failed'}: {displayable(failure.path)}\n   {said}")
