"""Images of Mistral OCR: figures, numbered through the document."""

from __future__ import annotations

from typing import Any

from app.compat.shared.figures import FigurePictures
from app.ocr.layout.figures import figures_of
from app.ocr.result import Bbox, Page

from .requests import AnswerOptions

Json = dict[str, Any]


class Images:
    """Images of a document's pages, taken page by page in order. pictures: None for no pixels."""

    def __init__(self, options: AnswerOptions, pictures: FigurePictures | None) -> None:
        self.options = options
        self.pictures = pictures
        self.count = 0

    def of_page(self, page: Page) -> dict[int, tuple[str, Json]]:
        """Link and image by figure number, within the request's limits on number and size."""
        found: dict[int, tuple[str, Json]] = {}
        for figure in figures_of(page):
            limit = self.options.most_images
            small = min(figure.bbox.width, figure.bbox.height) < self.options.least_side
            if small or (limit is not None and self.count >= limit):
                continue
            name = f"img-{self.count}.jpeg"
            self.count += 1
            picture = self.pictures.data_url(page, figure) if self.pictures else None
            image = {
                "id": name,
                **corners(figure.bbox),
                "image_base64": picture,
                "image_annotation": None,
            }
            found[figure.number] = f"![{name}]({name})", image
        return found


def corners(box: Bbox) -> Json:
    return {
        "top_left_x": box.left,
        "top_left_y": box.top,
        "bottom_right_x": box.right,
        "bottom_right_y": box.bottom,
    }
