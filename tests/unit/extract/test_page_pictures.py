"""What a reader process draws of pages and pictures, and where it says that their words stand."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.letters import Letters, boxes, spans_of
from bge_desktop.extract.ocr import forget
from bge_desktop.extract.page_pictures import draw
from bge_desktop.extract.pictures import LONGEST_SIDE, MOST_PIXELS, Drawn, drawn_size
from bge_desktop.extract.previews import Wanted, drawn, recognised
from bge_desktop.extract.reader_process import answer
from bge_desktop.messages import Box

FORMATS = Path(__file__).parents[2] / "data" / "formats"
MakePdf = Callable[..., bytes]


def _ask(request):
    """Ask as the parent does, but in this process."""
    header, payload = answer({"id": 1, **request})
    if "failed" in header:
        raise ExtractionError(header["failed"]["title"], header["failed"]["message"])
    return header, payload


def _drawn(path: Path, page: int = 1, width: int = 612, label: str = "") -> Drawn:
    found = drawn(_ask, Wanted(str(path), label, page, width))
    assert found is not None
    return found


@pytest.fixture
def pdf(tmp_path: Path, make_pdf: MakePdf) -> Callable[..., Path]:
    def write(*pages: list[str | tuple[str, float, float, float]], **more: object) -> Path:
        (tmp_path / "a.pdf").write_bytes(make_pdf(*pages, **more))
        return tmp_path / "a.pdf"

    return write


def _found(picture: Drawn, passage: str) -> tuple[Box, ...]:
    return boxes(picture.letters, spans_of(passage, picture.letters))


def _picture(picture: Drawn) -> Image.Image:
    return Image.frombytes("RGB", (picture.width, picture.height), picture.pixels, "raw", "BGRX")


def _ink(picture: Drawn, box: Box) -> tuple[int, int]:
    """Return how many dark pixels lie in a box, and how many on the whole page."""
    page = _picture(picture).convert("L").point(lambda level: 255 * (level < 128))
    sides = (box.left * page.width, box.top * page.height, box.right * page.width, box.bottom * page.height)
    return sum(page.crop(tuple(map(round, sides))).histogram()[255:]), sum(page.histogram()[255:])


def test_a_page_is_drawn_in_the_width_that_is_wanted(pdf) -> None:
    picture = _drawn(pdf(["First page."], ["Second."]), page=2, width=500)
    assert (picture.width, picture.height, picture.page, picture.pages) == (500, 648, 2, 2)
    assert len(picture.pixels) == 500 * 648 * 4
    assert not picture.is_scan
    assert _picture(picture).getpixel((0, 0)) == (255, 255, 255)


def test_the_box_of_a_passage_lies_where_its_words_are_printed(pdf) -> None:
    picture = _drawn(pdf([("Elsewhere", 300, 500, 12), ("The words of the passage", 72, 720, 12)]))
    (box,) = _found(picture, "The words\nof the passage")
    assert box.left == pytest.approx(72 / 612, abs=0.003)
    assert box.top < (792 - 720) / 792 < box.bottom
    assert box.bottom - box.top < 20 / 792
    others = _found(picture, "Elsewhere")
    inside, whole = _ink(picture, box)
    assert inside > 100
    assert inside + _ink(picture, others[0])[0] == pytest.approx(whole, rel=0.02)


def test_a_passage_is_found_as_its_text_was_made(pdf) -> None:
    lines = [
        "The committee for inter-",
        "national standards met on Mon-",
        "day.",
        "本合同一式两份，甲乙双",
        "方各执一份。",
    ]
    picture = _drawn(pdf(lines))
    assert len(_found(picture, "committee for international standards met")) == 2
    assert len(_found(picture, "甲乙双方各执一份")) == 2


@pytest.mark.parametrize(
    ("entry", "left", "top"),
    [("/Rotate 90", 1 - 72 / 792, 72 / 612), ("/Rotate 180", 1 - 72 / 612, 1 - 72 / 792), ("", 72 / 612, 72 / 792)],
)
def test_a_page_that_is_turned_has_its_boxes_turned(tmp_path, make_pdf: MakePdf, entry, left, top) -> None:
    data = make_pdf([("Turned words", 72, 720, 12)]).replace(b"/Rotate 0", b"")
    (tmp_path / "a.pdf").write_bytes(data.replace(b"612 792]", f"612 792] {entry}".encode()))
    picture = _drawn(tmp_path / "a.pdf")
    (box, *_) = _found(picture, "Turned words")
    nearest = (min((box.left, box.right), key=lambda x: abs(x - left)), (box.top + box.bottom) / 2)
    assert nearest[0] == pytest.approx(left, abs=0.02)
    assert box.top - 0.01 <= top <= box.bottom + 0.01
    inside, whole = _ink(picture, _around(_found(picture, "Turned words")))
    assert inside == whole > 0


def _around(found: tuple[Box, ...]) -> Box:
    return Box(
        min(box.left for box in found),
        min(box.top for box in found),
        max(box.right for box in found),
        max(box.bottom for box in found),
    )


def test_a_page_that_is_cut_has_its_boxes_where_it_is_seen(tmp_path, make_pdf: MakePdf) -> None:
    data = make_pdf([("Cut words", 172, 620, 12)]).replace(b"612 792]", b"612 792] /CropBox [100 500 400 700]")
    (tmp_path / "a.pdf").write_bytes(data)
    picture = _drawn(tmp_path / "a.pdf", width=600)
    (box,) = _found(picture, "Cut words")
    assert (picture.width, picture.height) == (600, 400)
    assert box.left == pytest.approx(72 / 300, abs=0.01)
    assert box.top < 80 / 200 < box.bottom


def test_a_page_that_is_not_there_is_the_nearest_one(pdf) -> None:
    assert _drawn(pdf(["One."], ["Two."]), page=99).page == 2
    assert _drawn(pdf(["One."], ["Two."]), page=-5).page == 1


def test_a_page_of_a_hundred_metres_is_drawn_small(tmp_path, make_pdf: MakePdf) -> None:
    (tmp_path / "a.pdf").write_bytes(make_pdf(["Far away"]).replace(b"612 792]", b"9 283465]"))
    picture = _drawn(tmp_path / "a.pdf", width=4000)
    assert max(picture.width, picture.height) <= LONGEST_SIDE
    (tmp_path / "a.pdf").write_bytes(make_pdf(["Far away"]).replace(b"612 792]", b"283465 283465]"))
    picture = _drawn(tmp_path / "a.pdf", width=100_000)
    assert picture.width * picture.height <= MOST_PIXELS


@pytest.mark.parametrize("size", [(0, 0), (1, 1e9), (1e9, 1), (612, 792), (1e-9, 5)])
def test_a_size_is_never_too_large(size: tuple[float, float]) -> None:
    width, height = drawn_size(*size, 4000)
    assert max(width, height) <= LONGEST_SIDE
    assert width * height <= MOST_PIXELS * 1.001


def test_the_last_of_twenty_thousand_pages_is_drawn(pdf) -> None:
    picture = _drawn(pdf(*[["Words"]] * 20_000), page=20_000, width=100)
    assert (picture.page, picture.pages) == (20_000, 20_000)


def test_a_locked_a_damaged_and_a_vanished_file_have_their_reasons(tmp_path, pdf, make_pdf: MakePdf) -> None:
    with pytest.raises(ExtractionError, match="without the password"):
        _drawn(pdf(["secret"], locked=True))
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 and nothing else")
    with pytest.raises(ExtractionError, match="Damaged file"):
        _drawn(tmp_path / "b.pdf")
    with pytest.raises(ExtractionError, match="Vanished"):
        _drawn(tmp_path / "gone.pdf")


def test_a_pdf_in_an_archive_shows_its_page(tmp_path, make_pdf: MakePdf) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("work/lease.pdf", make_pdf(["One."], ["The lease ends."]))
    picture = _drawn(tmp_path / "a.zip", page=2, label="work/lease.pdf")
    assert (picture.page, picture.letters.text.strip()) == (2, "The lease ends.")
    with pytest.raises(ExtractionError, match="Not found in the file"):
        _drawn(tmp_path / "a.zip", label="work/other.pdf")


def test_a_scan_is_drawn_at_once_and_read_when_asked() -> None:
    picture = _drawn(FORMATS / "scan.pdf")
    assert (picture.letters.text, picture.is_scan, picture.pages) == ("", True, 2)
    letters = recognised(_ask, Wanted(str(FORMATS / "scan.pdf"), "", 1, 612))
    forget()
    lines = boxes(letters, spans_of("The heron waits in the shallow water until a fish comes near.", letters))
    assert [round(line.top, 1) for line in lines] == [0.2, 0.3]
    for line in lines:
        assert _ink(picture, line)[0] > 500


def test_a_picture_stands_upright_and_no_larger_than_it_is(tmp_path: Path) -> None:
    drawn_picture = _drawn(FORMATS / "print-turned.jpg", width=100)
    whole = _drawn(FORMATS / "print-turned.jpg", width=4000)
    with Image.open(FORMATS / "print-turned.jpg") as stored:
        assert stored.width < stored.height
        assert (whole.width, whole.height) == stored.size[::-1]
    assert (drawn_picture.width, drawn_picture.page, drawn_picture.pages) == (100, None, 1)


def test_pages_of_a_picture_are_turned() -> None:
    first, second = (_drawn(FORMATS / "print-pages.tif", page=page) for page in (1, 2))
    assert ((first.page, first.pages), (second.page, second.pages)) == ((1, 2), (2, 2))
    assert first.pixels != second.pixels


def test_every_pixel_is_opaque(tmp_path: Path, pdf) -> None:
    Image.new("LA", (30, 20)).save(tmp_path / "a.png")
    for picture in (_drawn(tmp_path / "a.png"), _drawn(pdf(["Words."]))):
        assert set(picture.pixels[3::4]) == {255}


def test_what_can_be_seen_through_lies_on_paper(tmp_path: Path) -> None:
    picture = Image.new("RGBA", (80, 80), (0, 0, 0, 0))
    picture.paste((200, 0, 0, 255), (0, 0, 40, 80))
    picture.save(tmp_path / "a.png")
    shown = _picture(_drawn(tmp_path / "a.png"))
    assert (shown.getpixel((10, 40)), shown.getpixel((70, 40))) == ((200, 0, 0), (255, 255, 255))


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "I;16", "F", "CMYK", "RGB"])
def test_every_mode_of_pixels_is_drawn(tmp_path: Path, mode: str) -> None:
    Image.new(mode, (30, 20)).save(tmp_path / "a.tif")
    assert (_drawn(tmp_path / "a.tif").width, _drawn(tmp_path / "a.tif").height) == (30, 20)


def test_a_tall_picture_of_a_screen_stays_readable(tmp_path: Path) -> None:
    Image.new("L", (1000, 14_000), 255).save(tmp_path / "a.png")
    assert _drawn(tmp_path / "a.png", width=1000).width == 1000


def test_what_is_nothing_to_be_drawn_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    for path in (tmp_path / "a.txt", FORMATS / "drawing.svg"):
        assert draw({"path": str(path), "label": "", "page": 1, "width": 100}) == ({"undrawn": True}, b"")


def test_a_damaged_picture_has_a_reason(tmp_path: Path) -> None:
    stream = BytesIO()
    Image.effect_noise((300, 300), 90).save(stream, "PNG")
    (tmp_path / "a.png").write_bytes(stream.getvalue()[:2000])
    with pytest.raises(ExtractionError, match="Damaged file"):
        _drawn(tmp_path / "a.png")


def test_a_page_says_nothing_of_letters_that_are_not_there(pdf) -> None:
    assert _drawn(pdf([])).letters == Letters()
