"""The reader: a child process that opens one file after the other, and makes text and passages of them.

It parses files that anyone may have made. What holds it:

- On every system: a file that crashes or hangs it costs that file only (the parent restarts it); what it sends back is
  data of limited length, never code; its environment holds no secrets; its own Python code is refused the network and
  the starting of programs (an audit hook; that stops a parser that is tricked into fetching something, not machine
  code in a parser that has been taken over).
- On every system, a low priority (`priority`), but where a person waits for a preview.
- On POSIX: no core dumps, no file of more than 200 MB written. FIFOs, sockets and devices are recognised after opening,
  without blocking; a link that has taken a file's place is not followed.
- On Linux: so much memory beyond what it has at its start as the settings say, usually two gigabytes; and the kernel
  refuses it, machine code included, the network, programs, other processes, and writing outside its scratch folder
  (`confinement`). Elsewhere only the limits on the size of a file and of its text, and the time limit of the parent.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from bge_desktop import priority
from bge_desktop.bge import script, tokenizer
from bge_desktop.errors import ExtractionError, PassingError, UserError
from bge_desktop.extract import highlighting, page_pictures, sheet_rows
from bge_desktop.extract.confinement import confine
from bge_desktop.extract.conversion import OldFormatError
from bge_desktop.extract.deadline import is_stuck
from bge_desktop.extract.document import Document, cut, place_at
from bge_desktop.extract.formats import extract, may_hold_text
from bge_desktop.extract.members import member_at
from bge_desktop.extract.passage_places import label_at, packed
from bge_desktop.extract.passages import PASSAGE_TOKENS, Passage, split
from bge_desktop.extract.regular_files import opened
from bge_desktop.extract.shortfalls import IN_PART, Shortfall, in_words
from bge_desktop.extract.unopened import in_plain_words
from bge_desktop.processes import Header, ParentChannel
from bge_desktop.settings import Settings

_LARGEST_FILE_MB = 200
_LARGEST_TEXT = 24_000_000  # a little more than the allowance of a file, for what an archive says of its members
_LARGEST_WRITTEN = 200 << 20
_END = 1 << 20
_LAST_RESORT_SECONDS = 300
_PROGRESS_SECONDS = 5.0
_FORBIDDEN = frozenset(
    {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"}
    | {
        "subprocess.Popen",
        "os.system",
        "os.exec",
        "os.posix_spawn",
        "os.spawn",
        "os.fork",
        "os.forkpty",
        "os.startfile",
    }
)
_CUT = Shortfall("Too large", "This file holds more than 20 million characters. Split it to make all of it searchable.")
_TOO_MUCH_MEMORY = UserError(
    "Needs too much memory", "Reading this file needs too much memory. Split it, or close other programs and try again."
)


def serve() -> int:
    """Answer requests until the parent closes the stream or dies; return the exit status."""
    if os.environ.get("BGE_DESKTOP_PRIORITY") != "normal":
        priority.lower_own()
    channel = ParentChannel()
    try:
        _prepare()
    except UserError as error:
        channel.reply(_failed(error))
        return 1
    _confine()
    channel.reply({"ready": True})
    for request, _ in channel.requests():
        with _last_resort():
            reply = answer(request, _Progress(channel, request["id"]))
        channel.reply(*reply)
        if is_stuck():
            os._exit(0)  # the parent starts another one
    return 0


class _Progress:
    """Tells the parent every few seconds that print is still being recognised, or a long text divided.

    The parent then waits longer, but not for ever; and so does the last resort.
    """

    def __init__(self, channel: ParentChannel, request: int) -> None:
        self._channel, self._request = channel, request
        self._told = time.monotonic()

    def __call__(self) -> None:
        if time.monotonic() - self._told > _PROGRESS_SECONDS:
            self._told = time.monotonic()
            self._channel.reply({"id": self._request, "working": True})
            if sys.platform != "win32":
                signal.alarm(_LAST_RESORT_SECONDS)


@contextlib.contextmanager
def _last_resort() -> Iterator[None]:
    """Have the system end this process when it is still at it long after the parent must have given it up.

    The parent's time limit ends with the parent: a parser that hangs would outlive an app that was killed.
    """
    if sys.platform == "win32":
        yield
        return
    signal.alarm(_LAST_RESORT_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)


def answer(request: Header, on_progress: Callable[[], None] = lambda: None) -> tuple[Header, bytes]:
    """Read the file that a request names, or unpack a member of it.

    Args:
        request: {"op": "read", "id": int, "path": str, "known": [hash, …], and optional "limit_mb": int,
            "passage_tokens": int};
            {"op": "unpack", "id": int, "path": str, "label": str};
            or {"op": "draw", "recognise", "rows" or "styles", "id": int, and what those functions ask for}.
        on_progress: see `extract`.

    Returns:
        A header, and the text in UTF-8 or the content of the member. The header is what those functions return, or
        {"id", "name"}: the member, and what it is called;
        {"id", "whole": true}: the file is none that holds others;
        {"id", "hash", "known": true}: the content is one of the known ones;
        {"id", "hash", "title", "kind", "passages": [[start, end, page or null, place, packed places, language], …]},
            and where the file was read in part also "shortfall": {"title", "message"};
        {"id", "failed": {"title", "message", "passing": whether it is a `PassingError`}};
        {"id", "hash", "convert": ending, "failed": as above}: converted, it could be read.
        While print is recognised or a long text divided, {"id", "working": true} is sent every few seconds before it.
    """
    try:
        header, payload = _answer(request, on_progress)
    except UserError as error:
        header, payload = _failed(error), b""
    except MemoryError:
        header, payload = _failed(_TOO_MUCH_MEMORY), b""
    return {"id": request["id"], **header}, payload


def _answer(request: Header, on_progress: Callable[[], None]) -> tuple[Header, bytes]:
    match request["op"]:
        case "unpack":
            return _unpack(request)
        case "draw":
            return page_pictures.draw(request)
        case "recognise":
            return page_pictures.recognise(request, on_progress)
        case "rows":
            return sheet_rows.rows(request)
        case "styles":
            return highlighting.styles(request)
        case _:
            return _read(request, on_progress)


def _failed(error: UserError) -> Header:
    told = {"title": error.title, "message": error.message, "passing": isinstance(error, PassingError)}
    return {"failed": told}


def _unpack(request: Header) -> tuple[Header, bytes]:
    found = member_at(request["path"], request["label"])
    return ({"whole": True}, b"") if found is None else ({"name": found.name}, found.data)


def _read(request: Header, on_progress: Callable[[], None]) -> tuple[Header, bytes]:
    path = request["path"]
    content, digest = _content(path, request.get("limit_mb", _LARGEST_FILE_MB))
    if digest in request["known"]:
        return {"hash": digest, "known": True}, b""
    try:
        document = extract(path, content, on_progress) if content is not None else Document("", kind="other")
    except OldFormatError as error:
        return {"hash": digest, "convert": error.new_ending, **_failed(error)}, b""
    if len(document.text) > _LARGEST_TEXT:
        document = cut(document, _LARGEST_TEXT, _CUT)
    passages = _passages(document, request.get("passage_tokens", PASSAGE_TOKENS), on_progress)
    header: Header = {"hash": digest, "title": document.title, "kind": document.kind, "passages": passages}
    if document.shortfalls:
        header["shortfall"] = {"title": IN_PART, "message": in_words(document.shortfalls)}
    return header, document.text.encode()


def _passages(
    document: Document, limit: int, on_progress: Callable[[], None]
) -> list[tuple[int, int, int | None, str, str, str]]:
    def count_tokens(strings: list[str]) -> list[int]:
        on_progress()  # twenty million Chinese characters take a minute
        return tokenizer.count_tokens(strings)

    text = document.text
    starts = [place.start for place in document.places if place.divides]
    passages = split(text, count_tokens, limit, starts)
    return [(part.start, part.end, *_where(document, part), _language(text, part)) for part in passages]


def _where(document: Document, passage: Passage) -> tuple[int | None, str, str]:
    """Return the page of a passage, the label of its start, and what else begins within it, packed."""
    text, places, start = document.text, document.places, passage.start
    place = place_at(places, start)
    page = place.page if place else None
    return page, label_at(text, places, start), packed(text, places, start, passage.end)


def _language(text: str, passage: Passage) -> str:
    return script.language_of(text[passage.start : passage.end])


def _content(path: str, limit_mb: int) -> tuple[bytes | None, str]:
    """Return the content of a file and its hash; None for the content of a large file that cannot hold text.

    Raises:
        ExtractionError: it cannot be opened or read, is no regular file, or is too large.
    """
    limit = limit_mb << 20
    try:
        with opened(path) as stream:
            if os.fstat(stream.fileno()).st_size > limit:
                return None, _hash_of_large(stream, path, limit_mb)
            content = stream.read(limit + 1)
    except OSError as error:
        raise in_plain_words(error, path) from error
    if len(content) > limit:  # it grew while it was read
        raise _too_large(path, limit_mb)
    return content, hashlib.blake2b(content, digest_size=16).hexdigest()


def _hash_of_large(stream: BinaryIO, path: str, limit_mb: int) -> str:
    """Return a hash of the size and both ends: a film is found by its name, and reading all of it takes minutes."""
    head = stream.read(_END)
    if may_hold_text(path, head):
        raise _too_large(path, limit_mb)
    size = stream.seek(0, os.SEEK_END)
    stream.seek(-_END, os.SEEK_END)
    return hashlib.blake2b(b"%d:" % size + head + stream.read(_END), digest_size=16).hexdigest()


def _too_large(path: str, limit_mb: int) -> ExtractionError:
    message = f"This file is larger than {limit_mb} MB. Split it to make it searchable."
    return ExtractionError("Too large", message, path)


def _prepare() -> None:
    """Load what is needed before the limits are set: they are for the files, not for the program."""
    tokenizer.count_tokens(["a", "b"])


def _confine() -> None:
    """Give up what reading files does not need. The module's docstring says what that protects from, and where."""
    sys.addaudithook(_refuse)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_WRITTEN, _LARGEST_WRITTEN))
        if sys.platform == "linux":
            allowed = _address_space() + _memory()
            resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))
            confine(os.environ.get("TMPDIR", ""))  # which the parent made for this process alone


def _address_space() -> int:
    with open("/proc/self/statm", encoding="ascii") as pages:
        return int(pages.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def _memory() -> int:
    return int(os.environ.get("BGE_DESKTOP_MEMORY_MB", Settings.memory_mb)) << 20


def _refuse(event: str, _arguments: tuple[Any, ...]) -> None:
    if event in _FORBIDDEN:
        raise PermissionError(errno.EACCES, f"A reader may not do this: {event}")
