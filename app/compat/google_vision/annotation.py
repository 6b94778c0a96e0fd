"""A result tree as Google Vision's textAnnotations and fullTextAnnotation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.compat.geometry import Sheet, character_boxes
from app.ocr.languages import first_tag
from app.ocr.result import Bbox, Block, Line, Page, Word

SPACE, LINE_END, BLOCK_END = "SPACE", "EOL_SURE_SPACE", "LINE_BREAK"


def annotate(page: Page) -> dict[str, Any]:
    """One AnnotateImageResponse; empty for a page without text."""
    if not any(page.words):
        return {}
    return PageAnnotation(page).render()


class PageAnnotation:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.sheet = Sheet(page)
        self.language = first_tag(page.languages) or "und"

    def render(self) -> dict[str, Any]:
        text = "".join(line.text + "\n" for line in self.page.lines)
        everything = Bbox.around(word.bbox for word in self.page.words)
        whole = {
            "locale": self.language,
            "description": text,
            "boundingPoly": self.polygon(everything),
        }
        words = [
            {"description": word.text, "boundingPoly": self.polygon(word.bbox)}
            for word in self.page.words
        ]
        return {
            "textAnnotations": [whole, *words],
            "fullTextAnnotation": {"pages": [self.full_page()], "text": text},
        }

    def full_page(self) -> dict[str, Any]:
        language = {"languageCode": self.language, "confidence": 1}
        return {
            "property": {"detectedLanguages": [language]},
            "width": self.sheet.width,
            "height": self.sheet.height,
            "blocks": [self.block(block) for block in self.page.blocks],
            "confidence": confidence(self.page),
        }

    def block(self, block: Block) -> dict[str, Any]:
        """Our block is one paragraph."""
        box = {"boundingBox": self.polygon(block.bbox), "confidence": confidence(block)}
        return {**box, "blockType": "TEXT", "paragraphs": [{**box, "words": [*self.words(block)]}]}

    def words(self, block: Block) -> Iterator[dict[str, Any]]:
        for line in block.lines:
            end = BLOCK_END if line is block.lines[-1] else LINE_END
            yield from self.line_words(line, end)

    def line_words(self, line: Line, end: str) -> Iterator[dict[str, Any]]:
        for word in line.words:
            space = SPACE if word.space_after else ""
            yield self.word(word, end if word is line.words[-1] else space)

    def word(self, word: Word, pause: str) -> dict[str, Any]:
        boxes = character_boxes(word.text, word.bbox)
        symbols: list[dict[str, Any]] = [
            {
                "text": character,
                "boundingBox": self.polygon(box),
                "confidence": confidence(word),
            }
            for character, box in zip(word.text, boxes, strict=True)
        ]
        if pause:
            symbols[-1]["property"] = {"detectedBreak": {"type": pause}}
        box = {"boundingBox": self.polygon(word.bbox), "confidence": confidence(word)}
        return {**box, "symbols": symbols}

    def polygon(self, box: Bbox) -> dict[str, Any]:
        """Zeros are left out, as Protocol Buffers' JSON does."""
        points = [{"x": int(x), "y": int(y)} for x, y in self.sheet.corners(box)]
        vertices = [{name: at for name, at in point.items() if at} for point in points]
        return {"vertices": vertices}


def confidence(part: Page | Block | Word) -> float:
    return round(part.confidence, 4)
