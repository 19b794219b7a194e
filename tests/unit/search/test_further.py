import dataclasses

import pytest

from bge_desktop.library.library import Library
from bge_desktop.messages import SearchResult
from bge_desktop.search.further import further_passages
from bge_desktop.search.queries import understood
from bge_desktop.search.searcher import Searcher
from tests.graphs import make_graphs
from tests.unit.search.conftest import Shelf, dense, unit


@pytest.fixture
def find(shelf):
    """Return the passages of a file that answer what is typed."""
    searcher = Searcher(shelf.library)

    def typed(query, vectors, path, limit=20):
        asked = understood(query)
        return further_passages(shelf.library, asked, searcher.words(asked), dense(vectors), path, limit)

    return typed


def others(shelf):
    for number in range(6):
        shelf.embed(shelf.put(f"filler {number}.txt", f"Filler {number}."), 10 + number)


LEASE = "The boiler is warm.\n\nNobody knows.\n\nThe heating of the house.\n\nA boiler and another boiler."


def test_passages_with_the_words_and_near_ones_come_in_the_order_of_the_document(shelf, find):
    others(shelf)
    shelf.embed(shelf.put("lease.txt", LEASE), 1, 2, 0, 1)
    found = find("boiler", {"en": unit("en", 0)}, "/documents/lease.txt")
    assert [own.passage for own in found] == [
        "The boiler is warm.", "The heating of the house.", "A boiler and another boiler.",
    ]  # fmt: skip
    assert all(LEASE[own.start : own.end] == own.passage for own in found)


def test_other_documents_have_no_passages_here(shelf, find):
    shelf.embed(shelf.put("one.txt", "The boiler is warm."), 0)
    shelf.embed(shelf.put("two.txt", "The boiler is cold."), 0)
    assert [own.passage for own in find("boiler", {"en": unit("en", 0)}, "/documents/two.txt")] == [
        "The boiler is cold."
    ]


def test_of_many_the_best_are_shown(shelf, find):
    others(shelf)
    shelf.embed(shelf.put("lease.txt", LEASE), 1, 2, 3, 0)
    [best] = find("boiler", {"en": unit("en", 0)}, "/documents/lease.txt", limit=1)
    assert best.passage == "A boiler and another boiler."


def test_a_passage_is_shown_as_in_the_list(shelf, find, search):
    shelf.embed(shelf.put("lease.txt", "Some words. The boiler is warm.", page=3), 0)
    vectors = {"en": unit("en", 0)}
    [result], [found] = search("boiler", vectors, 1).results, find("boiler", vectors, "/documents/lease.txt")
    shared = {own.name for own in dataclasses.fields(found)} & {own.name for own in dataclasses.fields(SearchResult)}
    assert {name: getattr(found, name) for name in shared} == {name: getattr(result, name) for name in shared}
    assert len(shared) == len(dataclasses.fields(found))


def test_filters_of_the_query_count_nothing(shelf, find):
    shelf.put("lease.txt", LEASE)
    passages = find("boiler", {}, "/documents/lease.txt")
    assert len(passages) == 2
    assert find("boiler type:pdf -warm", {}, "/documents/lease.txt") == passages


def test_where_nothing_but_filters_is_asked_for_no_passage_answers(shelf, find):
    shelf.put("lease.txt", LEASE)
    assert find("type:text", {}, "/documents/lease.txt") == ()


@pytest.mark.parametrize("path", ["/documents/gone.txt", "/documents/a\udcff.txt"])
def test_a_file_that_is_unknown_has_no_passages(shelf, find, path):
    shelf.put("lease.txt", LEASE)
    assert find("boiler", {}, path) == ()


def test_a_copy_has_the_passages_of_what_it_is_a_copy_of(shelf, find):
    shelf.put("one.txt", "The boiler manual.", content="same")
    shelf.put("copy.txt", "The boiler manual.", content="same")
    assert find("boiler", {}, "/documents/copy.txt") == find("boiler", {}, "/documents/one.txt") != ()


def test_all_passages_are_compared_where_the_graph_finds_only_some(tmp_path):
    library = Library(str(tmp_path / "large"), exact_limit=3)
    shelf = Shelf(library)
    others(shelf)
    shelf.embed(shelf.put("lease.txt", LEASE), 1, 2, 0, 1)
    make_graphs(library, "en")
    query = understood("heating")
    words = Searcher(library).words(query)
    found = further_passages(library, query, words, dense({"en": unit("en", 0)}), "/documents/lease.txt", 20)
    assert [own.passage for own in found] == ["The heating of the house."]
    library.close()
