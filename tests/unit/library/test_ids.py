from bge_desktop.library.ids import read_ids


def test_ids_come_once_each_ascending(library):
    sql = "SELECT value AS id FROM json_each(?)"
    assert read_ids(library.db, sql, ["[7, 3, 9000000000, 3, 1]"]).tolist() == [1, 3, 7, 9_000_000_000]


def test_no_ids_are_an_empty_array(library):
    ids = read_ids(library.db, "SELECT id FROM documents")
    assert ids.tolist() == []
    assert ids.dtype == "int64"
