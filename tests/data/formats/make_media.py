"""Makes the test files with pictures, print and tags: by Pillow, LibreOffice and ffmpeg.

Run from anywhere with the project's Python; it writes beside itself. The results are committed.
"""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational

HERE = Path(__file__).parent
LATIN = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"
CHINESE = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
ENGLISH_LINES = (
    "The heron waits in the shallow water until a",
    "fish comes near. Nothing moves but the reeds,",
    "and then, in less than a second, it strikes.",
)
CHINESE_LINES = (
    "苍鹭站在浅水里等着鱼游过来。四周只有芦苇在",
    "风里轻轻摇动，过了很久，它忽然伸长脖子，一",
    "下子就把鱼叼了起来。",
)
COLUMNS = (
    ("Morning at the mill", "began with fog over", "the whole valley and", "no wind in the sails."),
    ("By noon the kingfisher", "had caught seven small", "fish below the weir", "and flown upstream."),
)
XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Heron at dusk</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">黄昏时苍鹭站在池塘边</rdf:li></rdf:Alt></dc:description>
<dc:subject><rdf:Bag><rdf:li>heron</rdf:li><rdf:li>苍鹭</rdf:li></rdf:Bag></dc:subject>
</rdf:Description></rdf:RDF></x:xmpmeta>"""
CHAPTERS = """;FFMETADATA1
[CHAPTER]
TIMEBASE=1/1
START=0
END=1
title=Before the heron comes
[CHAPTER]
TIMEBASE=1/1
START=1
END=2
title=苍鹭飞来
"""
SVG = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><title>Plan of the pond 池塘平面图</title>
<text x="20" y="40">The heron stands<tspan x="20" dy="20">by the old mill</tspan></text>
<text x="20" y="120">苍鹭在老磨坊旁</text></svg>
"""


def page(lines: tuple[str, ...], font: str, size: int = 34, width: int = 900) -> Image.Image:
    """Return a sheet of paper with these lines printed on it."""
    sheet = Image.new("L", (width, 160 + 2 * size * len(lines)), 255)
    write(sheet, lines, font, size, 60)
    return sheet


def write(sheet: Image.Image, lines: tuple[str, ...], font: str, size: int, left: int) -> None:
    """Print lines on a sheet."""
    pen, face = ImageDraw.Draw(sheet), ImageFont.truetype(font, size)
    for number, line in enumerate(lines):
        pen.text((left, 80 + int(1.5 * size) * number), line, fill=20, font=face)


def scanned(sheet: Image.Image) -> Image.Image:
    """Return a sheet as a scanner sees it: askew, a little blurred, and grey."""
    turned = sheet.rotate(0.6, resample=Image.Resampling.BICUBIC, fillcolor=255)
    noise = Image.effect_noise(sheet.size, 24)
    return Image.blend(turned.filter(ImageFilter.GaussianBlur(0.7)), noise, 0.12)


def saved(picture: Image.Image, name: str, **options: object) -> None:
    """Save a picture beside this file."""
    picture.save(HERE / name, **options)


def photograph() -> Image.Image:
    """Return a picture without print: soft spots of colour."""
    bands = [Image.effect_noise((12, 8), 90).resize((600, 400), Image.Resampling.BICUBIC) for _ in range(3)]
    return Image.merge("RGB", bands)


def make_pictures() -> None:
    """Write the pictures, and drawings."""
    english, chinese = page(ENGLISH_LINES, LATIN), page(CHINESE_LINES, CHINESE)
    columns = Image.new("L", (1000, 420), 255)
    for left, lines in zip((50, 560), COLUMNS, strict=True):
        write(columns, lines, LATIN, 30, left)
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Title", "Notes on the heron")
    saved(english.quantize(16), "print-english.png", pnginfo=notes, optimize=True)
    saved(scanned(chinese), "print-chinese.jpg", quality=55)
    saved(english.point(lambda level: 255 if level > 128 else 0).convert("1"), "print-english.bmp")
    saved(chinese, "print-chinese.webp", quality=40)
    saved(columns.quantize(8), "print-columns.gif")
    saved(english, "print-pages.tif", save_all=True, append_images=[chinese], compression="tiff_lzw")
    saved(english.rotate(90, expand=True), "print-turned.jpg", quality=50, exif=_orientation(6))
    saved(photograph(), "photograph.jpg", quality=40, exif=_notes(), xmp=XMP.encode(), comment="Taken from the bridge")
    (HERE / "drawing.svg").write_text(SVG, encoding="utf-8")


def _orientation(value: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = value
    return exif


def _notes() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E], exif[0x010F], exif[0x0110] = "A heron in the reeds", "Canon", "Canon EOS R5"
    exif.get_ifd(0x8769).update({0x9003: "2024:05:12 19:42:07"})
    parts = [[IFDRational(part) for part in degrees] for degrees in ((51, 30, 26), (0, 7, 39))]
    exif.get_ifd(0x8825).update({1: "N", 2: tuple(parts[0]), 3: "W", 4: tuple(parts[1])})
    return exif


def make_scans() -> None:
    """Write a PDF of two scans, and one whose middle page is a scan while LibreOffice printed the others."""
    sheets = [scanned(page(ENGLISH_LINES, LATIN)), scanned(page(CHINESE_LINES, CHINESE))]
    saved(sheets[0], "scan.pdf", save_all=True, append_images=sheets[1:], resolution=100.0, quality=50)
    import pypdfium2

    stream = BytesIO()
    mixed = pypdfium2.PdfDocument.new()
    mixed.import_pages(pypdfium2.PdfDocument(_printed("The first page was typed.")))
    mixed.import_pages(pypdfium2.PdfDocument(HERE / "scan.pdf"), [1])
    mixed.import_pages(pypdfium2.PdfDocument(_printed("最后一页是打字的。")))
    mixed.save(stream)
    (HERE / "scan-mixed.pdf").write_bytes(stream.getvalue())


def _printed(text: str) -> bytes:
    folder = HERE / "printed"
    folder.mkdir(exist_ok=True)
    source = folder / "page.txt"
    source.write_text(text, encoding="utf-8")
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    source.unlink()
    data = (folder / "page.pdf").read_bytes()
    (folder / "page.pdf").unlink()
    folder.rmdir()
    return data


def make_recordings() -> None:
    """Write two seconds of silence and grey in the common formats, with tags and chapters."""
    tags = {
        "title": "Song of the heron 苍鹭之歌",
        "artist": "The Reed Warblers",
        "album": "池塘之夜",
        "comment": "Recorded by the old mill",
        "date": "2019",
    }
    metadata = [part for name, value in tags.items() for part in ("-metadata", f"{name}={value}")]
    silence = ["-f", "lavfi", "-t", "2", "-i", "anullsrc=r=8000:cl=mono"]
    grey = ["-f", "lavfi", "-t", "2", "-i", "color=gray:s=32x32:r=4"]
    for name in ("song.mp3", "song.flac", "song.ogg", "song.m4a", "song.wav"):
        _ffmpeg(*silence, *metadata, name)
    for name in ("film.mp4", "film.webm", "film.avi", "film.mov", "film.flv"):
        rate = ("-ar", "11025") if name.endswith(".flv") else ()
        _ffmpeg(*grey, *silence, *metadata, *rate, name)
    _ffmpeg(*grey, *_chapters(), *metadata, "film.mkv")
    _ffmpeg(*silence, *_chapters(), *metadata, "book.m4b")


def _chapters() -> list[str]:
    """Return what makes ffmpeg divide a recording into chapters."""
    source = HERE / "chapters.txt"
    source.write_text(CHAPTERS, encoding="utf-8")
    return ["-i", str(source), "-map_chapters", "1"]


def _ffmpeg(*arguments: str) -> None:
    command = ["ffmpeg", "-hide_banner", "-loglevel", "error", "-y", "-bitexact", *arguments]
    subprocess.run(command, check=True, cwd=HERE)


if __name__ == "__main__":
    make_pictures()
    make_scans()
    make_recordings()
    (HERE / "chapters.txt").unlink()
