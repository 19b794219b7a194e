from hypothesis import given
from hypothesis import strategies as st

from bge_desktop.search.lexical import WordQuery
from bge_desktop.search.snippets import snippet


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
