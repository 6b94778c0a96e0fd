"""Contents and metadata of a file as Tika answers them."""

from __future__ import annotations

import csv
import io
import tarfile
from collections.abc import Mapping
from typing import Any

from app.compat.shared.html import document_xhtml
from app.models import Job
from app.ocr.languages import first_tag, known_languages
from app.ocr.result import document_text
from app.recognition.auto.language_id import identify
from app.services.history import entries

from .requests import PARSED_BY, SITE

TEXT, XHTML, JSON = "text/plain", "text/html", "application/json"
UNKNOWN = "unknown"  # the language of a file without words


def text_of(job: Job, media_type: str) -> str:
    pages = entries.pages(job=job)
    return document_text(pages) if media_type == TEXT else document_xhtml(pages)


def metadata(job: Job) -> dict[str, Any]:
    return {
        "Content-Type": job.upload.media_type,
        "Content-Length": str(job.upload.size),
        "resourceName": job.upload.name,
        "xmpTPg:NPages": str(job.pages_total or 0),
        PARSED_BY: [SITE, job.engine_used],
    }


def language_of(text: str) -> str:
    """Tag of the text's language, such as `en`."""
    found = identify(text, tuple(language.code for language in known_languages()))
    return (first_tag([found[0]]) if found else None) or UNKNOWN


def as_csv(found: Mapping[str, Any]) -> str:
    """CSV with a line per field: its name, then its values."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    for name, value in found.items():
        writer.writerow([name, *(value if isinstance(value, list) else [value])])
    return out.getvalue()


def tar_of(parts: Mapping[str, str]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, text in parts.items():
            content = text.encode()
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return stream.getvalue()
