from __future__ import annotations

import pytest

from bge_desktop.search import exactness


def scores(shelf, score, text):
    """The score of each document that has one, by its id."""
    rows = score(shelf.library, text)
    return {
        int(document): float(own) for document, own in zip(shelf.library.catalogue.documents, rows, strict=True) if own
    }


@pytest.mark.parametrize("text", ["Skerry", "skerry", "ERR_4021-B", "见面", "IMG_77"])
def test_the_one_document_that_holds_a_name_or_a_single_word_has_all_of_it(shelf, text):
    document = shelf.put("IMG_77.txt", "The lights of Skerry; ERR_4021-B; 下周见面。")
    shelf.put("other.txt", "The rocks of the shore.")
    assert scores(shelf, exactness.held, text) == {document: 1.0}


def test_those_that_hold_it_share(shelf):
    documents = [shelf.put(f"{number}.txt", f"A skerry, number {number}.") for number in range(4)]
    assert scores(shelf, exactness.held, "skerry") == dict.fromkeys(documents, 0.25)


@pytest.mark.parametrize("text", ["the skerry lights", "", "…", "a", "12"])
def test_several_words_are_no_exact_name(shelf, text):
    shelf.put("one.txt", "The skerry lights; a 12.")
    assert scores(shelf, exactness.held, text) == {}


@pytest.mark.parametrize("text", ["plan", "plan.txt", "old/plan", "old/plan.txt", "/documents/work/old/plan.txt"])
def test_a_file_is_called_by_its_name_or_its_path(shelf, text):
    document = shelf.put("work/old/plan.txt", "nothing of the kind")
    shelf.put("work/new/plan b.txt", "something else")
    assert scores(shelf, exactness.called, text) == {document: 1.0}


def test_files_are_called_by_their_folder_the_less_the_more_there_are(shelf):
    documents = [shelf.put(f"Work Stuff/{name}.txt", f"nothing of {name}") for name in "ab"]
    assert scores(shelf, exactness.called, "work stuff") == dict.fromkeys(documents, 0.125)
