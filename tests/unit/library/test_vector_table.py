import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bge_desktop.library import vector_table
from bge_desktop.library.vector_table import VectorTable

_DIMENSION = 16


@pytest.fixture
def table(unit_vectors, monkeypatch):
    monkeypatch.setattr(vector_table, "_BLOCK", 64)
    made = VectorTable(_DIMENSION)
    made.add(np.arange(5) * 10, unit_vectors(5))
    return made


def _half(vectors):
    return vectors.astype(np.float16)


def _held(table):
    ids, vectors = table.of(table.ids)
    return dict(zip(ids.tolist(), vectors.tolist(), strict=True))


def test_vectors_are_added_replaced_and_removed(table, unit_vectors):
    expected = _held(table)
    new = unit_vectors(3000, seed=1)
    table.add(np.arange(3000) + 40, new)  # one of them is there
    table.remove(np.array([0, 20, 41, 3039, 4711]))
    expected |= dict(zip((np.arange(3000) + 40).tolist(), _half(new).tolist(), strict=True))
    for number in (0, 20, 41, 3039):
        del expected[number]
    assert len(table) == len(expected)
    assert _held(table) == expected


def test_some_come_in_the_order_of_their_ids(table):
    table.remove(np.array([10]))
    ids, vectors = table.of(np.array([40, 10, 999, 0]))
    assert ids.tolist() == [0, 40]
    np.testing.assert_array_equal(vectors, [_held(table)[0], _held(table)[40]])


def test_all_are_compared_with_several_at_once(table, unit_vectors):
    table.add(np.arange(200) + 100, unit_vectors(200, seed=1))
    queries = unit_vectors(3, seed=2)
    ids, cosines = table.scan(queries)
    assert cosines.dtype == np.float32
    held = _held(table)
    expected = np.array([held[number] for number in ids.tolist()]) @ _half(queries).astype(np.float64).T
    np.testing.assert_allclose(cosines, expected, atol=1e-6)
    one, alone = table.scan(queries[:1])
    np.testing.assert_allclose(dict(zip(one, alone[:, 0], strict=True))[100], cosines[ids == 100][0, 0], atol=1e-6)


def test_some_are_compared(table, unit_vectors):
    query = unit_vectors(5)[3]
    ids, cosines = table.compare(np.array([30, 999, 10]), query)
    assert ids.tolist() == [10, 30]
    assert cosines[1] == pytest.approx(1, abs=1e-3)


def test_an_empty_one_has_nothing_to_compare(unit_vectors):
    table = VectorTable(_DIMENSION)
    assert table.scan(unit_vectors(2))[1].shape == (0, 2)
    assert table.compare(np.array([1]), unit_vectors(1)[0])[1].shape == (0,)
    assert table.of(np.empty(0, np.int64))[1].shape == (0, _DIMENSION)
    table.remove(np.array([1]))
    assert len(table) == 0


def test_what_it_hands_out_stays_as_it_is(table, unit_vectors):
    ids, (_, vectors) = table.ids, table.of(np.array([0]))
    before = ids.tolist(), vectors.tolist()
    table.remove(np.array([0]))
    table.add(np.array([7]), unit_vectors(1, seed=1))
    assert (ids.tolist(), vectors.tolist()) == before


def test_an_emptied_one_can_be_filled_again(table, unit_vectors):
    table.remove(table.ids)
    assert len(table) == len(table.ids) == 0
    table.add(np.array([3]), unit_vectors(1))
    assert table.ids.tolist() == [3]


_ids = st.lists(st.integers(0, 40), unique=True, max_size=20)


@settings(deadline=None, max_examples=60)
@given(changes=st.lists(st.tuples(st.booleans(), _ids), max_size=12))
def test_any_changes_leave_it_as_a_dictionary_would_be(changes):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vector_table, "_BLOCK", 4)
        table, expected = VectorTable(1), {}
        for number, (is_added, ids) in enumerate(changes):
            if is_added:
                table.add(np.array(ids, np.int64), np.full((len(ids), 1), number, np.float32))
                expected |= {key: [float(number)] for key in ids}
            else:
                table.remove(np.array(ids, np.int64))
                expected = {key: value for key, value in expected.items() if key not in ids}
            assert _held(table) == expected
            assert sorted(table.ids.tolist()) == sorted(expected)
