from __future__ import annotations

import zlib
from io import BytesIO

import pytest
from PIL import Image

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.allowance import Allowance
from bge_desktop.extract.document import Document
from bge_desktop.extract.format import Source
from bge_desktop.extract.formats import extract, may_hold_text
from bge_desktop.extract.images import read_image


def _saved(picture: Image.Image, format_: str, **options: object) -> bytes:
    stream = BytesIO()
    picture.save(stream, format_, **options)
    return stream.getvalue()


def _stripes(mode: str = "L") -> Image.Image:
    return Image.effect_noise((200, 100), 90).convert(mode)


def _claiming(width: int, height: int) -> bytes:
    """Return a PNG file that says it has so many pixels, and holds a few."""
    data = bytearray(_saved(Image.new("L", (8, 8)), "PNG"))
    data[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    return bytes(data)


@pytest.mark.parametrize("side", [11_000, 60_000])
def test_too_many_pixels_are_refused_before_they_are_unpacked(side: int) -> None:
    with pytest.raises(ExtractionError, match="100 million pixels"):
        extract("a.png", _claiming(side, side))


def _kind_or_failure(data: bytes) -> str:
    try:
        return extract("a", data).kind
    except ExtractionError as error:
        return error.title


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "WEBP", "TIFF", "GIF", "BMP"])
def test_a_picture_cut_off_anywhere_is_damaged_and_nothing_else(format_: str) -> None:
    data = _saved(_stripes(), format_)
    for length in range(12, len(data) - 100, len(data) // 15):
        assert _kind_or_failure(data[:length]) in ("Damaged file", "image", "other", "text")


@pytest.mark.parametrize("mode", ["I;16", "I", "F", "CMYK", "LAB", "YCbCr", "1"])
def test_unusual_pixels_are_no_error(mode: str) -> None:
    picture = _stripes().convert("RGB").convert("LAB") if mode == "LAB" else _stripes().convert(mode)
    assert extract("a.tif", _saved(picture, "TIFF")).kind == "image"


def test_a_large_photograph_is_unpacked_smaller() -> None:
    data = _saved(Image.new("L", (12_000, 10_000), 200), "JPEG")
    assert extract("a.jpg", data) == Document("", kind="image")


def test_pages_that_go_round_in_a_circle_come_to_an_end() -> None:
    data = bytearray(_saved(_stripes(), "TIFF"))
    first = int.from_bytes(data[4:8], "little")
    entries = int.from_bytes(data[first : first + 2], "little")
    data[first + 2 + 12 * entries : first + 6 + 12 * entries] = first.to_bytes(4, "little")
    assert extract("a.tif", bytes(data)).kind == "image"


def test_without_time_the_print_is_left_out_and_said_to_be() -> None:
    source = Source("a.png", _saved(_stripes(), "PNG"), lambda *_: Document(""), Allowance(1, recognition=0))
    assert "would take too long" in read_image(source).text


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("IMG_1.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
        ("a.nef", b"MM\0*\0\0\0\x08" + bytes(60)),
        ("a.psd", b"8BPS\0\1" + bytes(60)),
    ],
)
def test_pictures_that_are_not_decoded_are_found_by_their_names(name: str, data: bytes) -> None:
    assert extract(name, data) == Document("", kind="image")
    assert not may_hold_text(name, data)
