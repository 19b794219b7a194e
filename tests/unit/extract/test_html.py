from __future__ import annotations

import time

import pytest

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.html import read_html


def _text(body: str) -> str:
    return read_html(f"<!DOCTYPE html><meta charset=utf-8><body>{body}".encode()).text


def test_what_surrounds_the_text_is_left_out() -> None:
    page = """<nav><a>Home</a></nav><div class="left menu">Menu</div><header><h1>Title</h1></header>
    <script>alert(1)</script><style>p {}</style><p>Words</p><p hidden>secret</p><div role=navigation>go</div>
    <footer>Imprint</footer>"""
    assert _text(page) == "Title\n\nWords"


def test_a_page_that_is_all_menu_keeps_it() -> None:
    assert _text("<nav><a>One</a> <a>Two</a></nav>") == "One Two"


def test_blocks_become_paragraphs_and_items_lines() -> None:
    page = "<div>a <b>bold</b>\n word<p>b<br>c<br><br>d</div><ul><li>x<li>y</ul>z<blockquote>q</blockquote>"
    assert _text(page) == "a bold word\n\nb\nc\n\nd\n\nx\ny\n\nz\n\nq"


def test_a_table_row_is_a_line() -> None:
    assert _text("<table><tr><th>a<th>b<tr><td>1<td>2</table>") == "a | b\n1 | 2"


def test_preformatted_text_keeps_its_lines() -> None:
    assert _text("<pre>def f():\n    <b>return</b> 1</pre>") == "def f():\n    return 1"


def test_chinese_lines_join_without_a_space() -> None:
    assert _text("<p>这是一行\n   没有空格。 <ruby>漢<rt>hàn</rt></ruby>") == "这是一行没有空格。 漢"


@pytest.mark.parametrize(("head", "title"), [("<title> A\n&amp; B </title>", "A & B"), ("<title></title>", "First")])
def test_the_title(head: str, title: str) -> None:
    assert read_html(f"<html><head>{head}</head><h1>First</h1>".encode()).title == title


@pytest.mark.parametrize("encoding", ["gbk", "big5", "shift_jis"])
def test_the_declared_character_set_is_believed(encoding: str) -> None:
    page = f'<html><meta http-equiv="Content-Type" content="text/html; charset={encoding}"><p>日本三大</p>'
    assert read_html(page.encode(encoding)).text == "日本三大"


def test_a_byte_order_mark_beats_the_declaration() -> None:
    page = "<html><meta charset=gbk><p>déjà 中文"
    assert read_html(page.encode("utf-16")).text == "déjà 中文"


def test_deep_nesting_and_broken_markup_are_read() -> None:
    assert _text("<b>" * 5_000 + "deep") == "deep"
    assert _text("a<p>b</div></p></table>c<!-- <p>") == "a\n\nb\n\nc"
    assert read_html(b"<html><frameset><frame></frameset>").text == ""


def test_headings_are_places() -> None:
    document = read_html("<html><h1> 观鸟 <i>notes</i></h1><p>a</p><h2></h2><pre>\n x</pre><h3>Pond</h3>b".encode())
    assert document.text == "观鸟 notes\n\na\n\n x\n\nPond\n\nb"
    assert [(place.label, document.text[place.start :][:4], place.divides) for place in document.places] == [
        ("观鸟 notes", "观鸟 n", False),
        ("Pond", "Pond", False),
    ]


def test_banners_and_what_stands_beside_the_page_are_left_out() -> None:
    page = """<div id="cookie-banner-3">We use cookies</div><div class="x Cookie-Consent">Accept</div>
    <aside>Related</aside><a class="skip-link">Skip</a><article><p>Words</p>
    <aside>Aside in the text</aside></article>"""
    assert _text(page) == "Words\n\nAside in the text"


def test_a_page_nested_as_no_page_is_is_refused_at_once() -> None:
    with pytest.raises(ExtractionError, match="levels deep"):
        read_html(b"<html>" + b"<div>" * 1_000_000)


def test_choices_and_attributes_without_end_take_no_quadratic_time() -> None:
    attributes = " ".join(f"a{number}='x'" for number in range(60_000))
    choices = "<option value=a>pond</option>" * 60_000
    started = time.process_time()
    assert _text(f"<b {attributes}>words</b><select>{choices}</select>") == "words"
    assert time.process_time() - started < 5
