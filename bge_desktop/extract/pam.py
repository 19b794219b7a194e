"""PAM, the youngest format of Netpbm (P7), which Pillow does not know: a few lines of text, then the bare pixels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_HEADER = re.compile(rb"P7\s(?:[^\r\n]{0,1000}\r?\n){1,100}?ENDHDR\r?\n")
_FIELD = re.compile(rb"^(WIDTH|HEIGHT|DEPTH|MAXVAL)[ \t]+(\d{1,9})[ \t]*\r?$", re.MULTILINE)
_MODES = {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}
_LARGEST = 255


def opened(data: bytes) -> Image:
    """Return the picture, with eight bits for each level of a colour.

    Raises:
        ValueError: it is damaged or incomplete.
        KeyError: it is damaged, or has more bands than colours and opacity.
    """
    from PIL import Image

    header = _HEADER.match(data)
    if header is None:
        raise ValueError("a picture without its header")
    fields = {name: int(value) for name, value in _FIELD.findall(header[0])}
    size, depth, largest = (fields[b"WIDTH"], fields[b"HEIGHT"]), fields[b"DEPTH"], fields[b"MAXVAL"]
    mode, count = _MODES[depth], size[0] * size[1] * depth
    pixels = data[header.end() :]
    if largest > _LARGEST:  # two bytes, of which the higher one says enough
        pixels, largest = pixels[::2], largest >> 8
    if not 0 < count <= len(pixels) or not largest:
        raise ValueError("a picture of which pixels are missing")
    picture = Image.frombytes(mode, size, pixels[:count])
    return picture.point(lambda level: level * _LARGEST // largest) if largest < _LARGEST else picture
