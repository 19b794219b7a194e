r"""The macros of man(7) and mdoc(7) whose arguments are text, and the escapes of roff(7), as characters.

The names are those that the macro packages define; what they print was read from their manual pages.
"""

from __future__ import annotations

import re

FONTS = frozenset({"B", "I", "BR", "RB", "IR", "RI", "BI", "IB", "SM", "SB", "R"})
"""Macros of man(7) that set their arguments in a font: those of two letters, without a space between them."""

PARAGRAPHS = frozenset({"PP", "P", "LP", "TP", "TQ", "IP", "HP", "Pp", "It", "El", "sp"})
"""Macros after which a paragraph begins."""

LINE_ENDS = frozenset({"br", "RS", "RE", "Bl", "UE", "ME", "TS", "TE"})
"""Macros that end a line."""

SECTIONS = frozenset({"SH", "SS", "Sh", "Ss"})
"""Headings."""

WITH_TEXT = frozenset({"IP", "UR", "MT", "SY", "OP"})
"""Macros of man(7) beside these whose first argument is to be read."""

BEFORE = {
    "Fl": "-",
    "Cm": "",
    "Op": "[",
    "Oo": "[",
    "Dq": "“",
    "Sq": "‘",
    "Ql": "‘",
    "Qq": '"',
    "Pq": "(",
    "Aq": "<",
    "Bq": "[",
}
AFTER = {"Op": "]", "Oc": "]", "Dq": "”", "Sq": "’", "Ql": "’", "Qq": '"', "Pq": ")", "Aq": ">", "Bq": "]"}
"""What a macro of mdoc(7) prints before its first and after its last argument."""

_MDOC = (
    "Ad An Ao Ac Aq Ar At Bc Bo Bq Brq Bsx Bx Cd Cm D1 Dc Dl Do Dq Dv Dx Em Er Ev Fa Fl Fn Fo Fc Fr Ft Fx Ic In Lb Li"
    " Lk Ms Mt Nd Nm No Ns Nx Oc Oo Op Ot Ox Pa Pc Po Pq Qc Ql Qo Qq Rs Re St Sc So Sq Sx Sy Ta Tn Ux Va Vt Xc Xo Xr It"
    " %A %B %D %I %J %N %O %P %T %V"
)
MDOC = frozenset(_MDOC.split(" "))
"""Macros of mdoc(7) that stand on a line or within one, and whose arguments are text."""

_NAMED = {
    "em": "—", "en": "–", "hy": "-", "bu": "•", "co": "©", "rg": "®", "tm": "™", "lq": "“", "rq": "”", "oq": "‘",
    "cq": "’", "aq": "'", "dq": '"', "ga": "`", "ha": "^", "ti": "~", "rs": "\\", "mu": "×", "di": "÷", "+-": "±",
    "<=": "≤", ">=": "≥", "!=": "≠", "->": "→", "<-": "←", "de": "°", "sc": "§", "ss": "ß", "/o": "ø", "/O": "Ø",
    "ae": "æ", "AE": "Æ", "oe": "œ", "Eu": "€", "Po": "£", "Fo": "«", "Fc": "»", "ad": "¨", "12": "½", "14": "¼",
    "34": "¾", "at": "@", "sh": "#", "Do": "$", "ba": "|", "or": "|", "sl": "/", "bv": "|", "**": "*", "mi": "−",
}  # fmt: skip
_ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", ":": "\u0308", ",": "\u0327"}
_ESCAPE = re.compile(
    r"\\(?:f(?:\[[^\]\n]{0,20}\]|\(..|.)|s(?:\[[^\]\n]{0,9}\]|[+-]?\d{1,2})|[mM](?:\[[^\]\n]{0,20}\]|\(..|.)"
    r"|\((?P<two>..)|\[(?P<long>[^\]\n]{1,40})\]|[hvwxlLoDZNXYARHSC]'(?P<motion>[^'\n]{0,80})'"
    r"|[*ngkFV](?:\[[^\]\n]{0,40}\]|\(..|.)|(?P<one>.))"
)
_ONE = {
    "-": "-",
    "e": "\\",
    "\\": "\\",
    "~": " ",
    " ": " ",
    "0": " ",
    "'": "’",
    "`": "‘",
    "t": "\t",
    "E": "\\",
    ".": ".",
}


def unescaped(text: str) -> str:
    """Return a line as it is printed: fonts, sizes and motions go, named characters stand as themselves."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(escape: re.Match[str]) -> str:
    name = escape["two"] or escape["long"]
    if name:
        return _by_name(name)
    return _ONE.get(escape["one"] or "", "")


def _by_name(name: str) -> str:
    if name in _NAMED:
        return _NAMED[name]
    if re.fullmatch(r"u[0-9A-F]{4,6}", name):
        return chr(min(int(name[1:], 16), 0x10FFFF))
    return name[1] + _ACCENTS[name[0]] if len(name) == 2 and name[0] in _ACCENTS else ""
