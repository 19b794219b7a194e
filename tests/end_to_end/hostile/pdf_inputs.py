"""PDFs: loops of every kind, lies, and pages without number."""

from __future__ import annotations

import zlib

from tests.end_to_end.hostile.inputs import ANY, CRASHES, hostile, register

_FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def pdf(*objects: str | bytes, trailer: str = "", start: int | None = None) -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is the catalogue."""
    body, offsets = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n" % number + (text.encode("latin-1") if isinstance(text, str) else text) + b"\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    xref = len(body) if start is None else start
    ending = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{xref}\n%%EOF\n"
    return body + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{ending}".encode()


def stream(content: bytes, more: str = "") -> bytes:
    return f"<< /Length {len(content)} {more} >>\nstream\n".encode() + content + b"\nendstream"


def page(more: str = "", contents: str = "4 0 R") -> str:
    resources = f"/Resources << /Font << /F 5 0 R >> {more} >>"
    return f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {contents} {resources} >>"


def one_page(
    content: bytes = b"BT /F 12 Tf 72 700 Td (words in a pond) Tj ET", more: str = "", **options: object
) -> bytes:
    """Return a PDF of a page."""
    catalogue, pages = "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return pdf(catalogue, pages, page(), stream(content, more), _FONT, **options)  # type: ignore[arg-type]


_PAGES = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_CATALOGUE = "<< /Type /Catalog /Pages 2 0 R >>"
_WORDS = stream(b"BT /F 12 Tf 72 700 Td (words in a pond) Tj ET")

register("page tree is its own kid.pdf", lambda: pdf(_CATALOGUE, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"))
register(
    "page tree circles.pdf",
    lambda: pdf(
        _CATALOGUE,
        "<< /Type /Pages /Kids [3 0 R] /Count 9 >>",
        "<< /Type /Pages /Kids [2 0 R] /Count 9 /Parent 2 0 R >>",
    ),
)
register(
    "a billion pages.pdf",
    lambda: pdf(_CATALOGUE, "<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>", page(), _WORDS, _FONT),
)
register(
    "less than no pages.pdf",
    lambda: pdf(_CATALOGUE, "<< /Type /Pages /Kids [3 0 R] /Count -5 >>", page(), _WORDS, _FONT),
)
register(
    "the same page again and again.pdf",
    lambda: pdf(_CATALOGUE, f"<< /Type /Pages /Kids [{'3 0 R ' * 20_000}] /Count 20000 >>", page(), _WORDS, _FONT),
)
register(
    "outline circles.pdf",
    lambda: pdf(
        "<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>",
        _PAGES,
        page(),
        _WORDS,
        _FONT,
        "<< /First 7 0 R /Last 7 0 R /Count 1 >>",
        "<< /Title (a) /Next 7 0 R /First 6 0 R /Parent 6 0 R >>",
    ),
)
register("xref circles.pdf", lambda: one_page(trailer="/Prev 9"))
register("xref before the start.pdf", lambda: one_page(start=-1))
register("xref beyond the end.pdf", lambda: one_page(start=99_999_999))
register("xref of two billion.pdf", lambda: one_page().replace(b"/Size 6", b"/Size 2147483647"))
register("root is missing.pdf", lambda: one_page().replace(b"/Root 1 0 R", b""))
register(
    "length refers to itself.pdf",
    lambda: pdf(_CATALOGUE, _PAGES, page(), b"<< /Length 4 0 R >>\nstream\nwords\nendstream", _FONT),
)
register("lies, length of 2 GB.pdf", lambda: one_page().replace(b"/Length 44", b"/Length 2147483647"))
register("stream without end.pdf", lambda: one_page().replace(b"endstream", b""))
register("nested arrays.pdf", lambda: pdf(_CATALOGUE, _PAGES, page(), _WORDS, _FONT, "[" * 100_000))
register("nested dictionaries.pdf", lambda: pdf("<</a " * 50_000, _PAGES))
register("nested states.pdf", lambda: one_page(b"q " * 1_000_000))
register("nested blocks.pdf", lambda: one_page(b"BT " * 100_000 + b"(words) Tj"))
register("brackets without end.pdf", lambda: one_page(b"BT /F 12 Tf " + b"(" * 1_000_000))
register("operands without operator.pdf", lambda: one_page(b"1 " * 2_000_000))
register(
    "content unpacks without end.pdf", lambda: one_page(zlib.compress(bytes(200 << 20), 9), "/Filter /FlateDecode")
)
register("filters on filters.pdf", lambda: one_page(zlib.compress(b"words"), f"/Filter [{'/FlateDecode ' * 1000}]"))
register("unknown filter.pdf", lambda: one_page(b"words", "/Filter /Teapot"))
register(
    "columns without number.pdf",
    lambda: one_page(
        zlib.compress(b"words"), "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 2147483647 /Colors 32 >>"
    ),
)
register("page as wide as the world.pdf", lambda: one_page().replace(b"[0 0 612 792]", b"[0 0 1e38 1e38]"))
register("numbers that are none.pdf", lambda: one_page(b"BT /F 1e999 Tf nan inf Td (words) Tj ET"))
register("letters without size.pdf", lambda: one_page(b"BT /F 0 Tf 0 0 Td (words) Tj ET"))
register("encrypted by nobody.pdf", lambda: one_page(trailer="/Encrypt << /Filter /Nobody /V 99 >>"))
register(
    "encrypted.pdf",
    lambda: one_page(
        trailer=f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<00> <00>]"
    ),
    "Protected by a password",
)
register("nothing but a header.pdf", lambda: b"%PDF-1.7\n", "Incomplete file|Damaged file")
register("ten thousand beginnings.pdf", lambda: b"%PDF-1.7\n1 0 obj\n" * 10_000)
register(
    "title of 5 MB.pdf",
    lambda: pdf(_CATALOGUE, _PAGES, page(), _WORDS, _FONT, f"<< /Title ({'t' * 5_000_000}) >>", trailer="/Info 6 0 R"),
)


@hostile("form draws itself.pdf", CRASHES)
def form_loop() -> bytes:
    form = stream(
        b"/X Do /X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
    )
    return pdf(_CATALOGUE, _PAGES, page("/XObject << /X 6 0 R >>"), stream(b"/X Do"), _FONT, form)


@hostile("forms draw forms.pdf", CRASHES)
def form_bomb() -> bytes:
    """Ten forms, each of which draws the next ten times."""
    text = stream(
        b"BT /F 12 Tf (x) Tj ET", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F 5 0 R >> >>"
    )
    forms = [
        stream(
            b"/X Do " * 10,
            f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {7 + n} 0 R >> >>",
        )
        for n in range(10)
    ]
    return pdf(_CATALOGUE, _PAGES, page("/XObject << /X 6 0 R >>"), stream(b"/X Do"), _FONT, *forms, text)


@hostile("objects in themselves.pdf", ANY)
def object_stream_loop() -> bytes:
    content = b"3 0 4 20 << /Type /Pages >> << /Kids [4 0 R] >>"
    return pdf(_CATALOGUE, _PAGES, stream(content, "/Type /ObjStm /N 1000000 /First 8 /Extends 3 0 R"))


@hostile("many pages of much.pdf", "Too large|Took too long|read")
def amplified() -> bytes:
    """One content of 100 kB, on 2,000 pages."""
    content = b"BT /F 12 Tf " + b"(many words in a pond) Tj T* " * 4000 + b"ET"
    kids = " ".join(f"{6 + n} 0 R" for n in range(2000))
    pages = f"<< /Type /Pages /Kids [{kids}] /Count 2000 >>"
    return pdf(_CATALOGUE, pages, page(), stream(content), _FONT, *[page()] * 2000)
