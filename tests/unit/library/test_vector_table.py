import numpy as np
import pytest

from bge_desktop.library.vector_table import VectorTable


@pytest.fixture(params=[np.float32, np.float16])
def table(request, unit_vectors):
    return VectorTable(np.arange(5) * 10, unit_vectors(5).astype(request.param))


def _held(table):
    return dict(zip(table.ids.tolist(), table.vectors.astype(np.float32).tolist(), strict=True))


def test_vectors_are_added_replaced_and_removed(table, unit_vectors):
    expected = _held(table)
    new = unit_vectors(3000, seed=1)
    table.add(np.arange(3000) + 40, new)  # one of them is there
    table.remove(np.array([0, 20, 41, 3039, 4711]))
    expected |= dict(zip((np.arange(3000) + 40).tolist(), new.astype(table.vectors.dtype).tolist(), strict=True))
    for number in (0, 20, 41, 3039):
        del expected[number]
    assert len(table) == len(expected)
    held = _held(table)
    assert held.keys() == expected.keys()
    np.testing.assert_array_equal([held[number] for number in expected], list(expected.values()))


def test_some_come_in_the_order_of_their_ids(table):
    table.remove(np.array([10]))
    ids, vectors = table.of(np.array([40, 10, 999, 0]))
    assert ids.tolist() == [0, 40]
    np.testing.assert_array_equal(vectors, [_held(table)[0], _held(table)[40]])


def test_it_keeps_no_hold_of_what_it_was_made_from():
    ids, vectors = np.array([7]), np.ones((1, 2), np.float32)
    table = VectorTable(ids, vectors)
    ids[:], vectors[:] = 0, 0
    assert table.ids.tolist() == [7]
    assert table.vectors.tolist() == [[1, 1]]


def test_an_emptied_one_can_be_filled_again(table, unit_vectors):
    table.remove(table.ids.copy())
    assert len(table) == len(table.ids) == 0
    table.add(np.array([3]), unit_vectors(1))
    assert table.ids.tolist() == [3]
