from __future__ import annotations

import pytest

from bge_desktop.extract.xml_text import looks_like_xml, read_xml


def test_data_has_keys_and_prose_has_paragraphs() -> None:
    source = f"<doc><title>T</title><a><b id='x1' n='1'>v</b></a><p>Some <i>mixed</i> {'long ' * 60}</p></doc>"
    document = read_xml(source.encode())
    assert document.title == "T"
    assert document.text.startswith("title: T\n\nid: x1\nb: v\n\nSome mixed long")
    assert [place.label for place in document.places] == ["line 1: title", "line 1: a", "line 1: p"]


def test_the_declared_character_set_is_believed() -> None:
    assert read_xml("<?xml version='1.0' encoding='gb2312'?><a>苍鹭</a>".encode("gb2312")).text == "a: 苍鹭"
    assert read_xml("<?xml version='1.0' encoding='utf-8'?><a>苍鹭</a>".encode("utf-16")).text == "a: 苍鹭"


def test_lines_are_counted_from_the_top_of_the_file() -> None:
    places = read_xml(b"<?xml version='1.0'?>\n<!-- c -->\n<a>\n<b>x</b>\n<c>y</c></a>").places
    assert [place.label for place in places] == ["line 4: b", "line 5: c"]


def test_entities_are_never_expanded() -> None:
    bomb = "<!DOCTYPE a [<!ENTITY x 'lol'>" + "".join(
        f"<!ENTITY x{n} '{f'&x{n - 1 or chr(0)};'.replace(chr(0), '') * 10}'>" for n in range(1, 10)
    )
    text = read_xml(f"{bomb}]><a b='&x9;'>&x9;</a>".encode()).text
    assert len(text) < 2_000
    outside = b"<!DOCTYPE a [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><a>&f;</a>"
    assert "root:" not in read_xml(outside).text


def test_a_document_type_alone_is_no_obstacle() -> None:
    source = b"<!DOCTYPE plist PUBLIC '-//x' 'http://example.org/x.dtd'><plist><key>words</key></plist>"
    assert read_xml(source).text == "key: words"


@pytest.mark.parametrize("source", [b"<a><b>words</a>", b"<a>words", b"<?xml version='1.0'?>words"])
def test_what_is_not_well_formed_is_read_as_text(source: bytes) -> None:
    assert read_xml(source).text == source.decode()


def test_depth_costs_no_stack() -> None:
    assert "deep" in read_xml(b"<a>" * 100_000 + b"deep" + b"</a>" * 100_000).text


def test_a_drawing_gives_its_words_only() -> None:
    document = read_xml(b"<svg xmlns='x'><path d='M 1 2 L 3 4'/><text>Pond</text></svg>")
    assert (document.kind, document.text) == ("image", "text: Pond")


@pytest.mark.parametrize(
    ("head", "expected"),
    [("\n<?xml version='1.0'?>", True), ("<!DOCTYPE book>", True), ("<!doctype html>", False), ("<p>x", False)],
)
def test_xml_is_known_by_how_it_begins(head: str, expected: bool) -> None:
    assert looks_like_xml(head) is expected
