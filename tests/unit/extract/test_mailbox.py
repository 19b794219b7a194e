from __future__ import annotations

from bge_desktop.extract import mailbox
from bge_desktop.extract.allowance import Allowance
from bge_desktop.extract.document import Document, place_at
from bge_desktop.extract.format import Source
from bge_desktop.extract.formats import extract
from bge_desktop.extract.mailbox import read_mbox

LINE = "From anna@example.org Wed Nov 25 14:00:00 2026\n"


def _message(subject: str, body: str, more: str = "") -> str:
    return (
        f"{LINE}From: anna@example.org\nSubject: {subject}\nDate: Wed, 25 Nov 2026 14:00:00 +0800\n{more}\n{body}\n\n"
    )


def _label(document: Document, phrase: str) -> str:
    place = place_at(document.places, document.text.index(phrase))
    return place.label if place else ""


def test_messages_are_places_with_their_numbers_and_subjects() -> None:
    box = _message("Hello", "one") + _message("=?utf-8?B?5Lya6K6u?=", "two") + _message("", "three")
    document = extract("inbox", box.encode())
    assert document.kind == "email"
    assert [_label(document, word) for word in ("one", "two", "three")] == [
        "message 1: Hello",
        "message 2: 会议",
        "message 3",
    ]


def test_an_attachment_is_named_after_its_message() -> None:
    more = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n"
    body = "--b\n\nsee below\n--b\nContent-Type: text/plain; name=plan.txt\n\nThe heron waits.\n--b--"
    document = extract("a.mbox", (_message("Hi", "x") + _message("Plan", body, more)).encode())
    assert _label(document, "The heron") == "message 2: Plan › plan.txt"


def test_from_in_a_text_begins_no_message_and_is_read_as_it_was() -> None:
    body = ">From here on\n\nFrom Monday 10:00 on\nwe wait."
    document = extract("a.mbox", _message("Hi", body).replace("\n", "\r\n").encode())
    assert len(document.places) == 1
    assert "From here on\n\nFrom Monday 10:00 on\nwe wait." in document.text


def test_messages_that_were_removed_are_left_out() -> None:
    box = _message("Gone", "secret", "X-Mozilla-Status: 0009\n") + _message("Kept", "words", "X-Mozilla-Status: 0001\n")
    document = extract("a.mbox", box.encode())
    assert "secret" not in document.text
    assert _label(document, "words") == "message 2: Kept"


def test_a_message_that_breaks_the_parser_costs_only_its_structure() -> None:
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3_000)) + "\ndeep"
    document = extract("a.mbox", (LINE + "From: a\nSubject: b\n" + deep + "\n\n" + _message("Next", "words")).encode())
    assert "deep" in document.text
    assert _label(document, "words") == "message 2: Next"


def test_what_is_read_before_the_allowance_is_spent_is_kept() -> None:
    data = "".join(_message(f"{n}", "words " * 100) for n in range(50)).encode()
    document = read_mbox(
        Source("a.mbox", data, lambda _name, _data: Document(""), Allowance(len(data), characters=5_000))
    )
    assert _label(document, "words") == "message 1: 0"
    assert [shortfall.title for shortfall in document.shortfalls] == ["Too large"]
    assert len(document.text) < 7_000


def test_messages_can_be_opened_by_the_names_of_their_places() -> None:
    data = (_message("Hello", "one") + _message("Plan", "two")).encode()
    source = Source("a.mbox", data, lambda _name, _data: Document(""), Allowance(len(data)))
    members = {member.name: member.open().read() for member in mailbox.members(source)}
    assert list(members) == ["message 1: Hello", "message 2: Plan"]
    assert members["message 2: Plan"].startswith(b"From: anna@example.org\nSubject: Plan")
