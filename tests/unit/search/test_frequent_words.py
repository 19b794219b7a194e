from bge_desktop.search import frequent_words
from bge_desktop.search.frequent_words import read_frequent_words


def test_words_of_many_passages_are_read_before_they_are_asked_for(shelf, monkeypatch):
    monkeypatch.setattr(frequent_words, "_FREQUENT", 3)
    for number in range(3):
        shelf.put(f"{number}.txt", f"The boiler of the flat {number}")
    asked = []
    with shelf.library.db.tracer(lambda sql, values: asked.append((sql, values))):
        steps = list(read_frequent_words(shelf.library))
        read = [values[0] for sql, values in asked if "occurrences" in sql]
        asked.clear()
        assert len(shelf.library.occurrences.of("boiler").passages) == 3
    assert sorted(read) == ["boiler", "flat"]  # not what questions are made of, nor what stands in one passage
    assert len(steps) == 3
    assert asked == []


def test_of_a_small_library_nothing_is_read(shelf):
    shelf.put("one.txt", "The boiler")
    assert list(read_frequent_words(shelf.library)) == []
