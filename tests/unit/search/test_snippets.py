from hypothesis import given
from hypothesis import strategies as st

from bge_desktop.messages import PassagePlace, Span
from bge_desktop.search.lexical import WordQuery
from bge_desktop.search.snippets import hit, snippet


def marked(passage, *words, beginnings=()):
    return [passage[span.start : span.end] for span in snippet(passage, WordQuery(words, beginnings))[0]]


def test_words_are_marked_at_exact_offsets_after_emoji():
    assert marked("👨‍👩‍👧 Our leases: the LEASE.", "leas") == ["leases", "LEASE"]


def test_pairs_of_han_characters_are_marked_as_one_run():
    assert marked("先焯水，再用小火慢炖。", "小火", "火慢", "慢炖") == ["小火慢炖"]


@given(st.text(), st.text(min_size=1, max_size=3))
def test_marks_never_overlap_and_stay_within_the_text(passage, beginning):
    spans, _ = snippet(passage, WordQuery((), (beginning,)))
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(0 <= span.start < span.end <= len(passage) for span in spans)


def test_the_sentence_with_the_rarest_words_tells_the_most():
    passage = "The flat is on the second floor. Notice must be given. The flat has a balcony, and the flat is warm."
    weights = {"flat": 0.1, "notic": 5.0}
    _, span = snippet(passage, WordQuery(("flat", "notic"), (), weights))
    assert passage[span.start : span.end].strip() == "Notice must be given."


def test_a_passage_without_the_words_has_no_telling_sentence():
    assert snippet("Nothing here.", WordQuery(("notic",))) == ((), None)


CODE = "class K:\n    def one: return the usual\n    def two: return the marigold"
PLACES = tuple(PassagePlace(CODE.index(word), word) for word in ("class", "def one", "def two"))


def test_of_a_sentence_over_several_places_the_one_that_tells_the_most_is_the_hit():
    query = WordQuery(("return", "marigold"), (), {"return": 0.1, "marigold": 5.0})
    assert hit(CODE, query, Span(0, len(CODE)), PLACES) == CODE.index("return the marigold")
    assert hit(CODE, query, Span(0, CODE.index("usual")), PLACES) == CODE.index("return")
    assert hit(CODE, WordQuery(("return",)), None, PLACES) == CODE.index("return")


def test_without_words_the_hit_is_where_the_sentence_or_the_passage_begins():
    assert hit(CODE, WordQuery(("rose",)), Span(9, 20), PLACES) == 9
    assert hit(CODE, WordQuery(("rose",)), None, PLACES) == 0
