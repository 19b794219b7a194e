from __future__ import annotations

import pytest

from bge_desktop.ui import copying
from bge_desktop.ui.paths import local_path

ZH = "租约期满后，房东应退还押金。"


def test_paths_are_listed_each_once_and_without_what_is_not_utf8(make_result):
    results = [make_result("/d/a.pdf"), make_result("/d/a.pdf", start=9), make_result("/d/caf\udce9.pdf")]
    assert copying.paths(results) == "/d/a.pdf\n/d/caf\ufffd.pdf"


def test_text_names_the_document_and_the_place_above_the_passage(make_result):
    results = [make_result("/d/lease.pdf", " One.\n\tTwo. \x07"), make_result("/d/b.xlsx", "", page=None, place="S!B7")]
    assert copying.plain_text(results) == "lease.pdf, page 3\nOne.\n Two. \ufffd\n\nb.xlsx, S!B7"


def test_markdown_links_to_the_file_and_quotes_the_passage(make_result):
    text = copying.markdown([make_result("/d/my lease (2).pdf", "The *deposit*\n\n1. is <b>\n# returned\n- soon")])
    assert text == (
        "[my lease (2).pdf, page 3](file:///d/my%20lease%20%282%29.pdf)\n\n"
        "> The \\*deposit\\*\n>\n> 1\\. is \\<b\\>\n> \\# returned\n> \\- soon"
    )


def test_a_markdown_link_leads_back_to_a_name_that_is_not_utf8(make_result):
    from PySide6.QtCore import QUrl

    text = copying.markdown([make_result("/d/a]b\udce9.pdf", "")])
    assert text == "[a\\]b\ufffd.pdf, page 3](file:///d/a%5Db%E9.pdf)"
    assert local_path(QUrl.fromEncoded(text.partition("](")[2][:-1].encode())) == "/d/a]b\udce9.pdf"


@pytest.mark.parametrize(
    ("passage", "more", "citation"),
    [
        ("The deposit\n is  returned.", {}, "lease.pdf, p. 3: “The deposit is returned.”"),
        ("He said “no” twice.", {}, "lease.pdf, p. 3: “He said ‘no’ twice.”"),
        ("Rent", {"page": None, "place": "Sheet1!B7"}, "lease.pdf, Sheet1!B7: “Rent”"),
        ("Rent", {"page": None}, "lease.pdf: “Rent”"),
        (" \n", {}, "lease.pdf, p. 3"),
        (ZH, {}, f"lease.pdf，第3页：“{ZH}”"),
        (ZH, {"page": None, "place": "第三条"}, f"lease.pdf，第三条：“{ZH}”"),
        ("他说：“好。”这是 OK 的。", {"page": None}, "lease.pdf：“他说：‘好。’这是 OK 的。”"),
        ("他說：「好。」這樣就可以。", {"page": None}, "lease.pdf：「他說：『好。』這樣就可以。」"),
        ("The word 押金 means deposit.", {"page": None}, "lease.pdf: “The word 押金 means deposit.”"),
    ],
)
def test_a_citation_is_in_the_punctuation_of_the_passage(make_result, passage, more, citation):
    assert copying.citations([make_result("/d/lease.pdf", passage, **more)]) == citation
