"""`label:` in queries: what it allows, what it leaves out, and what it says where there is no such label."""

from __future__ import annotations

import datetime as dt

import pytest

from bge_desktop import query_terms
from bge_desktop.messages import Decision
from bge_desktop.search.facets import FacetCounter
from bge_desktop.search.filters import allowed_documents
from bge_desktop.search.query_language import parse
from bge_desktop.search.unmatched import unmatched

TODAY = dt.date(2024, 5, 20)


@pytest.fixture
def library(shelf):
    """Four documents: of the labels "Home & garden" and "Tax", one of each, both, and none."""
    labels = shelf.library.labels
    garden, tax, both, _ = (shelf.put(f"{name}.txt", name) for name in ("garden", "tax", "both", "none"))
    for name, documents in (("Home & garden", (garden, both)), ("Tax", (tax, both))):
        labels.decisions.set(labels.add(name), documents, Decision.YES)
    return shelf.library


def found(library, typed):
    allowed = allowed_documents(library.db, parse(typed, TODAY))
    names = dict(library.db.execute("SELECT document_id, path FROM files"))
    return {names[number].decode().rpartition("/")[2].removesuffix(".txt") for number in allowed.tolist()}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("label:tax", {"tax", "both"}),
        ("标签：TAX", {"tax", "both"}),
        ('tag:"home & garden"', {"garden", "both"}),
        ("label:tax,nothing", {"tax", "both"}),
        ('label:tax label:"home & garden"', {"tax", "both", "garden"}),
        ('label:tax -label:"home & garden"', {"tax"}),
        ("-label:tax", {"garden", "none"}),
        ("label:none", {"none"}),
        ("標籤:無", {"none"}),
        ("-label:none", {"tax", "both", "garden"}),
        ("label:none label:tax", {"none", "tax", "both"}),
        ("label:unknown", set()),
    ],
)
def test_a_query_finds_by_label(library, typed, names):
    assert found(library, typed) == names


def test_what_is_only_proposed_is_found_once_it_applies_by_itself(library):
    labels = library.labels
    tax, [none] = labels.at("Tax"), allowed_documents(library.db, parse("label:none", TODAY)).tolist()
    labels.guesses.record([none], [(tax, none, 0.8)])
    assert found(library, "label:tax") == {"tax", "both"}
    assert found(library, "label:none") == {"none"}
    labels.set_threshold(tax, 0.8)
    assert found(library, "label:tax") == {"tax", "both", "none"}
    assert found(library, "label:none") == set()


def test_a_name_that_no_label_has_is_told(library):
    def hints(typed):
        return unmatched(library.db, parse(typed, TODAY).filters, is_nothing_allowed=False)

    assert hints("label:taxes") == ["No label here is called “taxes”."]
    assert hints("label:tax,none -label:taxes") == []


def test_counts_of_other_filters_heed_labels(library):
    *_, counts = FacetCounter(library).count(parse("label:tax", TODAY), TODAY)
    assert [(own.value, own.count) for own in counts.languages] == [("en", 2)]
    assert [(own.value, own.count) for own in counts.labels] == [("Home & garden", 2), ("Tax", 2)]
    *_, counts = FacetCounter(library).count(parse("name:tax", TODAY), TODAY)
    assert [(own.value, own.count) for own in counts.labels] == [("Tax", 1)]


def test_a_term_is_written_as_it_is_understood(library):
    for label in library.labels.all():
        term = parse(query_terms.label(label.name), TODAY)
        assert term.filters.labels == (label.name,)
