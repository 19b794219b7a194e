import dataclasses
import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bge_desktop.library.library import Library
from bge_desktop.search.facets import FacetCounter
from bge_desktop.search.filters import allowed_documents
from bge_desktop.search.query_language import Filters, Query, parse
from bge_desktop.search.query_values import period
from tests.unit.search.test_filters import PAPERS, TODAY, Paper, put
from tests.unit.search.test_filters_by_scan import papers_at_random, queries_at_random

FILTERS = {
    "folders": lambda value: {"folders": (value,), "without_folders": ()},
    "kinds": lambda value: {"kinds": (value,), "without_kinds": ()},
    "languages": lambda value: {"languages": (value,)},
    "dates": lambda value: {"dates": (period(value, TODAY),), "after": None, "before": None},
}


def counted(counter, query, today=TODAY):
    found = list(counter.count(query, today))
    assert found[:-1] == [None] * (len(found) - 1)
    return found[-1]


def shown(counts):
    return [(own.value, own.count) for own in counts]


@pytest.fixture
def library(tmp_path):
    made = Library(str(tmp_path / "library"))
    for paper in PAPERS:
        put(made, paper, "/home/me")
    yield made
    made.close()


@pytest.fixture
def count(library):
    counter = FacetCounter(library)
    return lambda typed: counted(counter, parse(typed, TODAY))


def test_a_blank_query_counts_everything(count):
    counts = count("")
    assert shown(counts.kinds)[0] == ("text", 6)
    assert dict(shown(counts.kinds)) == {
        "text": 6, "code": 1, "pdf": 2, "docx": 1, "markdown": 2, "html": 1, "sheet": 1,
    }  # fmt: skip
    assert shown(counts.languages) == [("zh", 3), ("en", 9)]  # one is both
    assert shown(counts.dates) == [("7d", 1), ("30d", 1), ("1y", 11), ("2023", 1), ("2019", 1)]
    assert shown(counts.folders)[:2] == [("/home/me", 12), ("/home/me/Work", 3)]


def test_folders_that_differ_in_case_alone_are_one_as_they_are_when_asked_for(count):
    below = dict(shown(count("").folders))
    assert below["/home/me/Work"] == 3
    assert "/home/me/work" not in below


def test_a_filter_does_not_bear_on_its_own_values_but_on_those_of_others(count):
    without, counts = count(""), count("type:pdf -type:docx")
    assert counts.kinds == without.kinds
    assert shown(counts.languages) == [("zh", 1), ("en", 1)]
    assert shown(counts.folders) == [("/home/me", 2), ("/home/me/Work", 2)]


def test_free_text_restricts_nothing_and_phrases_and_exclusions_do(count):
    assert count("lease") == count("")
    assert shown(count("lease -tool").kinds) != shown(count("").kinds)
    assert shown(count('"annual report"').kinds) == [("docx", 1)]


def test_a_phrase_that_nothing_holds_is_not_insisted_on(count):
    assert count('"purple elephant"') == count("")


def test_a_library_without_files_has_no_values(tmp_path):
    library = Library(str(tmp_path / "empty"))
    library.folders.add("/home/me")
    counts = counted(FacetCounter(library), Query('"nothing"'))
    assert not any(dataclasses.astuple(counts))
    library.close()


def test_counts_are_known_until_the_library_changes(library):
    counter, query = FacetCounter(library), parse("lease type:pdf", TODAY)
    assert counter.known(query, TODAY) is None
    counts = counted(counter, query)
    assert counter.known(parse("type:pdf something else", TODAY), TODAY) == counts
    assert counter.known(query, TODAY + dt.timedelta(1)) is None
    assert counter.known(parse("type:docx", TODAY), TODAY) is None
    put(library, Paper("/home/me/Work/new.pdf", "A new lease.", "pdf"), "/home/me")
    assert counter.known(query, TODAY) is None
    assert shown(counted(counter, query).languages) == [("zh", 1), ("en", 2)]


def test_a_library_that_changes_while_it_is_counted_is_counted_again(library):
    counter, query = FacetCounter(library), parse("", TODAY)
    steps = counter.count(query, TODAY)
    next(steps)
    put(library, Paper("/home/me/Work/new.pdf", "A new lease.", "pdf"), "/home/me")
    assert list(steps)[-1] is not None
    assert counter.known(query, TODAY) is None
    assert dict(shown(counted(counter, query).kinds))["pdf"] == 3


def test_a_change_between_any_two_steps_does_no_harm(library):
    query = parse("", TODAY)
    for done in range(1, len(list(FacetCounter(library).count(query, TODAY)))):
        put(library, Paper(f"/home/me/Before {done}/a.pdf", f"Before {done}.", "pdf"), "/home/me")
        steps = FacetCounter(library).count(query, TODAY)
        assert [next(steps) for _ in range(done)] == [None] * done
        put(library, Paper(f"/home/me/After {done}/a.pdf", f"After {done}.", "pdf"), "/home/me")
        [folder] = library.folders.all()
        gone = [file for path, file in library.folders.files(folder).items() if "/Before" in path]
        library.folders.remove_files(gone)
        assert dict(shown(list(steps)[-1].folders))["/home/me/Work"] == 3


def test_single_files_of_the_library_are_no_folders(library, tmp_path):
    put(library, Paper("/elsewhere/one.txt", "Alone."), "/elsewhere/one.txt")
    assert [own.value for own in counted(FacetCounter(library), Query("")).folders if "elsewhere" in own.value] == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(
    st.lists(papers_at_random, min_size=2, max_size=6, unique_by=lambda paper: paper.path),
    st.lists(queries_at_random, min_size=10, max_size=10),
)
def test_every_count_is_that_of_the_query_with_this_value_instead(tmp_path_factory, papers, queries):
    papers = [dataclasses.replace(paper, content=f"{paper.kind} {paper.text}") for paper in papers]
    library = Library(str(tmp_path_factory.mktemp("facets")))
    documents = {put(library, paper) for paper in papers}
    counter = FacetCounter(library)
    for query in queries:
        counts = counted(counter, query)
        for facet, filters in FILTERS.items():
            for own in getattr(counts, facet):
                asked = dataclasses.replace(query.filters, **filters(own.value))
                assert own.count == allowed_count(library, documents, dataclasses.replace(query, filters=asked)), own
    library.close()


def allowed_count(library, documents, query):
    phrases = allowed_documents(library.db, Query("", query.phrases))
    if phrases is not None and not len(phrases):
        query = dataclasses.replace(query, phrases=())
    allowed = allowed_documents(library.db, query)
    return len(documents) if allowed is None else len(allowed)


def test_every_value_can_be_typed(count):
    counts = count("")
    for facet, key in (("kinds", "type"), ("languages", "lang"), ("dates", "date"), ("folders", "folder")):
        for own in getattr(counts, facet):
            query = parse(f'{key}:"{own.value}"', TODAY)
            assert (query.text, query.hints) == ("", ())
            assert query.filters != Filters()
