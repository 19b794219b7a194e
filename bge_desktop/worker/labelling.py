"""Labels: what a person decides, and what is learnt from it, for the documents that are there and those that come."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from bge_desktop.errors import RequestError, UserError
from bge_desktop.library.library import Library
from bge_desktop.messages import (
    AddLabel,
    Decision,
    ErrorReport,
    Event,
    Labels,
    LibraryChanged,
    ListLabels,
    RemoveLabel,
    RenameLabel,
    Request,
    SetLabel,
    SetThreshold,
    ShowProposals,
)
from bge_desktop.search.results import documents_named
from bge_desktop.understand.helper import Answer, Helper
from bge_desktop.understand.label_examples import state_of
from bge_desktop.understand.label_training import learnt, request
from bge_desktop.understand.spaces import spaces_of
from bge_desktop.worker.guessing import Guessing
from bge_desktop.worker.proposing import proposals
from bge_desktop.worker.queue import JobQueue, Priority

# After a decision, so long: another one may follow.
_PAUSE_S = 1.0


class Labelling:
    """Does what is asked of labels, and learns them again when something was decided.

    Args:
        library: whose labels.
        helper: the process that learns.
        queue: of the worker's thread, in which everything here runs.
        emit: takes the answers, and errors.
    """

    requests: tuple[type[Request], ...] = (
        ListLabels,
        AddLabel,
        RenameLabel,
        RemoveLabel,
        SetLabel,
        SetThreshold,
        ShowProposals,
    )

    def __init__(self, library: Library, helper: Helper, queue: JobQueue, emit: Callable[[Event], None]) -> None:
        self._library, self._helper, self._queue, self._emit = library, helper, queue, emit
        self._labels = library.labels
        self._guessing = Guessing(library, queue, self._note_guesses)
        self._is_watched = self._is_learning = False
        self._plans = 0  # how often learning was planned: the last one holds
        self._failed_with = ""  # what could not be learnt from is not tried again

    @property
    def is_busy(self) -> bool:
        """Whether something is still to be learnt, or guessed."""
        return self._is_learning or self._guessing.is_busy

    def do(self, asked: Request) -> None:
        """Do what is asked.

        Raises:
            RequestError: there is no such label or file, or nothing can be called so.
        """
        match asked:
            case ListLabels(watch):
                self._is_watched = watch
                self._tell()
            case ShowProposals(label, limit):
                self._emit(proposals(self._library, label, limit))
            case AddLabel(name, paths):
                self._decide(self._labels.add(name), paths, Decision.YES)
            case SetLabel(paths, name, decision):
                self._decide(self._labels.at(name), paths, decision)
            case RenameLabel(label, name):
                self._labels.rename(label, name)
                self._note_change()
            case SetThreshold(label, threshold):
                self._labels.set_threshold(label, threshold)
                self._note_change()
            case RemoveLabel(label):
                self._labels.remove(label)
                self._note_decision()

    def look(self) -> None:
        """Learn again where other examples hold than before, and look at documents that are new."""
        if self._is_learning:
            return
        if self._is_outdated():
            self._plan(0.0)
        else:
            self._guessing.begin()

    def close(self) -> None:
        """Stop; what was not learnt yet is learnt at the next start."""
        self._guessing.close()

    def _decide(self, label: int, paths: Sequence[str], decision: Decision) -> None:
        documents = [number for path in paths for number in self._documents(path)]
        self._labels.decisions.set(label, documents, decision)
        self._note_decision()

    def _documents(self, path: str) -> list[int]:
        found: list[int] = documents_named(self._library.db, path).tolist()
        if not found:
            message = "Only indexed files can have a label. Add the folder that holds it first."
            raise RequestError("Not in the library", message, path)
        return found

    def _note_decision(self) -> None:
        self._plan(_PAUSE_S)
        self._note_change()

    def _note_change(self) -> None:
        self._emit(LibraryChanged())
        if self._is_watched:
            self._tell()

    def _tell(self) -> None:
        self._emit(Labels(tuple(self._labels.all()), self.is_busy))

    def _plan(self, seconds: float) -> None:
        self._plans += 1
        self._is_learning = True
        self._queue.put_later(seconds, Priority.INDEX, functools.partial(self._learn, self._plans))

    def _learn(self, plan: int) -> None:
        if plan != self._plans:
            return
        self._is_learning = False  # should anything fail here, the next look begins anew
        if not self._is_outdated():  # a decision was taken back
            self._guessing.begin()
            self._note_guesses(False)
            return
        self._guessing.close()
        spaces = spaces_of(self._library.models)
        done = functools.partial(self._hand_over, plan)
        self._helper.ask("learn labels", request(self._library.folder, spaces), b"", done)
        self._is_learning = True

    def _is_outdated(self) -> bool:
        """Whether something else would be learnt than was, or than could not be."""
        examples, learnt_from = self._labels.decisions.examples(), self._labels.guesses.learnt_from
        if not (examples or learnt_from):
            return False
        return state_of(self._library.db, spaces_of(self._library.models)) not in (learnt_from, self._failed_with)

    def _hand_over(self, plan: int, answer: Answer | UserError) -> None:
        """Bring the answer into the worker's thread."""
        self._queue.put(Priority.INDEX, functools.partial(self._take, plan, answer))

    def _take(self, plan: int, answer: Answer | UserError) -> None:
        if plan != self._plans:
            return  # something was decided meanwhile, and is being learnt
        self._is_learning = False
        spaces = spaces_of(self._library.models)
        if isinstance(answer, UserError):
            self._failed_with = state_of(self._library.db, spaces)
            self._emit(ErrorReport(answer.title, answer.message, answer.path))
        elif {space.fingerprint for space in spaces} == set(answer.header["labels"]):
            weights = learnt(answer.header, answer.payload, spaces)
            self._labels.guesses.learn(weights, answer.header["learnt_from"], kept=answer.header["waiting"])
            self._guessing.start_over()
            self.look()  # vectors that were waited for may have come by now
        else:
            self.look()  # other models are in use by now

    def _note_guesses(self, is_new: bool) -> None:
        """Take note that all documents have been looked at, and whether anything is guessed that was not before."""
        if is_new:
            self._note_change()
        elif self._is_watched:
            self._tell()
