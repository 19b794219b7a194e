import dataclasses

import pytest

from bge_desktop.messages import PassagePlace, SearchResult, Span, Why, displayable


def test_a_name_that_is_not_utf8_can_be_shown():
    assert displayable("caf\udce9.txt") == "caf\ufffd.txt"


def test_a_name_cannot_steer_the_terminal():
    assert displayable("\x1b[31mred\n.txt") == "\ufffd[31mred\ufffd.txt"


def test_other_names_are_shown_as_they_are():
    assert displayable("租约 🏠.pdf") == "租约 🏠.pdf"


RESULT = SearchResult(
    *("/a.py", "/", "", 0.0, 1.0, None, 0, 30, "def one. Two is here.\n\ndef two", Why.WORDS),
    marks=(Span(9, 12), Span(27, 30)),
    sentence=Span(0, 8),
    place="line 1: def one",
    places=(PassagePlace(0, "line 1: def one"), PassagePlace(23, "line 3: def two")),
)


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        (Span(0, 8), "line 1: def one"),
        (Span(9, 21), "line 1: def one"),
        (Span(23, 30), "line 3: def two"),
        (Span(14, 30), "line 3: def two"),
        (Span(25, 26), "line 3: def two"),
    ],
)
def test_another_sentence_has_a_place_of_its_own(sentence, place):
    assert RESULT.with_sentence(sentence) == dataclasses.replace(RESULT, sentence=sentence, place=place)


def test_without_places_there_is_none_to_name():
    assert dataclasses.replace(RESULT, places=()).place_at(3) == ""
