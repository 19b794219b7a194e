"""What stands at a path, as far as opening it goes: which files the system would run rather than show."""

from __future__ import annotations

import contextlib
import os
from enum import Enum


def _suffixes(words: str) -> frozenset[str]:
    return frozenset(f".{word}" for word in words.split())


_DOCUMENTS = _suffixes("csv doc docx epub htm html markdown md odp ods odt org pdf ppt pptx rst rtf text txt xls xlsx")
_RUN_ANYWHERE = _suffixes(
    "app appimage bash bat bin class cmd com command deb desktop dmg exe flatpakref fish jar jnlp lnk msi msix pkg ps1 "
    "rpm run scf scr sh snap terminal tool url webloc workflow zsh"
)
_RUN_ON_WINDOWS = _suffixes(
    "application chm cpl gadget hta inf ins js jse msc msh msp pif ps1xml psc1 psm1 py pyc pyw pyz reg sct shb vb vbe "
    "vbs ws wsc wsf wsh xll"
)
# A person who finds one of these in a folder of theirs has put it there; in an archive it may be what it was made for.
_NOT_FROM_ARCHIVES = _suffixes(
    "apk applescript appref-ms awk crx csh diagcab img ipa iso ksh library-ms lua php pl pyo rb scpt "
    "searchconnector-ms settingcontent-ms tcl theme themepack vhd vhdx xbap xpi"
)
_MACH_O = (b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
_PROGRAMS_BEGIN = (b"#!", b"MZ", b"\x7fELF", b"[Desktop Entry]", *_MACH_O)
_ARCHIVES = _suffixes("zip tar gz tgz bz2 tbz2 xz txz zst tzst")
_MESSAGES = _suffixes("eml msg")
_MAILBOXES = _suffixes("mbox mbx")


class Kind(Enum):
    """What stands at a path."""

    GONE = "gone"
    FOLDER = "folder"
    DOCUMENT = "document"
    PROGRAM = "program"


class Container(Enum):
    """What a file is by its name that may hold other files."""

    ARCHIVE = "archive"
    MESSAGE = "message"
    MAILBOX = "mailbox"


def kind_of(path: str) -> Kind:
    """Look at a path. What the system would run is a `PROGRAM`, also behind a link with a harmless name."""
    real = os.path.realpath(path)
    if not os.path.exists(real):
        return Kind.GONE
    if any(_suffix(name) in _RUN_ANYWHERE or _runs_on_windows(name) for name in (path, real)):
        return Kind.PROGRAM
    if os.path.isdir(real):
        return Kind.FOLDER
    executable = os.name == "posix" and os.access(real, os.X_OK)
    return Kind.PROGRAM if executable and _suffix(real) not in _DOCUMENTS else Kind.DOCUMENT


def kind_of_member(path: str) -> Kind:
    """Look at what was taken out of an archive, more strictly: what any system runs is a `PROGRAM`."""
    kind = kind_of(path)
    if kind is not Kind.DOCUMENT:
        return kind
    runs = _suffix(path) in _RUN_ON_WINDOWS | _NOT_FROM_ARCHIVES or _begins_like_program(path)
    return Kind.PROGRAM if runs else kind


def container_named(path: str) -> Container | None:
    """Return what holds files by its name, whatever it is in truth."""
    suffix = _suffix(path)
    if suffix in _ARCHIVES:
        return Container.ARCHIVE
    if suffix in _MESSAGES:
        return Container.MESSAGE
    return Container.MAILBOX if suffix in _MAILBOXES else None


def _suffix(path: str) -> str:
    # Windows opens `x.exe.` and `x.exe ` as `x.exe`.
    return os.path.splitext(path.rstrip(". "))[1].lower()


def _runs_on_windows(path: str) -> bool:
    return os.name == "nt" and _suffix(path) in _RUN_ON_WINDOWS


def _begins_like_program(path: str) -> bool:
    with contextlib.suppress(OSError), open(path, "rb") as stream:
        return stream.read(16).startswith(_PROGRAMS_BEGIN)
    return True  # nobody knows
