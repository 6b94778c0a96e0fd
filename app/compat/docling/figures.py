"""Figures as picture items of a DoclingDocument."""

from __future__ import annotations

from typing import Any

from app.compat.shared.figures import FigurePictures
from app.ocr.layout.figures import Figure, caption_of, figures_of
from app.ocr.result import Page

from .places import provenance

Json = dict[str, Any]
# For pages of unknown resolution; docling requires a number.
DPI = 72


class FigureItems:
    """Picture items, numbered through the document. pictures: their pixels, or None."""

    def __init__(self, pictures: FigurePictures | None) -> None:
        self.pictures = pictures
        self.items: list[Json] = []
        self._of_page: dict[int, Json] = {}

    def add(self, page: Page) -> dict[int, Json]:
        """Adds the page's items; returns those with a caption, by id() of the caption's block."""
        self._of_page = {}
        captions = {}
        for figure in figures_of(page):
            item = self._item(page, figure)
            self.items.append(item)
            self._of_page[figure.number] = item
            if caption := caption_of(figure, page):
                captions[id(caption)] = item
        return captions

    def reference(self, figure: Figure) -> Json:
        """Reference to the item of a figure on the page added last."""
        return {"$ref": self._of_page[figure.number]["self_ref"]}

    def _item(self, page: Page, figure: Figure) -> Json:
        return {
            "self_ref": f"#/pictures/{len(self.items)}",
            "parent": {"$ref": "#/body"},
            "children": [],
            "content_layer": "body",
            "label": "picture",
            "prov": provenance(figure.bbox, page, ""),
            "captions": [],
            "references": [],
            "footnotes": [],
            "image": self._image(page, figure),
            "annotations": [],
        }

    def _image(self, page: Page, figure: Figure) -> Json | None:
        """The picture with the figure's size on the page; None without pixels."""
        url = self.pictures.data_url(page, figure) if self.pictures else None
        if url is None:
            return None
        size = {"width": float(figure.bbox.width), "height": float(figure.bbox.height)}
        return {"mimetype": "image/jpeg", "dpi": page.dpi or DPI, "size": size, "uri": url}
