"""`bge-desktop failures`: the files that could not be read, or not all of them, why, and trying them again."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime

from bge_desktop.cli import output
from bge_desktop.cli.index import by_extent
from bge_desktop.cli.work import until_done
from bge_desktop.errors import RequestError
from bge_desktop.library.library import reading
from bge_desktop.messages import Failure, Retry, displayable


def failures(retry: Sequence[str] | None, library: str, device: str, *, as_json: bool) -> int:
    """Print the files that failed or were read in part, the newest first.

    Args:
        retry: the files to try again first; an empty sequence for all but those put aside, None for none.
        library: the folder of the library.
        device: where to embed.
        as_json: whether to print one object for scripts.

    Raises:
        UserError: there is no library, it cannot be written, or a file to be tried again has not failed.
    """
    found = _failed(library)
    if retry is not None:
        paths = tuple(map(os.path.abspath, retry))
        _refuse_others(paths, found)
        found = list(until_done(library, device, [Retry(paths)]).failures)
    if as_json:
        output.say_json(by_extent(found, _as_object))
    elif not found:
        output.say("No file failed.")
    else:
        for failure in found:
            _print(failure)
    return 0


def _failed(library: str) -> list[Failure]:
    with reading(library) as opened:
        return opened.failures.all()


def _refuse_others(paths: Sequence[str], found: Sequence[Failure]) -> None:
    failed = {failure.path for failure in found}
    for path in paths:
        if path not in failed:
            message = "Only files that could not be read can be tried again. bge-desktop failures lists them."
            raise RequestError("Not among the failed files", message, path)


def _print(failure: Failure) -> None:
    output.say(f"{displayable(failure.path)}  [{failure.kind}, {_when(failure)}]")
    output.say(output.wrapped(f"{failure.title}: {failure.message}", lines=4))


def _as_object(failure: Failure) -> dict[str, str]:
    texts = {name: getattr(failure, name) for name in ("path", "kind", "title", "message")}
    return {**texts, "when": _when(failure)}


def _when(failure: Failure) -> str:
    return datetime.fromtimestamp(failure.when, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
