"""Print in pictures: found and recognised by PP-OCR's models, which rapidocr brings with it, on OpenVINO.

Nothing here is loaded before the first picture. The models of PP-OCRv6 read Chinese and English alike; they take
0.05 to 0.3 s of one core for a line, and nearly a gigabyte of memory, which `forget` gives back.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from bge_desktop.extract.reading_order import PrintedLine, page_text, rows_of

if TYPE_CHECKING:
    from numpy import typing as npt
    from PIL.Image import Image

    Pixels = npt.NDArray[Any]

_SMALLEST_SIDE = 64  # pixels: an icon says nothing
_LONGEST_SIDE = 4000  # pixels: 300 dots per inch of a page of 13 inches
_PLAIN = 24  # levels of grey between which there is no print
_LIGHT = 128  # a level of grey
# Print is sought in a small picture, where letters of five pixels are found: a second is saved for each photograph.
_SEARCHED_SIDE = 1152
_STEP = 128  # a network for inputs of many sizes keeps memory for each
_SIZES_KEPT = 4
_ROW_HEIGHT = 48  # pixels, of what the recogniser takes
_NARROWED = 0.8  # of the width of a line: no more errors on print at 200 dpi, a fifth less time
_WIDEST_ROW = 3200
_ROW_STEP = 160
# What is no print is read as single characters and with less confidence than 0.75; print with 0.95 and more.
_LEAST_CONFIDENCE = 0.8
_LEAST_CONFIDENCE_ALONE = 0.95
_TALL = 2.5  # times its width: a picture of a screen that was scrolled
_CUT_WITHIN = 8  # a cut is sought in the last eighth of a piece


class Print(NamedTuple):
    """What is printed in a picture, in the order of reading, and whether that is all of it."""

    text: str
    whole: bool


def printed_text(picture: Image, goes_on: Callable[[], bool]) -> Print:
    """Read the print in a picture that stands upright.

    Args:
        picture: of any size; what is smaller than 64 pixels or all of one shade holds nothing.
        goes_on: asked before every piece of work whether there is time for it.

    Raises:
        MemoryError: there is not enough memory.
    """
    pieces = list(_read(_fitted(picture), goes_on))
    texts = (page_text(piece.lines) for piece in pieces)
    return Print("\n\n".join(filter(None, texts)), all(piece.whole for piece in pieces))


def printed_rows(picture: Image, goes_on: Callable[[], bool]) -> Iterator[list[PrintedLine]]:
    """Yield the print in a picture as `printed_text` reads it, row by row, the boxes in shares of its sides, 0 to 1.

    Raises:
        MemoryError: there is not enough memory.
    """
    picture = _fitted(picture)
    for piece in _read(picture, goes_on):
        for row in rows_of(piece.lines):
            yield [_in_shares(line, piece.top, picture.size) for line in row]


def forget() -> None:
    """Give the memory of the models back. The next picture loads them again, in a quarter of a second."""
    if _loaded:
        _loaded.clear()
        gc.collect()


class _Found(NamedTuple):
    """What is printed on a piece of a picture, in pixels of the piece; the piece's upper edge; whether that is all."""

    lines: list[PrintedLine]
    top: int
    whole: bool


def _fitted(picture: Image) -> Image:
    """Return a picture in the size in which print is recognised, and as it looks on paper."""
    picture.thumbnail((_LONGEST_SIDE, max(_LONGEST_SIDE, picture.height)))
    return as_on_paper(picture)


def _read(picture: Image, goes_on: Callable[[], bool]) -> Iterator[_Found]:
    if min(picture.size) < _SMALLEST_SIDE or _is_plain(picture):
        return
    top = 0
    for piece in _pieces(_pixels(picture)):
        lines, whole = _engine().read(piece, goes_on) if goes_on() else ([], False)
        yield _Found(lines, top, whole)
        if not whole:
            return
        top += len(piece)


def _is_plain(picture: Image) -> bool:
    low, high = picture.convert("L").getextrema()
    return int(high) - int(low) < _PLAIN  # type: ignore[arg-type]  # of one band, it is two numbers


def _in_shares(line: PrintedLine, top: int, size: tuple[int, int]) -> PrintedLine:
    width, height = size
    return PrintedLine(
        line.text, line.left / width, (top + line.top) / height, line.right / width, (top + line.bottom) / height
    )


class _Engine:
    """The two models, and how many sizes of pictures the first has seen."""

    def __init__(self) -> None:
        import cv2
        from rapidocr import RapidOCR

        cv2.setNumThreads(1)
        self._models = RapidOCR(params=_parameters())
        self.sizes: set[tuple[int, ...]] = set()

    def read(self, pixels: Pixels, goes_on: Callable[[], bool]) -> tuple[list[PrintedLine], bool]:
        """Return the lines of print, and whether these are all."""
        lines: list[PrintedLine] = []
        for corners in self._corners(pixels):
            if not goes_on():
                return lines, False
            text, confidence = self._recognised(pixels, corners)
            least = _LEAST_CONFIDENCE if len(text) > 1 else _LEAST_CONFIDENCE_ALONE
            if text and confidence >= least:
                (left, top), (right, bottom) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
                lines.append(PrintedLine(text, left, top, right, bottom))
        return lines, True

    def _corners(self, pixels: Pixels) -> Iterator[Pixels]:
        """Yield the four corners of each line of print, from the upper left one on clockwise, roughly from above."""
        canvas, scale = _canvas(pixels)
        self.sizes.add(canvas.shape)
        boxes = self._run(canvas, use_det=True, use_rec=False).boxes
        yield from () if boxes is None else boxes.astype("float32") / scale

    def _recognised(self, pixels: Pixels, corners: Pixels) -> tuple[str, float]:
        found = self._run(_row(pixels, corners), use_det=False, use_rec=True)
        return (found.txts[0].strip(), float(found.scores[0])) if found.txts else ("", 0.0)

    def _run(self, pixels: Pixels, **steps: bool) -> Any:
        from rapidocr.inference_engine.openvino.main import OpenVINOError

        try:
            return self._models(pixels, use_cls=False, **steps)
        except OpenVINOError as error:  # on a well-formed input nothing else can fail
            raise MemoryError from error


_loaded: list[_Engine] = []


def _engine() -> _Engine:
    if _loaded and len(_loaded[0].sizes) >= _SIZES_KEPT:
        forget()
    if not _loaded:
        _loaded.append(_Engine())
    return _loaded[0]


def _parameters() -> dict[str, Any]:
    import rapidocr
    from rapidocr import EngineType

    models = os.path.join(os.path.dirname(rapidocr.__file__), "models")
    return {
        "Global.log_level": "critical",
        "Global.use_preprocess_img": False,
        "Global.use_vertical_padding": False,
        "Det.engine_type": EngineType.OPENVINO,
        "Det.model_path": os.path.join(models, "PP-OCRv6_det_small.onnx"),  # without a path it would download one
        "Det.limit_type": "max",
        "Det.limit_side_len": _SEARCHED_SIDE,
        "Rec.engine_type": EngineType.OPENVINO,
        "Rec.model_path": os.path.join(models, "PP-OCRv6_rec_small.onnx"),
        "EngineConfig.openvino.inference_num_threads": 1,
        "EngineConfig.openvino.num_streams": 1,
    }


def as_on_paper(picture: Image) -> Image:
    """Return a picture as it looks on paper; where what can be seen of it is light, on black."""
    import PIL.Image
    from PIL import ImageStat

    if not picture.has_transparency_data:
        return picture
    picture = picture.convert("RGBA")
    alpha = picture.getchannel("A")
    if alpha.getextrema()[1] == 0:  # some programs write a fourth band and mean nothing by it
        return picture.convert("RGB")
    is_light = ImageStat.Stat(picture.convert("L"), alpha).mean[0] > _LIGHT
    ground = PIL.Image.new("RGBA", picture.size, "black" if is_light else "white")
    return PIL.Image.alpha_composite(ground, picture).convert("RGB")


def _pixels(picture: Image) -> Pixels:
    """Return the pixels as OpenCV has them: blue, green, red."""
    import numpy as np

    return np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1])


def _pieces(pixels: Pixels) -> Iterator[Pixels]:
    """Divide a tall picture where a row of pixels is calmest, so that its print is not shrunk beyond recognition."""
    height, width = pixels.shape[:2]
    top = 0
    while height - top > _TALL * width:
        last = top + 2 * width
        first = last - 2 * width // _CUT_WITHIN
        cut = first + int(pixels[first:last].std(axis=(1, 2)).argmin())
        yield pixels[top:cut]
        top = cut
    yield pixels[top:]


def _canvas(pixels: Pixels) -> tuple[Pixels, float]:
    """Return a small picture for the search, with sides of one of few lengths, and its scale."""
    import cv2

    height, width = pixels.shape[:2]
    scale = min(1.0, _SEARCHED_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    below, beside = -size[1] % _STEP, -size[0] % _STEP
    return cv2.copyMakeBorder(small, 0, below, 0, beside, cv2.BORDER_REPLICATE), scale


def _row(pixels: Pixels, corners: Pixels) -> Pixels:
    """Return one line of print, straightened, as high as the recogniser wants it and of one of few widths."""
    import cv2
    from rapidocr.utils.process_img import get_rotate_crop_image

    line = get_rotate_crop_image(pixels, corners)
    height, width = line.shape[:2]
    target = min(_WIDEST_ROW, max(_ROW_HEIGHT // 3, round(_ROW_HEIGHT * _NARROWED * width / height)))
    shrinks = cv2.INTER_AREA if height > _ROW_HEIGHT else cv2.INTER_LINEAR
    row = cv2.resize(line, (target, _ROW_HEIGHT), interpolation=shrinks)
    padded: Pixels = cv2.copyMakeBorder(row, 0, 0, 0, -target % _ROW_STEP, cv2.BORDER_REPLICATE)
    return padded
