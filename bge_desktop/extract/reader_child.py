"""One reader process as its parent sees it: started with little, listened to with care, and cleaned up after."""

from __future__ import annotations

import queue
import tempfile
import threading
import time

from bge_desktop.errors import UserError
from bge_desktop.extract.scratch import scratch_folder
from bge_desktop.processes import ChildProcess, Header, harmless_environment
from bge_desktop.settings import Settings

_START_SECONDS = 60.0
_LONGEST_WORK = 900.0  # seconds: ten minutes of recognising print, and the rest of the file
_LARGEST_ANSWER = 128 << 20  # bytes of a text, or of its passages: more than a reader's own limits let it send
# One reader is one core's work; and each further heap of the allocator would take from its memory limit.
_ENVIRONMENT = {"TOKENIZERS_PARALLELISM": "false", "MALLOC_ARENA_MAX": "2"}
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
_FOLDERS = ("TMPDIR", "TEMP", "TMP")

_CANNOT_START = {
    "title": "Files cannot be read",
    "message": "The process that reads files does not start. Restart the program; if that does not help, reinstall it.",
}


class ReaderChild:
    """A process that reads one file after the other, and the one folder that it may write to.

    Args:
        memory_mb: how much memory it may take beyond what it has at its start, where the system can limit that.
        in_background: whether it stands behind other programs: nobody waits for its answers.

    Attributes:
        memory_mb: see above.

    Raises:
        UserError: the folder could not be made, or the program not be started.
    """

    def __init__(self, memory_mb: int = Settings.memory_mb, *, in_background: bool = True) -> None:
        self.memory_mb = memory_mb
        self._scratch = _scratch()
        self._messages: queue.SimpleQueue[tuple[Header, bytes] | None] = queue.SimpleQueue()
        self._gone = threading.Event()
        environment = {**_ENVIRONMENT, **_ONE_THREAD, **dict.fromkeys(_FOLDERS, self._scratch.name)}
        environment["BGE_DESKTOP_MEMORY_MB"] = str(memory_mb)
        environment["BGE_DESKTOP_PRIORITY"] = "low" if in_background else "normal"
        try:
            self._child = ChildProcess(
                "reader",
                self._on_message,
                self._on_exit,
                environment,
                inherited=harmless_environment(),
                largest=_LARGEST_ANSWER,
            )
        except UserError:
            self._scratch.cleanup()
            raise

    @property
    def is_alive(self) -> bool:
        """Whether the process is there."""
        return not self._gone.is_set()

    def wait_until_ready(self) -> None:
        """Wait for the child's first message.

        Raises:
            UserError: it died, or does not come up, or cannot work.
        """
        try:
            message = self._messages.get(timeout=_START_SECONDS)
        except queue.Empty:
            message = None
        failed = message[0].get("failed") if message else _CANNOT_START
        if failed:
            self.close()
            raise UserError(failed["title"], failed["message"])

    def ask(self, header: Header, timeout: float) -> tuple[Header, bytes] | None:
        """Return the answer, or None when the child has died.

        A child that says it is still working is given `timeout` seconds more, up to a quarter of an hour in all.

        Raises:
            queue.Empty: there is no answer in time.
        """
        self._child.send(header)
        end = time.monotonic() + _LONGEST_WORK
        message = self._messages.get(timeout=timeout)
        while message and message[0].get("working"):
            message = self._messages.get(timeout=max(0.0, min(timeout, end - time.monotonic())))
        return message

    def kill(self) -> None:
        """End the process at once."""
        self._child.kill()

    def close(self) -> None:
        """End the process, and wait until it is gone."""
        self._child.kill()
        self._child.close()
        self._scratch.cleanup()

    def _on_message(self, header: Header, payload: bytes) -> None:
        self._messages.put((header, payload))

    def _on_exit(self, _status: int) -> None:
        self._gone.set()
        self._messages.put(None)


def _scratch() -> tempfile.TemporaryDirectory[str]:
    try:
        return scratch_folder("reader")
    except OSError as error:
        message = f"No temporary folder could be made ({error.strerror}). Make room on the disk and try again."
        raise UserError(_CANNOT_START["title"], message) from error
