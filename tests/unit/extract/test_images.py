from __future__ import annotations

import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageDraw, ImageFont

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
    document = read_image(source)
    assert document.text == ""
    assert "would take too long" in document.shortfalls[0].message


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("IMG_1.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
        ("a.nef", b"MM\0*\0\0\0\x08" + bytes(60)),
        ("a.xcf", b"gimp xcf v011\0" + bytes(60)),
        ("a.fits", b"SIMPLE  =                    T" + bytes(60)),
        ("a.emf", b"\1\0\0\0" + bytes(60)),
    ],
)
def test_pictures_that_are_not_decoded_are_found_by_their_names(name: str, data: bytes) -> None:
    assert extract(name, data) == Document("", kind="image")
    assert not may_hold_text(name, data)


WORDS = "The heron waits in the reeds"
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"


def _printed(mode: str = "RGB", ink: str = "black", ground: str = "white") -> Image.Image:
    sheet = Image.new(mode, (700, 160), ground)
    ImageDraw.Draw(sheet).text((30, 50), WORDS, fill=ink, font=ImageFont.truetype(FONT, 40))
    return sheet


@pytest.mark.parametrize("format_", ["PNG", "WEBP"])
@pytest.mark.parametrize(("ink", "nothing"), [("black", "#00000000"), ("white", "#ffffff00"), ("white", "#00000000")])
def test_print_on_nothing_is_read(format_: str, ink: str, nothing: str) -> None:
    data = _saved(_printed("RGBA", ink, nothing), format_, lossless=True)
    assert extract("a", data).text == WORDS


@pytest.mark.parametrize("mode", ["LA", "P"])
def test_print_on_nothing_is_read_with_a_palette_and_in_grey(mode: str) -> None:
    data = _saved(_printed("RGBA", "black", "#00000000").convert(mode), "PNG")
    assert extract("a", data).text == WORDS


def test_a_band_for_opacity_that_means_nothing_is_left_out_of_account() -> None:
    sheet = _printed()
    sheet.putalpha(0)
    assert extract("a", _saved(sheet, "PNG")).text == WORDS


FORMATS = ["AVIF", "BMP", "DDS", "DIB", "GIF", "JPEG", "MPO", "PCX", "PNG", "PPM", "QOI", "SGI", "TGA", "TIFF", "WEBP"]


@pytest.mark.parametrize("format_", FORMATS)
def test_a_picture_is_known_by_its_content_and_read(format_: str) -> None:
    data = _saved(_printed(), format_)
    document = extract("a", data)
    assert (document.text, document.kind) == (WORDS, "image")


@pytest.mark.parametrize("no_jp2", [False, True])
def test_jpeg_2000_is_read_in_its_box_and_without(no_jp2: bool) -> None:
    assert extract("a", _saved(_printed(), "JPEG2000", no_jp2=no_jp2)).text == WORDS


def test_icons_are_read() -> None:
    icon = _printed().resize((256, 58)).crop((0, -99, 256, 157))
    assert extract("a", _saved(icon, "ICO")).kind == extract("a", _saved(icon, "ICNS")).kind == "image"


@pytest.mark.parametrize("mode", ["1", "L", "RGB"])
@pytest.mark.parametrize("comment", [b"", b"# made by hand\n"])
def test_portable_bitmaps_are_pictures_whatever_their_pixels_look_like(mode: str, comment: bytes) -> None:
    data = _saved(Image.eval(_printed("L"), lambda level: 160 if level > 99 else 40).convert(mode), "PPM")
    document = extract("a", data[:3] + comment + data[3:])
    assert document.kind == "image"
    assert mode == "1" or document.text == WORDS


def test_a_bitmap_written_in_digits_is_a_picture() -> None:
    sheet = _printed("L")
    digits = " ".join(map(str, sheet.tobytes()))
    assert extract("a", f"P2\n# by hand\n{sheet.width} {sheet.height}\n255\n{digits}\n".encode()).text == WORDS


@pytest.mark.parametrize("text", [b"P6 is the sixth of them", b"P5 2020 2021 2022 2023", b"P1\n10 20 apples", b"qoif?"])
def test_a_text_that_begins_like_a_picture_is_a_text(text: bytes) -> None:
    assert extract("a", text).kind == "text"


def test_bitmaps_in_c_are_pictures() -> None:
    data = _saved(_printed().convert("1"), "XBM")
    assert (extract("a", data).kind, extract("a.xbm", data).text) == ("image", WORDS)


def _pam(depth: int, largest: int, raster: bytes) -> bytes:
    header = f"P7\nWIDTH 700\nHEIGHT 160\nDEPTH {depth}\nMAXVAL {largest}\nTUPLTYPE ANY\nENDHDR\n"
    return header.encode() + raster


@pytest.mark.parametrize(
    ("mode", "depth", "largest"), [("L", 1, 255), ("L", 1, 1), ("L", 1, 65535), ("RGB", 3, 255), ("RGBA", 4, 255)]
)
def test_pam_is_read(mode: str, depth: int, largest: int) -> None:
    levels = _printed(mode).tobytes()
    raster = b"".join((level * largest // 255).to_bytes(1 + (largest > 255), "big") for level in levels)
    assert extract("a", _pam(depth, largest, raster)).text == WORDS


@pytest.mark.parametrize("data", [_pam(9, 255, b""), _pam(3, 255, b"cut off"), b"P7\nWIDTH 5\n"])
def test_a_damaged_pam_says_so(data: bytes) -> None:
    with pytest.raises(ExtractionError, match="damaged"):
        extract("a.pam", data)


def test_of_a_file_whose_later_pages_are_damaged_the_first_is_read_and_the_rest_told() -> None:
    data = bytearray(_saved(_printed("L"), "TIFF", save_all=True, append_images=[_printed("L")]))
    first = int.from_bytes(data[4:8], "little")
    entries = int.from_bytes(data[first : first + 2], "little")
    data[first + 2 + 12 * entries : first + 6 + 12 * entries] = (len(data) - 3).to_bytes(4, "little")
    document = extract("a.tif", bytes(data))
    assert document.text == WORDS
    assert "later pages" in document.shortfalls[0].message
