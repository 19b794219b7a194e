"""The kinds of files in words."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_TEXTS: dict[str, object] = {
    "pdf": QT_TRANSLATE_NOOP("Kinds", "PDF"),
    "docx": QT_TRANSLATE_NOOP("Kinds", "Word"),
    "odt": QT_TRANSLATE_NOOP("Kinds", "OpenDocument text"),
    "rtf": QT_TRANSLATE_NOOP("Kinds", "Rich text"),
    "slides": QT_TRANSLATE_NOOP("Kinds", "Slides"),
    "sheet": QT_TRANSLATE_NOOP("Kinds", "Spreadsheet"),
    "book": QT_TRANSLATE_NOOP("Kinds", "E-book"),
    "email": QT_TRANSLATE_NOOP("Kinds", "E-mail"),
    "calendar": QT_TRANSLATE_NOOP("Kinds", "Calendar"),
    "contact": QT_TRANSLATE_NOOP("Kinds", "Contact"),
    "html": QT_TRANSLATE_NOOP("Kinds", "Web page"),
    "bookmarks": QT_TRANSLATE_NOOP("Kinds", "Link"),
    "text": QT_TRANSLATE_NOOP("Kinds", "Text"),
    "markdown": QT_TRANSLATE_NOOP("Kinds", "Markdown"),
    "rst": QT_TRANSLATE_NOOP("Kinds", "reStructuredText"),
    "org": QT_TRANSLATE_NOOP("Kinds", "Org"),
    "asciidoc": QT_TRANSLATE_NOOP("Kinds", "AsciiDoc"),
    "latex": QT_TRANSLATE_NOOP("Kinds", "LaTeX"),
    "man": QT_TRANSLATE_NOOP("Kinds", "Man page"),
    "notebook": QT_TRANSLATE_NOOP("Kinds", "Notebook"),
    "code": QT_TRANSLATE_NOOP("Kinds", "Code"),
    "data": QT_TRANSLATE_NOOP("Kinds", "Data"),
    "subtitles": QT_TRANSLATE_NOOP("Kinds", "Subtitles"),
    "archive": QT_TRANSLATE_NOOP("Kinds", "Archive"),
    "image": QT_TRANSLATE_NOOP("Kinds", "Picture"),
    "audio": QT_TRANSLATE_NOOP("Kinds", "Sound"),
    "video": QT_TRANSLATE_NOOP("Kinds", "Video"),
    "other": QT_TRANSLATE_NOOP("Kinds", "Other"),
}


def kind_text(kind: str) -> str:
    """Return what a kind, as after `type:`, is called: "PDF", "Spreadsheet"; one that has no words, as it is."""
    return QCoreApplication.translate("Kinds", str(_TEXTS[kind])) if kind in _TEXTS else kind
