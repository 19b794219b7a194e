from __future__ import annotations

import email
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bge_desktop.extract.mail_headers import date, decoded_header, header, looks_like_message, parameter


def _message(head: bytes) -> email.message.Message:
    return email.message_from_bytes(head + b"\n\nbody")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("=?gb2312?B?u+HS6bzN0qo=?=", "会议纪要"),
        ("=?GBK?Q?=BB=E1=D2=E9?= =?GBK?Q?=BC=CD=D2=AA?=", "会议纪要"),
        ("=?utf-8?B?5Lya6K6u57qq6KY=?= =?utf-8?B?gQ==?= x", "会议纪要 x"),  # cut within a character
        ("=?utf-8?B?5Lya?= =?big5?B?t3w=?=", "会會"),
        ("=?big5?Q?=B7|=C4=B3?=", "會議"),
        ("=?iso-2022-jp?B?GyRCMnE1RBsoQg==?=", "会議"),
        ("=?no-such-set?B?u+HS6bzN0qo=?=", "会议纪要"),
        ("=?utf-8*en?Q?a_b?=", "a b"),
        ("=?utf-8?B?5Lya?=: =?utf-8?Q?b?=", "会: b"),
        ("Re: =?utf-8?B?!!!?= plain =?broken", "Re: !!! plain =?broken"),
        ("plain", "plain"),
    ],
)
def test_encoded_words(raw: str, text: str) -> None:
    assert decoded_header(raw) == text


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-8", "euc_kr"])
def test_bytes_that_should_not_be_there_are_read(encoding: str) -> None:
    text = (
        "내일 회의 자료"
        if encoding == "euc_kr"
        else "明天下午的會議在三樓"
        if encoding == "big5"
        else "明天下午的会议在三楼"
    )
    assert header(_message(b"Subject: " + text.encode(encoding)), "subject") == text


def test_a_header_over_several_lines_is_one() -> None:
    assert header(_message(b"To: a@example.org,\n\tb@example.org"), "To") == "a@example.org, b@example.org"
    assert header(_message(b"To: a"), "Cc") == ""


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (b'attachment; filename="plan.pdf"; size=3', "plan.pdf"),
        (b"attachment; filename=plan one.pdf", "plan one.pdf"),
        (b"attachment; filename*=utf-8''%E8%AE%A1%E5%88%92.pdf", "计划.pdf"),
        (b"attachment; filename*0*=gb2312''%BC%C6; filename*1*=%BB%AE; filename*2=.pdf", "计划.pdf"),
        (b'attachment; filename*0="pl"; filename*1="an.pdf"', "plan.pdf"),
        (b'attachment; filename="=?gb2312?B?vMa7rg==?=.pdf"', "计划.pdf"),
        (b'attachment; filename="' + "计划书的第一部分".encode("gb18030") + b'.pdf"', "计划书的第一部分.pdf"),
        (b'attachment; filename="a\\"b.pdf"', 'a"b.pdf'),
        (b"attachment; filename=", ""),
        (b"attachment", ""),
    ],
)
def test_names_of_attachments(value: bytes, name: str) -> None:
    assert parameter(_message(b"Content-Disposition: " + value), "content-disposition", "filename") == name


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ("Wed, 25 Nov 2026 14:00:00 +0800 (CST)", "2026-11-25 14:00"),
        ("25 Nov 26 14:00 GMT", "2026-11-25 14:00"),
        ("yesterday", "yesterday"),
        ("Wed, 99 Foo 2026", "Wed, 99 Foo 2026"),
        ("", ""),
    ],
)
def test_dates(stated: str, shown: str) -> None:
    assert date(_message(f"Date: {stated}".encode())) == shown


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("From: a\nTo: b\nSubject: c\n\nd", True),
        ("Return-Path: <a>\nReceived: from b\n\tby c\nDate: x\n\n", True),
        ("From: a\nnot a header\nTo: b\nSubject: c\n", False),
        ("From: a\n\nTo: b\nSubject: c\n", False),
        ("To: shop\nDate: today\nSubject: list\n", False),
        ("from: alpine\nto: x\n", False),
        ("title: a\ndate: b\n", False),
    ],
)
def test_a_message_is_known_by_its_headers(head: str, expected: bool) -> None:
    assert looks_like_message(head) is expected


@given(st.text(st.sampled_from("=?utf-8BbQq_ \n\ud8ff\udc80é;*'\""), max_size=60))
def test_any_header_is_read(raw: str) -> None:
    decoded_header(raw.replace("\ud8ff", ""))


def test_hostile_headers_take_linear_time() -> None:
    start = time.perf_counter()
    for piece in (b"=?utf-8?q?a?= ", b"=?utf-8?q?", b';filename="', b"((("):
        message = _message(b"Subject: " + piece * 20_000 + b"\nContent-Type: a/b" + piece * 20_000)
        header(message, "subject")
        parameter(message, "content-type", "name")
    assert time.perf_counter() - start < 10
