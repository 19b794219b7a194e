"""Queries with the right answer written down: the document that must come first, among others that are near to it."""

from __future__ import annotations

import pytest

from bge_desktop.messages import Mode
from tests.end_to_end.cases.tables import cases, documents

TABLES = {"exactness": 40, "filters": 20, "languages": 40, "pairs": 24}
FIRST = [case for table in TABLES for case in cases(table)]


def test_the_tables_are_long_enough_and_name_documents():
    for table, fewest in TABLES.items():
        assert len(dict(cases(table))) >= fewest
    assert len(cases("misspelt")) >= 20
    assert {name for _, name in [*FIRST, *cases("misspelt"), *cases("typing")]} <= documents().keys()


@pytest.mark.parametrize(("query", "wanted"), FIRST)
def test_the_document_that_answers_comes_first(ranked, query, wanted):
    assert ranked(query)[0] == wanted


@pytest.mark.parametrize(("query", "wanted"), cases("misspelt"))
def test_a_misspelt_query_still_finds_its_document(ranked, query, wanted):
    assert wanted in ranked(query)[:3]


def test_most_misspelt_queries_find_it_first(ranked):
    found = [ranked(query)[0] == wanted for query, wanted in cases("misspelt")]
    assert sum(found) >= 0.8 * len(found)


@pytest.mark.parametrize("mode", [Mode.LEXICAL, Mode.HYBRID])
@pytest.mark.parametrize(("query", "wanted"), cases("typing"))
def test_what_was_first_stays_near_while_one_types_on(ranked, query, wanted, mode):
    lists = [ranked(query[:end], mode=mode) for end in range(1, len(query) + 1)]
    assert lists[-1][0] == wanted
    first = next(place for place, found in enumerate(lists) if found[:1] == [wanted])
    assert all(wanted in found[:3] for found in lists[first:])
    if mode is Mode.HYBRID:
        assert all(lists)


@pytest.mark.parametrize(
    ("beginning", "wanted"),
    [
        ("dishw", "notes/dishwasher.txt"),
        ("therm", "notes/thermostat.txt"),
        ("straw", "notes/berries.txt"),
        ("INV-2024-018 leafl", "bills/leaflet.txt"),
        ("部署Postg", "文档/服务器.md"),
        ("红", "pairs/beef.zh.md"),
        ("红烧", "pairs/beef.zh.md"),
        ("カメ", "文档/カメラ.txt"),
        ("김", "文档/김치.txt"),
    ],
)
def test_the_beginning_of_a_word_finds_it_by_words_alone(ranked, beginning, wanted):
    assert wanted in ranked(beginning, mode=Mode.LEXICAL)[:3]


@pytest.mark.parametrize("query", ["Ferro 牙冠", "INV-2024-018", "type:md server", "the boiler", "龙井"])
def test_the_same_query_twice_gives_the_same_list(results, query):
    assert results(query) == results(query)


@pytest.mark.parametrize("query", [query for query, _ in FIRST[::8]])
def test_what_is_shown_is_what_the_file_holds(results, query):
    for result in results(f"type:txt {query}", limit=5):
        with open(result.path, encoding="utf-8") as file:
            assert file.read()[result.start : result.end] == result.passage
        ranges = [*result.marks, *([result.sentence] if result.sentence else [])]
        assert all(0 <= own.start < own.end <= len(result.passage) for own in ranges)
