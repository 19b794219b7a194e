from __future__ import annotations

from bge_desktop.extract.document import Place
from bge_desktop.extract.pptx import read_pptx
from tests.unit.extract.office_files import RELATIONS, relations, source, zipped

_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def _paragraph(text: str) -> str:
    return f"<a:p><a:pPr><a:t>never</a:t></a:pPr><a:r><a:t>{text}</a:t></a:r></a:p>"


def _shape(*texts: str, placeholder: str = "") -> str:
    kind = f'<p:nvPr><p:ph type="{placeholder}"/></p:nvPr>' if placeholder else ""
    return f"<p:sp><p:nvSpPr>{kind}</p:nvSpPr><p:txBody>{''.join(map(_paragraph, texts))}</p:txBody></p:sp>"


def _slide(*shapes: str, tag: str = "sld", more: str = "") -> str:
    names = f'xmlns:p="{_P}" xmlns:a="{_A}"'
    return f"<p:{tag} {names} {more}><p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld></p:{tag}>"


def _presentation(*slides: str, **more: str) -> bytes:
    numbers = range(1, len(slides) + 1)
    order = "".join(f'<p:sldId id="{255 + number}" r:id="slide_{number}"/>' for number in numbers)
    parts = {f"ppt/slides/slide{number}.xml": slide for number, slide in enumerate(slides, 1)}
    targets = {f"slide_{number}": f"slides/slide{number}.xml" for number in numbers}
    return zipped(
        {
            "_rels/.rels": relations(officeDocument="/ppt/presentation.xml"),
            "ppt/presentation.xml": f'<p:presentation xmlns:p="{_P}" xmlns:r="{RELATIONS}">'
            f"<p:sldIdLst>{order}</p:sldIdLst></p:presentation>",
            "ppt/_rels/presentation.xml.rels": relations(**targets),
            **parts,
            **more,
        }
    )


def test_titles_come_first_groups_and_tables_are_read_and_counters_are_not() -> None:
    group = f"<p:grpSp><p:grpSp>{_shape('in a group', '第二行')}</p:grpSp></p:grpSp>"
    cells = "".join(f"<a:tc><a:txBody>{_paragraph(text)}</a:txBody></a:tc>" for text in ("one", "two"))
    table = f"<p:graphicFrame><a:tbl><a:tr>{cells}</a:tr></a:tbl></p:graphicFrame>"
    field = '<p:sp><p:txBody><a:p><a:fld type="slidenum"><a:t>7</a:t></a:fld></a:p></p:txBody></p:sp>'
    shapes = (group, table, field, _shape("12", placeholder="sldNum"), _shape("The title", placeholder="ctrTitle"))
    document = read_pptx(source(_presentation(_slide(*shapes))))
    assert document.text == "The title\n\nin a group\n第二行\n\none | two"
    assert (document.title, document.kind, document.places) == ("The title", "slides", (Place(0, page=1),))


def test_hidden_and_empty_slides_count_and_notes_and_comments_belong_to_their_slide() -> None:
    note = _slide(_shape("said", placeholder="body"), _shape("3", placeholder="sldNum"), tag="notes")
    comments = f'<p:cmLst xmlns:p="{_P}"><p:cm><p:text>a remark</p:text></p:cm></p:cmLst>'
    document = read_pptx(
        source(
            _presentation(
                _slide(_shape("first")),
                _slide(),
                _slide(_shape("hidden"), more='show="0"'),
                **{
                    "ppt/slides/_rels/slide3.xml.rels": relations(notesSlide="../n/n1.xml", comments="../c/c1.xml"),
                    "ppt/n/n1.xml": note,
                    "ppt/c/c1.xml": comments,
                },
            )
        )
    )
    assert document.text == "first\n\nhidden\n\na remark\n\nsaid"
    assert document.places == (Place(0, page=1), Place(7, page=3), Place(25, "notes", page=3, divides=False))


def test_what_pictures_say_is_read_on_their_slide() -> None:
    picture = '<p:pic><p:nvPicPr><p:cNvPr id="4" name="Picture 3" descr="A heron&#10;stands"/></p:nvPicPr></p:pic>'
    document = read_pptx(source(_presentation(_slide(_shape("one"), picture, picture), _slide(_shape("two")))))
    assert document.text == "one\n\nA heron stands\n\ntwo"


def test_footers_and_what_masters_show_are_read_once() -> None:
    footer = _shape("Confidential", placeholder="ftr")
    rest = {
        "ppt/slides/_rels/slide1.xml.rels": relations(slideLayout="../l/l.xml"),
        "ppt/slides/_rels/slide2.xml.rels": relations(slideLayout="../l/l.xml"),
        "ppt/l/l.xml": _slide(_shape("Click to edit", placeholder="body"), tag="sldLayout"),
        "ppt/l/_rels/l.xml.rels": relations(slideMaster="m.xml"),
        "ppt/l/m.xml": _slide(_shape("&lt;footer&gt;", placeholder="ftr"), _shape("Heron Ltd")),
    }
    document = read_pptx(source(_presentation(_slide(_shape("one"), footer), _slide(footer), **rest)))
    assert document.text == "one\n\nConfidential\n\nHeron Ltd"
    assert document.places == (Place(0, page=1), Place(5, "header and footer"))


def test_a_slide_that_is_missing_is_passed_over() -> None:
    rest = {"ppt/_rels/presentation.xml.rels": relations(slide_1="slides/gone.xml", slide_2="slides/slide2.xml")}
    document = read_pptx(source(_presentation(_slide(_shape("one")), _slide(_shape("two")), **rest)))
    assert (document.text, document.places) == ("two", (Place(0, page=1),))
    assert read_pptx(source(_presentation())).text == ""


def test_the_words_of_a_chart_are_read_once() -> None:
    series = "<c:ser><c:cat><c:strCache><c:v>甲</c:v></c:strCache></c:cat></c:ser>" * 3
    title = f"<c:title><c:rich>{_paragraph('Birds a year')}</c:rich></c:title>"
    chart = f'<c:chart xmlns:c="{_C}" xmlns:a="{_A}">{title}{series}<c:numCache><c:v>4</c:v></c:numCache></c:chart>'
    more = {"ppt/slides/_rels/slide1.xml.rels": relations(chart="../charts/chart1.xml"), "ppt/charts/chart1.xml": chart}
    assert read_pptx(source(_presentation(_slide(_shape("text")), **more))).text == "text\n\nBirds a year\n甲"
