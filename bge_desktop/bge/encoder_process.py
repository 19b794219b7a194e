"""The encoder process: texts in, vectors out. The only place that imports openvino, torch or transformers.

Requests: `{"op": "embed", "id", "language", "kind", "texts"}`, `{"op": "hold", "seconds"}` (embed no passages for so
long, because someone is typing) and `{"op": "drop", "ids"}` (nobody waits for these any more).

Replies: `{"id", "shape"}` with float32 vectors as the payload, `{"id", "error": {"title", "message"}, "is_texts"}`
(whether it is these texts that failed), and `{"ready": device in words}` when a model is loaded.
"""

from __future__ import annotations

import heapq
import itertools
import os
import threading
import time
from collections.abc import Collection, Iterator
from typing import cast

import numpy as np
from numpy.typing import NDArray

from bge_desktop import priority
from bge_desktop.bge import devices, tokenizer
from bge_desktop.bge.batches import SMALL_BUDGET, TOKEN_BUDGET, by_tokens
from bge_desktop.bge.kinds import TextKind
from bge_desktop.bge.models import BUNDLED, Model
from bge_desktop.bge.script import Language
from bge_desktop.errors import TextsError, UserError
from bge_desktop.processes import Header, ParentChannel
from bge_desktop.settings import Device


class _Task:
    """One embed request: its token ids, the batches still to do, and the vectors so far."""

    def __init__(self, header: Header) -> None:
        self.id: int = header["id"]
        self.model: Model = BUNDLED[cast("Language", header["language"])]
        kind = TextKind(header["kind"])
        self.priority = kind.priority
        instruction = self.model.instruction if kind is TextKind.QUERY else ""
        self.token_ids = tokenizer.encode(self.model, [instruction + text for text in header["texts"]])
        self.vectors = np.empty((len(self.token_ids), self.model.dimension), np.float32)
        self._budget = SMALL_BUDGET if kind is TextKind.SENTENCE else TOKEN_BUDGET
        self.start_over()

    def start_over(self) -> None:
        """Have all batches done again."""
        self.batches = by_tokens([len(ids) for ids in self.token_ids], self._budget)


class _Tasks:
    """The queue: queries before passages, and no passages while they are held."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, _Task]] = []
        self._order = itertools.count()
        self._changed = threading.Condition()
        self._held_until = 0.0
        self._closed = False

    def put(self, task: _Task) -> None:
        with self._changed:
            heapq.heappush(self._heap, (task.priority, next(self._order), task))
            self._changed.notify()

    def hold(self, seconds: float) -> None:
        with self._changed:
            self._held_until = time.monotonic() + seconds

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify()

    def first(self) -> _Task | None:
        """Wait for a task that may run now and return it, leaving it in the queue; None when closed."""
        with self._changed:
            while not self._closed:
                held = max(0.0, self._held_until - time.monotonic())
                if self._heap and (not held or self._heap[0][0] < TextKind.PASSAGE.priority):
                    return self._heap[0][2]
                self._changed.wait(held or None)
            return None

    def drop(self, ids: Collection[int]) -> None:
        with self._changed:
            self._heap = [entry for entry in self._heap if entry[2].id not in ids]
            heapq.heapify(self._heap)

    def remove(self, task: _Task) -> None:
        self.drop([task.id])


class _EncoderServer:
    def __init__(self, device: Device, threads: int) -> None:
        self._channel = ParentChannel()
        self._tasks = _Tasks()
        self._wanted: Device = device
        self._threads = threads
        self._device: Device | None = None
        self._encoders: dict[str, devices.TokenEncoder] = {}

    def run(self) -> None:
        threading.Thread(target=self._listen, name="requests", daemon=True).start()
        for task in self._runnable():
            try:
                self._run_batch(task)
            except UserError as error:
                self._tasks.remove(task)
                self._refuse(task.id, error)
            except Exception as error:  # noqa: BLE001 - whatever torch and OpenVINO raise: one task must not end all
                self._handle_fault(task, error)

    def _handle_fault(self, task: _Task, error: Exception) -> None:
        """Go on with the processor where a graphics card that was chosen by "auto" fails; else give up the task."""
        if self._wanted == "auto" and self._device not in (None, "cpu"):
            self._device = "cpu"
            self._encoders.clear()
            task.start_over()
            return
        self._tasks.remove(task)
        message = f"A text could not be embedded ({type(error).__name__}: {error}). It is found by its words only."
        self._refuse(task.id, TextsError("Embedding failed", message))

    def _refuse(self, task_id: int, error: UserError) -> None:
        told = {"title": error.title, "message": error.message}
        self._channel.reply({"id": task_id, "error": told, "is_texts": isinstance(error, TextsError)})

    def _runnable(self) -> Iterator[_Task]:
        while (task := self._tasks.first()) is not None:
            yield task

    def _listen(self) -> None:
        for header, _ in self._channel.requests():
            match header["op"]:
                case "hold":
                    self._tasks.hold(header["seconds"])
                case "drop":
                    self._tasks.drop(header["ids"])
                case _:
                    self._accept(header)
        self._tasks.close()

    def _accept(self, header: Header) -> None:
        try:
            self._tasks.put(_Task(header))
        except UserError as error:
            self._refuse(header["id"], error)
        except Exception as error:  # noqa: BLE001 - the thread that listens must not end for one request
            self._refuse(header["id"], TextsError("Embedding failed", f"A text could not be read ({error})."))

    def _run_batch(self, task: _Task) -> None:
        """Embed one batch of the task, so that a query that has come in meanwhile is next."""
        batch = task.batches.pop()
        token_ids, mask = tokenizer.pad([task.token_ids[index] for index in batch])
        task.vectors[batch] = self._embed(task.model, token_ids, mask)
        if not task.batches:
            self._tasks.remove(task)
            self._channel.reply({"id": task.id, "shape": task.vectors.shape}, task.vectors.tobytes())

    def _embed(self, model: Model, token_ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        encoder = self._encoders.get(model.name) or self._load(model)
        return encoder.embed(token_ids, mask)

    def _load(self, model: Model) -> devices.TokenEncoder:
        self._device = self._device or devices.choose(self._wanted)
        encoder = self._encoders[model.name] = devices.load(model, self._device, self._threads)
        self._channel.reply({"ready": encoder.name})
        return encoder


def serve() -> int:
    """Serve the parent until it closes the channel; return the exit status."""
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", TOKENIZERS_PARALLELISM="false")
    if os.environ.get("BGE_DESKTOP_PRIORITY") == "low":
        priority.lower_own()
    device = cast("Device", os.environ.get("BGE_DESKTOP_DEVICE", "auto"))
    _EncoderServer(device, int(os.environ.get("BGE_DESKTOP_THREADS", "0"))).run()
    return 0
