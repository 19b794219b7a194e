from __future__ import annotations

import queue

from bge_desktop.errors import LibraryError, RequestError
from bge_desktop.handover.forms import Done
from bge_desktop.handover.server import Visit
from bge_desktop.messages import AddFolder, ErrorReport, LibraryChanged, LibraryStatus, Progress, Rescan
from bge_desktop.worker.visits import Visits

ERROR = RequestError("Folder not found", "Check the path.", "/x")
REPORT = ErrorReport(ERROR.title, ERROR.message, ERROR.path)


class Desk:
    """Visits, what they had done, and how many passages have been embedded."""

    def __init__(self, *failing):
        self.failing, self.done, self.embedded = failing, [], 10
        self.visits = Visits(self.handle, lambda: self.embedded, self.status)

    def handle(self, request, report):
        self.done.append(request)
        if request in self.failing:
            report(ERROR)

    def status(self):
        return LibraryStatus((), 1, 2, 0, 0, (), 3, embedded=self.embedded)


def replies(visit):
    found = []
    while True:
        try:
            found.append(visit.next_reply(0))
        except queue.Empty:
            return found


def test_who_waits_hears_how_far_it_is_and_of_what_was_embedded_since():
    desk, visit = Desk(), Visit((AddFolder("/x"), Rescan()), waits=True)
    desk.visits.begin(visit)
    assert desk.done == [AddFolder("/x"), Rescan()]
    desk.visits.tell(Progress(files=1, failures=("many",)))
    desk.visits.tell(LibraryChanged())
    desk.embedded = 17
    desk.visits.settle()
    assert replies(visit) == [Progress(files=1), LibraryStatus((), 1, 2, 0, 0, (), 3, embedded=7)]
    desk.visits.settle()
    assert replies(visit) == []


def test_after_an_error_the_other_requests_are_done_all_the_same_and_the_error_is_told_in_the_end():
    desk, visit = Desk(AddFolder("/x")), Visit((AddFolder("/x"), Rescan()), waits=True)
    desk.visits.begin(visit)
    assert desk.done == [AddFolder("/x"), Rescan()]
    assert replies(visit) == []
    desk.visits.settle()
    assert replies(visit) == [REPORT]


def test_who_does_not_wait_is_answered_at_once():
    desk, visit = Desk(), Visit((Rescan(),), waits=False)
    desk.visits.begin(visit)
    desk.visits.tell(Progress())
    assert replies(visit) == [Done()]


def test_the_error_of_one_visit_is_not_anothers():
    desk = Desk(AddFolder("/x"))
    visits = [Visit((request,), waits=True) for request in (AddFolder("/x"), Rescan())]
    for visit in visits:
        desk.visits.begin(visit)
    desk.visits.settle()
    assert replies(visits[0]) == [REPORT]
    assert isinstance(replies(visits[1])[0], LibraryStatus)


def test_what_keeps_the_library_behind_is_told_to_all_who_wait():
    desk, visit = Desk(), Visit((Rescan(),), waits=True)
    desk.visits.begin(visit)
    full = LibraryError("The disk is full", "Make room on the disk.")
    desk.visits.tell(ErrorReport("The library has been repaired", "", is_over=True))
    desk.visits.tell(ErrorReport(full.title, full.message))
    desk.visits.tell(ErrorReport("Something else", ""))
    desk.visits.settle()
    assert replies(visit) == [ErrorReport(full.title, full.message)]
