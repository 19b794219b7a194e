from bge_desktop.library.full_text import add_words, remove_all_words, remove_words


def test_rows_are_found_until_they_are_removed(desk):
    db = desk.library.db
    add_words(db, "name_words", [(1, "lease 租房"), (2, "lease")])
    assert desk.finds("lease", "name_words") == [1, 2]
    assert desk.finds("租房", "name_words") == [1]
    remove_words(db, "name_words", [(1, "lease 租房")])
    assert desk.finds("lease", "name_words") == [2]
    remove_all_words(db, "name_words")
    assert desk.finds("lease", "name_words") == []
