"""The content of a text decides its format, whatever its name says."""

from __future__ import annotations

import codecs

import pytest

from bge_desktop.extract.formats import extract, may_hold_text

MAIL = b"From: a@example.org\nTo: b@example.org\nSubject: c\n\nd"


@pytest.mark.parametrize(
    ("path", "data", "kind"),
    [
        ("a.txt", MAIL, "email"),
        ("a.txt", b"From a@example.org Wed Nov 25 14:00:00 2026\n" + MAIL, "email"),
        ("a.log", b'{"level": "info", "text": "words"}\n{"level": "warn"}\n', "data"),
        ("a.txt", b"<?xml version='1.0'?><a>b</a>", "data"),
        ("a.doc", b"<html><p>words", "html"),
        ("a.doc", b"{\\rtf1 words}", "rtf"),
        ("a", b"<html><p>words", "html"),
        ("a.xml", b"<!DOCTYPE html><p>words", "html"),
        ("a", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", "calendar"),
        ("a.txt", "BEGIN:VCARD\nFN:王\nEND:VCARD".encode("utf-16"), "contact"),
        ("a.txt", b"\xef\xbb\xbfWEBVTT\n\n00:01.000 --> 00:02.000\nhi", "subtitles"),
        ("a.txt", b"1\n00:00:01,000 --> 00:00:02,000\nhi", "subtitles"),
        ("a.txt", b".TH A 1\n.SH NAME\na", "man"),
        ("a.txt", b"% comment\n\\documentclass{article}\n\\begin{document}x\\end{document}", "latex"),
        ("run", b"#!/usr/bin/python3\nprint(1)", "code"),
        ("a.html", b"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DT><A HREF='x'>y</A>", "bookmarks"),
        ("a.rst", b"Title\n=====\n", "rst"),
        ("a.org", b"* Headline\n", "org"),
        ("a.adoc", b"= Title\n", "asciidoc"),
        ("a.toml", b"[a]\nb = 1\n", "data"),
        ("a.yml", b"a: 1\n", "data"),
        ("syslog.1", b"Nov 25 14:00:00 host started\n", "text"),
        ("notes.txt", b"From: the desk of Anna\n\nDear all", "text"),
        ("CMakeLists.txt", b"project(x)\n", "code"),
        ("a.webarchive", b"bplist00\xd1\x01\x02", "other"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><title>x</title></svg>", "image"),
    ],
)
def test_kinds(path: str, data: bytes, kind: str) -> None:
    assert extract(path, data).kind == kind


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, b"\n\n", b"  "])
def test_what_stands_before_the_beginning_does_not_mislead(mark: bytes) -> None:
    assert extract("a.txt", mark + b'{"a": "b"}').kind == "data"


def test_a_log_too_large_to_be_read_is_a_loss_that_is_told() -> None:
    assert may_hold_text("a.log", b"Nov 25 14:00:00 host started\n")
    assert may_hold_text("inbox", b"From a@example.org Wed Nov 25 14:00:00 2026\n" + MAIL)
