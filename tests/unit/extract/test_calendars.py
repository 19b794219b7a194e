from __future__ import annotations

from bge_desktop.extract.calendars import read_calendar


def _calendar(*lines: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR", ""]).encode()


def test_an_event_tells_when_where_who_and_what() -> None:
    document = read_calendar(
        _calendar(
            "BEGIN:VEVENT",
            "SUMMARY;LANGUAGE=zh:评审\\, 第一轮",
            "DTSTART:20261125T140000Z",
            "DTEND:20261125T153000Z",
            "LOCATION:Room 4",
            'ATTENDEE;CN="Berg, Anna";X=":":mailto:anna@example.org',
            "DESCRIPTION:One\\nTwo",
            "BEGIN:VALARM",
            "DESCRIPTION:hidden",
            "END:VALARM",
            "END:VEVENT",
        )
    )
    assert document.text == (
        "评审, 第一轮\nWhen: 2026-11-25 14:00 UTC – 15:30 UTC\nWhere: Room 4\n"
        "Who: Berg, Anna <anna@example.org>\n\nOne\nTwo"
    )
    assert [place.label for place in document.places] == ["2026-11-25 评审, 第一轮"]
    assert document.title == "2026-11-25 评审, 第一轮"


def test_tasks_and_whole_days() -> None:
    document = read_calendar(_calendar("BEGIN:VTODO", "SUMMARY:Pay", "DUE;VALUE=DATE:20261201", "END:VTODO"))
    assert document.text == "Pay\nDue: 2026-12-01"
    assert document.places[0].label == "2026-12-01 Pay"


def test_a_line_folded_within_a_character_is_whole_again() -> None:
    word = "SUMMARY:苍鹭".encode()
    folded = word[:-1] + b"\r\n " + word[-1:]
    assert read_calendar(b"BEGIN:VEVENT\r\n" + folded + b"\r\nEND:VEVENT\r\n").text == "苍鹭"


def test_what_is_never_closed_nested_or_empty_costs_only_itself() -> None:
    source = _calendar("BEGIN:VEVENT", "SUMMARY:one", "BEGIN:VEVENT", "SUMMARY:two", "no colon", "DTSTART:never")
    document = read_calendar(source[: -len("END:VCALENDAR\r\n")])
    assert document.text == "one\n\ntwo\nWhen: never"
    assert read_calendar(b"BEGIN:X\n" * 50_000 + b"BEGIN:VEVENT\nSUMMARY:deep\n").text == "deep"
    assert read_calendar(b"").text == ""
