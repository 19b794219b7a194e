from __future__ import annotations

import plistlib

import pytest

from bge_desktop.errors import ExtractionError
from bge_desktop.extract.formats import extract
from bge_desktop.extract.links import read_bookmarks, read_desktop_entry, read_internet_shortcut, read_webloc


def test_bookmarks_have_titles_addresses_and_notes_in_their_folders() -> None:
    source = """<!DOCTYPE NETSCAPE-Bookmark-file-1><TITLE>Bookmarks</TITLE><DL><p>
<DT><H3 ADD_DATE="1">鸟 &amp; 鱼</H3><DL><p>
<DT><A HREF="https://example.org/?a=1&amp;b=2" ICON="data:image/png;base64,AAAA">Heron</A>
<DD>A note
<DT><A HREF="javascript:alert(1)">Script</A></DL></DL>"""
    document = read_bookmarks(source.encode())
    assert document.text == "鸟 & 鱼\n\nHeron\nhttps://example.org/?a=1&b=2\nA note\n\nScript"
    assert (document.title, [place.label for place in document.places]) == ("Bookmarks", ["鸟 & 鱼"])


def test_an_internet_shortcut() -> None:
    data = b"[{000214A0-0000-0000-C000-000000000046}]\r\nProp3=19,11\r\n[InternetShortcut]\r\nURL=https://example.org/%7Ea\r\n"
    assert read_internet_shortcut(data).text == "https://example.org/%7Ea"
    assert (
        read_internet_shortcut(b"[InternetShortcut]\r\nBASEURL=x\r\nlost\r\n and\r\nurl = file:///a\r\n").text
        == "file:///a"
    )
    assert read_internet_shortcut(b"[InternetShortcut\r\n").text == ""


def test_a_desktop_entry_in_english_and_chinese() -> None:
    data = "[Desktop Entry]\nName=Files\nName[de]=Dateien\nName[zh_CN]=文件\nComment=Browse\nExec=files %U\n".encode()
    document = read_desktop_entry(data)
    assert (document.title, document.text) == ("Files", "Files\n文件\nBrowse")


@pytest.mark.parametrize("form", [plistlib.FMT_XML, plistlib.FMT_BINARY])
def test_a_webloc_file_in_both_forms(form: plistlib.PlistFormat) -> None:
    data = plistlib.dumps({"URL": "https://example.org/a"}, fmt=form)
    assert read_webloc(data).text == "https://example.org/a"
    assert extract("a.webloc", data).kind == "bookmarks"


def test_a_damaged_webloc_file_is_said_to_be_damaged() -> None:
    data = plistlib.dumps({"URL": "https://example.org/a"}, fmt=plistlib.FMT_BINARY)
    with pytest.raises(ExtractionError, match="damaged"):
        extract("a.webloc", data[:-20])
