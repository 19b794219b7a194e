"""Take a member out of an archive in a reader process, and make a file of it, so that it can be opened."""

from __future__ import annotations

import os
import queue
import re
import tempfile
import threading

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.reader_child import ReaderChild
from bge_desktop.processes import Header

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_LONGEST_NAME = 60  # characters; at most 240 bytes in UTF-8, where file systems take 255
# What Windows does not take, control characters, and those that make "gpj.exe" look like "exe.jpg".
_FORBIDDEN = re.compile('[<>:"/\\\\|?*\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)

_CRASHED = (
    "Cannot be opened",
    "Unpacking this made its reader crash: the file may be damaged. Open the archive or mailbox itself.",
)
_TOO_LONG = "Unpacking this took more than {timeout:g} seconds. Open the archive or mailbox itself."
_NO_ROOM = "What was unpacked could not be written ({reason}). Make room on the disk and try again."


class Unpacker:
    """Unpacks members, each in a process of its own: who opens files waits for none that is being indexed.

    Args:
        folder: where the files go; private to this program. Whoever makes an unpacker removes it in the end.
        timeout: seconds that a member may take.
    """

    def __init__(self, folder: str, timeout: float = 60.0) -> None:
        self._folder, self._timeout = folder, timeout
        self._children: set[ReaderChild] = set()
        self._changing = threading.Lock()
        self._is_closed = False

    def unpack(self, path: str, label: str) -> str:
        """Write the member that a place lies in to a file of its own; from any thread.

        It lies, readable by this person only and not to be written to, in a new folder of its own.

        Args:
            path: an archive, a mailbox or a message.
            label: of a place in it; see `members.member_at`.

        Returns:
            The path of the new file; `path` itself, where that is no file that holds others.

        Raises:
            ExtractionError: it cannot be unpacked.
            UserError: no process can be started.
        """
        header, data = self._answer(path, label)
        try:
            if "failed" in header:
                raise ExtractionError(str(header["failed"]["title"]), str(header["failed"]["message"]), path)
            return path if header.get("whole") else _written(data, safe_name(str(header["name"])), self._folder)
        except (KeyError, TypeError) as error:  # it may have been taken over: nothing it says is taken for granted
            raise ExtractionError(*_CRASHED, path) from error
        except OSError as error:
            raise ExtractionError("Cannot be opened", _NO_ROOM.format(reason=error.strerror), path) from error

    def close(self) -> None:
        """End the processes: what is being unpacked fails."""
        with self._changing:
            self._is_closed = True
            for child in self._children:
                child.kill()

    def _answer(self, path: str, label: str) -> tuple[Header, bytes]:
        child = ReaderChild()
        try:
            self._note(child)
            child.wait_until_ready()
            answer = child.ask({"op": "unpack", "id": 0, "path": path, "label": label}, self._timeout)
        except queue.Empty as error:
            raise ExtractionError("Took too long", _TOO_LONG.format(timeout=self._timeout), path) from error
        finally:
            with self._changing:
                self._children.discard(child)
            child.close()
        if answer is None:
            raise ExtractionError(*_CRASHED, path)
        return answer

    def _note(self, child: ReaderChild) -> None:
        with self._changing:
            self._children.add(child)
            if self._is_closed:  # `close` may have come before there was anything to kill
                child.kill()


def safe_name(name: str) -> str:
    """Return the last part of a member's name as a name that every system takes, with the ending it has."""
    bare = _FORBIDDEN.sub("_", name.rsplit("/", 1)[-1]).strip(" .")
    if _RESERVED.match(bare):
        bare = f"_{bare}"
    stem, ending = os.path.splitext(bare)
    return stem[: _LONGEST_NAME - len(ending[:20])] + ending[:20] or "member"


def _written(data: bytes, name: str, folder: str) -> str:
    os.makedirs(folder, mode=0o700, exist_ok=True)
    target = os.path.join(tempfile.mkdtemp(dir=folder), name)  # readable by this person only
    with open(os.open(target, _NEW, 0o400), "wb") as stream:
        stream.write(data)
    return target
