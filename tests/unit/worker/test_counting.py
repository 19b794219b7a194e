import pytest

from bge_desktop.library.library import Library
from bge_desktop.messages import Facets
from bge_desktop.search.queries import understood
from bge_desktop.worker.counting import FacetCounting
from bge_desktop.worker.queue import JobQueue, Priority
from tests.unit.search.test_filters import PAPERS, Paper, put


class Desk:
    """Counting in a queue whose jobs the test takes out one by one."""

    def __init__(self, library):
        self.library, self.queue, self.told = library, JobQueue(), []
        self.counting = FacetCounting(library, self.queue, self.told.append)

    def begin(self, generation, typed):
        self.counting.begin(generation, understood(typed), 0.0)

    def step(self):
        self.queue.take()()

    def step_until_told(self):
        before = len(self.told)
        while len(self.told) == before:
            self.step()
        return self.told[-1]


@pytest.fixture
def desk(tmp_path):
    library = Library(str(tmp_path / "library"))
    for paper in PAPERS:
        put(library, paper)
    yield Desk(library)
    library.close()


def test_the_counts_come_in_small_jobs(desk):
    desk.begin(7, "type:pdf")
    desk.step()
    assert desk.told == []
    facets = desk.step_until_told()
    assert isinstance(facets, Facets)
    assert (facets.generation, [own.value for own in facets.languages]) == (7, ["zh", "en"])


def test_what_is_known_is_told_at_once(desk):
    desk.begin(1, "lease type:pdf")
    first = desk.step_until_told()
    desk.begin(2, "another word type:pdf")
    assert desk.told[-1] == Facets(2, first.folders, first.kinds, first.languages, first.dates)


def test_only_the_newest_query_is_counted_for(desk):
    desk.begin(1, "type:pdf")
    desk.step()
    desk.begin(2, "type:docx")
    assert desk.step_until_told().generation == 2
    assert len(desk.told) == 1


def test_what_is_known_is_not_overwritten_by_the_counts_of_the_query_before(desk):
    desk.begin(1, "")
    known = desk.step_until_told()
    desk.begin(2, "type:pdf")
    desk.begin(3, "")
    for _ in range(60):
        desk.queue.put(Priority.INDEX, lambda: None)  # so that there is something to do in the end
        desk.step()
    assert desk.told[1:] == [Facets(3, known.folders, known.kinds, known.languages, known.dates)]


def test_what_is_forgotten_is_not_told(desk):
    desk.begin(1, "type:pdf")
    desk.counting.forget()

    def go_on():  # so that there is something to do in the end
        desk.queue.put(Priority.INDEX, go_on)

    go_on()
    for _ in range(60):
        desk.step()
    assert desk.told == []
    desk.begin(2, "type:pdf")
    assert [facets.generation for facets in desk.told] == [2]


def test_after_a_fault_it_is_counted_anew(desk, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("bge_desktop.search.facets.FileTable", lambda library: 1 / 0)
        desk.begin(1, "")
        with pytest.raises(ZeroDivisionError):
            desk.step()
    desk.begin(2, "")
    assert desk.step_until_told().generation == 2


def test_other_work_goes_first(desk):
    desk.begin(1, "type:pdf")
    desk.step()
    desk.queue.put(Priority.QUERY, lambda: desk.told.append("an answer"))
    desk.step()
    assert desk.told == ["an answer"]


def test_a_library_that_has_changed_is_counted_anew(desk):
    desk.begin(1, "")
    before = desk.step_until_told()
    put(desk.library, Paper("/home/me/code/more.py", "pass", "code"))
    desk.begin(2, "")
    after = desk.step_until_told()
    assert {own.value: own.count for own in after.kinds}["code"] == 2
    assert before.kinds != after.kinds


def test_a_query_that_restricts_the_same_goes_on_with_the_counting(desk):
    desk.begin(1, "lease type:pdf")
    for _ in range(3):
        desk.step()
    desk.counting.forget()
    desk.begin(2, "another word type:pdf")
    assert desk.step_until_told().generation == 2
    assert len(desk.told) == 1


def test_a_library_that_always_changes_is_counted_all_the_same(desk):
    for generation in range(50):
        put(desk.library, Paper(f"/home/me/code/{generation}.py", str(generation), "code"))
        desk.counting.forget()
        desk.begin(generation, "")
        desk.step()
        if desk.told:
            return
    raise AssertionError(desk.told)
