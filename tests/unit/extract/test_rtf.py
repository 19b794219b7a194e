from __future__ import annotations

import time

import pytest

from bge_desktop.extract.rtf import read_rtf


def _text(body: bytes) -> str:
    return read_rtf(b"{\\rtf1\\ansi\\ansicpg1252\\deff0" + body + b"}").text


_FONTS = rb"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset134 SimSun;}{\f2\fcharset204 Times;}{\f3\fcharset136 MingLiU;}}"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rb"one\par two\line three\tab four", "one\n\ntwo\nthree\tfour"),
        (rb"a\{b\}c\\d\~e\-f\_g", "a{b}c\\d\xa0ef-g"),
        (rb"\'e9t\'e9 \'80", "été €"),
        (rb"\u20013?\u-10179?\u-8704?!", "中😀!"),
        (rb"{\uc2\u20013\'d6\'d0}\u25991?.", "中文."),
        (rb"{\uc0\u20013}x", "中x"),
        (_FONTS + rb"\f1\'d6\'d0\'81@{\f2\'cf}\f0\'e9", "中丂Пé"),
        (_FONTS + b"{\\f3 " + "繁體".encode("big5") + b"}", "繁體"),
        (rb"\ansicpg936 \'d6\'d0\'ce\'c4", "中文"),
        (rb"{\*\unknown hidden}{\stylesheet hidden}{\pict 89504e47}shown", "shown"),
        (rb"{\pict\bin4 }}}{}after", "after"),
        (rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}", "link"),
        (rb"\trowd\intbl a\par b\cell c\cell\row\pard after", "a b | c\nafter"),
        (rb"kept{\deleted gone}\deleted gone\deleted0 , too", "kept, too"),
        (rb"{\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt boxed}}{\shprslt boxed}}", "boxed"),
        (rb"a{\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\sp{\sn gtextUNICODE}{\sv art}}}}b", "a\n\nart\n\nb"),
        (rb"a{\shp{\*\shpinst{\sp{\sn wzDescription}{\sv \u40517?}}{\shptxt boxed}}}b", "a\n\n鹅\n\nboxed\n\nb"),
        (
            rb"a{\*\shppict{\pict{\*\picprop{\sp{\sn wzDescription}{\sv a heron}}}89504e47}}"
            rb"{\nonshppict{\pict{\*\picprop{\sp{\sn wzDescription}{\sv again}}}89504e47}}b",
            "a\n\na heron\n\nb",
        ),
        (rb"\intbl a{\shp{\*\shpinst{\shptxt boxed}}}b\cell c\row", "a boxed b | c"),
        (rb"a{\*\do\dobypage{\dptxbxtext\pard drawn}}b", "a\n\ndrawn\n\nb"),
        (
            rb"{\field{\*\fldinst { EQ \\* jc3 \\* \"Font:A B\" \\* hps12 \\o\\al(\\s\\up 11(ta),\u39135?)}}"
            rb"{\fldrslt {}}}beru\par more",
            "食beru (ta)\n\nmore",
        ),
        (rb"a {\field{\*\fldinst EQ \\f(x,y)}{\fldrslt }}", "a (x,y)"),
        (rb"text{\footnote a note}{\header top} more", "text more\n\na note\n\ntop"),
    ],
)
def test_text(body: bytes, text: str) -> None:
    assert _text(body) == text


def test_notes_are_a_place_and_the_title_that_of_the_properties() -> None:
    document = read_rtf(rb"{\rtf1{\info{\title A \u26631? title}{\author Lin}}body{\footnote note}}")
    assert (document.title, document.text, document.kind) == ("A 标 title", "body\n\nnote\n\nAuthor: Lin", "rtf")
    assert [place.label for place in document.places] == ["", "notes", "properties"]
    twice = rb"{\rtf1{\info{\title {\upr{??}{\*\ud{\u26631?\u39064?}}}}{\author {\upr{?}{\*\ud{\u26519?}}}}}body}"
    assert (read_rtf(twice).title, read_rtf(twice).text) == ("标题", "body\n\nAuthor: 林")


@pytest.mark.parametrize(
    "data",
    [
        b"{" * 1_000_000,
        b"}" * 1_000_000,
        b"{\\fonttbl" + b"\\f1" * 300_000,
        b"\\bin999999999999999999999",
        b"\\bin-5 x" * 100_000,
        b"\\u99999999 x" * 100_000,
        b"\\cell" * 200_000,
        b"\\uc2000000000\\u1 x" * 1_000,
        b"\\'" * 400_000,
        b"\\ansicpg99999 x\\f9999999999 y",
        b"{\\upr{\\*\\ud" * 100_000,
        b"\\" * 500_000,
    ],
    ids=lambda data: repr(data[:16]),
)
def test_hostile_text_takes_time_by_its_size_only(data: bytes) -> None:
    started = time.monotonic()
    read_rtf(b"{\\rtf1 " + data)
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    ("body", "headings"),
    [
        (rb"{\pard \outlinelevel0 \b One\par}{\pard body\par}{\pard \outlinelevel8 T\'e9o\par}", {"One": 0, "Téo": 11}),
        (
            rb"{\stylesheet{\s0 Normal;}{\s3\sbasedon0\b Heading 2;}{\*\cs4 heading 1;}{\s5\outlinelevel1 Kapitel;}}"
            rb"\pard\s3 One\par\pard\s0 body\par\pard\s5 Two\par\pard more",
            {"One": 0, "Two": 11},
        ),
        (rb"\pard\outlinelevel9 no heading\par\pard\outlinelevel0\par\pard b\'1eody", {}),
    ],
)
def test_headings_are_places(body: bytes, headings: dict[str, int]) -> None:
    document = read_rtf(b"{\\rtf1\\ansi\\ansicpg1252" + body + b"}")
    inner = [place for place in document.places if place.label]
    assert {place.label: place.start for place in inner} == headings
    assert "\x1e" not in document.text
    assert all(document.text[place.start :].startswith(f"{place.label}") for place in inner)


def test_what_a_document_says_of_itself_is_a_part_of_its_own() -> None:
    info = rb"{\info{\subject birds}{\author Lin}{\keywords heron, \u40517?}{\doccomm a note}{\company hidden}}"
    document = read_rtf(rb"{\rtf1" + info + b"body}")
    assert document.text == "body\n\nAuthor: Lin\nSubject: birds\nKeywords: heron, 鹅\nDescription: a note"
    assert document.places[-1].label == "properties"
