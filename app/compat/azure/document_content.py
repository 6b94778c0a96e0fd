"""Analysis results of Document Intelligence: one text, and its parts as spans of that text."""

from __future__ import annotations

from collections.abc import Sequence

from app.compat.shared.figures import inner_blocks
from app.compat.shared.geometry import Sheet
from app.models import Job
from app.ocr.languages import to_tag
from app.ocr.layout.figures import Figure, caption_of, figures_of, in_reading_order
from app.ocr.result import Bbox, Block, Page

from .document_format import PlainText
from .document_lines import LineWriter
from .document_sections import SectionTree
from .document_tables import TableWriter
from .document_text import TextWriter, Window, span
from .view import Json, number, polygon, unit_of

ROLES = {
    "header": "pageHeader",
    "footer": "pageFooter",
    "page_number": "pageNumber",
    "footnote": "footnote",
}
# Share of handwriting among the drawn lines that are called so (docs/benchmarks/scripts.md).
HANDWRITTEN = 0.98


class DocumentContent:
    """The result of one job. layout: add roles, sections, tables and selection marks."""

    def __init__(self, job: Job, text: TextWriter, kind: PlainText, *, layout: bool) -> None:
        self.job = job
        self.text = text
        self.kind = kind
        self.layout = layout
        self.paragraphs: list[Json] = []
        self.tables: list[Json] = []
        self.figures: list[Json] = []
        self.sections = SectionTree()
        self.languages: list[Json] = []
        self.handwritten: list[Json] = []  # spans of lines
        self.pages_before = False

    def render(self, pages: Sequence[Page], *, languages: bool) -> Json:
        """languages: include the languages of each page."""
        rendered = [self.page(page) for page in pages]
        return {
            "content": self.text.content,
            "pages": rendered,
            "paragraphs": self.paragraphs,
            **(self.structure() if self.layout else {}),
            "styles": self.styles(),
            **({"languages": self.languages} if languages else {}),
            "contentFormat": self.kind.name,
        }

    def styles(self) -> list[Json]:
        """One style for all handwriting; print has none."""
        if not self.handwritten:
            return []
        return [{"isHandwritten": True, "spans": self.handwritten, "confidence": HANDWRITTEN}]

    def structure(self) -> Json:
        return {
            "tables": self.tables,
            "figures": self.figures,
            "sections": self.sections.render(),
        }

    def page(self, page: Page) -> Json:
        unit, scale = unit_of(self.job, page)
        sheet = Sheet(page, scale)
        lines = LineWriter(self.text, self.kind, sheet, marks=self.layout)
        self.open_page()
        before: Block | Figure | None = None
        for item in self.items(page):
            if before:
                listed = is_list_item(before) and is_list_item(item)
                self.text.separate("\n" if listed else self.kind.between_blocks)
            if isinstance(item, Figure):
                self.figure(item, lines)
            else:
                self.sections.add(item, *self.block(item, lines))
            before = item
        barcodes = self.barcodes(sheet)
        self.handwritten += lines.handwritten
        self.languages += self.page_languages(page)
        return {
            "pageNumber": page.number,
            "angle": round(sheet.angle, 4),
            "width": number(sheet.width),
            "height": number(sheet.height),
            "unit": unit,
            "words": lines.words,
            "lines": lines.lines,
            **({"selectionMarks": lines.selection_marks} if self.layout else {}),
            **({"barcodes": barcodes} if barcodes else {}),
            "spans": [span([self.text.page_window])],
        }

    def open_page(self) -> None:
        """Starts a page. A page break precedes every page but the first, blank ones included."""
        if self.pages_before:
            self.text.separate(self.kind.between_blocks)
            self.text.write(self.kind.page_break)
        self.pages_before = True
        self.text.separate(self.kind.between_blocks)
        self.text.open_page()

    def items(self, page: Page) -> Sequence[Block | Figure]:
        """Blocks and figures; the captions and inner text of figures are left to them."""
        if not self.layout:
            return page.blocks
        inside = {at for figure in figures_of(page) for at in inner_blocks(page, figure)}
        own = {id(page.blocks[at]) for at in inside}
        items = in_reading_order(page, captions=False)
        return [item for item in items if id(item) not in own]

    def figure(self, figure: Figure, lines: LineWriter) -> None:
        page = lines.sheet.page
        windows = [self.markup("<figure>")]
        caption = caption_of(figure, page)
        captioned = self.caption(caption, lines, windows) if caption else {}
        elements = []
        for at in inner_blocks(page, figure):
            self.text.separate(self.kind.between_blocks)
            element, places = self.block(page.blocks[at], lines)
            elements.append(element)
            windows += places
        windows.append(self.markup("\n</figure>"))
        self.sections.add_part(f"/figures/{len(self.figures)}", windows)
        found = {
            "id": f"{page.number}.{figure.number}",
            "boundingRegions": [region(lines.sheet, figure.bbox)],
            "spans": [span(windows)],
            "elements": elements,
        }
        self.figures.append({**found, "caption": captioned} if captioned else found)

    def caption(self, block: Block, lines: LineWriter, windows: list[Window]) -> Json:
        """windows: extended by the places of the caption's text."""
        self.markup("\n<figcaption>")
        element, places = self.block(block, lines)
        self.markup("</figcaption>\n")
        windows += places
        return {
            "content": lines.content(block.lines),
            "boundingRegions": [region(lines.sheet, block.bbox)],
            "spans": [span(places)],
            "elements": [element],
        }

    def markup(self, html: str) -> Window:
        return self.text.write(html if self.kind.structured else "")

    def block(self, block: Block, lines: LineWriter) -> tuple[str, list[Window]]:
        """Writes the block. Returns its reference and the places of its text."""
        if self.layout and block.cells:
            table, windows = TableWriter(lines, self.paragraphs).write(block)
            self.tables.append(table)
            return f"/tables/{len(self.tables) - 1}", windows
        before, after = self.kind.frame(block)
        opening = self.text.write(before)
        windows = lines.write(block.lines, block)
        closing = self.text.write(after)
        # The markup of a heading belongs to its section but not to its paragraph.
        around = [opening, *windows, closing] if before else windows
        self.paragraphs.append(self.paragraph(block, lines, windows))
        return f"/paragraphs/{len(self.paragraphs) - 1}", around

    def paragraph(self, block: Block, lines: LineWriter, windows: list[Window]) -> Json:
        return {
            **self.role(block),
            "spans": [span(windows)],
            "boundingRegions": [region(lines.sheet, block.bbox)],
            "content": lines.content(block.lines),
        }

    def role(self, block: Block) -> Json:
        if not self.layout:
            return {}
        if block.kind == "heading":
            return {"role": "title" if block.level == 1 else "sectionHeading"}
        return {"role": ROLES[block.kind]} if block.kind in ROLES else {}

    def barcodes(self, sheet: Sheet) -> list[Json]:
        """Barcodes, each with a placeholder in the text, as Azure has it."""
        found = []
        for barcode in sheet.page.barcodes:
            self.text.separate(self.kind.between_blocks)
            place = self.text.write(":barcode:")
            found.append(
                {
                    "kind": barcode.kind,
                    "value": barcode.text,
                    "polygon": polygon(sheet, barcode.bbox),
                    "span": span([place]),
                    "confidence": 1,  # check digits: read correctly or not at all
                }
            )
        return found

    def page_languages(self, page: Page) -> list[Json]:
        """Languages are known per page only; the confidence is that of the page's words."""
        tags = dict.fromkeys(filter(None, map(to_tag, page.languages)))
        place, confidence = span([self.text.page_window]), round(page.confidence, 3)
        return [
            {"locale": tag, "spans": [place], "confidence": confidence}
            for tag in tags
            if place["length"]
        ]


def is_list_item(item: Block | Figure) -> bool:
    return isinstance(item, Block) and item.kind == "list"


def region(sheet: Sheet, box: Bbox) -> Json:
    return {"pageNumber": sheet.page.number, "polygon": polygon(sheet, box)}
