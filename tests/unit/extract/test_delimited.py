from __future__ import annotations

import time

import pytest

from bge_desktop.extract.delimited import delimiter_of, read_delimited
from bge_desktop.extract.document import Document, place_at
from tests.unit.extract.office_files import source


def _read(text: str | bytes) -> Document:
    return read_delimited(source(text.encode() if isinstance(text, str) else text))


def _label(document: Document, phrase: str) -> str:
    place = place_at(document.places, document.text.index(phrase))
    assert place is not None
    return place.label


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a;b;c\n1,5;2,5;3\n", ";"),
        ("a\tb, c\n1\t2\n", "\t"),
        ("a|b|c\n1|2|3\n", "|"),
        ('"a;b",c\n"d;e;f",g\n', ","),
        ("words of one column\nand more words\n", ","),
        ("", ","),
        ("姓名，年龄\n", ","),
    ],
)
def test_the_delimiter_is_what_most_lines_agree_on(text: str, delimiter: str) -> None:
    assert delimiter_of(text) == delimiter


def test_quotes_lines_in_values_and_empty_lines() -> None:
    document = _read('name,note\n"Lin","says ""yes""\nand more, too"\n\n,\nChen,last\n')
    assert document.text == 'name | note\nLin | says "yes" and more, too\nChen | last'
    assert (_label(document, "Lin"), _label(document, "Chen")) == ("line 2", "line 6")
    assert document.kind == "sheet"


def test_excel_tells_its_delimiter_in_the_first_line() -> None:
    document = _read("sep=;\r\na,b;c\r\nd;e\r\n")
    assert (document.text, _label(document, "d")) == ("a,b | c\nd | e", "line 3")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16", "big5"])
def test_chinese_exports(encoding: str) -> None:
    text = "姓名,部門,備註\r\n林小姐,財務,負責報銷\r\n王先生,人事,負責招聘\r\n"
    if encoding == "gb18030":
        text = "姓名,部门,备注\r\n林小姐,财务,负责报销\r\n王先生,人事,负责招聘\r\n"
    assert _read(text.encode(encoding)).text == text.replace(",", " | ").replace("\r", "").strip()


def test_from_a_quote_that_is_never_closed_on_lines_are_rows() -> None:
    document = _read('a,b\n1,"open\n' + "3,4\n" * 50_000)
    assert document.text.startswith('a | b\n1,"open\n3,4\n')
    assert _label(document, '1,"open') == "line 2"
    assert document.places[-1].label == "line 50002"


def test_a_file_of_quotes_or_of_one_line_takes_no_time() -> None:
    started = time.monotonic()
    for text in ('"' * 2_000_000, "a" * 2_000_000, "," * 2_000_000, '",' * 1_000_000):
        _read(text)
    assert time.monotonic() - started < 20


def test_of_more_text_than_is_searched_the_beginning_is_read() -> None:
    document = _read(b"some,words,of,a,long,export\n" * 800_000)
    assert len(document.text) > 20_000_000
    [shortfall] = document.shortfalls
    assert "20 million characters" in shortfall.message
