from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from bge_desktop.extract.picture_notes import Notes, notes_of


def _notes(fill: Any = None, **options: Any) -> Notes:
    exif = Image.Exif()
    if fill:
        fill(exif)
    stream = BytesIO()
    Image.new("L", (70, 70)).save(stream, options.pop("format", "JPEG"), exif=exif, **options)
    with Image.open(stream) as picture:
        return notes_of(picture)


def _gps(north: Any, east: Any, *, south: bool = False) -> str:
    def fill(exif: Image.Exif) -> None:
        exif.get_ifd(0x8825).update({1: "S" if south else "N", 2: north, 3: "E", 4: east})

    return _notes(fill).text


def test_notes_of_windows_and_in_utf8_are_understood() -> None:
    def fill(exif: Image.Exif) -> None:
        exif[0x9C9B] = "池塘".encode("utf-16-le") + b"\0\0"
        exif[0x9C9E] = "heron;苍鹭".encode("utf-16-le")
        exif[0x010E] = "黄昏".encode()
        exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0by the mill"

    assert _notes(fill) == Notes("池塘", "池塘\n黄昏\nby the mill\nKeywords: heron, 苍鹭")


def test_what_cameras_write_themselves_is_no_caption() -> None:
    def fill(exif: Image.Exif) -> None:
        exif[0x010E] = "OLYMPUS DIGITAL CAMERA         "

    assert _notes(fill).text == ""


@pytest.mark.parametrize(
    ("north", "east", "text"),
    [
        ((33.0, 51.0, 35.9), (151.0, 12.0, 40.0), "Place: 33.85997, 151.21111"),
        ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0), ""),
        ((95.0, 0.0, 0.0), (10.0, 0.0, 0.0), ""),
        ((1.0, 2.0), (10.0, 0.0, 0.0), ""),
    ],
)
def test_coordinates_are_degrees_or_nothing(north: Any, east: Any, text: str) -> None:
    assert _gps(north, east) == text


def test_the_south_is_negative() -> None:
    assert _gps((33.0, 51.0, 36.0), (151.0, 0.0, 0.0), south=True) == "Place: -33.86000, 151.00000"


@pytest.mark.parametrize("xmp", [b"<x", b"\xff\xfe\0", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"<a>" * 2000])
def test_notes_that_are_no_xml_are_left_out(xmp: bytes) -> None:
    assert _notes(xmp=xmp) == Notes("", "")


def test_the_chunks_of_png_are_read() -> None:
    chunks = PngImagePlugin.PngInfo()
    chunks.add_itxt("Title", "苍鹭")
    chunks.add_text("Description", "A heron")
    assert _notes(format="PNG", pnginfo=chunks) == Notes("苍鹭", "苍鹭\nA heron")
