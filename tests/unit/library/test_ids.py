import numpy as np

from bge_desktop.library.ids import read_groups, read_ids, read_pairs, starts_of


def test_ids_come_once_each_ascending(library):
    sql = "SELECT value AS id FROM json_each(?)"
    assert read_ids(library.db, sql, ["[7, 3, 9000000000, 3, 1]"]).tolist() == [1, 3, 7, 9_000_000_000]


def test_no_ids_are_an_empty_array(library):
    ids = read_ids(library.db, "SELECT id FROM documents")
    assert ids.tolist() == []
    assert ids.dtype == "int64"


def test_pairs_and_groups_keep_together_what_was_selected_together(library):
    rows = "(SELECT value ->> 0 AS id, value ->> 1 AS value FROM json_each('[[4, 10], [2, 20], [9, 10]]'))"
    ids, values = read_pairs(library.db, f"SELECT * FROM {rows}")
    assert dict(zip(ids.tolist(), values.tolist(), strict=True)) == {4: 10, 2: 20, 9: 10}
    groups, counts, ids = read_groups(library.db, rows, "value")
    assert (groups, counts.tolist()) == ([10, 20], [2, 1])
    assert (sorted(ids[:2].tolist()), ids[2]) == ([4, 9], 2)


def test_groups_start_where_another_number_begins():
    assert starts_of(np.array([3, 3, 1, 7, 7, 7])).tolist() == [0, 2, 3]
    assert starts_of(np.array([5])).tolist() == [0]
    assert starts_of(np.empty(0, np.int64)).tolist() == []
