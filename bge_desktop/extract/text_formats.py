"""The formats that are made of characters beside web pages and Markdown: markup, data, mail, code, and the like."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bge_desktop.extract import (
    asciidoc,
    calendars,
    code_languages,
    contacts,
    json_text,
    latex,
    man,
    org,
    restructured_text,
    settings_text,
    source_code,
    subtitles,
    xml_text,
)
from bge_desktop.extract.containers import OLE
from bge_desktop.extract.document import Document
from bge_desktop.extract.format import Format, Member, Source, from_bytes, readable_head
from bge_desktop.extract.mail_headers import looks_like_message

_LATEX = re.compile(r"(?:%[^\n]*\n|\s)*\\(?:documentclass|documentstyle|NeedsTeXFormat)\b")
_SETTINGS = (".ini", ".cfg", ".conf", ".toml", ".properties", ".inf", ".reg", ".service", ".timer", ".editorconfig")
_JSON = (".json", ".jsonl", ".ndjson", ".geojson", ".json5", ".jsonc", ".ipynb", ".har", ".webmanifest")
_XML = (
    ".xml",
    ".xsd",
    ".xsl",
    ".xslt",
    ".rss",
    ".atom",
    ".opml",
    ".gpx",
    ".kml",
    ".plist",
    ".svg",
    ".dbk",
    ".tmx",
    ".xlf",
)


def _looking(like: Callable[[str], bool]) -> Callable[[bytes], bool]:
    """Return a test of the first bytes of a file made of one of its first characters."""
    return lambda head: like(readable_head(head))


def _starting(*beginnings: str) -> Callable[[bytes], bool]:
    lower = tuple(beginning.lower() for beginning in beginnings)
    return _looking(lambda head: head.lstrip().lower().startswith(lower))


def _read_json(source: Source) -> Document:
    from bge_desktop.extract.notebook import is_notebook, read_notebook

    return read_notebook(source) if is_notebook(source.data) else json_text.read_json(source.data)


def _read_mail(source: Source) -> Document:
    from bge_desktop.extract.mail import read_mail

    return read_mail(source)


def _mail_members(source: Source) -> Iterator[Member]:
    from bge_desktop.extract.mail import members

    return members(source)


def _is_web_archive(head: str) -> bool:
    from bge_desktop.extract.mail import is_web_archive

    return is_web_archive(head)


def _read_web_archive(source: Source) -> Document:
    from bge_desktop.extract.mail import read_web_archive

    return read_web_archive(source)


def _looks_like_mbox(head: str) -> bool:
    from bge_desktop.extract.mailbox import looks_like_mbox

    return looks_like_mbox(head)


def _read_mbox(source: Source) -> Document:
    from bge_desktop.extract.mailbox import read_mbox

    return read_mbox(source)


def _mbox_members(source: Source) -> Iterator[Member]:
    from bge_desktop.extract.mailbox import members

    return members(source)


def _read_outlook_message(source: Source) -> Document:
    from bge_desktop.extract.outlook import read_outlook_message

    return read_outlook_message(source)


def _outlook_members(source: Source) -> Iterator[Member]:
    from bge_desktop.extract.outlook import members

    return members(source)


def _read_bookmarks(source: Source) -> Document:
    from bge_desktop.extract.links import read_bookmarks

    return read_bookmarks(source.data)


def _read_internet_shortcut(source: Source) -> Document:
    from bge_desktop.extract.links import read_internet_shortcut

    return read_internet_shortcut(source.data)


def _read_desktop_entry(source: Source) -> Document:
    from bge_desktop.extract.links import read_desktop_entry

    return read_desktop_entry(source.data)


def _read_webloc(source: Source) -> Document:
    from bge_desktop.extract.links import read_webloc

    return read_webloc(source.data)


def _is_webloc(head: str) -> bool:
    return "<plist" in head and "<key>URL</key>" in head


def _text(
    kind: str,
    read: Callable[[bytes], Document],
    endings: tuple[str, ...],
    looks_like: Callable[[bytes], bool] | None = None,
) -> Format:
    return Format(kind, from_bytes(read), endings, looks_like=looks_like, text=True)


_MAIL = (
    Format("email", _read_outlook_message, (".msg",), (OLE,), ("__properties_version1.0",), members=_outlook_members),
    Format(
        "email", _read_mbox, (".mbox", ".mbx"), looks_like=_looking(_looks_like_mbox), text=True, members=_mbox_members
    ),
    Format("html", _read_web_archive, (".mht", ".mhtml"), looks_like=_looking(_is_web_archive), text=True),
    Format(
        "email",
        _read_mail,
        (".eml", ".emlx"),
        looks_like=_looking(looks_like_message),
        text=True,
        members=_mail_members,
    ),
)
_PERSONAL = (
    _text("calendar", calendars.read_calendar, (".ics", ".ical", ".ifb", ".vcs"), _starting("BEGIN:VCALENDAR")),
    _text("contact", contacts.read_contacts, (".vcf", ".vcard"), _starting("BEGIN:VCARD")),
    _text(
        "subtitles",
        subtitles.read_subtitles,
        (".srt", ".vtt", ".ass", ".ssa"),
        _looking(subtitles.looks_like_subtitles),
    ),
)
_LINKS = (
    Format("bookmarks", _read_bookmarks, looks_like=_starting("<!DOCTYPE NETSCAPE-Bookmark-file"), text=True),
    Format("bookmarks", _read_internet_shortcut, (".url",), looks_like=_starting("[InternetShortcut]"), text=True),
    Format("bookmarks", _read_desktop_entry, (".desktop",), looks_like=_starting("[Desktop Entry]"), text=True),
    Format("bookmarks", _read_webloc, looks_like=_looking(_is_webloc), text=True),
    Format("bookmarks", _read_webloc, (".webloc",)),
)
_MARKUP = (
    _text("man", man.read_man, (".man", ".mdoc"), _looking(man.looks_like_man)),
    _text("latex", latex.read_latex, (".tex", ".latex", ".ltx"), _looking(lambda head: _LATEX.match(head) is not None)),
    _text("rst", restructured_text.read_rst, (".rst", ".rest")),
    _text("org", org.read_org, (".org",)),
    _text("asciidoc", asciidoc.read_asciidoc, (".adoc", ".asciidoc", ".asc")),
)
_DATA = (
    Format("data", _read_json, _JSON, looks_like=_looking(json_text.looks_like_json), text=True),
    _text("data", xml_text.read_xml, _XML, _looking(xml_text.looks_like_xml)),
    _text("data", settings_text.read_sections, _SETTINGS),
    _text("data", settings_text.read_yaml, (".yaml", ".yml", ".cff")),
)
_CODE = Format("code", source_code.read_code, code_languages.ENDINGS, looks_like=_starting("#!"), text=True)

FORMATS = (*_MAIL, *_PERSONAL, *_LINKS, *_MARKUP, *_DATA, _CODE)
