"""Results of PaddleX pipelines. Boxes lie on the upright page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from app.compat.shared.html import table_html
from app.compat.shared.markdown import markdown_of
from app.models import Job
from app.ocr.images import PDF
from app.ocr.result import Bbox, Block, Line, Page

Json = dict[str, Any]
LABELS = {
    "heading": "paragraph_title",
    "table": "table",
    "caption": "figure_title",
    "code": "algorithm",
    "footnote": "footnote",
    "header": "header",
    "footer": "footer",
    "page_number": "number",
    "margin": "aside_text",
}


def ocr_results(pages: Iterable[Page]) -> list[Json]:
    """Of the pipeline OCR, one for each page."""
    return [
        {
            "prunedResult": text_lines(page),
            "ocrImage": None,
            "docPreprocessingImage": None,
            "inputImage": None,
        }
        for page in pages
    ]


def layout_results(pages: Sequence[Page]) -> list[Json]:
    """Of the pipelines PP-StructureV3 and PaddleOCR-VL, one for each page."""
    return [
        {
            "prunedResult": {
                "page_count": len(pages),
                "width": page.width,
                "height": page.height,
                "model_settings": {},
                "parsing_res_list": [
                    parsed_block(page, block, number) for number, block in enumerate(page.blocks)
                ],
                "overall_ocr_res": text_lines(page),
            },
            "markdown": {
                "text": markdown_of(page),
                "images": {},
                "isStart": True,
                "isEnd": not any(block.continues for block in following.blocks[:1]),
            },
            "outputImages": None,
            "inputImage": None,
        }
        for page, following in zip(pages, [*pages[1:], Page(0, 0, 0)], strict=True)
    ]


def text_lines(page: Page) -> Json:
    lines = list(page.lines)
    polygons = [polygon(line.bbox) for line in lines]
    return {
        "model_settings": {},
        "dt_polys": polygons,
        "text_type": "general",
        "textline_orientation_angles": [0] * len(lines),
        "rec_texts": [line.text for line in lines],
        "rec_scores": [round(line.confidence, 4) for line in lines],
        "rec_polys": polygons,
        "rec_boxes": [list(line.bbox) for line in lines],
    }


def parsed_block(page: Page, block: Block, number: int) -> Json:
    label = LABELS.get(block.kind, "text")
    if block.kind == "heading" and block.level == 1:
        label = "doc_title"
    return {
        "block_label": label,
        "block_content": table_html(block) if block.cells else block.text,
        "block_bbox": list(block.bbox),
        "block_id": number,
        "block_order": number + 1,
    }


def data_info(job: Job, pages: Sequence[Page]) -> Json:
    sizes = [{"width": page.width, "height": page.height} for page in pages]
    if job.upload.media_type == PDF:
        return {"type": "pdf", "numPages": len(pages), "pages": sizes}
    return {"type": "image", **(sizes[0] if sizes else {})}


def paddlehub_line(line: Line) -> Json:
    return {
        "confidence": round(line.confidence, 4),
        "text": line.text,
        "text_region": polygon(line.bbox),
    }


def rapidocr_lines(pages: Iterable[Page]) -> Json:
    lines = [line for page in pages for line in page.lines]
    return {
        str(number): {
            "rec_txt": line.text,
            "dt_boxes": polygon(line.bbox),
            "score": f"{line.confidence:.4f}",
        }
        for number, line in enumerate(lines)
    }


def polygon(box: Bbox) -> list[list[int]]:
    """Clockwise from the top left corner."""
    return [
        [box.left, box.top],
        [box.right, box.top],
        [box.right, box.bottom],
        [box.left, box.bottom],
    ]
