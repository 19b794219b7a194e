import pytest

from bge_desktop.library.words import Word
from bge_desktop.search import lexical
from bge_desktop.search.lexical import WordQuery, word_query


def query_of(shelf, text):
    return word_query(shelf.library.db, text, shelf.library.catalogue.passage_count)


def found(shelf, text):
    return set(lexical.document_hits(shelf.library.db, query_of(shelf, text)).ids.tolist())


@pytest.mark.parametrize(
    "query",
    ["recipe", "RECIPES", "recip", "ｒｅｃｉｐｅ", "café", "cafe", "炖", "炖肉", "慢炖肉", "肉"],
)
def test_words_are_found_whatever_their_form(shelf, query):
    document = shelf.put("one.txt", "Recipes from the Café, with 慢炖肉.")
    shelf.put("two.txt", "Something else entirely.")
    assert found(shelf, query) == {document}


def test_a_word_that_is_still_being_typed_matches_by_its_beginning(shelf):
    document = shelf.put("one.txt", "The dishwasher leaks.")
    assert found(shelf, "dishwas") == {document}


def test_a_known_word_does_not_match_longer_ones(shelf):
    document = shelf.put("one.txt", "The cat sleeps.")
    shelf.put("two.txt", "The catalogue is out.")
    assert found(shelf, "cat") == {document}


def test_words_that_stand_in_most_passages_are_left_out(shelf):
    for number in range(5):
        shelf.put(f"{number}.txt", f"the thing {number}")
    assert query_of(shelf, "the 3").words == ("3",)
    assert query_of(shelf, "the").words == ("the",)


@pytest.mark.parametrize("query", ['"', "AND", "a OR b", "NEAR(x, 2)", "col:x", "-x", "x*", "^", "'", "🎉", "\x00", ""])
def test_no_query_is_a_syntax_error(shelf, query):
    shelf.put("one.txt", "a b x")
    found(shelf, query)


def test_names_are_found_by_file_and_folder(shelf):
    document = shelf.put("taxes 2024/invoice_4021.txt", "nothing of the kind")
    for query in ("invoice", "4021", "taxes"):
        assert lexical.name_hits(shelf.library.db, query_of(shelf, query)).ids.tolist() == [document]


def test_a_single_han_character_marks_itself_alone():
    query = WordQuery((), ("肉",))
    assert query.match(Word("肉汤", 3, 5)) == Word("肉", 3, 4)
    assert query.match(Word("鱼肉", 3, 5)) is None


def test_a_pasted_book_is_searched_by_its_first_words(shelf):
    shelf.put("one.txt", "a")
    assert len(query_of(shelf, " ".join(f"word{n}" for n in range(5000))).words) <= 64
