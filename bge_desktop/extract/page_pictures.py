"""Answers the questions of a preview in a reader process: what a page looks like, and what is printed on it.

`previews` is the parent's side.
"""

from __future__ import annotations

from collections.abc import Callable

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.allowance import Allowance
from bge_desktop.extract.format import Format
from bge_desktop.extract.formats import failing_in_plain_words, format_of
from bge_desktop.extract.letters import Letters
from bge_desktop.extract.members import Unpacked, member_at
from bge_desktop.extract.pictures import Drawn, draw_picture, read_picture
from bge_desktop.extract.regular_files import opened, read_up_to
from bge_desktop.extract.unopened import in_plain_words
from bge_desktop.processes import Header

_LARGEST_FILE = 1 << 30
_TOO_LARGE = ("Too large", "This file is too large to be drawn here. Open it in its own program.")


def draw(request: Header) -> tuple[Header, bytes]:
    """Draw a page, or a picture.

    Args:
        request: {"path": str, "label": of a place in it, "page": from 1, "width": in pixels}.

    Returns:
        {"width", "height", "page", "pages", "text", "is_scan"}, the last four as of a `Drawn`, and its letters' sides
        (two bytes each, the lower first), then its pixels; {"undrawn": true} where it is nothing that is drawn.

    Raises:
        ExtractionError: it cannot be drawn.
        MemoryError: there is not enough memory.
    """
    found = content_of(request)
    with failing_in_plain_words():
        drawn = _drawn(format_of(found.name, found.data), found.data, request["page"], request["width"])
    if drawn is None:
        return {"undrawn": True}, b""
    header, sides = _told(drawn.letters)
    told = {"width": drawn.width, "height": drawn.height, "page": drawn.page, "pages": drawn.pages}
    return {**header, **told, "is_scan": drawn.is_scan}, sides + drawn.pixels


def recognise(request: Header, on_progress: Callable[[], None]) -> tuple[Header, bytes]:
    """Recognise the print on what `draw` has called a scan; return {"text"} and the letters' sides.

    Raises:
        ExtractionError: it cannot be read.
        MemoryError: there is not enough memory.
    """
    found = content_of(request)
    allowance = Allowance(len(found.data), on_progress=on_progress)
    with failing_in_plain_words(), allowance.picture() as goes_on:
        return _told(_recognised(format_of(found.name, found.data), found.data, request["page"], goes_on))


def content_of(request: Header) -> Unpacked:
    """Return the file that a request names by "path", or the file within it by "label", and its name.

    Raises:
        ExtractionError: it cannot be read, or is too large.
    """
    path = request["path"]
    try:
        with opened(path) as stream:
            data = read_up_to(stream, _LARGEST_FILE)
    except OSError as error:
        raise in_plain_words(error, path) from error
    if data is None:
        raise ExtractionError(*_TOO_LARGE, path)
    found = member_at(path, request["label"]) if format_of(path, data).members else None
    return found or Unpacked(path, data)


def _drawn(format_: Format, data: bytes, page: int, width: int) -> Drawn | None:
    if format_.kind == "pdf":
        from bge_desktop.extract.pdf_pages import draw_page

        return draw_page(data, page, width)
    if format_.kind != "image":
        return None
    from PIL import UnidentifiedImageError

    try:
        return draw_picture(data, page, width)
    except UnidentifiedImageError:  # a drawing, or a format that nothing here reads
        return None


def _recognised(format_: Format, data: bytes, page: int, goes_on: Callable[[], bool]) -> Letters:
    if format_.kind == "pdf":
        from bge_desktop.extract.pdf_pages import read_page

        return read_page(data, page, goes_on)
    return read_picture(data, page, goes_on)


def _told(letters: Letters) -> tuple[Header, bytes]:
    return {"text": letters.text}, letters.in_bytes()
