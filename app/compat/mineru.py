"""MinerU's API: `POST /file_parse`. docs/compat/mineru.md"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.fields import files_of, first, flag, values
from app.compat.shared.html import table_html
from app.compat.shared.keys import ClientKeyAuthentication
from app.compat.shared.languages import installed_languages
from app.compat.shared.markdown import document_markdown
from app.compat.shared.recognition import recognize
from app.compat.shared.stems import with_stems
from app.compat.shared.view import NUMBER, CompatView, Failure, fields_of
from app.models import Job
from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.ocr.result import Block, Page
from app.services.history import entries

# Of the vendor API, which clients may check; not that of this site.
VERSION = "2.6.4"
MOST_FILES = 20
PDF_TEXT = {"": "auto", "auto": "auto", "txt": "only", "ocr": "ignore"}
# Clients that want all pages name one beyond the last.
LAST_PAGE = 9999
TYPES = {
    "table": "table",
    "code": "code",
    "list": "list",
    "header": "header",
    "footer": "footer",
    "page_number": "page_number",
    "footnote": "page_footnote",
    "margin": "aside_text",
}


class FileParseView(CompatView):
    switch = "COMPAT_MINERU"
    authentication_classes = [ClientKeyAuthentication]
    max_files = MOST_FILES

    def post(self, request: Request) -> HttpResponse:
        fields = fields_of(request)
        options = recognition_options(fields)
        jobs = [
            recognize(request, file, options, name=file.name or "")
            for file in files_of(request, "files", MOST_FILES)
        ]
        results = {stem: contents(job, fields) for stem, job in with_stems(jobs)}
        if flag(fields, "response_format_zip"):
            return zipped(results)
        backend = first(fields, "backend") or "pipeline"
        return Response({"backend": backend, "version": VERSION, "results": results})

    def failure(self, failure: Failure) -> HttpResponse:
        status = 504 if failure.code == "page_timeout" else failure.status
        return Response({"error": failure.message}, status)


def recognition_options(fields: Mapping[str, Any]) -> Options:
    """Pages are counted from 0. Raises OcrError(bad_request)."""
    method = first(fields, "parse_method").lower()
    if method not in PDF_TEXT:
        raise OcrError("bad_request", "parse_method must be auto, txt or ocr.")
    start = first(fields, "start_page_id") or "0"
    end = first(fields, "end_page_id") or str(LAST_PAGE)
    if not (NUMBER.fullmatch(start) and NUMBER.fullmatch(end)):
        raise OcrError("bad_request", "start_page_id and end_page_id must be numbers.")
    last = "" if int(end) >= LAST_PAGE else str(int(end) + 1)
    pages = "" if start == "0" and not last else f"{int(start) + 1}-{last}"
    languages = installed_languages(values(fields, "lang_list"))
    return Options(languages=languages, pages=pages, pdf_text=PDF_TEXT[method])


def contents(job: Job, fields: Mapping[str, Any]) -> dict[str, str]:
    """Of one file, by the names of the answer; Markdown where nothing is named."""
    pages = entries.pages(job=job)
    found = {}
    if flag(fields, "return_md", default=True):
        found["md_content"] = document_markdown(pages)
    if flag(fields, "return_content_list"):
        items = [content_item(page, block) for page in pages for block in page.blocks]
        found["content_list"] = json.dumps(items, ensure_ascii=False)
    return found


def content_item(page: Page, block: Block) -> dict[str, Any]:
    """bbox: in thousandths of the page's width and height."""
    box, sizes = block.bbox, (page.width, page.height) * 2
    item: dict[str, Any] = {
        "type": TYPES.get(block.kind, "text"),
        "bbox": [round(1000 * at / size) for at, size in zip(box, sizes, strict=True)],
        "page_idx": page.number - 1,
    }
    if block.kind == "table":
        body = table_html(block) if block.cells else block.text
        return {**item, "table_body": body, "table_caption": [], "table_footnote": []}
    if block.kind == "code":
        return {**item, "sub_type": "code", "code_body": block.text, "code_caption": []}
    if block.kind == "list":
        return {**item, "sub_type": "text", "list_items": [block.text]}
    if block.kind == "heading":
        item["text_level"] = block.level
    return {**item, "text": block.text}


def zipped(results: Mapping[str, Mapping[str, str]]) -> HttpResponse:
    """A folder for each file, with files of the names that MinerU writes."""
    stream = io.BytesIO()
    endings = {"md_content": ".md", "content_list": "_content_list.json"}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for stem, found in results.items():
            for name, text in found.items():
                archive.writestr(f"{stem}/{stem}{endings[name]}", text)
    disposition = 'attachment; filename="results.zip"'
    headers = {"Content-Disposition": disposition}
    return HttpResponse(stream.getvalue(), "application/zip", headers=headers)
