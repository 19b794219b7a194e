"""The keys of the window, in words: README lists the same."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def keys() -> list[tuple[str, str]]:
    """Return keys, and what they do."""
    return [
        ("Ctrl+F, Ctrl+L", translate("Keys", "go to the search bar")),
        (
            translate("Keys", "↑, ↓ in the search bar"),
            translate("Keys", "past searches that begin as what is typed; newer ones, then the results"),
        ),
        (
            translate("Keys", "Enter, double-click"),
            translate("Keys", "open the document at its place; of several that are selected, up to ten"),
        ),
        (translate("Keys", "Space"), translate("Keys", "show or hide the preview")),
        ("→, ←", translate("Keys", "show or hide further passages of the document")),
        (
            "F3, Shift+F3",
            translate("Keys", "next and previous hit in the preview; Ctrl with +, −, 0 zooms"),
        ),
        (
            translate("Keys", "right-click, Menu, Shift+F10"),
            translate("Keys", "what one can do with a result"),
        ),
        ("Ctrl+Enter", translate("Keys", "show it in its folder")),
        ("Ctrl+C, Ctrl+Shift+C", translate("Keys", "copy its path; copy the passage as a citation")),
        ("Ctrl+1, 2, 3", translate("Keys", "best first, newest first, by name")),
        ("Ctrl+Shift+F, Ctrl+Shift+N", translate("Keys", "find similar documents; not like this")),
        ("Ctrl+Shift+T, Ctrl+Shift+G", translate("Keys", "topics and the map of the documents; labels")),
        ("Ctrl+O, Ctrl+Shift+D", translate("Keys", "add a folder; the page of the folders")),
        ("Ctrl+Shift+L, Ctrl+,", translate("Keys", "show or hide the filters; settings")),
        ("Esc", translate("Keys", "clear the search")),
        ("Ctrl+Q", translate("Keys", "quit")),
    ]
