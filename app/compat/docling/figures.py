"""Figures as picture items of a DoclingDocument."""

from __future__ import annotations

from typing import Any

from app.compat.shared.figures import FigurePictures
from app.ocr.layout.figures import Figure, caption_of, figures_of
from app.ocr.result import Page

from .places import provenance

Json = dict[str, Any]
# Of pages that do not say; docling needs a number.
DPI = 72


class FigureItems:
    """pictures: the items get their pixels from there, if any."""

    def __init__(self, pictures: FigurePictures | None) -> None:
        self.pictures = pictures
        self.items: list[Json] = []
        self._of_page: dict[int, Json] = {}

    def add(self, page: Page) -> dict[int, Json]:
        """Makes the page's items; returns those with a caption by the id() of its block."""
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
        """To the item of a figure of the page that was added last."""
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
        """Its size is that of the figure on the page."""
        url = self.pictures.data_url(page, figure) if self.pictures else None
        if url is None:
            return None
        size = {"width": float(figure.bbox.width), "height": float(figure.bbox.height)}
        return {"mimetype": "image/jpeg", "dpi": page.dpi or DPI, "size": size, "uri": url}
