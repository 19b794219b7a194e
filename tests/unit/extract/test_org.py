from __future__ import annotations

import pytest

from bge_desktop.extract.org import read_org


def test_headlines_are_places_without_priorities_and_tags() -> None:
    document = read_org("#+TITLE: Plan\n* TODO [#A] Write 写作 :work:home:\ntext\n** Second\n".encode())
    assert document.title == "Plan"
    assert [place.label for place in document.places] == ["TODO [#A] Write 写作", "Second"]
    assert document.text == "Plan\n\nTODO [#A] Write 写作\n\ntext\n\nSecond"


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("a [[https://example.org][link]] and [[file.org]]", "a link and file.org"),
        ("*bold* /it/ =code= ~verb~ +gone+", "bold it code verb gone"),
        ("a/b/c and 1*2*3", "a/b/c and 1*2*3"),
        (":PROPERTIES:\n:ID: 7\n:END:\ntext", "text"),
        (":never: closed\n:like:\ntext", ":never: closed\n:like:\ntext"),
        ("#+BEGIN_SRC py\n* no headline\n#+END_SRC\nafter", "* no headline\n\nafter"),
        ("| a | b |\n|---+---|\n| 1 | 2 |", "a | b\n1 | 2"),
        ("# a comment\ntext", "text"),
        ("a [[data:image/png;base64,iVBORw0KGgo=]] b", "a  b"),
        ("[[data:image/png;base64,iVBORw0KGgo=][a heron]]", "a heron"),
    ],
)
def test_marks_go_and_words_stay(marked: str, plain: str) -> None:
    assert read_org(marked.encode()).text == plain
