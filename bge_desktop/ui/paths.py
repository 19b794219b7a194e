"""Paths and URLs, also for names that are not valid UTF-8, and paths as a person reads them."""

from __future__ import annotations

import os
from urllib.parse import quote_from_bytes, unquote_to_bytes

from PySide6.QtCore import QMimeData, QUrl

from bge_desktop.messages import displayable

_HOME = os.path.expanduser("~")


def file_url(path: str) -> QUrl:
    """Return the URL of a local file. On POSIX the name's own bytes are percent-encoded, whatever they are."""
    if os.name == "nt":
        return QUrl.fromLocalFile(path)
    return QUrl.fromEncoded(b"file://" + quote_from_bytes(os.fsencode(path)).encode("ascii"))


def local_path(url: QUrl) -> str | None:
    """Return the path that a `file:` URL names, the way the operating system spells it; None for other URLs."""
    if not url.isLocalFile():
        return None
    if os.name == "nt":
        return os.path.normpath(url.toLocalFile())
    encoded = url.path(QUrl.ComponentFormattingOption.FullyEncoded).encode("ascii")
    return os.fsdecode(unquote_to_bytes(encoded).rstrip(b"/") or b"/")


def local_paths(mime: QMimeData) -> list[str]:
    """Return the local files and folders that are dragged, in their order, each once."""
    return list(dict.fromkeys(path for url in mime.urls() if (path := local_path(url))))


def shown_name(path: str) -> str:
    """Return the last part of a path, safe to paint."""
    return displayable(os.path.basename(path) or path)


def shown_folder(path: str) -> str:
    """Return the folder that holds `path`, safe to paint, with `~` for the person's own folder."""
    return shown_path(os.path.dirname(path))


def shown_path(path: str) -> str:
    """Return a whole path, safe to paint, with `~` for the person's own folder."""
    if path == _HOME or path.startswith(_HOME.rstrip(os.sep) + os.sep):
        path = "~" + path[len(_HOME.rstrip(os.sep)) :]
    return displayable(path)
