"""The process that groups documents and learns labels: the only one that imports scikit-learn and jieba.

Requests: `{"op", "id", ...}` with a payload, as the operation describes them. Replies: `{"id", ...}` with a payload, or
`{"id", "error": {"title", "message"}}`.
"""

from __future__ import annotations

from collections.abc import Callable

from bge_desktop import let_pandas_in, priority
from bge_desktop.errors import UserError
from bge_desktop.processes import Header, ParentChannel

Operation = Callable[[Header, bytes], tuple[Header, bytes]]


def _group(header: Header, payload: bytes) -> tuple[Header, bytes]:
    from bge_desktop.understand import grouping

    return grouping.group(header, payload)


def _learn_labels(header: Header, payload: bytes) -> tuple[Header, bytes]:
    from bge_desktop.understand import label_training

    return label_training.train(header, payload)


OPERATIONS: dict[str, Operation] = {"group": _group, "learn labels": _learn_labels}
"""By their names. Each takes a request and its payload, and returns an answer and its payload; what it needs it imports
itself, so that the process has no more than it is asked for. It may raise a `UserError`."""


def serve() -> int:
    """Serve the parent, behind all other processes, until it closes the channel; return the exit status."""
    priority.lower_own()
    let_pandas_in()
    channel = ParentChannel()
    for header, payload in channel.requests():
        answer, answer_payload = _answer(header, payload)
        channel.reply({**answer, "id": header["id"]}, answer_payload)
    return 0


def _answer(header: Header, payload: bytes) -> tuple[Header, bytes]:
    try:
        return OPERATIONS[header["op"]](header, payload)
    except UserError as error:
        return {"error": {"title": error.title, "message": error.message}}, b""
    except Exception as error:  # noqa: BLE001 - whatever the libraries raise: one request must not end all
        message = f"Something unexpected was met ({type(error).__name__}: {error}). Restart the app to try again."
        return {"error": {"title": "Documents could not be compared", "message": message}}, b""
