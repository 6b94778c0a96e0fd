"""Conformance of our PDFs of pictures and invisible text to PDF/A-2b (ISO 19005-2)."""

from __future__ import annotations

from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import ImageCms

from app.exports.base import Document
from app.ocr.text import one_line

SRGB = "sRGB IEC61966-2.1"


def make_archival(pdf: pikepdf.Pdf, document: Document) -> None:
    """Adds output intent and metadata; the content itself must already conform to PDF/A."""
    profile = pdf.make_stream(srgb_profile(), N=3)
    intent = Dictionary(
        Type=Name("/OutputIntent"),
        S=Name("/GTS_PDFA1"),
        OutputConditionIdentifier=SRGB,
        Info=SRGB,
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata.load_from_docinfo(pdf.docinfo)
        metadata["pdfaid:part"] = "2"
        metadata["pdfaid:conformance"] = "B"
        metadata["dc:title"] = one_line(document.title)


@cache
def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
