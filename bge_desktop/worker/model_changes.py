"""Adding and removing models, beside the worker's thread: a process adds, a thread removes."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable

from bge_desktop.bge import model_store
from bge_desktop.bge.model_adding import ModelAdding
from bge_desktop.errors import UserError
from bge_desktop.library.library import Library
from bge_desktop.library.models_used import make_sure_unused
from bge_desktop.messages import (
    AddModel,
    CancelAdding,
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
        self._threads: list[threading.Thread] = []

    def do(self, request: ModelAddingRequest) -> None:
        """Begin what a request asks for; returns at once.

        Raises:
            ModelError: there is no model of the name that is to be removed, or it cannot be.
            RequestError: the library, or the person's own, uses it.
            LibraryError: the person's own cannot be asked.
        """
        match request:
            case CancelAdding():
                self._adding.cancel()
            case RemoveModel(name):
                self._remove(name)
            case _:
                self._begin(request)

    def close(self) -> None:
        """Give up what is being added, and end what is being removed."""
        self._adding.close()
        for thread in self._threads:
            thread.join()

    def _begin(self, request: AddModel | LookUpModel | FetchModel) -> None:
        try:
            self._adding.begin(request)
        except UserError as error:  # told where it was asked for
            self._emit(ModelNotAdded(error.title, error.message, error.path))

    def _remove(self, name: str) -> None:
        make_sure_unused(model_store.find(name), self._library.folder)
        gone = model_store.take_away(name)  # before another request can have it come to the library
        thread = threading.Thread(target=model_store.discard, args=(gone,), name="remove-model", daemon=True)
        self._threads = [own for own in self._threads if own.is_alive()] + [thread]
        thread.start()
        self._tell(ModelRemoved(name))

    def _hand_over(self, event: ModelAddingEvent) -> None:
        """Bring news into the worker's thread."""
        self._queue.put(Priority.NEWS, functools.partial(self._tell, event))

    def _tell(self, event: ModelAddingEvent) -> None:
        self._emit(event)
        if isinstance(event, ModelAdded | ModelRemoved):
            self._on_changed()
