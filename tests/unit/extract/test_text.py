from __future__ import annotations

import base64
import random

from bge_desktop.extract.formats import extract
from bge_desktop.extract.text import is_minified, numbered_lines, read_text

BLOB = base64.b64encode(random.Random(1).randbytes(75_000)).decode()


def test_a_line_of_base64_is_left_out_and_the_words_around_it_stay() -> None:
    assert read_text(f"before\n{BLOB}\nafter".encode()).text == "before\n\nafter"
    assert extract("a", BLOB.encode()).text == ""


def test_base64_in_lines_is_left_out_and_the_lines_are_still_counted() -> None:
    lines = [BLOB[start : start + 76] for start in range(0, 7600, 76)]
    text = read_text("\n".join(["before", *lines, "after"]).encode()).text
    assert text == "before" + "\n" * 101 + "after"


def test_long_lines_of_words_stay() -> None:
    for paragraph in ("words and more " * 10_000, "苍鹭站在浅水里等着鱼游过来。" * 5_000):
        assert read_text(paragraph.encode()).text == paragraph


def test_minified_code_is_found_by_its_name_only() -> None:
    source = "var a=1,b=function(c){return c+a};" * 5_000
    assert is_minified(source)
    assert (extract("a.js", source.encode()).text, extract("a.js", source.encode()).kind) == ("", "code")


def test_lines_are_numbered_with_their_starts() -> None:
    assert list(numbered_lines("a\n\nbc")) == [(1, 0, "a"), (2, 2, ""), (3, 3, "bc")]


def test_pictures_within_addresses_are_left_out_however_small() -> None:
    style = "a { x: url(data:image/png;base64,iVBORw0KGgo=) } b { x: url('data:image/svg+xml;utf8,%3Csvg/%3E') }"
    assert read_text(style.encode()).text == "a { x: url() } b { x: url('') }"
    for words in ("data:text/plain,words", "data: one, two", "metadata:image/png;base64,x"):
        assert read_text(words.encode()).text == words
