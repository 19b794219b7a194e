"""Changing the models of a library: all passages are embedded anew in the background, then the new ones are used."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Sequence

from bge_desktop.bge import model_store
from bge_desktop.bge.embeddings import Embeddings
from bge_desktop.bge.encoder import Encoder
from bge_desktop.bge.models import Model
from bge_desktop.bge.script import Language
from bge_desktop.errors import RequestError
from bge_desktop.library.documents import StoredPassage
from bge_desktop.library.library import Library
from bge_desktop.library.switch import Switch
from bge_desktop.messages import (
    CancelSwitch,
    Event,
    ForgetFormer,
    ListModels,
    Request,
    ReturnToFormer,
    UseModels,
)
from bge_desktop.messages.models import ModelsRequest
from bge_desktop.worker.embedding import Embedding
from bge_desktop.worker.models_listed import available_models, models_listed
from bge_desktop.worker.queue import JobQueue, Priority
from bge_desktop.worker.spreads import Spreads

_REPORT_S = 0.5
# The pace of the first seconds is chance: models are loaded.
_SHORTEST_S = 5.0


class Switching:
    """Has other models embed a library, and be used once they have embedded all of it.

    Args:
        library: whose models.
        encoder: what embeds passages.
        queue: of the worker's thread, in which everything here runs.
        emit: takes `ModelsListed` and errors.
        take_back: called before models change: what is under way for those in use, and here, is to be taken back.
        go_on: called when there is more to do: `pump` is to be called, as soon as work may begin.
        on_switched: called when other models are in use.
        on_removed: called when what was of no more use has been removed.
    """

    requests: tuple[type[Request], ...] = (ListModels, UseModels, CancelSwitch, ReturnToFormer, ForgetFormer)

    def __init__(
        self,
        library: Library,
        encoder: Encoder,
        queue: JobQueue,
        emit: Callable[[Event], None],
        *,
        take_back: Callable[[], None],
        go_on: Callable[[], None],
        on_switched: Callable[[], None],
        on_removed: Callable[[], None],
    ) -> None:
        self._library, self._queue, self._emit = library, queue, emit
        self._take_back, self._go_on = take_back, go_on
        self._on_switched, self._on_removed = on_switched, on_removed
        self._embedding = Embedding(_Coming(library.switch), encoder, queue, emit, self._on_embedded)
        self._spreads = Spreads(library, encoder, queue, self._plan_step)
        self._available = available_models()
        self._step_is_planned = self._report_is_due = self._is_removing = False
        self._began, self._embedded_before = time.monotonic(), 0

    @property
    def is_busy(self) -> bool:
        """Whether models are being changed, as far as the encoder lets it, or what they left is being removed."""
        is_going_on = self._library.switch.is_under_way and not self._embedding.is_resting
        return is_going_on or self._is_removing

    @property
    def is_embedding(self) -> bool:
        """Whether passages are being embedded."""
        return self._embedding.is_busy

    @property
    def embedded(self) -> int:
        """How many passages were embedded since the worker started."""
        return self._embedding.embedded

    def do(self, request: ModelsRequest) -> None:
        """Begin what a request asks for.

        Raises:
            ModelError: there is no model of that name.
            RequestError: there are no former models.
        """
        match request:
            case ListModels():
                self._available = available_models()
                self._report()
            case UseModels():
                self._begin(_wanted(request))
            case ReturnToFormer():
                self._begin(self._former())
            case CancelSwitch():
                self._change(self._library.switch.cancel)
            case ForgetFormer():
                self._change(self._library.switch.forget_former)

    def start(self) -> None:
        """Go on with what was under way when the library was closed."""
        if self._library.switch.is_under_way:
            self._go_on()
        self._remove()
        self._spreads.measure_in_use()

    def pump(self) -> None:
        """Do some more, if models are to change."""
        if self._library.switch.is_under_way:
            self._embedding.pump()
            if not self._embedding.is_busy:
                self._plan_step()

    def take_back(self) -> None:
        """Have nothing embedded any more of what is under way; it waits again."""
        self._embedding.take_back()

    def restart(self) -> None:
        """Go on after the library could not be written."""
        self._library.switch.restart()
        self._remove()
        self._go_on()

    def close(self) -> None:
        """Stop; the next start goes on."""

    def _former(self) -> dict[Language, Model]:
        former = {language: own.model for language, own in self._library.switch.former.items()}
        if not former:
            raise RequestError("No former models", "There are none to return to: nothing of them is kept.")
        return former

    def _begin(self, wanted: dict[Language, Model]) -> None:
        self._change(functools.partial(self._library.switch.begin, wanted))
        self._began, self._embedded_before = time.monotonic(), self.embedded

    def _change(self, change: Callable[[], None]) -> None:
        self._take_back()
        change()
        self._library.keep_list()
        self._report()
        self._remove()
        self._go_on()

    def _on_embedded(self) -> None:
        self._plan_report()
        self._go_on()

    def _plan_step(self) -> None:
        if not self._step_is_planned:
            self._step_is_planned = True
            self._queue.put(Priority.INDEX, self._step)

    def _step(self) -> None:
        """Go on where nothing is left to be sent to the encoder, as far as was looked."""
        self._step_is_planned = False
        switch = self._library.switch
        if not switch.is_under_way or self._embedding.is_busy or self._embedding.is_resting:
            return
        if not switch.is_covered:
            self._go_on()
        elif not switch.load_some():
            self._plan_step()
        elif self._spreads.are_measured():
            self._take_effect()

    def _take_effect(self) -> None:
        self._take_back()
        try:
            self._library.switch.take_effect()
        finally:
            if not self._library.switch.is_under_way:  # else the library could not be written
                self._library.keep_list()
                self._report()
                self._remove()
                self._on_switched()

    def _remove(self) -> None:
        if self._library.switch.has_left_overs and not self._is_removing:
            self._is_removing = True
            self._queue.put(Priority.INDEX, self._remove_some)

    def _remove_some(self) -> None:
        """Remove some of what is of no more use, and plan the rest."""
        self._is_removing = False
        self._library.switch.remove_some()
        self._remove()
        if not self._is_removing:
            self._on_removed()

    def _plan_report(self) -> None:
        if not self._report_is_due:
            self._report_is_due = True
            self._queue.put_later(_REPORT_S, Priority.NEWS, self._report)

    def _report(self) -> None:
        self._report_is_due = False
        self._emit(models_listed(self._library, self._available, self._seconds_left()))

    def _seconds_left(self) -> float | None:
        switch = self._library.switch
        seconds, embedded = time.monotonic() - self._began, self.embedded - self._embedded_before
        if seconds < _SHORTEST_S or not embedded:
            return None
        return max(switch.total - switch.done, 0) * seconds / embedded


class _Coming:
    """The passages that coming models are to embed; a `worker.embedding.Source`."""

    def __init__(self, switch: Switch) -> None:
        self._switch = switch

    def model(self, language: Language) -> Model:
        return self._switch.coming[language].model

    def next(self, limit: int) -> Sequence[tuple[StoredPassage, Language]]:
        # of folders that are paused, too: what they hold is to be found all the same
        return self._switch.next(limit)

    def restart(self) -> None:
        self._switch.restart()

    def store(self, language: Language, passage_ids: Sequence[int], found: Embeddings) -> None:
        self._switch.store(language, passage_ids, found.dense, found.sparse)

    def give_up(self, passage_id: int) -> None:
        self._switch.give_up(passage_id)


def _wanted(request: UseModels) -> dict[Language, Model]:
    """Return the models that are asked for.

    Raises:
        ModelError: there is none of a name.
    """
    names: dict[Language, str] = {"en": request.en, "zh": request.zh}
    return {language: model_store.find_encoder(name) for language, name in names.items() if name}
