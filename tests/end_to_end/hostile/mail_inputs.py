"""Mail: parts in parts, headers without end, and what is attached."""

from __future__ import annotations

import base64

from tests.end_to_end.hostile.archive_inputs import BOMB, zipped
from tests.end_to_end.hostile.inputs import READ, hostile, register

_HEAD = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: Pond\r\nMIME-Version: 1.0\r\n"


def mail(body: bytes, kind: bytes = b"text/plain", more: bytes = b"") -> bytes:
    return _HEAD + b"Content-Type: " + kind + b"\r\n" + more + b"\r\n" + body


@hostile("a thousand parts in each other.eml")
def nested_parts() -> bytes:
    body = b"Content-Type: text/plain\r\n\r\nwords\r\n"
    for level in range(1000):
        mark = b"m%d" % level
        body = b'Content-Type: multipart/mixed; boundary="%s"\r\n\r\n--%s\r\n%s\r\n--%s--\r\n' % (
            mark,
            mark,
            body,
            mark,
        )
    return _HEAD + body


@hostile("a hundred mails in each other.eml")
def nested_mails() -> bytes:
    body = mail(b"words")
    for _ in range(100):
        body = mail(body, b"message/rfc822")
    return body


register(
    "five thousand parts.eml",
    lambda: mail(b"--m\r\nContent-Type: text/plain\r\n\r\nx\r\n" * 5_000, b"multipart/mixed; boundary=m"),
)
register("parts without a mark.eml", lambda: mail(b"--x\r\nwords", b"multipart/mixed"))
register(
    "mark of a megabyte.eml", lambda: mail(b"--x\r\nwords", b'multipart/mixed; boundary="' + b"x" * (1 << 20) + b'"')
)
register("header of a megabyte.eml", lambda: _HEAD + b"X-Long: " + b"x" * (1 << 20) + b"\r\n\r\nwords", READ)
register("header folded without end.eml", lambda: _HEAD + b"X-Long: a\r\n" + b" b\r\n" * 300_000 + b"\r\nwords")
register("a hundred thousand headers.eml", lambda: _HEAD + b"X-A: b\r\n" * 100_000 + b"\r\nwords")
register("a hundred thousand addresses.eml", lambda: _HEAD + b"Cc: " + b"a <a@b.c>, " * 100_000 + b"\r\n\r\nwords")
register("brackets in addresses.eml", lambda: _HEAD + b"Cc: " + b"(" * 100_000 + b"\r\n\r\nwords")
register("encoded words without end.eml", lambda: _HEAD.replace(b"Pond", b"=?utf-8?B?5rGg?= " * 50_000) + b"\r\nwords")
register("encoded words that are none.eml", lambda: _HEAD.replace(b"Pond", b"=?x-none?Q?=ZZ=?=" * 1000) + b"\r\nwords")
register("unknown characters.eml", lambda: mail(b"\xff\xfe words", b"text/plain; charset=x-nothing"), READ)
register("base64 that is none.eml", lambda: mail(b"!!!!" * 1000, more=b"Content-Transfer-Encoding: base64\r\n"))
register(
    "quoted without end.eml", lambda: mail(b"=" * 1_000_000, more=b"Content-Transfer-Encoding: quoted-printable\r\n")
)
register(
    "encoded in uu.eml",
    lambda: mail(b"begin 644 /etc/passwd\n" + b"M" * 100_000, more=b"Content-Transfer-Encoding: x-uuencode\r\n"),
)
register("page of a thousand tables.eml", lambda: mail(b"<table><tr><td>" * 50_000, b"text/html"))
register("parameters without end.eml", lambda: mail(b"words", b"text/plain" + b"; a*0*=utf-8''b" * 20_000))


@hostile("a bomb is attached.eml", BOMB)
def attached_bomb() -> bytes:
    bomb = base64.encodebytes(zipped({"zeros.txt": bytes(60 << 20)}))
    part = (
        b"--m\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + bomb
        + b"\r\n--m--"
    )
    return mail(part, b"multipart/mixed; boundary=m")


register("a hundred thousand mails.mbox", lambda: b"From a@b.c Thu Jan  1 00:00:00 2026\n" * 100_000)
register(
    "ten thousand mails.mbox",
    lambda: (b"From a@b.c Thu Jan  1 00:00:00 2026\n" + mail(b"words\n") + b"\n") * 10_000,
    READ,
)
register("a mail of one line.mbox", lambda: b"From a@b.c Thu Jan  1 00:00:00 2026\nSubject: " + b"x" * 5_000_000)
