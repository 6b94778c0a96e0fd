"""Words, spaces and characters of text layers match their appearance."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pikepdf import Dictionary, Name
from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from app.ocr.source.pdf.glyphs import Glyph
from app.ocr.source.pdf.lines import pieces_of_glyphs
from app.tests.pdfs import SIZE, PdfPage, layer_of, layer_text, show

LINE = "Members asked for a written report"


def drawn(draw: object) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=SIZE)
    draw(canvas)  # type: ignore[operator]
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize("gap", [1.5, 2.0, 2.8, 6.0])
@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman", "Courier"])
def test_words_placed_one_by_one_are_apart(tmp_path: Path, gap: float, font: str) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, 10)
        x = 30.0
        for word in LINE.split():
            canvas.drawString(x, 200, word)
            x += stringWidth(word, font, 10) + gap

    assert layer_text(layer_of(tmp_path, drawn(draw))) == LINE


def test_letters_placed_one_by_one_are_together(tmp_path: Path) -> None:
    """Each letter is its own operator and spaces are gaps, as some print drivers write."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        x = 30.0
        for letter in LINE:
            if letter != " ":
                canvas.drawString(x, 200, letter)
            x += stringWidth(letter, "Helvetica", 10)

    assert layer_text(layer_of(tmp_path, drawn(draw))) == LINE


@pytest.mark.parametrize("spacing", [0.3, 1.5, 3.0, -0.3])
def test_letterspacing_makes_no_words(tmp_path: Path, spacing: float) -> None:
    made = PdfPage().add(f"{spacing} Tc {show(LINE, 20, 200, 10)} 0 Tc")
    assert layer_text(layer_of(tmp_path, made.data())) == LINE


def test_kerning_and_word_gaps_of_one_operator(tmp_path: Path) -> None:
    made = PdfPage().add("BT /F1 12 Tf 30 200 Td [(T)80(o)-230(A)70(V)60(A)-250(we)10(st)] TJ ET")
    assert layer_text(layer_of(tmp_path, made.data())) == "To AVA west"


DOUBLES = {
    "fake bold": ((0.3, 0.0), (0.0, 0.3), (0.3, 0.3)),
    "shadow": ((1.2, -1.2),),
    "exactly": ((0.0, 0.0),),
}


@pytest.mark.parametrize("way", DOUBLES)
@pytest.mark.parametrize("by_letter", [False, True])
def test_text_drawn_twice_is_read_once(tmp_path: Path, way: str, by_letter: bool) -> None:
    def draw(canvas: Canvas) -> None:
        for right, up in (*DOUBLES[way], (0.0, 0.0)):
            canvas.setFont("Helvetica-Bold", 16)
            canvas.setFillColor(Color(0.4, 0.4, 0.4) if way == "shadow" else Color(0, 0, 0))
            x = 30 + right
            for part in "Wood llama 1122" if by_letter else ["Wood llama 1122"]:
                canvas.drawString(x, 200 + up, part)
                x += stringWidth(part, "Helvetica-Bold", 16)

    assert layer_text(layer_of(tmp_path, drawn(draw))).split() == ["Wood", "llama", "1122"]


def test_equal_words_on_neighbouring_lines_all_count(tmp_path: Path) -> None:
    made = PdfPage()
    for at in range(3):
        made.text("0.00 ditto", 40, 200 - 9 * at, 9)
    assert layer_text(layer_of(tmp_path, made.data())) == "0.00 ditto 0.00 ditto 0.00 ditto"


CODES = {
    "ligature": ("\ufb03", "ffi"),
    "arabic letter form": ("\ufe8e", "ا"),
    "soft hyphen": ("\xad", "-"),
    "bullet of Symbol": ("\uf0b7", "•"),
    "letter of a symbol-encoded font": ("\uf041", "A"),
    "superscript": ("²", "²"),
}


@pytest.mark.parametrize("kind", CODES)
def test_characters_behind_codes(tmp_path: Path, kind: str) -> None:
    code, text = CODES[kind]
    made = PdfPage().mapped_font("M", "Helvetica", lambda each: code if each == "W" else each)
    made.add("BT /M 14 Tf 40 200 Td (a) Tj 40 0 Td (W) Tj ET")
    assert layer_text(layer_of(tmp_path, made.data())).split() == ["a", text]


def test_letters_of_an_arabic_ligature_are_in_their_order(tmp_path: Path) -> None:
    """Drawn from left to right, as a page shows them: three letters, the ligature, one letter."""
    letters = {"1": "م", "2": "س", "3": "لا", "4": "ك"}
    made = PdfPage().mapped_font("M", "Helvetica", lambda each: letters.get(each, each))
    layer = layer_of(tmp_path, made.add("BT /M 14 Tf 40 200 Td (1324) Tj ET").data())
    assert layer_text(layer) == "كسلام"


@pytest.mark.parametrize(
    ("base", "code", "text"),
    [("Wingdings", "\uf0fe", "☑"), ("Wingdings", "\xa7", "▪"), ("Wingdings2", "\uf052", "☑"),
     ("ABCDEF+Wingdings-Regular", "l", "●"), ("SymbolMT", "\uf061", "α")],
)  # fmt: skip
def test_characters_of_symbol_fonts(tmp_path: Path, base: str, code: str, text: str) -> None:
    made = PdfPage().mapped_font("M", base, lambda each: code if each == "W" else each)
    made.add("BT /M 14 Tf 40 200 Td (W) Tj /F1 14 Tf 30 0 Td (Item) Tj ET")
    assert layer_text(layer_of(tmp_path, made.data())) == f"{text} Item"


def test_an_unknown_sign_before_a_line_is_a_bullet(tmp_path: Path) -> None:
    made = PdfPage().mapped_font("M", "Helvetica", lambda _: "\ue123")
    made.add("BT /M 14 Tf 40 200 Td (o) Tj /F1 14 Tf 14 0 Td (Item) Tj ET")
    assert layer_text(layer_of(tmp_path, made.data())) == "• Item"


def test_a_word_with_an_unknown_letter_is_left_to_recognition(tmp_path: Path) -> None:
    made = PdfPage().mapped_font("M", "Helvetica", lambda each: "\ue123" if each == "W" else each)
    made.add("BT /M 14 Tf 40 200 Td (The White house) Tj ET").text(LINE, 40, 150)
    layer = layer_of(tmp_path, made.data())
    assert layer is not None
    assert layer_text(layer) == f"The house {LINE}"
    (area,) = layer.unread
    assert area.left == pytest.approx((40 + stringWidth("The ", "Helvetica", 14)) * 300 / 72, abs=3)


def test_raised_numbers_stay_in_their_line(tmp_path: Path) -> None:
    made = PdfPage().add(
        "BT /F1 12 Tf 40 200 Td (Ada Byron) Tj /F1 7 Tf 5 Ts (1) Tj 0 Ts /F1 12 Tf"
    )
    made.add("( and Mary Fairfax) Tj /F1 7 Tf 5 Ts (2) Tj ET")
    layer = layer_of(tmp_path, made.data())
    assert layer is not None
    assert layer_text(layer) == "Ada Byron1 and Mary Fairfax2"
    assert len(layer.elements.pieces) == 1


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_text_that_runs_another_way_turns_the_page(tmp_path: Path, rotate: int, angle: int) -> None:
    """angle: of the text in the content; rotate: of the page; both clockwise."""
    matrix = {
        0: "1 0 0 1 60 200",
        90: "0 -1 1 0 60 250",
        180: "-1 0 0 -1 350 100",
        270: "0 1 -1 0 90 20",
    }
    made = PdfPage().add(f"BT /F1 14 Tf {matrix[angle]} Tm ({LINE[:24]}) Tj ET")
    made.page.Rotate = rotate
    layer = layer_of(tmp_path, made.data())
    assert layer is not None
    assert layer.rotation == (360 - angle - rotate) % 360
    (piece,) = layer.elements.pieces
    assert piece.angle == 0
    assert layer_text(layer) == LINE[:24].strip()
    assert piece.bbox.width > 5 * piece.bbox.height
    assert [word.bbox.left for word in piece.words] == sorted(w.bbox.left for w in piece.words)
    size = layer.elements.width, layer.elements.height
    assert size == ((1667, 1250) if (angle % 180) == 0 else (1250, 1667))


def test_text_up_the_margin_is_one_piece(tmp_path: Path) -> None:
    made = PdfPage().text(LINE).text(LINE, y=150).text(LINE, y=100)
    made.add("BT /F1 12 Tf 0 1 -1 0 20 40 Tm (Preprint 2403) Tj ET")
    layer = layer_of(tmp_path, made.data())
    assert layer is not None
    assert [(piece.angle, piece.words[0].text) for piece in layer.elements.pieces][3:] == [
        (270, "Preprint")
    ]


def test_style_and_size_of_pieces(tmp_path: Path) -> None:
    made = PdfPage().text(LINE).add("q 2 0 0 2 0 0 cm BT /F2 9 Tf 20 50 Td (Heading) Tj ET Q")
    layer = layer_of(tmp_path, made.data())
    assert layer is not None
    plain, heading = layer.elements.pieces
    assert plain.font_size == pytest.approx(14 * 300 / 72, abs=0.5)
    assert heading.font_size == pytest.approx(18 * 300 / 72, abs=0.5)
    assert (plain.bold, heading.bold) == (False, True)


@pytest.mark.parametrize(("gap", "text"), [(1.6, "of the"), (0.4, "ofthe")])
def test_a_space_behind_a_letter_that_reaches_into_it(gap: float, text: str) -> None:
    """PDFium's box of "f" includes its hook, which leaves little of the space after it."""
    glyphs, left = [], 100.0
    for letter in "ofthe":
        left += gap if letter == "t" else 0
        box = (left, 80.0, left + 10, 104.0)
        glyphs.append(Glyph(letter, box, box, (left, 100.0), 20.0, 0, False, letter == "t", None))
        left += 10
    ((piece, _),) = pieces_of_glyphs(glyphs)
    assert " ".join(word.text for word in piece.words) == text


def test_words_are_no_higher_than_their_type(tmp_path: Path) -> None:
    """Fonts for mathematics claim to reach several lines up and down."""
    page = PdfPage()
    font = page.resources.Font.F1
    font.FirstChar, font.LastChar, font.Widths = 32, 126, [500] * 95
    font.FontDescriptor = page.pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name.Helvetica,
            Flags=32,
            FontBBox=[-500, -2600, 1500, 2800],
            Ascent=2800,
            Descent=-2600,
        )
    )
    layer = layer_of(tmp_path, page.text("Severity class", 40, 200, 12).data())
    assert layer is not None
    (piece,) = layer.elements.pieces
    assert piece.font_size is not None
    assert piece.bbox.height <= 1.8 * piece.font_size


@pytest.mark.parametrize(("rest", "bold"), [("", True), ("1", True), ("each day", False)])
def test_a_line_whose_first_words_are_bold_is_not(tmp_path: Path, rest: str, bold: bool) -> None:
    page = PdfPage().add(show("Opening hours", 40, 200, 12, "F2"))
    page.add(show(rest, 40 + stringWidth("Opening hours ", "Times-Bold", 12), 200, 12))
    layer = layer_of(tmp_path, page.data())
    assert layer is not None
    (piece,) = layer.elements.pieces
    assert piece.bold is bold
