"""What the extraction tests share: the making of PDFs by hand and of Word files, and a look at the children."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from io import BytesIO

import docx
import psutil
import pytest

Children = Callable[[], list[psutil.Process]]

_LATIN_FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
_CHINESE_FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font"
    " /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000"
    " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>] >>"
)
_LOCK = f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >>"


def _line(text: str, x: float, y: float, size: float) -> str:
    if text.isascii():
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        return f"BT /Latin {size} Tf {x} {y} Td ({escaped}) Tj ET"
    return f"BT /Chinese {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET"


def _content(lines: list[str | tuple[str, float, float, float]]) -> str:
    placed = [(line, 72, 720 - 14 * index, 12) if isinstance(line, str) else line for index, line in enumerate(lines)]
    return "\n".join(_line(*line) for line in placed)


def build_pdf(
    *pages: list[str | tuple[str, float, float, float]], title: str = "", locked: bool = False, **more: list[str]
) -> bytes:
    """Return a PDF; a page is a list of lines: a text (12 points, below the one before) or (text, x, y, size).

    `annotations` in `more` are dictionaries, all on the last page and all in its form; `properties` entries.
    """
    kids = " ".join(f"{6 + 2 * index} 0 R" for index in range(len(pages)))
    annotations = more.get("annotations", [])
    noted = " ".join(f"{6 + 2 * len(pages) + index} 0 R" for index in range(len(annotations)))
    form = f"/AcroForm << /Fields [{noted}] >>" if annotations else ""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {form} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        _LATIN_FONT,
        _CHINESE_FONT,
        f"<< /Title <feff{title.encode('utf-16-be').hex()}> {' '.join(more.get('properties', []))} >>",
    ]
    for index, lines in enumerate(pages):
        content = _content(lines)
        beside = f" /Annots [{noted}]" if index == len(pages) - 1 else ""
        objects.append(
            f"<< /Type /Page{beside} /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /Latin 3 0 R"
            f" /Chinese 4 0 R >> >> /Contents {7 + 2 * index} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    objects += (f"<< /Type /Annot /Rect [72 72 144 90] {annotation} >>" for annotation in annotations)
    return _assembled(objects, _LOCK if locked else "")


def _assembled(objects: list[str], lock: str) -> bytes:
    body, offsets = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode("ascii")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    encryption = f"/Encrypt {lock} /ID [<{'00' * 16}> <{'00' * 16}>]" if lock else ""
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 5 0 R {encryption} >>"
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}\nstartxref\n{len(body)}\n%%EOF\n"
    return body + end.encode("ascii")


def build_docx(fill: Callable[[docx.document.Document], None]) -> bytes:
    """Return the Word file that `fill` makes of an empty one."""
    document = docx.Document()
    document.core_properties.author = document.core_properties.comments = ""  # which tell of the library
    fill(document)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.fixture
def make_pdf() -> Callable[..., bytes]:
    return build_pdf


@pytest.fixture
def make_docx() -> Callable[..., bytes]:
    return build_docx


@pytest.fixture
def children() -> Children:
    """Tells which processes the test has started that are alive."""
    earlier = {child.pid for child in psutil.Process().children()}  # of fixtures that other tests use

    def alive() -> list[psutil.Process]:
        own = (child for child in psutil.Process().children() if child.pid not in earlier)
        return [child for child in own if child.status() != psutil.STATUS_ZOMBIE]

    return alive


@pytest.fixture
def nothing_is_left_behind(children: Children) -> Iterator[None]:
    """Fails the test if a thread or a process outlives it."""
    threads = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) <= threads
    assert children() == []
