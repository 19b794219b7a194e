from __future__ import annotations

import pytest

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.document import Document, Place
from bge_desktop.extract.formats import extract
from bge_desktop.extract.odf import read_odp, read_odt
from tests.unit.extract.office_files import source, zipped

_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "draw", "presentation", "meta", "manifest", "form", "style")
)


_SVG = "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"


def _content(body: str) -> str:
    names = f'{_NAMES} xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:svg="{_SVG}"'
    return f"<office:document-content {names}><office:body>{body}</office:body></office:document-content>"


def _text(body: str) -> Document:
    return read_odt(source(zipped({"content.xml": _content(f"<office:text>{body}</office:text>")})))


def test_spaces_tabs_breaks_and_spans() -> None:
    body = "<text:p>a<text:s text:c='3'/>b<text:tab/>c<text:line-break/><text:span>d\n   e</text:span> f</text:p>"
    assert _text(body).text == "a   b\tc\nd e f"


def test_lists_boxes_notes_and_nested_tables() -> None:
    box = "<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame>"
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    inner = f"<table:table><table:table-row>{cell.format('in')}{cell.format('ner')}</table:table-row></table:table>"
    body = (
        f"<text:list><text:list-item><text:p>item</text:p></text:list-item></text:list><text:p>be{box}side</text:p>"
        f"<table:table><table:table-row>{cell.format('left')}<table:table-cell>{inner}</table:table-cell>"
        "</table:table-row></table:table>"
    )
    assert _text(body).text == "item\n\nbeside\n\nboxed\n\nleft | in | ner"


def test_what_a_reading_belongs_to_stays_whole() -> None:
    ruby = "<text:ruby><text:ruby-base>食</text:ruby-base><text:ruby-text>た</text:ruby-text></text:ruby>"
    assert _text(f"<text:p>{ruby}べる。</text:p><text:h>{ruby}事</text:h>").text == "食べる。 (た)\n\n食事 (た)"


def test_pictures_say_what_they_show_and_a_field_the_title() -> None:
    picture = "<draw:frame><draw:image/><svg:title>Heron</svg:title><svg:desc>stands in\nwater</svg:desc></draw:frame>"
    body = f"<text:p>be{picture}side <text:title>Field notes</text:title></text:p>{picture}"
    assert _text(body).text == "beside Field notes\n\nHeron\n\nstands in water\n\nHeron\n\nstands in water"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ('<form:text form:id="c" form:value="at first" form:current-value="林 Lin"/>', "林 Lin"),
        ('<form:textarea form:id="c" form:value="at first"/>', "at first"),
        ('<form:checkbox form:id="c" form:label="Smoker" form:current-state="checked"/>', "Smoker"),
        ('<form:checkbox form:id="c" form:label="Smoker" form:current-state="unchecked"/>', ""),
        (
            '<form:listbox form:id="c"><form:option form:label="Berne"/>'
            '<form:option form:label="Basle" form:current-selected="true"/></form:listbox>',
            "Basle",
        ),
        ('<form:password form:id="c" form:value="secret"/>', ""),
    ],
)
def test_fields_of_forms_stand_where_they_are_shown(field: str, text: str) -> None:
    forms = f"<office:forms><form:form>{field}</form:form></office:forms>"
    shown = '<text:p>Name: <draw:control draw:control="c"/></text:p>'
    document = _text(f"{forms}<text:h>One</text:h>{shown}<text:h>Two</text:h>")
    assert document.text.split("\n\n") == list(filter(None, ["One", "Name:", text, "Two"]))


def test_formulas_stand_in_their_line_and_charts_after_it() -> None:
    shown = '<draw:frame><draw:object xlink:href="./{}" xmlns:xlink="http://www.w3.org/1999/xlink"/></draw:frame>'
    body = f"<text:p>So {shown.format('Formula 1/')} holds.{shown.format('Object 2')}</text:p>"
    chart = "<text:p>Birds a year</text:p><text:p>4321</text:p><text:p>苍鹭</text:p><text:p>苍鹭</text:p>"
    math = "<math><semantics><mi>E</mi><mo>=</mo><mi>mc</mi><annotation>E = mc</annotation></semantics></math>"
    content = _content(f"<office:text>{body}</office:text>")
    parts = {"content.xml": content, "Formula 1/content.xml": math, "Object 2/content.xml": _content(chart)}
    assert read_odt(source(zipped(parts))).text == "So E=mc holds.\n\nBirds a year\n\n苍鹭"


def test_deleted_text_is_left_out_and_headings_are_places() -> None:
    deleted = (
        "<text:tracked-changes><text:changed-region><text:p>gone</text:p></text:changed-region></text:tracked-changes>"
    )
    document = _text(f"{deleted}<text:p>before</text:p><text:h>The <text:span>heading</text:span></text:h>")
    assert document.places == (Place(0), Place(8, "The heading", divides=False))
    assert (document.text, document.title, document.kind) == ("before\n\nThe heading", "The heading", "odt")


@pytest.mark.parametrize(
    "parts",
    [
        {"META-INF/manifest.xml": f"<manifest:manifest {_NAMES}><manifest:encryption-data/></manifest:manifest>"},
        {"encrypted-package": "noise"},
    ],
)
@pytest.mark.parametrize("ending", ["text", "presentation", "spreadsheet"])
def test_an_encrypted_document_says_so(parts: dict[str, str], ending: str) -> None:
    data = zipped({"mimetype": f"application/vnd.oasis.opendocument.{ending}", "content.xml": "noise", **parts})
    with pytest.raises(ExtractionError, match="Protected by a password"):
        extract("download", data)


def test_slides_with_groups_and_notes() -> None:
    shape = "<draw:custom-shape><text:p>{}</text:p></draw:custom-shape>"
    notes = f"<presentation:notes><draw:page-thumbnail/>{shape.format('said')}</presentation:notes>"
    group = f"<draw:g><draw:g>{shape.format('grouped')}</draw:g></draw:g>"
    body = f"<draw:page>{shape.format('one')}{group}</draw:page><draw:page/><draw:page>{notes}</draw:page>"
    data = zipped({"content.xml": _content(f"<office:presentation>{body}</office:presentation>")})
    document = read_odp(source(data))
    assert document.text == "one\n\ngrouped\n\nsaid"
    assert document.places == (Place(0, page=1), Place(14, "notes", page=3))


def test_what_slides_share_is_read_once() -> None:
    shape = "<draw:custom-shape {}><text:p>{}</text:p></draw:custom-shape>"
    footer = "<presentation:footer-decl presentation:name='f'>Confidential</presentation:footer-decl>"
    body = f"<office:presentation>{footer}<draw:page>{shape.format('', 'one')}</draw:page></office:presentation>"
    shapes = shape.format("", "Heron Ltd") + shape.format('presentation:class="title"', "Click to edit")
    notes = f"<presentation:notes>{shape.format('', 'Click to edit')}</presentation:notes>"
    styles = f"<style:master-page>{shapes}{notes}</style:master-page>"
    document = read_odp(source(zipped({"content.xml": _content(body), "styles.xml": _content(styles)})))
    assert document.text == "one\n\nConfidential\n\nHeron Ltd"
    assert document.places == (Place(0, page=1), Place(5, "header and footer"))


def test_a_deep_nest_is_refused_and_does_no_harm() -> None:
    body = "<text:section>" * 5_000 + "<text:p>deep</text:p>" + "</text:section>" * 5_000
    with pytest.raises(ExtractionError, match="Nested too deep"):
        extract("a.odt", zipped({"content.xml": _content(f"<office:text>{body}</office:text>")}))


def test_a_long_run_of_spaces_is_cut_short() -> None:
    assert len(_text("<text:p>a<text:s text:c='2000000000'/>b</text:p>").text) < 200
