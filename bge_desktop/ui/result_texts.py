"""What is said of a result: on show, in a tool tip, and aloud."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from bge_desktop.messages import SearchResult, Why, displayable
from bge_desktop.ui.core_texts import place_in_own_language
from bge_desktop.ui.paths import shown_folder, shown_name, shown_path
from bge_desktop.ui.result_rows import DOCUMENTS, NOTES, Row, RowKind
from bge_desktop.ui.tips import plain_tip
from bge_desktop.ui.wording import copies_lines, copies_text, number

translate = QCoreApplication.translate


def why_text(why: Why) -> str:
    """Return the word for a reason."""
    match why:
        case Why.MEANING:
            return translate("Results", "Meaning")
        case Why.WORDS:
            return translate("Results", "Words")
        case Why.NAME:
            return translate("Results", "Name")


def page_text(result: SearchResult) -> str:
    """Return "page 3"; "" for a format without pages."""
    return "" if result.page is None else translate("Results", "page {number}").format(number=result.page)


def place_text(result: SearchResult) -> str:
    """Return where in the file the passage stands, as "Sheet1!B7" or "page 3"; "" for a format without places."""
    return ", ".join(filter(None, (place_in_own_language(result.place), page_text(result))))


def title_text(result: SearchResult) -> str:
    """Return the document's own title on one line, safe to paint; "" where it has none."""
    return " ".join(displayable(result.title).split())


def passage_heading(row: Row) -> str:
    """Return the place of an unfolded passage, or where the format has none, which one it is: "Passage 2"."""
    return displayable(place_text(row.result)) or translate("Results", "Passage {number}").format(
        number=number(row.number)
    )


def note_text(kind: RowKind) -> str:
    """Return what a row says that is neither a document nor a passage."""
    if kind is RowKind.WAITING:
        return translate("Results", "Looking for further passages…")
    return translate("Results", "No further passage")


def _below_text(kind: RowKind | None) -> str:
    """Return what stands below a document, for those who do not see it; "" for one that is folded."""
    match kind:
        case None:
            return ""
        case RowKind.PASSAGE:
            return translate("Results", "further passages are shown below")
        case _:
            return note_text(kind)


def toggle_text(*, is_unfolded: bool) -> str:
    """Return what folding a document is called that is unfolded, or unfolding another one."""
    if is_unfolded:
        return translate("Results", "Fewer passages")
    return translate("Results", "More passages")


def displayed_text(row: Row) -> str:
    """Return what stands for a row where there is room for a few words."""
    if row.kind in DOCUMENTS:
        return shown_name(row.result.path)
    return passage_heading(row) if row.kind is RowKind.PASSAGE else note_text(row.kind)


def tool_tip(row: Row) -> str:
    """Return what there was no room for: the whole path, the place, and the copies by name."""
    result = row.result
    lines = (title_text(result), shown_path(result.path), place_text(result), *copies_lines(result))
    return plain_tip("\n".join(filter(None, lines)))


def spoken_text(row: Row) -> str:
    """Return a row as a screen reader reads it."""
    if row.kind in DOCUMENTS:
        return _joined(*_of_document(row))
    if row.kind in NOTES:
        return note_text(row.kind)
    whose = translate("Results", "Further passage of {name}").format(name=shown_name(row.result.path))
    return _joined(whose, passage_heading(row), row.result.passage)


def _of_document(row: Row) -> tuple[str, ...]:
    result = row.result
    return (
        shown_name(result.path),
        translate("Results", "in {folder}").format(folder=shown_folder(result.path)),
        place_text(result),
        why_text(result.why),
        copies_text(result),
        _below_text(row.below),
        result.passage,
    )


def _joined(*parts: str) -> str:
    return ", ".join(line for part in parts if (line := " ".join(part.split())))
