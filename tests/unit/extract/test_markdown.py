from __future__ import annotations

import pytest

from bge_desktop.extract.markdown import read_markdown


def _text(source: str) -> str:
    return read_markdown(source.encode()).text


def test_the_title_is_the_first_heading() -> None:
    document = read_markdown("intro\n\n## 红烧肉 *的做法* ##\n\n# Other\n".encode())
    assert (document.title, document.kind) == ("红烧肉 的做法", "markdown")


@pytest.mark.parametrize("front", ['---\ntitle: "A: b"\ntags: [x]\n---\n', "+++\ntitle = 'A: b'\n+++\n"])
def test_the_front_matter_has_the_last_word_on_the_title(front: str) -> None:
    document = read_markdown(f"{front}# Heading\ntext".encode())
    assert document.title == "A: b"
    assert document.text.endswith("Heading\n\ntext")


def test_headings_become_paragraphs() -> None:
    assert _text("# One\ntext\nTwo\n===\nmore\n\nThree\n---\nend") == "One\n\ntext\n\nTwo\n\nmore\n\nThree\n\nend"


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("a [link](http://x.org/a_(b)) here", "a link here"),
        ("a [link][1] and ![a picture](x.png)", "a link and a picture"),
        ("**bold**, *it*, ***both***, __b__ and _i_", "bold, it, both, b and i"),
        ("中文**重点**文字", "中文重点文字"),
        ("`code_in_line` and ``a ` b``", "code_in_line and a ` b"),
        ("snake_case_name, 2 * 3 * 4, a < b and c > d", "snake_case_name, 2 * 3 * 4, a < b and c > d"),
        ("x <br> y <!-- note --> &amp; z\\*", "x  y  & z*"),
        ("<https://example.org/x>", "https://example.org/x"),
        ("> > quoted", "quoted"),
        ("| a | b |", "a | b"),
        ("1. one", "1. one"),
        ("![a heron](data:image/png;base64,iVBORw0KGgo=) waits", "a heron waits"),
        ("a ![][image1]\n\n[image1]: <data:image/png;base64,iVBORw0KGgo=>\n\nb", "a\n\nb"),
        ("[1]: data:image/svg+xml,%3Csvg%3E 'A title'\nb", "b"),
        ('<img src="data:image/gif;base64,R0lGODlhAQAB">after', "after"),
        ("[Lin]: data: all of it", "[Lin]: data: all of it"),
        ("the metadata: image/png, base64", "the metadata: image/png, base64"),
    ],
)
def test_marks_go_and_words_stay(marked: str, plain: str) -> None:
    assert _text(marked) == plain


def test_a_table_loses_its_rule() -> None:
    assert _text("| a | b |\n|:--|--:|\n| 1 | 2 |") == "a | b\n1 | 2"


def test_code_is_left_as_it_is() -> None:
    assert _text("```py\n# no *heading*\n\n\tx = a[1](2)\n```\nafter") == "# no *heading*\n\n\tx = a[1](2)\nafter"


def test_an_unclosed_fence_loses_nothing() -> None:
    assert _text("~~~\na\n```\nb") == "a\n```\nb"


def test_headings_are_places() -> None:
    document = read_markdown("---\ntitle: T\n---\nintro\n\n# 第一章\ntext\n\nTwo\n---\nmore".encode())
    assert [(place.label, document.text[place.start :].split("\n")[0]) for place in document.places] == [
        ("第一章", "第一章"),
        ("Two", "Two"),
    ]


def test_large_pictures_within_the_text_are_no_text() -> None:
    picture = "A" * 800_000
    assert (
        _text(f"a ![b](data:image/png;base64,{picture}) c ![][1]\n\n[1]: <data:image/png;base64,{picture}>") == "a b c"
    )
