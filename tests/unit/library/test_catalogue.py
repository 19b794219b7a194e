import numpy as np

from bge_desktop.library.catalogue import Catalogue


def _catalogue(*pairs, documents):
    return Catalogue(np.array(pairs, np.int64).reshape(len(pairs), 2), documents)


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
    catalogue.add(11, [2, 3])
    catalogue.add(12, [])
    assert catalogue.documents.tolist() == [10, 11, 12]
    assert catalogue.count_passages_of([11, 12]) == 2
    assert catalogue.remove([11, 12]).tolist() == [2, 3]
    assert catalogue.documents.tolist() == [10]
    assert _rows(catalogue, 1, 2) == [0, -1]


def test_it_keeps_no_hold_of_what_it_was_made_from():
    passages = np.array([[1, 10]], np.int64)
    catalogue = Catalogue(passages, [10])
    passages[:] = 0
    assert _rows(catalogue, 1) == [0]
