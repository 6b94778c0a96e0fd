"""A document with every kind of block: headings, nested lists, tables with spans, code, furniture.

Page 1: English, a table with two rows of headings and cells of several lines, and two figures, one
with a caption. Page 2: German, a
simple table that continues on page 3 under the same headings. Page 4: Arabic, a table.
"""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFont

from app.exports.base import Document, Part
from app.ocr.result import Bbox, Block, Cell, Line, Page, Word
from app.tests.exports.sample import CREATED, HEIGHT, arabic_line, line

# The grid of the tables, in px.
LEFT, COLUMN, ROW = 200, 300, 60
CODE = "def twice(x):\n    # a comment\n    return x * 2  `| <b>"

# The texts of the first table.
SALES = [
    ["Region", "Sales | 1,000 €", ""],
    ["", "2023", "2024"],
    ["North and <west>", "1,234.5", "12.0"],
    ["South", "", "-7.5"],
    ["=1+1 is no formula", "", ""],
]


def cell(row: int, column: int, text: str, *spans: int, header: bool = False, top: int = 0) -> Cell:
    """spans: rows, columns. Lines of the text are half a row apart."""
    rows, columns = (*spans, 1, 1)[:2]
    left, above = LEFT + COLUMN * column, top + ROW * row
    lines = tuple(
        line(part, left + 5, above + 5 + 25 * n, advance=10)
        for n, part in enumerate(text.split("\n"))
        if part
    )
    box = Bbox(left, above, left + COLUMN * columns, above + ROW * rows)
    return Cell(row, column, lines, box, rows, columns, header)


def sales() -> Block:
    return Block.table(
        (
            cell(0, 0, "Region", 2, 1, header=True, top=700),
            cell(0, 1, "Sales | 1,000 €", 1, 2, header=True, top=700),
            cell(1, 1, "2023", header=True, top=700),
            cell(1, 2, "2024", header=True, top=700),
            cell(2, 0, "North\nand <west>", header=True, top=700),
            cell(2, 1, "1,234.5", top=700),
            cell(2, 2, "12.0", top=700),
            cell(3, 0, "South", header=True, top=700),
            cell(3, 1, "", top=700),
            cell(3, 2, "-7.5", top=700),
            cell(4, 0, "=1+1 is no formula", 1, 3, top=700),
        )
    )


def prices(rows: dict[str, str], *, continues: bool = False) -> Block:
    cells = [
        cell(0, 0, "Ware", header=True, top=300),
        cell(0, 1, "Preis", header=True, top=300),
    ]
    for number, (name, price) in enumerate(rows.items(), start=1):
        cells.append(cell(number, 0, name, top=300))
        cells.append(cell(number, 1, price, top=300))
    return Block.table(cells, continues=continues)


def item(text: str, level: int, marker: str, top: int) -> Block:
    lines = tuple(
        line(part, LEFT + 40 * level, top + 45 * n) for n, part in enumerate(text.split("\n"))
    )
    return Block(lines, "list", level, marker)


def code(text: str, left: int, top: int, *, advance: int = 20) -> Block:
    """Words at their places in a font of fixed width, their ink a little narrower."""
    return Block(
        tuple(
            _code_line(row, left, top + 50 * number, advance)
            for number, row in enumerate(text.split("\n"))
        ),
        "code",
    )


def report_page() -> Page:
    blocks = (
        Block((line("Annual Report", 200, 20),), "header"),
        Block((line("1 Results #", 200, 100),), "heading", 1),
        Block((line("The re-", 200, 160), line("sult is *good*.", 200, 210))),
        Block((line("Details", 200, 260),), "heading", 2),
        item("• first", 1, "•", 310),
        item("– nested in\ntwo lines", 2, "–", 360),
        item("3. three", 1, "3.", 460),
        item("4. four", 1, "4.", 510),
        item("b) labelled", 2, "b)", 560),
        Block((line("Table 1: Sales", 200, 640),), "caption"),
        sales(),
        code(CODE, 200, 1100),
        Block((line("Figure 1: Growth", 200, 1430),), "caption"),
        Block((line("1 Not audited.", 200, 1500),), "footnote"),
        Block((line("Draft", 20, 900),), "margin"),
        Block((line("Company secret", 200, 1650),), "footer"),
        Block((line("7", 600, 1700),), "page_number"),
    )
    figures = (Bbox(200, 1260, 800, 1420), Bbox(900, 1500, 1100, 1600))
    return Page(
        1, 1240, 1754, blocks, dpi=150, engine="tesseract", languages=("eng",), figures=figures
    )


def price_pages() -> tuple[Page, Page]:
    first = prices({"Kaffee": "1.234", "Tee": "2,50 €"})
    second = prices({"Milch": "-3,5", "Nr. 007": "007"}, continues=True)
    pages = ((2, first), (3, second))
    made = [
        Page(number, 1240, 1754, (block,), dpi=150, engine="tesseract", languages=("deu",))
        for number, block in pages
    ]
    return made[0], made[1]


def arabic_table_page() -> Page:
    texts = (("السعر", 0, 0), ("قهوة", 1, 0), ("العدد", 0, 1), ("٢٫٥", 1, 1))
    cells = (
        Cell(
            row,
            column,
            (arabic_line(text, 1100 - 300 * column, 200 + 60 * row),),
            Bbox(800 - 300 * column, 195 + 60 * row, 1105 - 300 * column, 255 + 60 * row),
            header=row == 0,
        )
        for text, row, column in texts
    )
    return Page(4, 1240, 1754, (Block.table(cells),), engine="tesseract", languages=("ara",))


def structured_document() -> Document:
    pages = (report_page(), *price_pages(), arabic_table_page())
    return Document("Report", (Part("report.pdf", pages),), CREATED)


def one_page(page: Page) -> Document:
    return Document("Page", (Part("page.png", (page,)),), CREATED)


def picture_of(page: Page) -> Image.Image:
    """The page as people see it: words in their boxes, tables with rules."""
    picture = Image.new("RGB", (page.width, page.height), "white")
    draw = ImageDraw.Draw(picture)
    for box in (cell.bbox for block in page.blocks for cell in block.cells):
        draw.rectangle(box, outline="gray", width=2)
    for word in page.words:
        size = min(word.bbox.height * 0.8, 1.8 * word.bbox.width / len(word.text))
        draw.text(word.bbox[:2], word.text, "black", ImageFont.load_default(size))
    return picture


def _code_line(text: str, left: int, top: int, advance: int) -> Line:
    words, column = [], 0
    for token in text.split(" "):
        if token:
            start = left + advance * column + 2
            box = Bbox(start, top, start + advance * len(token) - 4, top + HEIGHT)
            words.append(Word(token, box, 0.9))
        column += len(token) + 1
    return Line(tuple(words))
