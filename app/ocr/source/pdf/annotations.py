"""Form fields, stamps and notes, made part of the page so that their text is read with its text."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

MAX_ANNOTATIONS = 5000
# ISO 32000-1, table 165: an annotation with one of these is not shown on a screen.
HIDDEN, NO_VIEW = 1 << 1, 1 << 5
# Icons of comments, which viewers open, and which cover the text they are about.
ICONS = {
    pdfium_c.FPDF_ANNOT_TEXT,
    pdfium_c.FPDF_ANNOT_POPUP,
    pdfium_c.FPDF_ANNOT_FILEATTACHMENT,
    pdfium_c.FPDF_ANNOT_SOUND,
}
CHECKED = {pdfium_c.FPDF_FORMFIELD_CHECKBOX: "☒", pdfium_c.FPDF_FORMFIELD_RADIOBUTTON: "◉"}
UNCHECKED = {pdfium_c.FPDF_FORMFIELD_CHECKBOX: "☐", pdfium_c.FPDF_FORMFIELD_RADIOBUTTON: "○"}

PointBox = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Field:
    """box: left, bottom, right, top in points. mark: of a check box or radio button, else ""."""

    box: PointBox
    mark: str


@dataclass(frozen=True, slots=True)
class Note:
    """Typed text, which viewers draw themselves if the file has no appearance. box: as in Field.

    PDFium does so too, but on one line and without characters that its font lacks.
    """

    box: PointBox
    text: str


@dataclass(frozen=True, slots=True)
class Annotations:
    fields: tuple[Field, ...] = ()
    notes: tuple[Note, ...] = ()


def flatten_annotations(
    document: pdfium.PdfDocument, page: pdfium.PdfPage, number: int
) -> tuple[pdfium.PdfPage, Annotations]:
    """The page (number, from 0) with visible annotations made its content; closes the old page."""
    if not pdfium_c.FPDFPage_GetAnnotCount(page.raw):
        return page, Annotations()
    fields, notes = [], []
    for index in reversed(range(min(MAX_ANNOTATIONS, pdfium_c.FPDFPage_GetAnnotCount(page.raw)))):
        with _annotation(page, index) as annotation:
            hidden = _is_hidden(annotation)
            field, note = _field(document, annotation), _note(annotation)
        if hidden:
            pdfium_c.FPDFPage_RemoveAnnot(page.raw, index)
            continue
        fields += [field] if field else []
        notes += [note] if note else []
    _own_boxes(page)
    if pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY) == pdfium_c.FLATTEN_SUCCESS:
        page.close()
        page = document[number]
    return page, Annotations(tuple(reversed(fields)), tuple(reversed(notes)))


def _own_boxes(page: pdfium.PdfPage) -> None:
    """Sets the page's own boxes to its visible area: flattening ignores inherited boxes and would
    make the page as large as a letter."""
    box = page.get_bbox()
    page.set_mediabox(*box)
    page.set_cropbox(*box)


def _is_hidden(annotation: Any) -> bool:
    if pdfium_c.FPDFAnnot_GetSubtype(annotation) in ICONS:
        return True
    return bool(pdfium_c.FPDFAnnot_GetFlags(annotation) & (HIDDEN | NO_VIEW))


@contextmanager
def _annotation(page: pdfium.PdfPage, index: int) -> Iterator[Any]:
    annotation = pdfium_c.FPDFPage_GetAnnot(page.raw, index)
    try:
        yield annotation
    finally:
        if annotation:
            pdfium_c.FPDFPage_CloseAnnot(annotation)


def _field(document: pdfium.PdfDocument, annotation: Any) -> Field | None:
    if pdfium_c.FPDFAnnot_GetSubtype(annotation) != pdfium_c.FPDF_ANNOT_WIDGET:
        return None
    form = document.formenv
    kind = pdfium_c.FPDFAnnot_GetFormFieldType(form.raw, annotation) if form else -1
    mark = ""
    if kind in CHECKED:
        checked = pdfium_c.FPDFAnnot_IsChecked(form.raw, annotation)
        mark = (CHECKED if checked else UNCHECKED)[kind]
    return Field(_box(annotation), mark)


def _note(annotation: Any) -> Note | None:
    if pdfium_c.FPDFAnnot_GetSubtype(annotation) != pdfium_c.FPDF_ANNOT_FREETEXT:
        return None
    text = _string(annotation, b"Contents").strip()
    return Note(_box(annotation), text) if text else None


def _box(annotation: Any) -> PointBox:
    box = pdfium_c.FS_RECTF()
    pdfium_c.FPDFAnnot_GetRect(annotation, box)
    return (
        min(box.left, box.right),
        min(box.bottom, box.top),
        max(box.left, box.right),
        max(box.bottom, box.top),
    )


def _string(annotation: Any, key: bytes) -> str:
    length = pdfium_c.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = ctypes.create_string_buffer(max(2, length))
    units = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    pdfium_c.FPDFAnnot_GetStringValue(annotation, key, units, length)
    return buffer.raw[:length].decode("utf-16-le", "replace").rstrip("\0")
