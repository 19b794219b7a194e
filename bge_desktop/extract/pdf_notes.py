"""What a PDF holds beside the print of its pages: comments, the values of its forms, files in it."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from bge_desktop.extract.allowance import Allowance
from bge_desktop.extract.document import PART_BREAK, Part, as_member, one_line, with_plain_newlines
from bge_desktop.extract.format import ReadMember
from bge_desktop.extract.outline import as_label
from bge_desktop.extract.shortfalls import Shortfall

_MOST_NOTES = 1_000  # of a page
_LONGEST_NOTE = 20_000  # characters
_MOST_FILES = 1_000
# Links repeat what they stand on; the window that a comment opens in repeats the comment.
_REPEATING = frozenset({pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP})
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_WRITTEN_FIELDS = frozenset(
    {pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX}
)
_TICKED_FIELDS = frozenset({pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON})
_UNDECODABLE = ("Damaged file", "This attachment could not be unpacked. Have the PDF sent again.")


def notes(page: pypdfium2.PdfPage) -> str:
    """Return the comments on a page, each after its author, and what its forms are filled in with; each text once.

    The fields are read only where the document's `init_forms` was called before the page was loaded.
    """
    count = min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_NOTES)
    return PART_BREAK.join(dict.fromkeys(filter(None, (_note(page, index) for index in range(count)))))


def attachments(pdf: pypdfium2.PdfDocument, read_member: ReadMember, allowance: Allowance) -> Iterator[Part]:
    """Yield the files in a document, each read by its own format."""
    for index in range(min(pdf.count_attachments(), _MOST_FILES)):
        if allowance.spent is not None:
            return
        attachment = pdf.get_attachment(index)
        name = as_label(attachment.get_name().replace("/", "_"))
        try:
            data = bytes(attachment.get_data())
        except pypdfium2.PdfiumError:
            yield Part("", name, shortfalls=(Shortfall(*_UNDECODABLE),))
            continue
        allowance.unpack(len(data))
        yield as_member(read_member(name, data), name)


def _note(page: pypdfium2.PdfPage, index: int) -> str:
    annotation = pdfium.FPDFPage_GetAnnot(page, index)
    if not annotation:
        return ""
    try:
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind == pdfium.FPDF_ANNOT_WIDGET:
            return _field(page.formenv, annotation) if page.formenv else ""
        return "" if kind in _REPEATING else _comment(annotation)
    finally:
        pdfium.FPDFPage_CloseAnnot(annotation)


def _comment(annotation: pdfium.FPDF_ANNOTATION) -> str:
    author, text = (
        _string(lambda buffer, size, key=key: pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, size))
        for key in (b"T", b"Contents")
    )
    return ": ".join(filter(None, (one_line(author), text))) if text else ""


def _field(form: pypdfium2.PdfFormEnv, annotation: pdfium.FPDF_ANNOTATION) -> str:
    """Return the value of a field after what it is called for a person; "" for what is not seen, as passwords."""
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    is_password = pdfium.FPDFAnnot_GetFormFieldFlags(form, annotation) & pdfium.FPDF_FORMFLAG_TEXT_PASSWORD
    if pdfium.FPDFAnnot_GetFlags(annotation) & _UNSEEN or (kind == pdfium.FPDF_FORMFIELD_TEXTFIELD and is_password):
        return ""
    if kind in _WRITTEN_FIELDS:
        value = _of_field(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation)
    elif kind in _TICKED_FIELDS and pdfium.FPDFAnnot_IsChecked(form, annotation):
        value = _of_field(pdfium.FPDFAnnot_GetFormFieldExportValue, form, annotation)
    else:
        return ""
    called = one_line(_of_field(pdfium.FPDFAnnot_GetFormFieldAlternateName, form, annotation))
    return ": ".join(filter(None, (called, value))) if value else ""


def _of_field(get: Callable[..., int], form: pypdfium2.PdfFormEnv, annotation: pdfium.FPDF_ANNOTATION) -> str:
    return _string(lambda buffer, size: get(form, annotation, buffer, size))


def _string(get: Callable[..., int]) -> str:
    """Return a text that pdfium writes into a buffer when it is told the size, and else tells the size."""
    size = get(None, 0)
    buffer = (pdfium.FPDF_WCHAR * (size // ctypes.sizeof(pdfium.FPDF_WCHAR)))()
    get(buffer, size)
    text = bytes(buffer).decode("utf-16-le", "replace").partition("\0")[0]
    return with_plain_newlines(text).strip()[:_LONGEST_NOTE]
