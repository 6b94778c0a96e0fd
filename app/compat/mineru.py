"""MinerU's API: `POST /file_parse`. docs/compat/mineru.md"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from app.compat.shared.archives import with_stems, zip_of
from app.compat.shared.fields import files_of, first, flag, values
from app.compat.shared.figures import FigurePictures, link_and_caption
from app.compat.shared.html import table_html
from app.compat.shared.keys import ClientKeyAuthentication
from app.compat.shared.languages import installed_languages
from app.compat.shared.markdown import document_markdown
from app.compat.shared.recognition import recognize
from app.compat.shared.view import NUMBER, CompatView, Failure, fields_of
from app.exports.figures import figure_name
from app.models import Job
from app.ocr.errors import OcrError
from app.ocr.layout.figures import Figure, caption_of, figures_of, in_reading_order
from app.ocr.options import Options
from app.ocr.result import Bbox, Block, Page
from app.services.history import entries

# Version of the vendor API, which clients may check; not of this site.
VERSION = "2.6.4"
MOST_FILES = 20
PDF_TEXT = {"": "auto", "auto": "auto", "txt": "only", "ocr": "ignore"}
# Clients that want all pages send an end beyond the last page.
LAST_PAGE = 9999
ENDINGS = {"md_content": ".md", "content_list": "_content_list.json"}
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
        return Response({"error": failure.message}, failure.status)


def recognition_options(fields: Mapping[str, Any]) -> Options:
    """Options of the request, which counts pages from 0. Raises OcrError(bad_request)."""
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


def contents(job: Job, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Contents of one file under the answer's names; only Markdown by default."""
    pages = entries.pages(job=job)
    found: dict[str, Any] = {}
    if flag(fields, "return_md", default=True):
        found["md_content"] = document_markdown(pages, picture=figure_markdown)
    if flag(fields, "return_content_list"):
        items = [
            figure_item(page, item) if isinstance(item, Figure) else content_item(page, item)
            for page in pages
            for item in in_reading_order(page, captions=False)
        ]
        found["content_list"] = json.dumps(items, ensure_ascii=False)
    if flag(fields, "return_images"):
        found["images"] = images(job, pages)
    return found


def images(job: Job, pages: Sequence[Page]) -> dict[str, str]:
    """Data URLs of the pictures, by file name."""
    pictures = FigurePictures(job)
    urls = {
        figure_file(page, figure): pictures.data_url(page, figure)
        for page in pages
        for figure in figures_of(page)
    }
    return {name: url for name, url in urls.items() if url}


def figure_file(page: Page, figure: Figure) -> str:
    return figure_name(page.number, figure.number, lossless=False)


def figure_markdown(page: Page, figure: Figure, caption: str) -> str:
    return link_and_caption(f"![](images/{figure_file(page, figure)})", caption)


def figure_item(page: Page, figure: Figure) -> dict[str, Any]:
    caption = caption_of(figure, page)
    return {
        "type": "image",
        **place_of(page, figure.bbox),
        "img_path": f"images/{figure_file(page, figure)}",
        "image_caption": [caption.text] if caption else [],
        "image_footnote": [],
    }


def place_of(page: Page, box: Bbox) -> dict[str, Any]:
    """Page index, and box in thousandths of the page's width and height."""
    sizes = (page.width, page.height) * 2
    thousandths = [round(1000 * at / size) for at, size in zip(box, sizes, strict=True)]
    return {"bbox": thousandths, "page_idx": page.number - 1}


def content_item(page: Page, block: Block) -> dict[str, Any]:
    item: dict[str, Any] = {
        "type": TYPES.get(block.kind, "text"),
        **place_of(page, block.bbox),
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


def zipped(results: Mapping[str, dict[str, Any]]) -> HttpResponse:
    """A ZIP with a folder for each file, whose contents are named as MinerU names them."""
    parts: list[tuple[str, str | bytes]] = []
    for stem, found in results.items():
        for name, url in found.pop("images", {}).items():
            parts.append((f"{stem}/images/{name}", b64decode(url.partition(",")[2])))
        parts += [(f"{stem}/{stem}{ENDINGS[name]}", text) for name, text in found.items()]
    headers = {"Content-Disposition": 'attachment; filename="results.zip"'}
    return HttpResponse(zip_of(parts), "application/zip", headers=headers)
