import pytest

from bge_desktop.library.occurrences import Occurrences


def _found(occurrences, word):
    passages, counts = occurrences.of(word)
    return passages.tolist(), counts.tolist()


@pytest.fixture
def passages(desk):
    """The ids of the passages of a library."""
    first = desk.put("a.txt", "rent rent lease\nlease\nnothing")
    second = desk.put("b.txt", "rents\nlessee lesson lesson")
    return [*desk.library.documents.passage_ids_of(first), *desk.library.documents.passage_ids_of(second)]


def test_each_passage_comes_with_how_often_it_has_the_word(desk, passages):
    occurrences = desk.library.occurrences
    assert _found(occurrences, "rent") == ([passages[0], passages[3]], [2, 1])
    assert _found(occurrences, "leas") == ([passages[0], passages[1]], [1, 1])
    assert _found(occurrences, "unknown") == ([], [])


def test_all_words_with_a_beginning_count_as_one(desk, passages):
    found = desk.library.occurrences.of_beginning("le")
    assert found.passages.tolist() == [passages[0], passages[1], passages[4]]
    assert found.counts.tolist() == [1, 1, 3]


def test_a_changed_library_is_read_anew(desk, passages):
    occurrences = desk.library.occurrences
    _found(occurrences, "rent")
    new = desk.put("c.txt", "rent")
    assert _found(occurrences, "rent")[0][2:] == desk.library.documents.passage_ids_of(new)
    desk.remove("a.txt")
    desk.library.remove_orphans()
    assert _found(occurrences, "rent")[0] == [passages[3], *desk.library.documents.passage_ids_of(new)]


def test_what_was_read_last_is_kept(desk, passages):
    asked = []
    occurrences = Occurrences(desk.library.db, most_kept=4)
    with desk.library.db.tracer(lambda sql, values: asked.append(values[0])):
        for word in ("rent", "leas", "rent", "noth", "rent", "leas"):
            occurrences.of(word)
    assert asked == ["rent", "leas", "noth", "leas"]
