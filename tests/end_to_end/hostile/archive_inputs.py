"""Archives: bombs, lies about lengths, members that lead out, and files that are two things at once."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from functools import partial

import zstandard

from tests.end_to_end.hostile.inputs import ANY, READ, hostile, register

BOMB = "Unpacks without end"
_ZEROS = bytes(60 << 20)
_MEMBER = b"The heron stands in the pond."


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file of these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return stream.getvalue()


def tarred(*members: tuple[tarfile.TarInfo, bytes], format_: int = tarfile.GNU_FORMAT) -> bytes:
    """Return a tar file of these members; their sizes are set."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=format_) as archive:
        for info, data in members:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def named(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    """Return the header of a member of a tar file."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


# --- bombs -------------------------------------------------------------------------------------------------------


register("bomb.zip", lambda: zipped({"zeros.txt": _ZEROS}), BOMB)
register(
    "bomb.odt", lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": _ZEROS}), BOMB
)
register("bomb.epub", lambda: zipped({"mimetype": b"application/epub+zip", "META-INF/container.xml": _ZEROS}), BOMB)
register("bomb.gz", lambda: gzip.compress(_ZEROS), BOMB)
register("bomb.bz2", lambda: bz2.compress(_ZEROS), BOMB)
register("bomb.xz", lambda: lzma.compress(_ZEROS, preset=0), BOMB)
register("bomb.zst", lambda: zstandard.compress(_ZEROS), BOMB)
register("bomb.tar.gz", lambda: gzip.compress(tarred((named("zeros.txt"), _ZEROS))), BOMB)
register("bomb.tar.xz", lambda: lzma.compress(tarred((named("zeros.txt"), _ZEROS)), preset=0), BOMB)
register("bomb in bomb.gz", lambda: gzip.compress(gzip.compress(_ZEROS)), BOMB)
register("bomb in zip.zip", lambda: zipped({"a.txt": _MEMBER, "bomb.zip": zipped({"zeros": _ZEROS})}), BOMB)


@hostile("nested 20 deep.zip", READ)
def nested() -> bytes:
    data = zipped({"bottom.txt": _MEMBER})
    for level in range(20):
        data = zipped({f"{level}.zip": data, f"{level}.txt": b"words"})
    return data


@hostile("sixteen of sixteen of sixteen.zip", f"{READ}|{BOMB}|Too many files|Too large")
def many_of_many() -> bytes:
    data = zipped({f"{number}.txt": bytes(1 << 20) for number in range(16)})
    for _ in range(4):
        data = zipped({f"{number}.zip": data for number in range(16)})
    return data


def central(name: bytes, offset: int, packed: int, size: int, method: int = 8, flags: int = 0) -> bytes:
    """Return an entry of a zip file's list at its end."""
    fields = (0x02014B50, 20, 20, flags, method, 0, 0, 0, packed, size, len(name), 0, 0, 0, 0, 0, offset)
    return struct.pack("<L6H3L5H2L", *fields) + name


def local(name: bytes, packed: int, size: int, method: int = 8, flags: int = 0) -> bytes:
    """Return the header before a member of a zip file."""
    return struct.pack("<L5H3L2H", 0x04034B50, 20, flags, method, 0, 0, 0, packed, size, len(name), 0) + name


def end(count: int, size: int, offset: int, comment: int = 0) -> bytes:
    """Return the record at the end of a zip file."""
    return struct.pack("<L4H2LH", 0x06054B50, 0, 0, count & 0xFFFF, count & 0xFFFF, size, offset, comment)


def deflated(data: bytes) -> bytes:
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    return compressor.compress(data) + compressor.flush()


@hostile("all entries are one.zip", BOMB)
def overlapping() -> bytes:
    """Many names for the same bytes: Fifield, "A better zip bomb" (WOOT 2019), section 2, full overlap."""
    kernel = deflated(bytes(1 << 20))
    body = local(b"0", len(kernel), 1 << 20) + kernel
    entries = b"".join(central(b"%d" % number, 0, len(kernel), 1 << 20) for number in range(5000))
    return body + entries + end(5000, len(entries), len(body))


@hostile("entries quote each other.zip", BOMB)
def quoting() -> bytes:
    """Each member holds the headers of all that follow: the same paper, section 3, quoted overlap."""
    kernel, body, offsets = deflated(bytes(1 << 20)), b"", []
    for number in reversed(range(200)):
        name = b"%03d" % number
        body = (
            local(name, len(kernel) + len(body), 1 << 20, method=0) + body
            if body
            else local(name, len(kernel), 1 << 20) + kernel
        )
        offsets.append((name, len(body)))
    total = len(body)
    entries = b"".join(central(name, total - own, own - 33, 1 << 20, 0) for name, own in offsets)
    return body + entries + end(200, len(entries), total)


# --- zip files that lie --------------------------------------------------------------------------------------------


def lying(**changes: int) -> bytes:
    """Return a zip file of one member with some of its numbers changed."""
    packed = deflated(_MEMBER)
    numbers = {"packed": len(packed), "size": len(_MEMBER), "offset": 0, "method": 8, "flags": 0, "count": 1} | changes
    body = local(b"a.txt", numbers["packed"], numbers["size"], numbers["method"], numbers["flags"]) + packed
    entry = central(
        b"a.txt", numbers["offset"], numbers["packed"], numbers["size"], numbers["method"], numbers["flags"]
    )
    start = changes.get("start", len(body))
    return body + entry + end(numbers["count"], changes.get("length", len(entry)), start, changes.get("comment", 0))


for _what, _changes in {
    "size 0": {"size": 0},
    "size 4 GB": {"size": 0xFFFFFFFE},
    "packed 4 GB": {"packed": 0xFFFFFFFE},
    "packed 0": {"packed": 0},
    "offset beyond": {"offset": 0x7FFFFFFF},
    "offset inside": {"offset": 3},
    "65535 entries": {"count": 65535},
    "no entries": {"count": 0},
    "list at 0": {"start": 0},
    "list beyond": {"start": 0x7FFFFFFF},
    "list of 4 GB": {"length": 0xFFFFFFFE},
    "comment of 64 kB": {"comment": 0xFFFF},
    "zip64 without": {"size": 0xFFFFFFFF, "packed": 0xFFFFFFFF, "offset": 0xFFFFFFFF},
}.items():
    register(f"lies, {_what}.zip", partial(lying, **_changes))

register("method of the future.zip", lambda: lying(method=99), "Unknown packing")
register("method stored.zip", lambda: lying(method=0))
register("method lzma.zip", lambda: lying(method=14))
register("encrypted.zip", lambda: lying(flags=1), "Protected by a password")
register("wrong checksum.zip", lambda: zipped({"a.txt": _MEMBER}, zipfile.ZIP_STORED).replace(b"heron", b"goose"))
register("junk before.zip", lambda: b"#!/bin/sh\nexit\n" + zipped({"a.txt": _MEMBER}))
register("junk after.zip", lambda: zipped({"a.txt": _MEMBER}) + bytes(100_000))
register("only an end.zip", lambda: end(0, 0, 0))
register(
    "a hundred thousand members.zip", lambda: zipped(dict.fromkeys(map(str, range(100_000)), b"")), f"{READ}|Too .*"
)
register("the same name.zip", lambda: zipped({"a.txt": _MEMBER}), READ)

for _number, _name in enumerate(
    [
        "../../../../etc/passwd",
        "/etc/passwd",
        "C:\\Windows\\win.ini",
        "a\nb.txt",
        "x" * 60_000,
        "‮fdp.exe",
        "..",
        "a/" * 9_000 + "b",
    ]
):
    register(f"name {_number} leads astray.zip", partial(zipped, {_name: _MEMBER, "a.txt": b"words"}), READ)


@hostile("a link to a password file.zip", ANY)
def linking_zip() -> bytes:
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = 0o120777 << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    return stream.getvalue()


# --- tar files -----------------------------------------------------------------------------------------------------


_WORDS = (named("a.txt"), _MEMBER)
for _what, _info in {
    "an absolute name": named("/etc/passwd"),
    "a name that climbs": named("../../../../etc/passwd"),
    "a link out": named("link", tarfile.SYMTYPE, "/etc/passwd"),
    "a hard link out": named("link", tarfile.LNKTYPE, "../../etc/passwd"),
    "a link to itself": named("link", tarfile.SYMTYPE, "link"),
    "a device": named("null", tarfile.CHRTYPE),
    "a disk": named("sda", tarfile.BLKTYPE),
    "a pipe": named("pipe", tarfile.FIFOTYPE),
    "an unknown type": named("what", b"Z"),
    "a long name": named("x/" * 30_000 + "y"),
}.items():
    register(f"{_what}.tar", partial(lambda info: tarred(_WORDS, (info, b"")), _info), READ)


def tar_with_size(field: bytes) -> bytes:
    """Return a tar file whose first member says it has another size."""
    header = bytearray(tarred(_WORDS))
    header[124:136] = field
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header[:512])
    return bytes(header)


register("lies, 8 GB.tar", lambda: tar_with_size(b"77777777777\0"))
register("lies, less than nothing.tar", lambda: tar_with_size(b"\xff" * 11 + b"\xf0"))
register("lies, an exabyte.tar", lambda: tar_with_size(b"\x80" + bytes(3) + b"\x10" + bytes(7)))
register("lies, no number.tar", lambda: tar_with_size(b"zzzzzzzzzzz\0"))
register("ten thousand empty.tar", lambda: tarred(*((named(str(number)), b"") for number in range(10_000))), READ)
register("cut in a header.tar", lambda: tarred(_WORDS, _WORDS)[:1300])


@hostile("a record of records.tar")
def pax() -> bytes:
    info = named("a.txt")
    info.pax_headers = {"comment": "x" * 1_000_000, "size": "99999999999", "path": "../" * 1000}
    return tarred((info, _MEMBER), format_=tarfile.PAX_FORMAT)


# --- packed files --------------------------------------------------------------------------------------------------


register("a thousand in a row.gz", lambda: gzip.compress(b"words ") * 1000, READ)
register("wrong checksum.gz", lambda: gzip.compress(_MEMBER)[:-8] + bytes(8))
register("name without end.gz", lambda: b"\x1f\x8b\x08\x08" + bytes(6) + b"x" * 100_000)
register("extra field lies.gz", lambda: b"\x1f\x8b\x08\x04" + bytes(6) + b"\xff\xffxx")
register("window of 4 GB.xz", lambda: lzma.compress(_MEMBER).replace(b"\x21\x01", b"\x21\x28", 1))
register("lies, frame of 16 EB.zst", lambda: b"\x28\xb5\x2f\xfd\xe4" + b"\xff" * 8 + bytes(20))
register("window of 2 TB.zst", lambda: b"\x28\xb5\x2f\xfd\x00\xf8" + bytes(20))
register("junk after.gz", lambda: gzip.compress(_MEMBER) + b"junk" * 1000)

# --- two things at once --------------------------------------------------------------------------------------------

register("script.gif", lambda: b"GIF89a/*" + bytes(100) + b"*/=1;alert('pond')//;")
register("zip behind.png", lambda: b"\x89PNG\r\n\x1a\n" + bytes(50) + zipped({"a.txt": _MEMBER}))
register("pdf in front.zip", lambda: b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n" + zipped({"a.txt": _MEMBER}))
register("page and zip.html", lambda: b"<html><p>A pond</p><!--" + zipped({"a.txt": _MEMBER}) + b"-->")
register("word and sheet.docx", lambda: zipped({"word/document.xml": b"<w/>", "xl/workbook.xml": b"<x/>"}))
