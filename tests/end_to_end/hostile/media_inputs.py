"""Pictures, sound and films: sizes that are declared, directories that loop, and tags without end."""

from __future__ import annotations

import struct
import zlib

from tests.end_to_end.hostile.inputs import ANY, READ, hostile, register


def chunk(kind: bytes, data: bytes, length: int | None = None) -> bytes:
    """Return a chunk of a PNG, which may lie about its length."""
    return (
        struct.pack(">L", len(data) if length is None else length)
        + kind
        + data
        + struct.pack(">L", zlib.crc32(kind + data))
    )


def png(width: int, height: int, *more: bytes) -> bytes:
    header = chunk(b"IHDR", struct.pack(">2L5B", width, height, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    )


def tiff(*entries: tuple[int, int, int, int], after: int = 0) -> bytes:
    """Return a TIFF of one directory: tag, type, count and value of each entry, and where the next one lies."""
    body = b"".join(struct.pack("<2H2L", *entry) for entry in entries)
    return b"II*\0" + struct.pack("<LH", 8, len(entries)) + body + struct.pack("<L", after) + bytes(200)


_SIZE = ((256, 4, 1, 8), (257, 4, 1, 8), (258, 3, 1, 8), (262, 3, 1, 1), (273, 4, 1, 100), (279, 4, 1, 64))
_HUGE = ((256, 4, 1, 60_000), (257, 4, 1, 60_000), *_SIZE[2:])

register("60,000 by 60,000.png", lambda: png(60_000, 60_000))
register("two billion wide.png", lambda: png(0x7FFFFFFF, 1))
register("no width.png", lambda: png(0, 0))
register(
    "note that unpacks without end.png",
    lambda: png(1, 1, chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(60 << 20)))),
)
register(
    "international note.png", lambda: png(1, 1, chunk(b"iTXt", b"Comment\0\1\0\0\0" + zlib.compress(bytes(60 << 20))))
)
register("fifty thousand notes.png", lambda: png(1, 1, chunk(b"tEXt", b"Comment\0pond") * 50_000))
register("lies, chunk of 4 GB.png", lambda: png(8, 8, chunk(b"tEXt", b"Comment\0pond", 0xFFFFFFFF)))
register("pixels that unpack without end.png", lambda: png(8, 8, chunk(b"IDAT", zlib.compress(bytes(200 << 20), 9))))
register(
    "60,000 by 60,000.gif",
    lambda: (
        b"GIF89a"
        + struct.pack("<2H3B", 60_000, 60_000, 0, 0, 0)
        + b"\x2c"
        + struct.pack("<4HB", 0, 0, 60_000, 60_000, 0)
        + b"\x02\x02\x4c\x01\0;"
    ),
)
register(
    "ten thousand pictures.gif",
    lambda: (
        b"GIF89a"
        + struct.pack("<2H3B", 9, 9, 0x80, 0, 0)
        + bytes(6)
        + (b"\x2c" + struct.pack("<4HB", 0, 0, 9, 9, 0) + b"\x02\x02\x4c\x01\0") * 10_000
        + b";"
    ),
)
register(
    "blocks without end.gif", lambda: b"GIF89a" + struct.pack("<2H3B", 9, 9, 0, 0, 0) + b"\x21\xfe" + b"\xff" * 100_000
)
register(
    "60,000 by 60,000.bmp",
    lambda: (
        b"BM"
        + struct.pack("<L2HL", 100, 0, 0, 54)
        + struct.pack("<L2l2H6L", 40, 60_000, 60_000, 1, 24, 0, 0, 0, 0, 0, 0)
    ),
)
register(
    "less than no height.bmp",
    lambda: (
        b"BM" + struct.pack("<L2HL", 100, 0, 0, 54) + struct.pack("<L2l2H6L", 40, 9, -(2**31), 1, 24, 0, 0, 0, 0, 0, 0)
    ),
)
register("directory follows itself.tif", lambda: tiff(*_SIZE, after=8))
register("directory beyond the end.tif", lambda: tiff(*_SIZE, after=0x7FFFFFFF))
register("60,000 by 60,000.tif", lambda: tiff(*_HUGE))
register(
    "tiles without number.tif",
    lambda: tiff(*_SIZE[:4], (322, 4, 1, 1), (323, 4, 1, 1), (324, 4, 0x7FFFFFFF, 100), (325, 4, 0x7FFFFFFF, 100)),
)
register("strips without number.tif", lambda: tiff(*_SIZE[:4], (273, 4, 0x7FFFFFFF, 100), (279, 4, 0x7FFFFFFF, 100)))
register("entries without number.tif", lambda: b"II*\0\x08\0\0\0\xff\xff" + bytes(1000))
register("description of 4 GB.tif", lambda: tiff(*_SIZE, (270, 2, 0xFFFFFFFF, 8)))
register("subdirectory is itself.tif", lambda: tiff(*_SIZE, (330, 4, 1, 8), (34665, 4, 1, 8)))
register(
    "65,500 by 65,500.jpg",
    lambda: (
        b"\xff\xd8\xff\xc0\0\x0b\x08\xff\xdc\xff\xdc\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0\x3f\0"
        + bytes(100)
        + b"\xff\xd9"
    ),
)
register("segments without end.jpg", lambda: b"\xff\xd8" + b"\xff\xe1\0\x02" * 200_000)
register("comments without end.jpg", lambda: b"\xff\xd8" + b"\xff\xfe\0\x06pond" * 50_000 + b"\xff\xd9")
register("lies, riff of 4 GB.webp", lambda: b"RIFF\xff\xff\xff\xffWEBPVP8L\xff\xff\xff\xff\x2f" + bytes(50))
register(
    "16,384 by 16,384.webp",
    lambda: b"RIFF" + struct.pack("<L", 30) + b"WEBPVP8L" + struct.pack("<L", 10) + b"\x2f\xff\xff\xff\x0f" + bytes(5),
)


@hostile("exif circles.jpg", ANY)
def exif_loop() -> bytes:
    exif = b"Exif\0\0" + tiff((34665, 4, 1, 8), (34853, 4, 1, 8), after=8)
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + b"\xff\xd9"


# --- sound and film ----------------------------------------------------------------------------------------------


def wave(size: int, data: int) -> bytes:
    form = b"WAVEfmt " + struct.pack("<L2H2L2H", 16, 1, 1, 8000, 8000, 1, 8)
    return b"RIFF" + struct.pack("<L", size) + form + b"data" + struct.pack("<L", data) + bytes(100)


register("lies, sound of 4 GB.wav", lambda: wave(0xFFFFFFFF, 0xFFFFFFFF), READ)
register("lies, sound of nothing.wav", lambda: wave(0, 0), READ)
register("chunks without end.wav", lambda: b"RIFF\xff\xff\xff\xffWAVE" + b"LIST\0\0\0\0" * 100_000, READ)
register("lies, tag of 256 MB.mp3", lambda: b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + b"TIT2" + b"\x7f" * 4 + bytes(200), READ)
register("frames without end.mp3", lambda: b"ID3\x03\0\0\0\x7f\x7f\x7f" + b"TXXX\0\0\0\x01\0\0x" * 100_000, READ)
register(
    "tag that unpacks without end.mp3",
    lambda: (
        b"ID3\x03\0\0\0\x7f\x7f\x7f"
        + b"TXXX\0\0\xff\xff\0\x80"
        + struct.pack(">L", 60 << 20)
        + zlib.compress(bytes(60 << 20))
    ),
    READ,
)
register(
    "picture in a picture.mp3",
    lambda: b"ID3\x04\0\0\0\0\x7f\x7f" + b"APIC\0\0\x7f\x70\0\0" + b"\0image/png\0\0\0" + png(60_000, 60_000),
    READ,
)
register(
    "lies, comments of 4 GB.flac", lambda: b"fLaC\x84\xff\xff\xff" + struct.pack("<L", 0xFFFFFFFF) + bytes(100), READ
)
register(
    "comments without number.flac", lambda: b"fLaC\x84\0\x10\0" + struct.pack("<2L", 0, 0xFFFFFFFF) + bytes(4096), READ
)
register("pages without end.ogg", lambda: (b"OggS\0\0" + bytes(20) + b"\xff" + b"\xff" * 255) * 1000, READ)
register(
    "boxes in boxes.mp4",
    lambda: (
        b"\0\0\0\x18ftypmp42"
        + bytes(12)
        + b"".join(struct.pack(">L4s", 8 * (10_000 - n), b"moov") for n in range(10_000))
    ),
    READ,
)
register(
    "box of nothing.mp4",
    lambda: b"\0\0\0\x18ftypmp42" + bytes(12) + b"\0\0\0\x01moov" + bytes(8) + b"\0\0\0\x07udta" * 1000,
    READ,
)
register("lies, box of 16 EB.mp4", lambda: b"\0\0\0\x18ftypmp42" + bytes(12) + b"\0\0\0\x01moov" + b"\xff" * 8, READ)
register(
    "title of 4 GB.mp4",
    lambda: (
        b"\0\0\0\x18ftypmp42"
        + bytes(12)
        + b"\0\0\0\x30moov\0\0\0\x28udta\0\0\0\x20meta\0\0\0\0\xff\xff\xff\xffilst"
        + bytes(16)
    ),
    READ,
)
register("lists in lists.avi", lambda: b"RIFF\xff\xff\xff\xffAVI " + b"LIST\xff\xff\xff\xffhdrl" * 50_000, READ)
register(
    "elements without end.mkv",
    lambda: b"\x1a\x45\xdf\xa3\x01\xff\xff\xff\xff\xff\xff\xff" + b"\x18\x53\x80\x67\xff" * 50_000,
    READ,
)
