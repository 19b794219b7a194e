from __future__ import annotations

import pytest
from lxml import etree

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.svg import read_svg

START = b'<svg xmlns="http://www.w3.org/2000/svg">'


def test_pieces_of_a_word_are_one_and_lines_are_apart() -> None:
    data = START + b'<text>her<tspan>on</tspan><tspan dy="12">waits</tspan> here</text><desc>A  plan</desc></svg>'
    assert read_svg(data).text == "heron waits here\n\nA plan"


def test_a_title_inside_is_not_that_of_the_drawing() -> None:
    document = read_svg(START + b"<g><title>A bird</title></g><title>The pond</title></svg>")
    assert (document.title, document.text) == ("The pond", "A bird\n\nThe pond")


def test_a_drawing_that_declares_entities_has_its_name_only() -> None:
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + START + b"<text>&b;</text></svg>"
    assert read_svg(bomb).text == ""


@pytest.mark.parametrize("data", [START, START + b"<g>" * 5000, b"<svg", START + b"&what;</svg>"])
def test_what_is_no_xml_is_damaged(data: bytes) -> None:
    with pytest.raises((etree.XMLSyntaxError, ValueError, ExtractionError)):
        read_svg(data)


def test_an_empty_file_has_no_words() -> None:
    assert read_svg(b" \n").text == ""


def test_pieces_of_web_pages_within_are_read() -> None:
    page = '<foreignObject><div xmlns="http://www.w3.org/1999/xhtml">one<p>t<b>w</b>o 苍鹭</p></div></foreignObject>'
    named = '<foreignObject><h:p xmlns:h="http://www.w3.org/1999/xhtml">a<h:br/>b</h:p></foreignObject>'
    assert read_svg(START + f"{page}{named}</svg>".encode()).text == "one\n\ntwo 苍鹭\n\na\nb"


@pytest.mark.parametrize(
    ("choices", "text"),
    [
        ("<foreignObject><p>a label</p></foreignObject><text>a l...</text>", "a label"),
        ('<foreignObject requiredExtensions="x"/><g><text>drawn</text></g>', "drawn"),
        ('<g requiredFeatures="x"/><a><text>Text is not SVG - cannot display</text></a>', ""),
        ('<text systemLanguage="en">heron</text><text>苍鹭</text>', "heron\n\n苍鹭"),
    ],
)
def test_what_is_drawn_in_place_of_something_else_is_not_read_twice(choices: str, text: str) -> None:
    assert read_svg(START + f"<switch>{choices}</switch></svg>".encode()).text == text
