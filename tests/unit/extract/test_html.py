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


def test_pictures_say_what_they_show_unless_they_lead_elsewhere() -> None:
    page = """<p>see<img alt="a heron
 waiting">here<a><b><img alt=arrow></b>next</a><img alt="a/IMG_1.JPG"><img alt=''>"""
    assert _text(page) == "see a heron waiting herenext"


def test_preformatted_text_keeps_its_lines() -> None:
    assert _text("<pre>def f():\n    <b>return</b> 1</pre>") == "def f():\n    return 1"


def test_chinese_lines_join_without_a_space() -> None:
    assert _text("<p>这是一行\n   没有空格。") == "这是一行没有空格。"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            "<p><ruby>東<rp>(</rp><rt>とう</rt>京<rt>きょう</rt></ruby>で<ruby>食<rt>た</rt></ruby>べる。",
            "東京で食べる。 (とうきょう た)",
        ),
        ("<p><ruby>你<rt>nǐ</rt></ruby><ruby>\n好\n<rt>hǎo</rt></ruby><p>再见", "你好 (nǐ hǎo)\n\n再见"),
        ("<table><tr><td><ruby>漢<rt>hàn</rt></ruby><td>x</table>", "漢 (hàn) | x"),
        ("<ruby>a<rt></ruby> b", "a b"),
    ],
)
def test_what_a_reading_belongs_to_stays_whole(body: str, text: str) -> None:
    assert _text(body) == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('<p>lily<sup><a href="#n">1</a></sup>and<a href="#n"><sup>2</sup></a>, so', "lily 1 and 2, so"),
        ('<p>lily<a epub:type="noteref">1</a>and <a role="doc-noteref">[2]</a>so', "lily 1 and [2] so"),
        ("<p>m<sup>2</sup> CO<sub>2</sub>", "m2 CO2"),
    ],
)
def test_the_mark_of_a_note_stands_apart_from_the_word(body: str, text: str) -> None:
    assert _text(body) == text


@pytest.mark.parametrize("attributes", ['epub:type="footnote"', 'epub:type="x endnote" hidden', 'role="doc-footnote"'])
@pytest.mark.parametrize("around", ["body", "main", "article"])
def test_notes_stay(attributes: str, around: str) -> None:
    note = f"<aside {attributes}><p><a href='#back'>see the note there</a> ibid.</p></aside>"
    assert _text(f"<{around}><p>Words</p>{note}</{around}>") == "Words\n\nsee the note there ibid."


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
    <aside>Related <script>var x = "a long program of many words"</script><ul><li><a>One thing</a></ul></aside>
    <div class="sidebar"><a>Another thing</a></div><a class="skip-link">Skip</a><article><p>Words</p>
    <aside>Aside in the text</aside></article>"""
    assert _text(page) == "Words\n\nAside in the text"


def test_what_stands_beside_the_page_is_kept_where_it_is_prose() -> None:
    page = """<p>Words</p><aside>A heron is <a>no stork</a>, whatever they say.</aside>
    <div class="sidebar"><div class="sidebar">Storks clatter.</div></div>"""
    assert _text(page) == "Words\n\nA heron is no stork, whatever they say.\n\nStorks clatter."


def test_a_page_nested_as_no_page_is_is_refused_at_once() -> None:
    with pytest.raises(ExtractionError, match="levels deep"):
        read_html(b"<html>" + b"<div>" * 1_000_000)


def test_choices_and_attributes_without_end_take_no_quadratic_time() -> None:
    attributes = " ".join(f"a{number}='x'" for number in range(60_000))
    choices = "<option value=a>pond</option>" * 60_000
    started = time.process_time()
    assert _text(f"<b {attributes}>words</b><select>{choices}</select>") == "words"
    assert time.process_time() - started < 5
