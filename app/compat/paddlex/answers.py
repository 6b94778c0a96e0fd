"""Results of PaddleX pipelines. Boxes lie on the upright page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from app.compat.shared.figures import FigurePictures, link_and_caption
from app.compat.shared.html import table_html
from app.compat.shared.markdown import markdown_of
from app.models import Job
from app.ocr.images import PDF
from app.ocr.layout.figures import Figure, figures_of, in_reading_order
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
    """Results of the OCR pipeline, one for each page."""
    return [
        {
            "prunedResult": text_lines(page),
            "ocrImage": None,
            "docPreprocessingImage": None,
            "inputImage": None,
        }
        for page in pages
    ]


def layout_results(pages: Sequence[Page], pictures: FigurePictures | None = None) -> list[Json]:
    """Results of the pipelines PP-StructureV3 and PaddleOCR-VL, one for each page."""
    return [
        {
            "prunedResult": {
                "page_count": len(pages),
                "width": page.width,
                "height": page.height,
                "model_settings": {},
                "parsing_res_list": [
                    parsed_block(page, item, number)
                    for number, item in enumerate(in_reading_order(page))
                ],
                "overall_ocr_res": text_lines(page),
            },
            "markdown": {
                "text": markdown_of(page, figure_markdown),
                "images": images(page, pictures) if pictures else {},
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


def parsed_block(page: Page, item: Block | Figure, number: int) -> Json:
    content = ""
    if isinstance(item, Block):
        content = table_html(item) if item.cells else item.text
    return {
        "block_label": label_of(item),
        "block_content": content,
        "block_bbox": list(item.bbox),
        "block_id": number,
        "block_order": number + 1,
    }


def label_of(item: Block | Figure) -> str:
    if isinstance(item, Figure):
        return "image"
    is_title = item.kind == "heading" and item.level == 1
    return "doc_title" if is_title else LABELS.get(item.kind, "text")


def figure_path(figure: Figure) -> str:
    return "imgs/img_in_image_box_{}_{}_{}_{}.jpg".format(*figure.bbox)


def figure_markdown(page: Page, figure: Figure, caption: str) -> str:
    """HTML as PaddleX writes it, with the width in percent of the page's."""
    width = max(1, round(100 * figure.bbox.width / max(page.width, 1)))
    image = f'<img src="{figure_path(figure)}" alt="Image" width="{width}%" />'
    return link_and_caption(f'<div style="text-align: center;">{image}</div>', caption)


def images(page: Page, pictures: FigurePictures) -> dict[str, str]:
    """Pictures in base64, by path."""
    found = {figure_path(each): pictures.base64(page, each) for each in figures_of(page)}
    return {path: data for path, data in found.items() if data}


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
