from bge_desktop.library.full_text import add_words, count_rows, remove_all_words, remove_words, word_counts


def test_rows_are_found_until_they_are_removed(desk):
    db = desk.library.db
    add_words(db, "name_words", [(1, "lease 租房"), (2, "lease")])
    assert desk.finds("lease", "name_words") == [1, 2]
    assert desk.finds("租房", "name_words") == [1]
    remove_words(db, "name_words", [(1, "lease 租房")])
    assert desk.finds("lease", "name_words") == [2]
    remove_all_words(db, "name_words")
    assert desk.finds("lease", "name_words") == []


def test_rows_are_counted(desk):
    assert count_rows(desk.library.db, "name_words") == 0
    desk.put("a.txt", "lease")
    desk.put("b.txt", "rent")
    assert count_rows(desk.library.db, "name_words") == 2


def test_each_passage_comes_with_its_document_and_the_number_of_its_words(desk):
    first = desk.put("a.txt", "lease " * 5)
    second = desk.put("b.txt", "rent " * 20_000)  # a number that takes three bytes
    passages = [*desk.library.documents.passage_ids_of(first), *desk.library.documents.passage_ids_of(second)]
    counts = [[passages[0], first, 5], [passages[1], second, 20_000]]
    assert word_counts(desk.library.db).tolist() == counts
    assert word_counts(desk.library.db, since=second).tolist() == counts[1:]
    assert word_counts(desk.library.db, since=second + 1).tolist() == []
