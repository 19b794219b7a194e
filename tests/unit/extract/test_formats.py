from __future__ import annotations

import wave
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.allowance import Allowance
from bge_desktop.extract.formats import Reading, extract, kind_named, may_hold_text
from tests.end_to_end.hostile.mail_inputs import nested_parts

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def _zip(name: str) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "<x/>")
    return stream.getvalue()


def _picture() -> bytes:
    stream = BytesIO()
    Image.new("L", (8, 8)).save(stream, "PNG")
    return stream.getvalue()


def _sound() -> bytes:
    stream = BytesIO()
    with wave.open(stream, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(2000))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("path", "data", "kind"),
    [
        ("a.md", b"# Title", "markdown"),
        ("a.MARKDOWN", b"text", "markdown"),
        ("a.htm", b"<p>hi", "html"),
        ("a.txt", b"\xef\xbb\xbf\n<!-- saved -->\n<!DOCTYPE html><p>hi", "html"),
        ("a", "<?xml version='1.0'?>\n<html lang=zh><p>hi".encode("utf-16"), "html"),
        ("a.md", b"<p align=center>hi</p>", "markdown"),
        ("a.py", b"print('<html>')", "code"),
        ("no ending", b"words", "text"),
        ("empty", b"", "text"),
        ("a.txt", _picture(), "image"),
        ("a", _sound(), "audio"),
        ("a", _zip("a.txt"), "archive"),
        ("a.zip", _zip("a.txt")[:40], "archive"),
        ("a", _zip("META-INF/MANIFEST.MF"), "other"),
        ("a.whl", _zip("a.txt"), "other"),
        ("a.ole", OLE, "other"),
        ("a.txt", b"{\\rtf1 hi}", "rtf"),
    ],
)
def test_content_decides_and_then_the_ending(path: str, data: bytes, kind: str) -> None:
    assert extract(path, data).kind == kind


def test_a_pdf_and_a_word_file_are_known_without_their_endings(
    make_pdf: Callable[..., bytes], make_docx: Callable[..., bytes]
) -> None:
    assert extract("download", b"junk\n" + make_pdf(["words"])).text == "words"
    assert extract("b.bin", make_docx(lambda document: document.add_paragraph("words"))).text == "words"


@pytest.mark.parametrize(
    ("stream", "reason"), [("EncryptedPackage", "without the password"), ("WordDocument", r"save it as \.docx")]
)
def test_an_ole_file_says_what_to_do(stream: str, reason: str) -> None:
    with pytest.raises(ExtractionError, match=reason) as caught:
        extract("/x/a.doc", OLE + stream.encode("utf-16-le"))
    assert caught.value.path == "/x/a.doc"


def test_a_word_file_truncated_anywhere_is_damaged(make_docx: Callable[..., bytes]) -> None:
    data = make_docx(lambda document: document.add_paragraph("words"))
    for length in range(4, len(data) - 1, len(data) // 23):
        with pytest.raises(ExtractionError, match="damaged or incomplete"):
            extract("a.docx", data[:length])


def _text_or_failed_path(path: str, data: bytes) -> tuple[str | None, str | None]:
    try:
        return extract(path, data).text, None
    except ExtractionError as error:
        return None, error.path


def test_a_truncated_pdf_is_read_or_has_a_reason(make_pdf: Callable[..., bytes]) -> None:
    data = make_pdf(["Some words."], ["More words."])
    for length in range(9, len(data) - 1, len(data) // 23):
        text, failed_path = _text_or_failed_path("a.pdf", data[:length])
        assert (text is not None and "words" in text) or failed_path == "a.pdf"


@given(
    st.sampled_from([b"%PDF-1.7\n", b"PK\x03\x04", OLE, b"<!DOCTYPE html>", b"\xff\xfe", b""]), st.binary(max_size=500)
)
def test_garbage_gives_clean_text_or_a_reason(start: bytes, noise: bytes) -> None:
    text, failed_path = _text_or_failed_path("a.docx", start + noise)
    if text is None:
        assert failed_path == "a.docx"
    else:
        assert "\0" not in text
        text.encode()


def test_text_holds_no_surrogate_and_no_nul() -> None:
    assert extract("a.txt", "\ufeffa\ud800b".encode("utf-16-le", "surrogatepass")).text == "a\ufffdb"


@pytest.mark.parametrize(
    ("path", "head", "expected"),
    [
        ("film.mp4", b"\0\0\0\x18ftypmp42", False),
        ("a.whl", b"PK\x03\x04 cut off", False),
        ("a.zip", b"PK\x03\x04 cut off", True),
        ("a.docx", b"PK\x03\x04 cut off", True),
        ("a.log", b"lines\n", True),
        ("a.pdf", b"%PDF-1.4", True),
    ],
)
def test_the_head_of_a_large_file_tells_whether_it_may_hold_text(path: str, head: bytes, expected: bool) -> None:
    assert may_hold_text(path, head) is expected


def test_what_nests_deeper_than_the_parser_can_follow_has_its_reason() -> None:
    with pytest.raises(ExtractionError, match="Nested too deep"):
        extract("a.eml", nested_parts())


@pytest.mark.parametrize("name", ["a.txt", "a.log", "a.csv", "a.json", "a.md", "a.srt"])
def test_of_a_text_that_is_too_long_the_beginning_is_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bge_desktop.extract.formats._LONGEST_SOURCE", 3_000_000)
    lines = {"a.csv": "heron,pond\n", "a.json": '{"where": "at the pond"}\n'}
    line = lines.get(name, "The heron waits.\n")
    if name == "a.srt":
        line = "1\n00:00:01,000 --> 00:00:02,000\nThe heron waits.\n\n2\n00:00:02,000 --> 00:00:03,000\nand waits.\n\n"
    data = (line * (9_000_000 // len(line))).encode()
    document = Reading(Allowance(len(data), characters=2_000_000)).read(name, data)
    assert 900_000 < len(document.text) <= 2_010_000
    assert [shortfall.title for shortfall in document.shortfalls] == ["Too large"]
    assert all(place.start < len(document.text) for place in document.places)
    assert Reading(Allowance(len(data), characters=2_000_000)).read(name, line.encode()).shortfalls == ()


@pytest.mark.parametrize(
    ("path", "kind"), [("a.PDF", "pdf"), ("x/a.docx", "docx"), ("a.xyz", "other"), ("a", "other"), ("a.zip", "archive")]
)
def test_a_name_promises_a_kind(path: str, kind: str) -> None:
    assert kind_named(path) == kind
