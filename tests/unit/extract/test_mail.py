from __future__ import annotations

import base64
import binascii

import pytest

from bge_desktop.extract.document import Document, place_at
from bge_desktop.extract.formats import extract

HEAD = "From: Anna <anna@example.org>\nTo: =?gb2312?B?zfXQocP3?= <w@example.org>\nSubject: Minutes\nMIME-Version: 1.0\n"


def _mail(rest: str | bytes) -> Document:
    return extract("a.eml", HEAD.encode() + (rest.encode() if isinstance(rest, str) else rest))


def _body(document: Document) -> str:
    return document.text.partition("\n\n")[2]


def _label(document: Document, phrase: str) -> str:
    place = place_at(document.places, document.text.index(phrase))
    return place.label if place else ""


def _multipart(kind: str, *parts: str) -> str:
    return (
        f"Content-Type: multipart/{kind}; boundary=b-{kind}\n\n"
        + "".join(f"--b-{kind}\n{part}\n" for part in parts)
        + f"--b-{kind}--\n"
    )


def test_headers_and_a_reply_with_what_it_quotes() -> None:
    document = _mail("Date: Wed, 25 Nov 2026 14:00:00 +0800\n\nYes.\n\n> Shall we?\n")
    assert (document.kind, document.title) == ("email", "Minutes")
    head = "Minutes\nFrom: Anna <anna@example.org>\nTo: 王小明 <w@example.org>\nDate: 2026-11-25 14:00"
    assert document.text == f"{head}\n\nYes.\n\n> Shall we?"


@pytest.mark.parametrize(
    ("rest", "body"),
    [
        ("Content-Type: text/html; charset=utf-8\n\n<p>One<p>Two", "One\n\nTwo"),
        (_multipart("alternative", "Content-Type: text/plain\n\nplain", "Content-Type: text/html\n\n<p>page"), "plain"),
        (_multipart("alternative", "Content-Type: text/plain\n\n  ", "Content-Type: text/html\n\n<p>page"), "page"),
        (_multipart("mixed", "\nno type at all", "Content-Type: text/plain\n\ntwo"), "no type at all\n\ntwo"),
        ("Content-Type: multipart/mixed; boundary=missing\n\n--other\n\nstill read", "--other\n\nstill read"),
        ("Content-Type: multipart/mixed\n\nno boundary", "no boundary"),
        ("Content-Transfer-Encoding: base64\n\n" + base64.b64encode(b"words").decode(), "words"),
        ("Content-Transfer-Encoding: quoted-printable\n\na=C3=A9 =\nb=", "aé b"),
        ("Content-Transfer-Encoding: x-unknown\n\nwords", "words"),
        ("Content-Type: text/plain; charset=no-such\n\nwords", "words"),
        ("Content-Type: text/plain; format=flowed\n\none \ntwo\nthree", "one two\nthree"),
    ],
)
def test_the_text_of_a_message(rest: str, body: str) -> None:
    assert _body(_mail(rest)).strip() == body


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-8"])
def test_a_text_in_another_character_set_than_it_says(encoding: str) -> None:
    text = "請在星期五以前把這份報告寄給我。" if encoding == "big5" else "请在星期五以前把这份报告寄给我。"
    for stated in ("us-ascii", "iso-8859-1", "x-unknown", encoding):
        document = _mail(f"Content-Type: text/plain; charset={stated}\n\n".encode() + text.encode(encoding))
        assert _body(document) == text


def test_attachments_are_places_of_their_own_and_listed_by_name() -> None:
    document = _mail(
        _multipart(
            "mixed",
            "Content-Type: text/plain\n\nsee below",
            'Content-Type: text/csv; name="list.txt"\nContent-Disposition: attachment\n\nheron,2',
            "Content-Type: application/octet-stream; name=data.bin\nContent-Transfer-Encoding: base64\n\nAAECAwAA",
            "Content-Type: application/pdf; name=plan.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0xLjQKJSVFT0YK",
            "Content-Type: application/pgp-signature; name=s.asc\n\nxxx",
        )
    )
    assert "Attachments: list.txt, data.bin, plan.pdf" in document.text
    assert _label(document, "heron,2") == "list.txt"
    assert [(own.label, own.title) for own in document.shortfalls] == [("plan.pdf", "Damaged file")]
    assert "Damaged" not in document.text


def test_pictures_that_belong_to_the_text_are_no_attachments() -> None:
    page = _multipart("related", "Content-Type: text/html\n\n<p>page", "Content-Type: image/png\nContent-ID: <a>\n\nx")
    assert "Attachments" not in _mail(page).text


def test_a_message_in_a_message_and_so_on() -> None:
    inner = "Subject: =?utf-8?B?6L2s5Y+R?=\nFrom: x\n\nThe heron waits."
    document = _mail(_multipart("mixed", "\nsee", f"Content-Type: message/rfc822\n\n{inner}"))
    assert _label(document, "The heron") == "转发.eml"


def test_what_is_attached_to_the_form_that_is_not_read_is_kept() -> None:
    rich = _multipart("mixed", "Content-Type: text/html\n\n<p>page", "Content-Type: text/plain; name=a.txt\n\nattached")
    document = _mail(_multipart("alternative", "Content-Type: text/plain\n\nplain", rich))
    assert "page" not in document.text
    assert _label(document, "attached") == "a.txt"


def test_deep_nesting_ends_well() -> None:
    def nested(depth: int) -> str:
        return "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth)) + "\ndeep"

    assert _body(_mail(nested(100))).endswith("deep")
    forwarded = "Content-Type: message/rfc822\n\nFrom: a\n" * 50 + "\ndeep"
    [shortfall] = _mail(forwarded).shortfalls
    assert shortfall.title == "Nested too deep"
    assert shortfall.label.startswith("message.eml › message.eml")


def test_files_within_the_text_are_attachments() -> None:
    document = _mail("\nSee this:\n\n" + _uuencoded("pond.txt", "苍鹭在池塘边等候。".encode()) + "\nThe end.\n")
    assert _label(document, "苍鹭在池塘边等候。") == "pond.txt"
    assert "Attachments: pond.txt" in document.text
    assert "See this:\n\n\nThe end." in document.text
    assert "begin 644" not in document.text
    assert "begin 644 the game" in _mail("\nLet us\nbegin 644 the game\nnow\n").text


def _uuencoded(name: str, data: bytes) -> str:
    lines = (binascii.b2a_uu(data[start : start + 45]).decode() for start in range(0, len(data), 45))
    return f"begin 644 {name}\n{''.join(lines)}`\nend\n"


def test_base64_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    encoded = base64.b64encode(b"The heron waits by the old mill pond.").decode().rstrip("=")
    for missing in range(6):
        document = _mail("Content-Transfer-Encoding: base64\n\n" + encoded[: len(encoded) - missing])
        assert _body(document).startswith("The heron waits by the old mill p")
    footer = _mail("Content-Transfer-Encoding: base64\n\n" + base64.b64encode(b"words").decode() + "\n_____\nA list")
    assert _body(footer) == "words"


def test_a_message_of_apple_mail_has_its_length_before_it() -> None:
    assert extract("1.emlx", b"123\n" + HEAD.encode() + b"\nwords\n").title == "Minutes"


def test_a_maildir_file_has_no_ending_and_a_saved_page_is_a_page() -> None:
    assert extract("1700000000.M1P2.host:2,S", HEAD.encode() + b"\nwords").kind == "email"
    page = "From: <Saved by Blink>\nSnapshot-Content-Location: https://example.org/\n"
    page += "Subject: =?utf-8?Q?x?=\nMIME-Version: 1.0\n"
    page += _multipart("related", "Content-Type: text/html; charset=gb2312\n\n<title>T</title><nav>Menu</nav><p>Words")
    document = extract("a.mht", page.encode())
    assert (document.kind, document.title, document.text) == ("html", "T", "Words")
