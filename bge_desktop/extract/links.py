"""What only points elsewhere: bookmarks, and the files that desktops make of a link or an application."""

from __future__ import annotations

import html
import plistlib
import re
from collections.abc import Iterable

from bge_desktop.extract.charset import decode
from bge_desktop.extract.document import Document, one_line
from bge_desktop.extract.outline import Outline

_ENTRY = re.compile(r"(Name|GenericName|Comment|Keywords|URL)(?:\[(\w{2})[\w@.]{0,20}\])?[ \t]*=[ \t]*(.+)")
_URL = re.compile(r"^[ \t]*URL[ \t]*=[ \t]*(.+)", re.IGNORECASE | re.MULTILINE)
_BOOKMARK = re.compile(r"<(?P<kind>title|h3|a|dd)\b(?P<attributes>[^<>]*)>(?P<words>[^<]{0,5000})", re.IGNORECASE)
_HREF = re.compile(r'href="([^"]*)"', re.IGNORECASE)
_LANGUAGES = frozenset({None, "en", "zh"})
_ADDRESS = re.compile(r"(?i)(?:https?|ftp|file|mailto):")
_LONGEST_ADDRESS = 2_000


def read_bookmarks(data: bytes) -> Document:
    """Return the bookmarks that a browser wrote: each title with its address and note; folders are places.

    The file only looks like a page: browsers write and read it line by line.
    """
    source = decode(data)
    outline = Outline()
    title = ""
    for item in _BOOKMARK.finditer(source):
        kind, words = item["kind"].lower(), one_line(html.unescape(item["words"]))
        if kind == "title":
            title = title or words
        elif kind == "h3":
            outline.heading(words)
        else:
            if kind == "a":
                outline.end_paragraph()
            outline.line(words)
            address = _HREF.search(item["attributes"])
            outline.line(_address(html.unescape(address[1])) if address else "")
    return Document(outline.text, title, "bookmarks", outline.places)


def read_internet_shortcut(data: bytes) -> Document:
    """Return the address of a `.url` file."""
    address = _URL.search(decode(data))
    return _link("", address[1] if address else "")


def read_desktop_entry(data: bytes) -> Document:
    """Return the names and descriptions of a `.desktop` file in English and Chinese, and the address of a link."""
    found = [entry.groups() for line in decode(data).split("\n") if (entry := _ENTRY.fullmatch(line.rstrip()))]
    values = dict.fromkeys(value.strip().strip(";") for _, language, value in found if language in _LANGUAGES)
    title = next((value for key, language, value in found if key == "Name" and language is None), "")
    return Document("\n".join(values), one_line(title), "bookmarks")


def read_webloc(data: bytes) -> Document:
    """Return the address of a `.webloc` file.

    Raises:
        ValueError, xml.parsers.expat.ExpatError: it is damaged.
    """
    content = plistlib.loads(data)
    if not isinstance(content, dict):
        raise ValueError("a property list without names")
    return _link(str(content.get("Name", "")), str(content.get("URL", "")))


def _link(title: str, address: str) -> Document:
    return Document("\n".join(_filled((title, _address(address)))), title, "bookmarks")


def _filled(lines: Iterable[str]) -> Iterable[str]:
    return filter(None, lines)


def _address(address: str) -> str:
    """Return an address that leads somewhere: no script and no picture."""
    return one_line(address) if _ADDRESS.match(address) and len(address) <= _LONGEST_ADDRESS else ""
