from __future__ import annotations

import pytest

from bge_desktop.extract.restructured_text import read_rst


def _text(source: str) -> str:
    return read_rst(source.encode()).text


def test_underlined_lines_are_headings_and_the_first_is_the_title() -> None:
    document = read_rst("=====\n标题\n=====\n\ntext\n\nSection one\n~~~~~~~~~~~\nmore\n".encode())
    assert document.title == "标题"
    assert document.text == "标题\n\ntext\n\nSection one\n\nmore"
    assert [place.label for place in document.places] == ["标题", "Section one"]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("see :ref:`the guide <guide>` and :func:`~a.b`", "see the guide and a.b"),
        ("``code`` *it* **bold** |name|", "code it bold name"),
        ("a `link <https://example.org>`_ and ref_.", "a link and ref."),
        (":Author: A. Observer", "Author: A. Observer"),
        ("as follows::", "as follows:"),
        (".. note:: Mind the gap", "Mind the gap"),
        (".. [1] A footnote", "[1] A footnote"),
        (".. [1]\n   A footnote of pandoc\n   and on", "[1]\n   A footnote of pandoc\n   and on"),
        (".. [#heron]\n   A footnote", "[#heron]\n   A footnote"),
        (".. [Smith.2020] A citation", "[Smith.2020] A citation"),
        (".. note::\n\n   Mind the gap", "   Mind the gap"),
        (".. admonition:: Beware\n   :class: tip\n\n   of herons", "Beware\n\n   of herons"),
        (
            ".. figure:: a.png\n   :alt: A heron\n\n   The caption\n\n   The legend",
            "A heron\n\n   The caption\n\n   The legend",
        ),
        (".. image:: a.png\n   :alt: A heron\n   :width: 3", "A heron"),
        (".. _target: https://example.org", ""),
        (".. a comment\n   of two lines\n\ntext", "text"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
    ],
)
def test_marks_go_and_words_stay(marked: str, plain: str) -> None:
    assert _text(marked) == plain


def test_tables_lose_their_rules() -> None:
    assert _text("+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n+---+---+") == "a | b\n\n1 | 2"
    assert _text("====  ====\nx     y\n====  ====\n1     2\n====  ====") == "x     y\n\n1     2"
