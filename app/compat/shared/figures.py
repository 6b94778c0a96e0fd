"""Figures in answers: their pictures, and places in Markdown."""

from __future__ import annotations

import base64
from functools import cached_property

from app.models import Job
from app.ocr.layout.figures import Figure
from app.ocr.result import Page
from app.services.history import exports


class FigurePictures:
    """JPEG pictures of a job's figures, cut out of its file on first use."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def jpeg(self, page: Page, figure: Figure) -> bytes | None:
        """None if the file is gone or the document has too many figures."""
        return self._found.get((page.number, figure.number))

    def base64(self, page: Page, figure: Figure) -> str | None:
        data = self.jpeg(page, figure)
        return None if data is None else base64.b64encode(data).decode()

    def data_url(self, page: Page, figure: Figure) -> str | None:
        data = self.base64(page, figure)
        return None if data is None else f"data:image/jpeg;base64,{data}"

    @cached_property
    def _found(self) -> dict[tuple[int, int], bytes]:
        return exports.figure_pictures(job=self.job)


def link_and_caption(link: str, caption: str) -> str:
    return "\n\n".join(filter(None, (link, caption)))


def inner_blocks(page: Page, figure: Figure) -> range:
    """Indices into the page's blocks of the text inside the figure, without its caption."""
    end = figure.end
    if figure.caption is not None and figure.start <= figure.caption < end:
        end = figure.caption
    return range(figure.start, end)
