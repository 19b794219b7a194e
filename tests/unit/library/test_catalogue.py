import numpy as np

from bge_desktop.library.catalogue import Catalogue


def _passages(*pairs):
    """Passages of documents, each with ten words for each unit of its own id."""
    return np.array([(passage, document, 10 * passage) for passage, document in pairs], np.int64).reshape(-1, 3)


def _catalogue(*pairs, documents):
    return Catalogue(_passages(*pairs), documents)


def _rows(catalogue, *ids):
    return catalogue.rows_of_passages(np.array(ids, np.int64)).tolist()


def test_an_empty_catalogue_knows_nothing():
    catalogue = _catalogue(documents=[])
    assert _rows(catalogue, 1, 2) == [-1, -1]
    assert catalogue.rows_of_documents(np.array([1])).tolist() == [-1]
    assert catalogue.passage_count == 0
    assert catalogue.remove([1]).tolist() == []


def test_passages_lead_to_the_rows_of_their_documents():
    catalogue = _catalogue((1, 10), (2, 10), (5, 30), documents=[10, 20, 30])
    assert _rows(catalogue, 5, 1, 2, 3, 0, 99) == [2, 0, 0, -1, -1, -1]
    assert catalogue.rows_of_documents(np.array([30, 10, 20, 15, 99])).tolist() == [2, 0, 1, -1, -1]


def test_added_and_removed_documents():
    catalogue = _catalogue((1, 10), documents=[10])
    catalogue.add(11, _passages((2, 11), (3, 11)))
    catalogue.add(12, _passages())
    assert catalogue.documents.tolist() == [10, 11, 12]
    assert catalogue.count_passages_of([11, 12]) == 2
    assert catalogue.lengths.tolist() == [10, 20, 30]
    assert catalogue.rows.tolist() == [0, 1, 1]
    assert catalogue.remove([11, 12]).tolist() == [2, 3]
    assert catalogue.passages.tolist() == [1]
    assert catalogue.lengths.tolist() == [10]
    assert catalogue.rows.tolist() == [0]
    assert catalogue.documents.tolist() == [10]
    assert _rows(catalogue, 1, 2) == [0, -1]


def test_places_and_passages_of_documents():
    catalogue = _catalogue((1, 10), (2, 10), (5, 30), documents=[10, 20, 30])
    assert catalogue.places_of_passages(np.array([5, 3, 1])).tolist() == [2, -1, 0]
    assert catalogue.passages_of_rows(np.array([0, 1])).tolist() == [1, 2]


def test_it_keeps_no_hold_of_what_it_was_made_from():
    passages = _passages((1, 10))
    catalogue = Catalogue(passages, [10])
    passages[:] = 0
    assert _rows(catalogue, 1) == [0]


def test_it_counts_the_passages_of_each_document():
    catalogue = _catalogue((1, 10), (2, 10), (5, 30), documents=[10, 20, 30])
    assert catalogue.passages_per_row().tolist() == [2, 0, 1]


def test_a_sample_holds_all_passages_of_its_documents_and_follows_the_library():
    catalogue = _catalogue(*((2 * own + half, own) for own in range(600) for half in (0, 1)), documents=range(600))
    first = catalogue.sample()
    owners = catalogue.rows_of_passages(first)
    assert len(first) == 1000
    assert set(np.unique(owners, return_counts=True)[1].tolist()) == {2}
    catalogue.add(600, _passages((1200, 600)))
    assert catalogue.sample() is first
    catalogue.remove(list(range(100)))
    assert catalogue.sample().min() >= 200


def test_of_a_small_library_the_sample_is_all_of_it():
    catalogue = _catalogue((1, 10), (2, 10), (5, 30), documents=[10, 20, 30])
    assert sorted(catalogue.sample().tolist()) == [1, 2, 5]
    assert _catalogue(documents=[]).sample().tolist() == []


def test_it_knows_how_many_words_there_are():
    catalogue = _catalogue((1, 10), (2, 10), (5, 30), documents=[10, 20, 30])
    catalogue.add(31, _passages((6, 31), (7, 31)))
    assert catalogue.document_lengths.tolist() == [30, 0, 50, 130]
    assert catalogue.passages_per_row().tolist() == [2, 0, 1, 2]
    assert catalogue.words == 210
    catalogue.remove([10, 20])
    assert catalogue.document_lengths.tolist() == [50, 130]
    assert catalogue.passages_per_row().tolist() == [1, 2]
    assert catalogue.words == 180
    assert _rows(catalogue, 1, 5, 7, 8) == [-1, 0, 1, -1]
