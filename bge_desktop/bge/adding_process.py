"""The process that adds one model: the only one that speaks over the network, and only when the person said so.

Requests: `{"op": "add", "folder"}`, `{"op": "look up", "name", "revision"}`, `{"op": "fetch", "name", "commit"}`; one
in the life of a process.

Replies: `{"progress": [bytes that are there, bytes in all]}`, then `{"added": name}`, or
`{"found": {"name", "commit", "licence", "bytes"}}`, or `{"error": {"title", "message", "path"}}`.
"""

from __future__ import annotations

import logging
import time

from bge_desktop import priority
from bge_desktop.bge import hub
from bge_desktop.bge.model_import import add_folder
from bge_desktop.errors import UserError
from bge_desktop.processes import Header, ParentChannel

_REPORT_S = 0.1


class _Reporter:
    """Tells how far it is, a few times a second."""

    def __init__(self, channel: ParentChannel) -> None:
        self._channel, self._next = channel, 0.0

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() >= self._next or done == total:
            self._next = time.monotonic() + _REPORT_S
            self._channel.reply({"progress": [done, total]})


def serve() -> int:
    """Do what the parent asks for, then leave; return the exit status."""
    priority.lower_own()
    logging.getLogger("huggingface_hub").setLevel(logging.CRITICAL)  # it prints addresses
    channel = ParentChannel()
    for header, _ in channel.requests():
        channel.reply(_answer(header, _Reporter(channel)))
        break
    return 0


def _answer(header: Header, tell: _Reporter) -> Header:
    try:
        return _done(header, tell)
    except UserError as error:
        return {"error": {"title": error.title, "message": error.message, "path": error.path}}
    except Exception as error:  # noqa: BLE001 - whatever the libraries raise on what anybody may have made
        message = f"An unexpected error occurred ({type(error).__name__}). The model is as it was; try another one."
        return {"error": {"title": "Model not added", "message": message, "path": header.get("folder")}}


def _done(header: Header, tell: _Reporter) -> Header:
    match header["op"]:
        case "add":
            return {"added": add_folder(header["folder"], tell).name}
        case "look up":
            found = hub.look_up(header["name"], header["revision"])
            told = {"name": found.name, "commit": found.commit, "licence": found.licence, "bytes": found.bytes}
            return {"found": told}
        case _:
            return {"added": hub.fetch(hub.look_up(header["name"], header["commit"]), tell).name}
