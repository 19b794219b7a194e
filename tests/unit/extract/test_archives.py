"""Archives that are damaged, hostile or unusual; the usual ones are in test_formats_archives."""

from __future__ import annotations

import bz2
import gzip
import lzma
import random
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path

import pytest
import zstandard

from bge_desktop.errors import ExtractionError
from bge_desktop.extract import archives
from bge_desktop.extract.allowance import Allowance
from bge_desktop.extract.document import Document, place_at
from bge_desktop.extract.formats import Reading, extract

FILES = Path(__file__).parents[2] / "data" / "formats"
Files = Iterable[tuple[str, bytes]]


def make_zip(files: Files, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return stream.getvalue()


def make_tar(files: Files) -> bytes:
    stream = BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, data in files:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, BytesIO(data))
    return stream.getvalue()


def lines(count: int) -> bytes:
    """Text that does not pack well, so that cutting its archive cuts it."""
    noise = random.Random(1)
    return "".join(f"{number} {noise.random()}\n" for number in range(count)).encode()


def _labels(document: Document) -> list[str]:
    return [place.label for place in document.places]


def _untold(document: Document) -> list[tuple[str, str]]:
    """Return the labels of what could not be read, and why."""
    return [(shortfall.label, shortfall.title) for shortfall in document.shortfalls]


def _read_with(allowance: Allowance, name: str, data: bytes) -> Document:
    return Reading(allowance).read(name, data)


# what the members say


def test_each_member_stands_under_its_name() -> None:
    document = extract("a.zip", make_zip([("notes/a.txt", b"First."), ("b.md", b"# Second")]))
    assert document.text == "notes/a.txt\n\nFirst.\n\nb.md\n\nSecond"
    assert place_at(document.places, 0) == place_at(document.places, document.text.index("First."))
    assert _labels(document)[0] == "notes/a.txt"


def test_members_without_text_are_found_by_their_names() -> None:
    document = extract("a.zip", make_zip([("one.heic", bytes(9)), ("two.bin", bytes(9))]))
    assert document.text == "one.heic\ntwo.bin"
    assert _labels(document) == ["one.heic", "two.bin"]
    assert [place.divides for place in document.places] == [True, False]


def test_a_member_that_fails_costs_only_itself() -> None:
    document = extract("a.zip", make_zip([("bad.pdf", b"%PDF-1.7 cut off"), ("a.txt", b"words")]))
    assert document.text == "a.txt\n\nwords\n\nbad.pdf"
    assert _untold(document) == [("bad.pdf", "Damaged file")]


def test_what_could_not_be_read_is_told_with_the_whole_way_to_it() -> None:
    inner = make_zip([("a.txt", b"words"), ("bad.pdf", b"%PDF-1.7 cut off")])
    assert _untold(extract("a.zip", make_zip([("inner.zip", inner)]))) == [("inner.zip › bad.pdf", "Damaged file")]
    assert _untold(extract("a.zip.gz", gzip.compress(inner))) == [("a.zip › bad.pdf", "Damaged file")]


def test_where_every_member_fails_the_archive_does_for_their_reason() -> None:
    with pytest.raises(ExtractionError, match="Damaged file") as caught:
        extract("/x/a.zip", make_zip([("bad.pdf", b"%PDF-1.7 cut off")]))
    assert caught.value.path == "/x/a.zip"


def test_an_archive_of_old_word_files_is_found_by_their_names() -> None:
    old = (FILES / "office.doc").read_bytes()
    document = extract("a.zip", make_zip([("letters/lease.doc", old)]))
    assert document.text == "letters/lease.doc"
    assert _untold(document) == [("letters/lease.doc", "Old Word format")]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("make", [make_zip, make_tar])
def test_of_several_members_of_one_name_the_last_is_read(make: Callable[[Files], bytes]) -> None:
    twice = [("a.txt", b"old words"), ("b.pdf", b"%PDF-1.4"), ("c.bin", b"\0"), ("a.txt", b"new words")]
    document = extract("a", make([*twice, ("b.pdf", b"words"), ("c.bin", b"\0")]))
    assert document.text == "a.txt\n\nnew words\n\nb.pdf\n\nwords\n\nc.bin"
    assert document.shortfalls == ()


def test_a_tar_file_that_begins_with_a_pdf_is_a_tar_file(make_pdf: Callable[..., bytes]) -> None:
    document = extract("a", make_tar([("a.pdf", make_pdf(["words"]))]))
    assert (document.kind, document.text) == ("archive", "a.pdf\n\nwords")


def test_an_empty_archive_has_no_text() -> None:
    for name, data in (("a.zip", make_zip([])), ("a.tar", make_tar([])), ("a", make_zip([("folder/", b"")]))):
        assert extract(name, data).text == ""


def test_what_is_left_out_of_folders_is_left_out() -> None:
    names = ["node_modules/a.txt", ".git/config", "x/.ssh/id_rsa", "server.pem", ".env", "__MACOSX/._a", "in/a.txt"]
    for make in (make_zip, make_tar):
        text = extract("a", make([(name, b"words of " + name.encode()) for name in names])).text
        assert text == "in/a.txt\n\nwords of in/a.txt"


@pytest.mark.parametrize("make", [make_zip, make_tar])
def test_ignore_files_are_heeded_wherever_they_stand(make: object) -> None:
    assert callable(make)
    members = [("x/a.log", b"left out"), ("x/a.txt", b"words"), ("x/.gitignore", b"*.log\n*.bin"), ("x/b.log", b"too")]
    document = extract("a", make([("x/a.bin", bytes(9)), ("x/bad.pdf", b"%PDF-1.7"), *members, ("a.log", b"read")]))
    assert document.text == "x/a.txt\n\nwords\n\na.log\n\nread\n\nx/bad.pdf"
    assert _untold(extract("a", make([("bad.pdf", b"%PDF-1.7"), (".bgeignore", b"*.pdf"), ("a.txt", b"a")]))) == []


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstandard.compress])
def test_what_is_packed_as_one_stream_is_what_is_in_it(pack: object) -> None:
    assert callable(pack)
    document = extract("note.md.gz", pack(b"# Title\n\nwords"))
    assert (document.kind, document.title) == ("markdown", "Title")
    assert _labels(document)[0].startswith("note.md")
    document = extract("some name", pack(make_tar([("a.txt", b"words")])))
    assert (document.kind, document.text, _labels(document)) == ("archive", "a.txt\n\nwords", ["a.txt"])


def test_streams_one_after_the_other_are_one_file() -> None:
    for pack in (gzip.compress, bz2.compress, lzma.compress, zstandard.compress):
        assert extract("a.gz", pack(b"one ") + pack(b"two")).text == "one two"


def test_links_and_devices_in_a_tar_file_are_not_followed() -> None:
    stream = BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE):
            entry = tarfile.TarInfo("entry")
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
    assert extract("a.tar", stream.getvalue()).text == ""


def test_a_symbolic_link_in_a_zip_file_is_not_followed() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert extract("a.zip", stream.getvalue()).text == ""


# protected, unusual


def test_an_encrypted_member_has_its_reason() -> None:
    data = bytearray(make_zip([("secret.txt", b"words"), ("a.txt", b"open")]))
    data[6] |= 1  # in its own header
    data[data.index(b"PK\x01\x02") + 8] |= 1  # and in the list
    document = extract("a.zip", bytes(data))
    assert document.text == "a.txt\n\nopen\n\nsecret.txt"
    assert _untold(document) == [("secret.txt", "Protected by a password")]


def test_a_member_of_unknown_packing_has_its_reason() -> None:
    data = bytearray(make_zip([("new.txt", b"words")]))
    data[data.index(b"PK\x01\x02") + 10] = 98  # PPMd
    with pytest.raises(ExtractionError, match="Unknown packing"):
        extract("a.zip", bytes(data))


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_common_packing_is_read(method: int) -> None:
    assert "words" in extract("a.zip", make_zip([("a.txt", b"words")], method)).text


def test_a_sparse_member_has_its_reason() -> None:
    header = tarfile.TarInfo("huge.txt")
    header.type = tarfile.GNUTYPE_SPARSE
    block = bytearray(header.tobuf(tarfile.GNU_FORMAT))
    block[483:495] = b"77777777777\0"  # its size, 8 GB
    block[148:156] = b"%06o\0 " % (sum(block[:148]) + 8 * 32 + sum(block[156:512]))
    with pytest.raises(ExtractionError, match="Stored with holes"):
        extract("a.tar", bytes(block) + bytes(1024))


# cut off and damaged


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tar.bz2", "a.tar.xz", "a.tar.zst", "a.txt.gz"])
def test_an_archive_cut_off_anywhere_gives_what_there_is_or_a_reason(name: str) -> None:
    files = [(f"{number}.txt", lines(1500)) for number in range(3)]
    pack = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": zstandard.compress}
    whole = make_zip(files) if name == "a.zip" else lines(4500) if name == "a.txt.gz" else make_tar(files)
    packed = pack.get(name.rsplit(".", 1)[-1], bytes)(whole)
    outcomes = [_text_and_titles(name, packed[:length]) for length in range(1, len(packed), 1000)]
    assert all(titles <= {"Incomplete archive", "Incomplete", "Damaged file"} for _, titles in outcomes)
    in_part = [titles for text, titles in outcomes if "0 0.1343642441124" in text]
    assert all("Incomplete archive" in titles for titles in in_part)
    in_one_block = name.endswith((".bz2", ".zst"))
    assert in_one_block or len(in_part) > len(outcomes) // 2


def _text_and_titles(name: str, data: bytes) -> tuple[str, set[str]]:
    try:
        document = extract(name, data)
    except ExtractionError as error:
        return "", {error.title}
    return document.text, {title for _, title in _untold(document)}


def test_a_tar_file_that_is_cut_off_between_members_is_incomplete() -> None:
    whole = make_tar([("a.txt", b"words"), ("b.txt", b"more")])
    assert _untold(extract("a.tar", whole)) == []
    document = extract("a.tar", whole[:1024])
    assert (document.text, _untold(document)) == ("a.txt\n\nwords", [("", "Incomplete archive")])


def test_members_whose_sizes_follow_them_are_salvaged_too() -> None:
    class Unseekable(BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: object) -> int:
            raise OSError

        tell = seek

    stream = Unseekable()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "first words")
        archive.writestr("b.txt", "second words")
    text = extract("a.zip", stream.getvalue().partition(b"PK\x01\x02")[0]).text
    assert "first words" in text
    assert "second words" in text


def test_a_byte_that_was_changed_costs_its_member() -> None:
    data = bytearray(make_zip([("a.txt", lines(50)), ("b.txt", b"words")]))
    data[60] ^= 0xFF
    text = extract("a.zip", bytes(data)).text
    assert "words" in text
    assert "a.txt" in text


@pytest.mark.parametrize("make", [make_zip, make_tar])
def test_no_damage_to_an_archive_passes_as_anything_but_a_reason(make: object) -> None:
    assert callable(make)
    data, noise = make([("a.txt", b"words"), ("b.txt", lines(20))]), random.Random(2)
    for _ in range(200):
        changed = bytearray(data)
        for _ in range(5):
            changed[noise.randrange(len(changed))] = noise.randrange(256)
        text, titles = _text_and_titles("a.zip", bytes(changed))
        assert text or titles or extract("a.zip", bytes(changed)).kind in ("archive", "other")


# bombs


def test_a_bomb_is_refused_whole() -> None:
    for bomb in (make_zip([("a.txt", bytes(40 << 20))]), gzip.compress(bytes(40 << 20)), bz2.compress(bytes(40 << 20))):
        with pytest.raises(ExtractionError, match="hundreds of times its own size"):
            extract("a.zip", bomb)


def test_a_bomb_in_an_archive_is_refused_with_it() -> None:
    bomb = make_zip([("a.txt", b"a" * (25 << 20))])
    for _ in range(3):
        bomb = make_zip([(f"{number}.zip", bomb) for number in range(8)])
    with pytest.raises(ExtractionError, match="Unpacks without end"):
        extract("a.zip", bomb)


def test_files_that_lie_over_each_other_are_refused() -> None:
    data = make_zip([("a.txt", b"words")])
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entries = data[start:end] * 500
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 500, 500, len(entries), start, 0)
    with pytest.raises(ExtractionError, match="lie over each other"):
        extract("a.zip", data[:start] + entries + tail)


def test_sizes_that_are_declared_are_not_believed() -> None:
    packed = zlib.compress(bytes(60 << 20), 9)[2:-4]
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, 0, len(packed), 10, 5, 0) + b"a.txt"
    with pytest.raises(ExtractionError, match="Unpacks without end"):
        extract("a.zip", local + packed)


def test_a_zip_file_within_itself_ends() -> None:
    inner = make_zip([("a.txt", b"words")])
    for _ in range(9):
        inner = make_zip([("r.zip", inner)], zipfile.ZIP_STORED)
    with pytest.raises(ExtractionError, match="Nested too deep"):
        extract("r.zip", inner)


def test_tens_of_thousands_of_members_are_read_in_part_with_a_note() -> None:
    data = make_tar([(f"{number}.txt", b"words") for number in range(30)])
    document = _read_with(Allowance(len(data), members=10), "a.tar", data)
    assert document.text.count("words") == 10
    assert document.shortfalls[-1].message.startswith("This file holds more than 10 files.")


def test_more_bytes_than_allowed_are_read_in_part_with_a_note() -> None:
    data = make_zip([(f"{number}.txt", lines(60_000)) for number in range(4)])
    document = _read_with(Allowance(len(data), unpacked=3 << 20), "a.zip", data)
    assert "0.txt\n\n0 0.1343642441124" in document.text
    assert document.shortfalls[-1].message.startswith("This file unpacks to more than 3 MB.")


def test_more_text_than_allowed_is_read_in_part_with_a_note() -> None:
    data = make_zip([(f"{number}.txt", b"some words") for number in range(9)])
    document = _read_with(Allowance(len(data), characters=50), "a.zip", data)
    assert document.text.count("some words") in (2, 3)
    assert ("", "Too large") in _untold(document)


def test_time_that_runs_out_leaves_what_is_there() -> None:
    inner = make_tar([("a.txt", b"words")])
    with pytest.raises(ExtractionError, match="takes more than 0 seconds"):
        _read_with(Allowance(len(inner), seconds=0), "a.tar", inner)


def test_a_member_that_is_too_large_has_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST_MEMBER", 100)
    document = extract("a.zip", make_zip([("large.txt", bytes(200)), ("a.txt", b"words")]))
    assert document.text == "a.txt\n\nwords\n\nlarge.txt"
    assert _untold(document) == [("large.txt", "Too large")]


def test_a_list_of_millions_of_members_is_not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bge_desktop.extract.containers._LARGEST_DIRECTORY", 100)
    with pytest.raises(ExtractionError, match="Too many files"):
        extract("a.zip", make_zip([(f"{number}.txt", b"") for number in range(9)]))


def test_a_chain_of_headers_without_end_is_damage() -> None:
    long_name = tarfile.TarInfo("././@LongLink")
    long_name.type, long_name.size = tarfile.GNUTYPE_LONGNAME, 0
    with pytest.raises(ExtractionError):
        extract("a.tar", long_name.tobuf(tarfile.GNU_FORMAT) * 3000)


def test_a_negative_size_ends_the_archive() -> None:
    entry = bytearray(tarfile.TarInfo("a.txt").tobuf(tarfile.GNU_FORMAT))
    entry[124:136] = b"\xff" * 10 + b"\xd8\x00"
    entry[148:156] = b"%06o\0 " % (sum(entry[:148]) + 8 * 32 + sum(entry[156:512]))
    assert ("", "Incomplete archive") in _untold(extract("a.tar", bytes(entry) * 3))


def test_one_member_that_lies_over_another_is_damage_and_read_as_far_as_it_goes() -> None:
    data = bytearray(make_zip([("a.txt", b"words"), ("b.txt", b"more words")]))
    offset = data.rindex(b"PK\x01\x02") + 42
    data[offset : offset + 4] = struct.pack("<L", 3)
    document = extract("a.zip", bytes(data))
    assert "more words" in document.text
    assert ("", "Incomplete archive") in _untold(document)


def test_a_list_that_is_said_to_lie_elsewhere_is_damage() -> None:
    data = bytearray(make_zip([("a.txt", b"words")]))
    end = data.rindex(b"PK\x05\x06")
    data[end + 16 : end + 20] = struct.pack("<L", 0x7FFFFFFF)
    assert "words" in extract("a.zip", bytes(data)).text


def test_a_member_of_exabytes_is_not_waited_for() -> None:
    header = bytearray(make_tar([("a.txt", b"words")]))
    header[124:136] = b"\x80" + bytes(3) + b"\x10" + bytes(7)
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header[:512])
    with pytest.raises(ExtractionError, match="Incomplete archive"):
        extract("a.tar", bytes(header))
