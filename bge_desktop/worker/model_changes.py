"""Adding and removing models, beside the worker's thread: a process adds, a thread removes."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable

from bge_desktop.bge import model_store
from bge_desktop.bge.model_adding import ModelAdding
from bge_desktop.errors import RequestError, UserError
from bge_desktop.library.library import Library
from bge_desktop.library.models_used import folders_of_models
from bge_desktop.messages import (
    AddModel,
    CancelAdding,
    ErrorReport,
    Event,
    FetchModel,
    LookUpModel,
    ModelAdded,
    ModelNotAdded,
    ModelRemoved,
    RemoveModel,
    Request,
)
from bge_desktop.messages.model_adding import ModelAddingEvent, ModelAddingRequest
from bge_desktop.settings import read
from bge_desktop.worker.queue import JobQueue, Priority


class ModelChanges:
    """Adds models to those that can be chosen, and removes them.

    Args:
        library: whose models stay.
        queue: of the worker's thread, in which events are emitted.
        emit: takes the answers.
        on_changed: called when other models can be chosen than before.
    """

    requests: tuple[type[Request], ...] = (AddModel, LookUpModel, FetchModel, CancelAdding, RemoveModel)

    def __init__(
        self, library: Library, queue: JobQueue, emit: Callable[[Event], None], on_changed: Callable[[], None]
    ) -> None:
        self._library, self._queue, self._emit, self._on_changed = library, queue, emit, on_changed
        self._adding = ModelAdding(self._hand_over)
        self._threads: set[threading.Thread] = set()

    def do(self, request: ModelAddingRequest) -> None:
        """Begin what a request asks for; returns at once.

        Raises:
            ModelError: there is no model of the name that is to be removed.
            RequestError: the library uses it.
        """
        match request:
            case CancelAdding():
                self._adding.cancel()
            case RemoveModel(name):
                self._remove(name)
            case _:
                self._begin(request)

    def close(self) -> None:
        """Give up what is being added."""
        self._adding.close()
        for thread in self._threads:
            thread.join()

    def _begin(self, request: AddModel | LookUpModel | FetchModel) -> None:
        try:
            self._adding.begin(request)
        except UserError as error:  # told where it was asked for
            self._emit(ModelNotAdded(error.title, error.message, error.path))

    def _remove(self, name: str) -> None:
        folder = model_store.find(name).folder
        used = {*folders_of_models(self._library), read(self._library.folder)[0].reranker}
        if folder in used:
            message = (
                f"The library uses {name}, or keeps it for a return. Choose another, and forget the former models."
            )
            raise RequestError("Model not removed", message)
        thread = threading.Thread(target=self._run_removal, args=(name,), name="remove-model", daemon=True)
        self._threads.add(thread)
        thread.start()

    def _run_removal(self, name: str) -> None:
        event: ModelRemoved | ErrorReport
        try:
            model_store.remove(name)
            event = ModelRemoved(name)
        except UserError as error:
            event = ErrorReport(error.title, error.message, error.path)
        self._queue.put(Priority.NEWS, functools.partial(self._on_removed, event, threading.current_thread()))

    def _on_removed(self, event: ModelRemoved | ErrorReport, thread: threading.Thread) -> None:
        self._threads.discard(thread)
        self._tell(event)

    def _hand_over(self, event: ModelAddingEvent) -> None:
        """Bring news into the worker's thread."""
        self._queue.put(Priority.NEWS, functools.partial(self._tell, event))

    def _tell(self, event: ModelAddingEvent | ErrorReport) -> None:
        self._emit(event)
        if isinstance(event, ModelAdded | ModelRemoved):
            self._on_changed()
