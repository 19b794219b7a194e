"""Topics: grouping the documents when that is due, placing new ones, and telling of both."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from collections.abc import Callable, Iterator

from bge_desktop.errors import RequestError, UserError
from bge_desktop.library.library import Library
from bge_desktop.library.made_topics import unpacked
from bge_desktop.library.topic_places import Places, joined, portions
from bge_desktop.library.topic_writing import Regrouping
from bge_desktop.messages import (
    DescribeDocuments,
    ErrorReport,
    Event,
    GroupAnew,
    LibraryChanged,
    RenameTopic,
    Request,
    ShowTopics,
)
from bge_desktop.search.described import described
from bge_desktop.understand.helper import Answer, Helper
from bge_desktop.understand.spaces import spaces_of
from bge_desktop.understand.survey import Survey
from bge_desktop.understand.topic_tree import told
from bge_desktop.worker.queue import JobQueue, Priority

# Grouping takes the processor for a while: it waits until nobody has done anything for so long.
_QUIET_S = 30.0
# Who looks at the topics waits for them.
_SHORTLY_S = 2.0


class Grouping:
    """Keeps the documents grouped into topics.

    Args:
        library: whose documents.
        helper: the process that groups them.
        queue: of the worker's thread, in which everything here runs.
        emit: takes the answers, and errors.
        may_begin: whether grouping may begin by itself now, where nobody has typed for so many seconds; None where it
            never does.
        is_catching_up: whether documents are being read and embedded.
    """

    requests: tuple[type[Request], ...] = (ShowTopics, GroupAnew, RenameTopic, DescribeDocuments)

    def __init__(
        self,
        library: Library,
        helper: Helper,
        queue: JobQueue,
        emit: Callable[[Event], None],
        may_begin: Callable[[float], bool] | None,
        is_catching_up: Callable[[], bool],
    ) -> None:
        self._library, self._helper, self._queue, self._emit = library, helper, queue, emit
        self._may_begin, self._is_catching_up = may_begin, is_catching_up
        self._shown: ShowTopics | None = None
        self._steps: Iterator[None] | None = None  # of a survey, or of writing what was made
        self._is_asked = self._is_grouping = self._is_stale = self._has_failed = False
        self._is_waiting = False
        self._tells = 0  # the last telling holds

    @property
    def is_busy(self) -> bool:
        """Whether a person waits for the topics, or new documents are being placed."""
        return self._is_asked or self._steps is not None

    def do(self, asked: Request) -> None:
        """Do what is asked.

        Raises:
            RequestError: there is no such topic.
        """
        match asked:
            case ShowTopics():
                self._shown = asked if asked.watch else None
                self._tell()
                self.look()
            case GroupAnew():
                self._is_asked = True
                self._tell()
                self.look()
            case RenameTopic(topic, name):
                self._rename(topic, name)
            case DescribeDocuments():
                self._emit(described(self._library.db, asked))

    def look(self) -> None:
        """Place documents that are new, and group all of them where it is time for that."""
        if self._steps is None and not self._is_grouping:
            self._is_stale = False
            with self._ended_by_failure():
                survey = Survey(self._library.db, spaces_of(self._library.models))
                self._begin(survey.portions(), functools.partial(self._end_survey, survey))
        else:
            self._is_stale = True

    def close(self) -> None:
        """Stop; what is not done yet goes on at the next start."""
        self._steps = None

    def _begin(self, steps: Iterator[None], end: Callable[[], None]) -> None:
        self._steps = steps
        self._queue.put(Priority.INDEX, functools.partial(self._step, end))

    def _step(self, end: Callable[[], None]) -> None:
        steps, self._steps = self._steps, None
        if steps is None:
            return
        with self._ended_by_failure():
            if next(steps, self) is self:
                end()
            else:
                self._begin(steps, end)

    @contextlib.contextmanager
    def _ended_by_failure(self) -> Iterator[None]:
        """Have nothing under way after a failure: it is told, and the next look begins anew."""
        try:
            yield
        except BaseException:
            self._steps = None
            self._end_grouping()
            raise

    def _end_survey(self, survey: Survey) -> None:
        if survey.placed:
            self._note_change()
        is_due = survey.is_due and not self._has_failed
        if self._is_asked and survey.waits:
            self._put_off()
        elif self._is_asked or (is_due and self._is_time()):
            self._group()
        elif self._is_stale:
            self.look()
        elif is_due and self._may_begin:
            self._wait(_QUIET_S)

    def _put_off(self) -> None:
        """Group once the documents have their vectors; where these do not come now, say so."""
        if self._is_catching_up():
            self._wait(_SHORTLY_S)
        else:
            self._end_grouping()
            message = "Some of them wait for the model to read them. Go on with what is paused, then try again."
            self._emit(ErrorReport("The documents cannot be grouped yet", message))

    def _wait(self, seconds: float) -> None:
        if not self._is_waiting:
            self._is_waiting = True
            self._queue.put_later(seconds, Priority.INDEX, self._end_wait)

    def _end_wait(self) -> None:
        self._is_waiting = False
        if self._is_asked or self._is_time():
            self.look()
        elif self._may_begin:
            self._wait(_QUIET_S)

    def _is_time(self) -> bool:
        """Whether grouping may begin that nobody has asked for."""
        quiet_s = _QUIET_S if self._shown is None else _SHORTLY_S
        return self._may_begin is not None and self._may_begin(quiet_s)

    def _group(self) -> None:
        self._is_grouping = True
        self._tell()
        spaces = [dataclasses.astuple(space) for space in spaces_of(self._library.models)]
        self._helper.ask("group", {"library": self._library.folder, "spaces": spaces}, b"", self._hand_over)

    def _hand_over(self, answer: Answer | UserError) -> None:
        """Bring the answer into the worker's thread."""
        self._queue.put(Priority.INDEX, functools.partial(self._take, answer))

    def _take(self, answer: Answer | UserError) -> None:
        if isinstance(answer, UserError):
            self._has_failed = True  # until the next start, or until somebody asks for it
            self._end_grouping()
            self._emit(ErrorReport(answer.title, answer.message, answer.path))
        else:
            self._has_failed = False
            with self._ended_by_failure():
                made = unpacked(answer.header, answer.payload)
                self._begin(Regrouping(self._library.db, made).portions(), self._end_writing)

    def _end_writing(self) -> None:
        self._end_grouping()
        self._note_change()
        self.look()  # at what has come meanwhile

    def _end_grouping(self) -> None:
        self._is_grouping = self._is_asked = False
        self._tell()

    def _rename(self, topic: int, name: str) -> None:
        if not self._library.topics.rename(topic, " ".join(name.split())):
            raise RequestError("The topic is gone", "The documents were grouped anew meanwhile.")
        self._note_change()

    def _note_change(self) -> None:
        self._emit(LibraryChanged())
        self._tell()

    def _tell(self) -> None:
        """Tell of the topics, unless nobody looks at them: a portion of the documents at a time."""
        if self._shown is not None:
            self._tells += 1
            step = functools.partial(self._tell_step, self._tells, portions(self._library.db), [])
            self._queue.put(Priority.INDEX, step)

    def _tell_step(self, number: int, left: Iterator[Places], read: list[Places]) -> None:
        shown = self._shown
        if number != self._tells or shown is None:
            return
        if part := next(left, None):
            self._queue.put(Priority.INDEX, functools.partial(self._tell_step, number, left, [*read, part]))
        else:
            places = joined(read)
            tables, is_grouping = self._library.topics, self._is_grouping or self._is_asked
            self._emit(told(tables, places, points=shown.points, is_grouping=is_grouping))
