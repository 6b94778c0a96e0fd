"""Pages as Mistral OCR answers them: Markdown, tables, blocks and confidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from app.compat.shared.figures import FigurePictures
from app.compat.shared.html import table_html
from app.compat.shared.markdown import block_markdown, markdown_of
from app.models import Job
from app.ocr.layout.figures import Figure, in_reading_order
from app.ocr.result import Block, Page

from .images import Images, corners
from .requests import AnswerOptions

Json = dict[str, Any]
# For pages of unknown resolution; clients need a number.
DPI = 72
FEET = ("footer", "page_number")
BLOCK_TYPES = {
    "heading": "title",
    "list": "list",
    "table": "table",
    "caption": "caption",
    "code": "code",
    "footnote": "references",
    "header": "header",
    "footer": "footer",
    "page_number": "footer",
    "margin": "aside_text",
}


def page_answers(job: Job, pages: Sequence[Page], options: AnswerOptions) -> list[Json]:
    images = Images(options, FigurePictures(job) if options.images else None)
    return [PageAnswer(page, options, images).render() for page in pages]


class PageAnswer:
    """One page. `tables` are those left out of its Markdown, numbered per page."""

    def __init__(self, page: Page, options: AnswerOptions, images: Images | None = None) -> None:
        self.page = page
        self.options = options
        self.images = (images or Images(options, None)).of_page(page)
        self.header = self._take(("header",)) if options.extract_header else []
        self.footer = self._take(FEET) if options.extract_footer else []
        self.tables: list[Json] = []
        self.markdown = self._markdown()

    def render(self) -> Json:
        page = self.page
        blocks = list(self._blocks()) if self.options.blocks else None
        answer: Json = {
            "index": page.number - 1,
            "markdown": self.markdown,
            "images": [image for _, image in self.images.values()],
            "dimensions": {"dpi": page.dpi or DPI, "height": page.height, "width": page.width},
            "tables": self.tables,
            "hyperlinks": [],
            "header": self._text(self.header),
            "footer": self._text(self.footer),
            "blocks": blocks,
        }
        if self.options.scores:
            answer["confidence_scores"] = self._scores()
        return answer

    def _take(self, kinds: tuple[str, ...]) -> list[Block]:
        return [block for block in self.page.blocks if block.kind in kinds]

    def _text(self, blocks: Iterable[Block]) -> str | None:
        return "\n".join(block.text for block in blocks) or None

    def _markdown(self) -> str:
        left_out = {id(block) for block in (*self.header, *self.footer)}
        items = [item for item in in_reading_order(self.page) if id(item) not in left_out]
        parts: list[str] = []
        for is_text, run in groupby(items, key=self._is_text):
            if is_text:
                blocks = tuple(item for item in run if isinstance(item, Block))
                parts.append(markdown_of(replace(self.page, blocks=blocks, figures=())))
            else:
                parts += map(self._extracted, run)
        return "\n\n".join(part for part in parts if part)

    def _is_text(self, item: Block | Figure) -> bool:
        return isinstance(item, Block) and not (item.cells and self.options.table_format)

    def _extracted(self, block: Block | Figure) -> str:
        """Link to a figure, or to a table, which is added to `tables`."""
        if isinstance(block, Figure):
            return self.images[block.number][0] if block.number in self.images else ""
        as_html = self.options.table_format == "html"
        name = f"tbl-{len(self.tables)}.{'html' if as_html else 'md'}"
        content = self._table(block)
        table = {"id": name, "content": content, "format": self.options.table_format}
        self.tables.append(table)
        return f"[{name}]({name})"

    def _table(self, block: Block) -> str:
        as_html = self.options.table_format == "html"
        return table_html(block) if as_html else block_markdown(self.page, block)

    def _blocks(self) -> Iterator[Json]:
        for item in in_reading_order(self.page):
            if isinstance(item, Block):
                yield self._block(item)
            elif item.number in self.images:
                link, image = self.images[item.number]
                head = {"type": "image", "content": link, "image_id": image["id"]}
                yield head | corners(item.bbox)

    def _block(self, block: Block) -> Json:
        content = self._table(block) if block.cells else block_markdown(self.page, block)
        return {
            "type": BLOCK_TYPES.get(block.kind, "text"),
            "content": content or block.text,  # Markdown leaves out running heads
            **corners(block.bbox),
        }

    def _scores(self) -> Json:
        words = list(self.page.words)
        scores: Json = {
            "average_page_confidence_score": round(self.page.confidence, 4),
            "minimum_page_confidence_score": round(
                min((word.confidence for word in words), default=0.0), 4
            ),
        }
        if self.options.scores == "word":
            scores["word_confidence_scores"] = list(self._word_scores())
        return scores

    def _word_scores(self) -> Iterable[Json]:
        """Scores of the words found in the Markdown, in its order."""
        cursor = 0
        for word in self.page.words:
            found = self.markdown.find(word.text, cursor)
            if found < 0:
                continue
            cursor = found + len(word.text)
            score = round(word.confidence, 4)
            yield {"text": word.text, "confidence": score, "start_index": found}
