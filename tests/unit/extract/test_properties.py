from __future__ import annotations

from bge_desktop.extract.document import Part
from bge_desktop.extract.properties import of_tree, properties
from bge_desktop.extract.xml_trees import parsed


def test_each_is_named_once_and_what_is_empty_left_out() -> None:
    said = [("Keywords", "lease"), ("Author", " Lin\nWei "), ("Keywords", "租约"), ("Keywords", "lease")]
    said.append(("Subject", ""))
    assert properties(said) == Part("Keywords: lease, 租约\nAuthor: Lin Wei", "properties")
    assert properties([("Author", "Unknown Author")]).text == ""


def test_a_long_one_is_cut() -> None:
    assert len(properties([("Subject", "x" * 100_000)]).text) < 6_000


def test_both_office_formats_are_understood() -> None:
    names = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:m="urn:m"'
    core = "<dc:creator>Lin</dc:creator><dc:subject>观鸟</dc:subject><m:keywords>a, b</m:keywords>"
    meta = "<m:initial-creator>Lin</m:initial-creator><dc:creator>Wei</dc:creator><m:keyword>a</m:keyword>"
    assert of_tree(parsed(f"<x {names}>{core}</x>".encode())).text == "Author: Lin\nSubject: 观鸟\nKeywords: a, b"
    assert of_tree(parsed(f"<x {names}>{meta}</x>".encode())).text == "Author: Wei, Lin\nKeywords: a"
