"""Turn the bytes of a text file into text, whatever character set they are in.

A byte order mark and strict UTF-8 are certain. Everything else is a guess: the bytes are decoded as each candidate,
and the candidate whose text looks most like something that people write wins (see `plausibility`). Only where none of
ours does is charset-normalizer asked, which knows more character sets but is weak on a sentence or two.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from operator import itemgetter

from charset_normalizer import from_bytes

from bge_desktop.extract import alphabets
from bge_desktop.extract.document import with_plain_newlines
from bge_desktop.extract.plausibility import PLAUSIBLE, score, text_score
from bge_desktop.extract.terminal import as_shown

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_EASTERN = ("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949")
_NARROW = (*_EASTERN, *alphabets.LANGUAGES)
_SAMPLE = 1 << 15
_SCORED = 1 << 13  # of each of two dozen character sets
_SHORT = 16  # bytes, of whose characters in East Asian sets charset-normalizer has no idea
_STEP = 1 << 20
# Character sets made of ASCII alone, which say by a mark that other characters follow (RFC 1468, 1557, 1843).
_SEVEN_BIT = (
    (re.compile(rb"\x1b\$[@B]"), "iso2022_jp_ext", "cp932"),
    (re.compile(rb"\x1b\$\)C"), "iso2022_kr", "cp949"),
    (re.compile(rb"~\{[!-w][!-~]"), "hz", "gb18030"),
)
_NULS = re.compile(rb"\0+")
_FEW_NULS = 4
_NOT_ASCII = re.compile(rb"[^\n]*[\x80-\xff][^\n]*")
_CONTROL = bytes(b for b in range(0x20) if b not in b"\t\n\r\f\b\x1b") + b"\x7f"
_OF_TEXT = b"\a\v\x1a"  # control characters of logs, of forms, and of the end of a file under DOS
_FEW_CONTROLS = 2
_END_OF_FILE = "\x1a"

_DECLARED = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "windows-874": "cp874",
    "tis-620": "cp874",
    "ibm866": "cp866",
}
# What programs write that do not know better is not believed.
_DECLARED_BLINDLY = frozenset({"iso-8859-1", "windows-1252", "utf-8"})
_DECLARED_AS_IS = re.compile(r"iso-8859-\d+|windows-125\d|koi8-[ru]|euc-jp|iso-2022-jp|utf-8|utf-16(?:le|be)?")


def decode(data: bytes, declared: str | None = None) -> str:
    r"""Return the text of `data`, its line ends as `\n`. Never fails: what cannot be decoded becomes U+FFFD.

    Args:
        data: the bytes of a file for which `is_binary` is False.
        declared: the character set that the document itself names, which is believed where it fits the bytes.
    """
    return with_plain_newlines(decode_exactly(data, declared))


def decode_exactly(data: bytes, declared: str | None = None) -> str:
    """Return the text of `data` as `decode` does, but with the line ends and page breaks that it has.

    What was written for a terminal is as one saw it there.
    """
    mark, encoding = _byte_order_mark(data)
    encoding = encoding or _certain(data, declared) or ""
    text = data[len(mark) :].decode(encoding, "replace") if encoding else _decoded_by_guess(data)
    return as_shown(text.replace("\0", "").rstrip(_END_OF_FILE))


def beginning(data: bytes, characters: int) -> bytes:
    """Return the first lines of a text file, as many as hold about so many characters; all of it where it has fewer.

    It takes little memory, however large the file is.
    """
    if len(data) <= characters:
        return data
    head = data[:_STEP]
    encoding = _byte_order_mark(head)[1] or _certain(head, None) or _guess(head)
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for start in range(0, len(data), _STEP):
        characters -= len(decoder.decode(data[start : start + _STEP]))
        if characters <= 0:
            end = start + _STEP
            return data[:end] if encoding in _WIDE else data[: data.rfind(b"\n", start, end) + 1 or end]
    return data


def is_binary(data: bytes) -> bool:
    """Tell whether `data` is something else than text in any character set.

    Judged by its start: text holds next to no control characters but those that break lines and pages, ring, or end a
    file, and no NUL unless it is UTF-16, or a power failure or a faulty program left a few in it.
    """
    head = data[:_SAMPLE]
    if _byte_order_mark(head)[1] or _seven_bit(head) or _wide(head[:_SCORED]):
        return False
    text = head.replace(b"\0", b"")
    if _has_many_controls(text):
        return True
    is_clean = len(text) == len(head) and _controls(text) * 50 <= len(text)
    return not is_clean and not (_has_stray_nuls(head) and _is_plausible(text))


def _has_many_controls(text: bytes) -> bool:
    """Tell whether more control characters stand in `text` than belong there or came by chance."""
    count = _controls(text.translate(None, _OF_TEXT))
    is_few = count <= _FEW_CONTROLS and count * 8 <= len(text) and _fits(text, "utf-8")
    return count * 50 > len(text) and not is_few


def _controls(text: bytes) -> int:
    return len(text) - len(text.translate(None, _CONTROL))


def _has_stray_nuls(head: bytes) -> bool:
    """Tell whether NULs stand in a few places only, and are not most of all."""
    return len(_NULS.findall(head)) <= max(_FEW_NULS, len(head) // 100) and head.count(0) * 2 <= len(head)


def _is_plausible(text: bytes) -> bool:
    sample = _telling_part(text)
    return not sample or _is_damaged_utf8(sample) or _best(sample[:_SCORED], _NARROW)[0] >= PLAUSIBLE


def _byte_order_mark(data: bytes) -> tuple[bytes, str]:
    return next(((mark, name) for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), (b"", ""))


def _certain(data: bytes, declared: str | None) -> str | None:
    """Return the encoding of `data` where no guess is needed."""
    if _has_stray_nuls(data[:_SAMPLE]) and _fits(data, "utf-8"):
        return _seven_bit(data) or "utf-8"
    name = _known_name(declared or "")
    return name if name and _fits(data, name) else None


def _known_name(declared: str) -> str | None:
    label = declared.strip().lower()
    if label in _DECLARED:
        return _DECLARED[label]
    return label if _DECLARED_AS_IS.fullmatch(label) and label not in _DECLARED_BLINDLY else None


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _decoded_by_guess(data: bytes) -> str:
    wide = _wide(data[:_SCORED])
    other = None if wide else _beside_utf8(data)
    if other is None:
        return data.decode(wide or _guess(data), "replace")
    lines = data.split(b"\n")
    return "\n".join(line.decode("utf-8" if _is_in_utf8(line) else other, "replace") for line in lines)


def _beside_utf8(data: bytes) -> str | None:
    """Return what some lines are in where others are in UTF-8, as in what several programs wrote; else None."""
    own, others = _telling_lines(data)
    encoding_score, encoding = _best(others, _NARROW) if own else (0.0, "")
    if encoding_score < PLAUSIBLE:
        return None
    foreign = "".join(character for character in own.decode("utf-8", "replace") if character > "\x7f")
    own_score = text_score(foreign, "utf-8")
    return encoding if own_score >= PLAUSIBLE and own_score > score(own, encoding) else None


def _telling_lines(data: bytes) -> tuple[bytes, bytes]:
    """Return the first lines beyond ASCII that are in UTF-8, and the first that are not."""
    found: dict[bool, list[bytes]] = {True: [], False: []}
    left = {True: _SCORED, False: _SCORED}
    for match in _NOT_ASCII.finditer(data):
        is_own = _is_in_utf8(match[0])
        if left[is_own] > 0:
            found[is_own].append(match[0][: left[is_own]])
            left[is_own] -= len(match[0])
        if max(left.values()) <= 0:
            break
    return b"\n".join(found[True]), b"\n".join(found[False])


def _is_in_utf8(line: bytes) -> bool:
    return _fits(line, "utf-8") or _is_damaged_utf8(line)


def _guess(data: bytes) -> str:
    wide = _wide(data[:_SCORED])
    if wide:
        return wide
    sample = _telling_part(data).replace(b"\0", b"")
    if _is_damaged_utf8(sample):
        return "utf-8"
    best_score, best = _best(sample[:_SCORED], _NARROW)
    is_known_best = len(sample) < _SHORT and best_score > 0 and best in _EASTERN
    return best if is_known_best or best_score >= PLAUSIBLE else _opinion(sample) or best


def _best(sample: bytes, encodings: Iterable[str]) -> tuple[float, str]:
    """Return the highest score, and the first of `encodings` that has it."""
    return max(((score(sample, encoding), encoding) for encoding in encodings), key=itemgetter(0))


def _wide(head: bytes) -> str | None:
    """Return the UTF-16 or UTF-32 that `head` is in without a byte order mark, or None."""
    head = head[: len(head) & ~1]
    if not head or (b"\0" not in head and _fits(head, "utf-8")):
        return None
    best_score, best = _best(head, _WIDE)
    if best_score < PLAUSIBLE:
        return None
    return best if b"\0" in head or best_score > _best(head, _NARROW)[0] else None


def _seven_bit(data: bytes) -> str | None:
    """Return the character set that writes other characters as pairs of ASCII ones, and that `data` is in; or None."""
    for mark, encoding, kin in _SEVEN_BIT:
        found = mark.search(data, 0, _SAMPLE)
        if found:
            text = data[found.start() : _SCORED + found.start()].decode(encoding, "ignore")
            return encoding if text_score(text, kin) >= PLAUSIBLE else None
    return None


def _telling_part(data: bytes) -> bytes:
    """Return the first lines that hold more than ASCII: they alone tell the character set."""
    lines: list[bytes] = []
    size = 0
    for match in _NOT_ASCII.finditer(data):
        lines.append(match[0][: _SAMPLE - size])
        size += len(lines[-1])
        if size >= _SAMPLE:
            break
    return b"\n".join(lines)


def _is_damaged_utf8(sample: bytes) -> bool:
    """Tell whether `sample` is UTF-8 but for a few bytes, as where a log holds a line of another program."""
    text = sample.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    foreign = sum(character > "\x7f" for character in text) - damaged
    return foreign > 8 * damaged


def _opinion(sample: bytes) -> str | None:
    """Return what charset-normalizer takes `sample` for."""
    best = from_bytes(sample).best()
    return best.encoding if best is not None else None
