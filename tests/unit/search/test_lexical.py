import pytest

from bge_desktop.library.words import Word
from bge_desktop.search import lexical
from bge_desktop.search.lexical import WordQuery, word_query
from bge_desktop.search.spelling import Spelling


def query_of(shelf, text, corrections=lambda _: []):
    return word_query(shelf.library, text, corrections)


def found(shelf, text):
    return set(lexical.text_hits(shelf.library, query_of(shelf, text)).documents.ids.tolist())


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


def test_a_single_han_character_marks_itself_alone():
    query = WordQuery((), ("肉",))
    assert query.matches([Word("肉汤", 3, 5), Word("鱼肉", 5, 7)]) == [Word("肉", 3, 4)]


def test_a_pasted_book_is_searched_by_its_first_words(shelf):
    shelf.put("one.txt", "a")
    assert len(query_of(shelf, " ".join(f"word{n}" for n in range(5000))).words) <= 64


def test_a_word_that_stands_alone_may_go_on(shelf):
    exact = shelf.put("one.txt", "More straw for the compost.")
    longer = shelf.put("two.txt", "Strawberries for jam.")
    hits = lexical.text_hits(shelf.library, query_of(shelf, "straw")).documents
    assert dict(zip(hits.ids.tolist(), hits.scores.tolist(), strict=True)).keys() == {exact, longer}
    assert hits.ids[hits.scores.argmax()] == exact
    assert found(shelf, "more straw") == {exact}


def test_a_corrected_word_is_told_as_it_stands(shelf):
    document = shelf.put("one.txt", "The insurance policies; all of them.")
    query = query_of(shelf, "insuranec allot", Spelling(shelf.library.db).corrections)
    assert query.corrected == {"insuranec": ("insurance",)}
    assert query.put_right("the insuranec") == "the insurance"
    assert lexical.text_hits(shelf.library, query).documents.ids.tolist() == [document]


def test_of_several_corrections_the_likeliest_is_meant(shelf):
    shelf.put("one.txt", "boat\n\nboat\n\nbolt")
    query = query_of(shelf, "boxt", Spelling(shelf.library.db).corrections)
    assert (query.corrected, query.alternatives) == ({"boxt": ("boat", "bolt")}, {"bolt"})


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("insur ance", "insurance"),
        ("thermo stat warm", "thermostat warm"),
        ("RTX4090", "RTX 4090"),
        ("postgresql15", "PostgreSQL 15"),
        ("insurancepolicy", "insurance policy"),
    ],
)
def test_a_space_too_much_or_too_little_is_put_right(shelf, typed, right):
    document = shelf.put("one.txt", "The insurance policy of the thermostat, RTX 4090 and PostgreSQL 15. It is warm.")
    shelf.put("two.txt", "Something else.")
    query = query_of(shelf, typed, Spelling(shelf.library.db).corrections)
    assert query.put_right(typed) == right
    assert not query.alternatives
    assert lexical.text_hits(shelf.library, query).documents.ids.tolist() == [document]


def test_a_word_of_a_name_is_not_corrected(shelf):
    shelf.put("Landlrod letters/one.txt", "The landlord.")
    assert query_of(shelf, "landlrod", Spelling(shelf.library.db).corrections).corrected == {}


def test_no_word_stands_for_one_that_questions_are_made_of(shelf):
    shelf.put("one.txt", "What should be done for the shoulder?")
    query = query_of(shelf, "shouldr", Spelling(shelf.library.db).corrections)
    assert query.corrected == {"shouldr": ("shoulder",)}


def test_only_some_unknown_words_are_corrected(shelf):
    shelf.put("one.txt", "boat")
    asked = []
    query_of(shelf, " ".join(f"word{letter}" for letter in "abcdefghijk"), lambda word: asked.append(word) or [])
    assert len(asked) == 6


def test_a_word_is_put_right_only_where_it_stands_alone():
    query = WordQuery((), corrected={"tenan": ("tenant",)})
    assert query.put_right("tenan tenants, 租客tenan合同 tenan_1") == "tenant tenants, 租客tenant合同 tenant_1"


def test_what_was_put_right_does_not_count_against_the_rest(shelf):
    shelf.put("one.txt", "The insurance policies; all of them.")
    shelf.put("two.txt", "Something else.")
    corrections = Spelling(shelf.library.db).corrections
    right, wrong = (query_of(shelf, text, corrections) for text in ("insurance policy", "insuranec policy"))
    assert set(wrong.words) == set(right.words)
    assert wrong.reach == right.reach
