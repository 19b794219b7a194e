from __future__ import annotations

import pytest

from bge_desktop.extract.asciidoc import read_asciidoc


def test_headings_are_places() -> None:
    document = read_asciidoc("= 标题\n:toc:\n\n== Section ==\ntext\n".encode())
    assert (document.title, document.text) == ("标题", "标题\n\nSection\n\ntext")
    assert [place.label for place in document.places] == ["标题", "Section"]
    deepest = read_asciidoc(b"======= As pandoc writes a sixth level\n\ntext\n")
    assert [place.label for place in deepest.places] == ["As pandoc writes a sixth level"]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("see https://example.org[the site] or https://example.org[]", "see the site or https://example.org"),
        ("*bold* _it_ `code` <<ref,there>>", "bold it code there"),
        ("[source,py]\n----\n== no heading\n----\nafter", "== no heading\n\nafter"),
        ("////\nhidden\n////\nshown", "shown"),
        ("// a comment\ninclude::x.adoc[]\ntext", "text"),
        (".A title\n|===\n|a |b\n|===", "A title\n\na | b"),
        ("image::heron.png[A heron,300]", "A heron"),
        ("NOTE: Mind the gap", "NOTE: Mind the gap"),
    ],
)
def test_marks_go_and_words_stay(marked: str, plain: str) -> None:
    assert read_asciidoc(marked.encode()).text == plain
