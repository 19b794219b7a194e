import pytest

from bge_desktop.library import occurrences as occurrences_module
from bge_desktop.library.occurrences import Occurrences, most_kept


def _found(occurrences, word):
    found = occurrences.of(word)
    return found.passages.tolist(), found.counts.tolist()


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


def test_what_is_added_and_removed_is_taken_in_without_reading_again(desk, passages):
    occurrences, asked = desk.library.occurrences, []
    for word in ("rent", "tea"):
        _found(occurrences, word)
    new = desk.library.documents.passage_ids_of(desk.put("c.txt", "rent and rent\ntea " + "tea " * 300))
    with desk.library.db.tracer(lambda sql, values: asked.append(sql)):
        assert _found(occurrences, "rent") == ([passages[0], passages[3], new[0]], [2, 1, 2])
        assert _found(occurrences, "tea") == ([new[1]], [301])
        assert _found(occurrences, "tea") == ([new[1]], [301])
    assert asked == []
    desk.remove("a.txt")
    desk.library.remove_orphans()
    with desk.library.db.tracer(lambda sql, values: asked.append(sql)):
        assert _found(occurrences, "rent") == ([passages[3], new[0]], [1, 2])
    assert asked == []


def test_so_it_is_with_beginnings(desk, passages):
    occurrences, asked = desk.library.occurrences, []
    before = occurrences.of_beginning("le").passages.tolist()
    new = desk.library.documents.passage_ids_of(desk.put("c.txt", "less lent\nnone"))
    with desk.library.db.tracer(lambda sql, values: asked.append(sql)):
        found = occurrences.of_beginning("le")
        assert (found.passages.tolist(), found.counts.tolist()) == ([*before, new[0]], [1, 1, 3, 2])
    assert asked == []
    desk.remove("c.txt")
    desk.library.remove_orphans()
    assert occurrences.of_beginning("le").passages.tolist() == before


def test_to_the_first_places_of_what_tells_little_nothing_is_added(desk, passages, monkeypatch):
    monkeypatch.setattr(occurrences_module, "_MOST", 2)
    occurrences = desk.library.occurrences
    before = occurrences.of("rent", tells=False), occurrences.of_beginning("le")
    desk.put("c.txt", "rent lease")
    assert (occurrences.of("rent", tells=False), occurrences.of_beginning("le")) == before


@pytest.mark.parametrize("bound", ["_MOST_NEW", "_MOST_REMOVED"])
def test_after_many_changes_all_is_read_anew(desk, passages, monkeypatch, bound):
    monkeypatch.setattr(occurrences_module, bound, 0)
    occurrences = desk.library.occurrences
    _found(occurrences, "rent")
    new = desk.library.documents.passage_ids_of(desk.put("c.txt", "rent"))
    desk.remove("a.txt")
    desk.library.remove_orphans()
    assert _found(occurrences, "rent") == ([passages[3], *new], [1, 1])


def test_what_is_kept_is_what_would_be_read(desk):
    kept, texts = desk.library.occurrences, ["rent tea", "tea tea", "lease", "rent rent\ntea lease"]
    for number in range(30):
        for word in ("rent", "tea", "leas") if number % 3 else ("tea",):
            assert _found(kept, word) == _found(Occurrences(desk.library.db, 1000), word)
        desk.put(f"{number}.txt", f"{texts[number % 4]} {number}")
        if number % 5 == 4:
            desk.remove(f"{number - 3}.txt")
            desk.library.remove_orphans()


def test_what_was_read_last_is_kept(desk, passages):
    asked = []
    room = 2 * (2 + occurrences_module._OF_ITSELF)  # of two words, each in two passages
    occurrences = Occurrences(desk.library.db, room)
    assert not occurrences.is_full
    with desk.library.db.tracer(lambda sql, values: asked.append(values[0])):
        for word in ("rent", "leas", "rent", "noth", "rent", "leas"):
            occurrences.of(word)
    assert asked == ["rent", "leas", "noth", "leas"]
    assert occurrences.is_full


def test_a_beginning_is_kept_beside_the_word(desk, passages):
    asked = []
    occurrences = desk.library.occurrences
    with desk.library.db.tracer(lambda sql, values: asked.append(values[0])):
        found = [occurrences.of_beginning("rent"), occurrences.of("rent"), occurrences.of_beginning("rent")]
    assert asked == ["rent", "rent"]
    assert {tuple(own.passages.tolist()) for own in found} == {(passages[0], passages[3])}


def test_of_what_tells_little_only_the_first_places_are_read(desk, passages, monkeypatch):
    monkeypatch.setattr(occurrences_module, "_MOST", 2)
    found = Occurrences(desk.library.db, 100).of("rent", tells=False)
    assert (found.passages.tolist(), found.counts.tolist(), found.tells) == ([passages[0]], [2], False)
    found = Occurrences(desk.library.db, 100).of("rent")
    assert (found.passages.tolist(), found.tells) == ([passages[0], passages[3]], True)
    found = Occurrences(desk.library.db, 100).of("noth", tells=False)
    assert (found.passages.tolist(), found.tells) == ([passages[2]], True)
    found = Occurrences(desk.library.db, 100).of_beginning("le")
    assert (found.counts.sum(), found.tells) == (2, True)


def test_a_word_may_stand_in_a_passage_a_thousand_times(desk):
    desk.put("long.txt", "rent " * 1000)
    assert desk.library.occurrences.of("rent").counts.tolist() == [1000]


def test_a_large_library_keeps_more():
    assert most_kept(0) < most_kept(1_000_000)
