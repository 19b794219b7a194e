"""The encoder process: texts in, vectors out. The only place that computes with openvino or torch.

Requests: `{"op": "embed", "id", "model", "kind", "texts"}` (the model as `Model.described` has it; with `"sparse"`,
lexical weights are wanted as well), `{"op": "score", "id", "model", "kind", "query", "texts"}` (how well each text
answers the query, by a cross-encoder or by all scores of a model with heads),
`{"op": "hold", "seconds"}` (embed no passages for so long, because someone is typing) and `{"op": "drop", "ids"}`
(nobody waits for these any more).

Replies: `{"id", "shape"}` with float32 vectors as the payload, and behind them, where there is `"counts"`, the sparse
vectors of texts with so many tokens, as `SparseVectors.to_bytes` has them; `{"id", "error": {"title", "message"},
"is_texts"}` (whether it is these texts that failed), and `{"ready": device in words}` when a model is loaded.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Collection
from typing import cast

from bge_desktop import priority
from bge_desktop.bge.devices import TokenEncoder
from bge_desktop.bge.loading import Encoders
from bge_desktop.bge.m3_tasks import RecentQueries, task_of
from bge_desktop.bge.models import described_as
from bge_desktop.bge.tasks import Batch, Task, Tasks
from bge_desktop.errors import TextsError, UserError
from bge_desktop.processes import Header, ParentChannel
from bge_desktop.settings import Device


class _EncoderServer:
    def __init__(self, device: Device, threads: int, *, in_background: bool) -> None:
        self._channel = ParentChannel()
        self._tasks, self._queries = Tasks(), RecentQueries()
        self._encoders = Encoders(
            device, threads, lambda name: self._channel.reply({"ready": name}), may_measure=in_background
        )

    def run(self) -> None:
        threading.Thread(target=self._listen, name="requests", daemon=True).start()
        while (task := self._tasks.first()) is not None:
            self.go_on_with(task)

    def go_on_with(self, task: Task) -> None:
        """Embed one batch of a task, with what shares it, so that a query that has come in meanwhile is next."""
        if encoder := self._encoder(task):
            self._run_batch(encoder, self._tasks.batch(task, encoder.budget))

    def _encoder(self, task: Task) -> TokenEncoder | None:
        """Return what embeds a task's texts; None where it cannot be loaded, which its asker has been told."""
        try:
            return self._encoders.get(task.model)
        except UserError as error:
            self._give_up(task, error)
        except Exception as error:  # noqa: BLE001 - whatever torch and OpenVINO raise: one task must not end all
            self._handle_fault([task], error)
        return None

    def _run_batch(self, encoder: TokenEncoder, batch: Batch) -> None:
        try:
            rows = batch.embedded_by(encoder)
        except Exception as error:  # noqa: BLE001 - as above
            batch.put_back()
            self._handle_fault(batch.tasks, error)
            return
        for (task, index), row in zip(batch.texts, rows, strict=True):
            task.take(index, row)
        for task in batch.tasks:
            if not task.waiting:
                self._tasks.drop([task.id])
                self._answer(task)

    def _answer(self, task: Task) -> None:
        self._channel.reply(*task.answer())

    def _handle_fault(self, tasks: Collection[Task], error: Exception) -> None:
        """Find out whom a fault is of.

        Go on with the processor where a graphics card that was chosen by "auto" fails; let tasks that shared a batch
        try each by itself; give up one that was alone.
        """
        if self._encoders.fall_back():
            return
        if len(tasks) > 1:
            for task in tasks:
                task.is_alone = True
        else:
            [task] = tasks
            message = f"A text could not be embedded ({type(error).__name__}: {error}). It is found by its words only."
            self._give_up(task, TextsError("Embedding failed", message))

    def _give_up(self, task: Task, error: UserError) -> None:
        self._tasks.drop([task.id])
        self._refuse(task.id, error)

    def _refuse(self, task_id: int, error: UserError) -> None:
        told = {"title": error.title, "message": error.message}
        self._channel.reply({"id": task_id, "error": told, "is_texts": isinstance(error, TextsError)})

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
            model = described_as(header["model"])
            self._encoders.prepare(model)  # while this thread tokenises
            task = task_of(header, model, self._queries)
            if task.waiting:
                self._tasks.put(task)
            else:
                self._answer(task)
        except UserError as error:
            self._refuse(header["id"], error)
        except Exception as error:  # noqa: BLE001 - the thread that listens must not end for one request
            self._refuse(header["id"], TextsError("Embedding failed", f"A text could not be read ({error})."))


def serve() -> int:
    """Serve the parent until it closes the channel; return the exit status."""
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    in_background = os.environ.get("BGE_DESKTOP_PRIORITY") == "low"
    if in_background:
        priority.lower_own()
    device = cast("Device", os.environ.get("BGE_DESKTOP_DEVICE", "auto"))
    threads = int(os.environ.get("BGE_DESKTOP_THREADS", "0"))
    _EncoderServer(device, threads, in_background=in_background).run()
    return 0
