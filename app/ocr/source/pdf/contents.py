"""Files inside a PDF, and pictures that cannot be decoded."""

from __future__ import annotations

import ctypes

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

MAX_ATTACHMENTS = 1000
MAX_PICTURES = 50
MAX_NAME = 100


def attachment_names(document: pdfium.PdfDocument) -> tuple[str, ...]:
    """Names of the files in a portfolio or attached to a document, such as an invoice's data."""
    count = min(MAX_ATTACHMENTS, pdfium_c.FPDFDoc_GetAttachmentCount(document.raw))
    attached = (pdfium_c.FPDFDoc_GetAttachment(document.raw, index) for index in range(count))
    return tuple(_name(each)[:MAX_NAME] for each in attached if each)


def annotation_files(page: pdfium.PdfPage) -> tuple[str, ...]:
    """Names of the files attached to places on the page."""
    names = []
    for index in range(min(MAX_ATTACHMENTS, pdfium_c.FPDFPage_GetAnnotCount(page.raw))):
        annotation = pdfium_c.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        if pdfium_c.FPDFAnnot_GetSubtype(annotation) == pdfium_c.FPDF_ANNOT_FILEATTACHMENT and (
            attached := pdfium_c.FPDFAnnot_GetFileAttachment(annotation)
        ):
            names.append(_name(attached)[:MAX_NAME])
        pdfium_c.FPDFPage_CloseAnnot(annotation)
    return tuple(names)


def has_broken_picture(page: pdfium.PdfPage) -> bool:
    """Whether PDFium cannot decode one of the pictures, and so draws nothing in its place."""
    pictures = page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,), max_depth=3)
    for number, picture in enumerate(pictures):
        bitmap = pdfium_c.FPDFImageObj_GetBitmap(picture.raw)
        if not bitmap:
            return True
        pdfium_c.FPDFBitmap_Destroy(bitmap)
        if number == MAX_PICTURES:
            break
    return False


def _name(attachment: ctypes.c_void_p) -> str:
    length = pdfium_c.FPDFAttachment_GetName(attachment, None, 0)
    buffer = ctypes.create_string_buffer(max(2, length))
    units = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    pdfium_c.FPDFAttachment_GetName(attachment, units, length)
    return buffer.raw[:length].decode("utf-16-le", "replace").rstrip("\0")
