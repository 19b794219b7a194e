"""The character sets of Rich Text Format, by code pages and by the numbers of fonts, and what stands for characters."""

from __future__ import annotations

import codecs

FONT_CHARACTER_SETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "big5hkscs",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
"""By the `fcharset` of a font: those that say more than the document's own character set does."""

WORDS = {
    "line": "\n",
    "row": "\n",
    "nestrow": "\n",
    "cell": " | ",
    "nestcell": " | ",
    "tab": "\t",
    **dict.fromkeys(("par", "sect", "page", "column"), "\n\n"),
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
}
"""The control words that are printed, as text."""


def known_encoding(encoding: str) -> str | None:
    """Return the name of a character set of Python's for an encoding, None where there is none."""
    name = {"cp936": "gb18030", "cp950": "big5hkscs", "cp65001": "utf-8"}.get(encoding, encoding)
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None
