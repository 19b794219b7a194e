from __future__ import annotations

import os
import sys

import pytest
from PySide6.QtCore import QMimeData, QUrl

from bge_desktop.ui.paths import file_url, local_path, local_paths, shown_folder, shown_name, shown_path

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="paths of POSIX")
STRANGE = os.fsdecode(b"/data/caf\xe9 #1?.pdf")


@POSIX
@pytest.mark.parametrize("path", ["/a/b c.txt", "/文档/租约.pdf", STRANGE, "/100%/#x?y", "/😀"])
def test_a_path_survives_the_way_to_a_url_and_back(path):
    assert local_path(QUrl(file_url(path).toString(QUrl.ComponentFormattingOption.FullyEncoded))) == path
    assert local_path(file_url(path)) == path


@POSIX
def test_bytes_that_are_not_utf8_are_percent_encoded_as_they_are():
    encoded = file_url(STRANGE).toString(QUrl.ComponentFormattingOption.FullyEncoded)
    assert encoded == "file:///data/caf%E9%20%231%3F.pdf"


@POSIX
def test_dropped_folders_lose_their_last_slash_and_other_urls_are_left_out():
    mime = QMimeData()
    mime.setUrls([QUrl("file:///home/me/"), QUrl("https://example.org/x"), QUrl("file:///home/me"), QUrl("file:///")])
    assert local_paths(mime) == ["/home/me", "/"]


def test_shown_paths_are_safe_to_paint():
    assert shown_name(STRANGE) == "caf\ufffd #1?.pdf"
    assert shown_name("/") == "/"
    shown_path(STRANGE).encode("utf-8")


def test_the_own_folder_is_a_tilde_and_its_neighbours_are_not():
    home = os.path.expanduser("~")
    assert shown_path(home) == "~"
    assert shown_folder(os.path.join(home, "a", "b.txt")) == os.path.join("~", "a")
    assert shown_path(home + "2") == home + "2"
