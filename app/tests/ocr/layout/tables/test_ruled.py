"""Tables whose rules show all or some of the cells."""

from __future__ import annotations

from itertools import pairwise

import pytest

from app.ocr.layout.elements import Rule
from app.ocr.layout.tables import find_tables
from app.ocr.result import Bbox

from .drawing import HEIGHT, Sheet, grid_of, spans_of

XS = [200, 700, 1100, 1500]
YS = [500, 580, 660, 740]
TEXTS = [["Region", "Schools", "Pupils"], ["North", "5", "410"], ["South", "3", "333"]]


def filled(sheet: Sheet) -> Sheet:
    for y, texts in zip(YS, TEXTS, strict=False):
        sheet.row(y + 20, texts, [x + 20 for x in XS[:3]])
    return sheet


def test_every_cell_of_a_ruled_table() -> None:
    table = filled(Sheet()).grid(XS, YS).table()
    assert grid_of(table) == TEXTS
    first = table.cells[0]
    assert (first.bbox.left, first.bbox.top) == pytest.approx((201, 501), abs=3)
    assert (first.bbox.right, first.bbox.bottom) == pytest.approx((701, 581), abs=3)


def test_borders_drawn_cell_by_cell_as_thin_boxes() -> None:
    sheet = filled(Sheet())
    for left, right in pairwise(XS):
        for top, bottom in pairwise(YS):
            sheet.across(top, left + 2, right - 2).across(bottom, left + 2, right - 2)
            sheet.down(left, top + 2, bottom - 2).down(right, top + 2, bottom - 2)
    assert grid_of(sheet.table()) == TEXTS


def test_dashed_and_double_rules() -> None:
    sheet = filled(Sheet())
    for y in YS:
        for x in range(XS[0], XS[-1], 24):
            sheet.across(y, x, x + 14)
    for x in XS:
        sheet.down(x, YS[0], YS[-1]).down(x + 8, YS[0], YS[-1])
    assert grid_of(sheet.table()) == TEXTS


def test_merged_cells_and_a_heading_of_two_rows() -> None:
    xs, ys = [100, 500, 900, 1300], [300, 380, 460, 540]
    sheet = Sheet()
    for y in (ys[0], ys[2], ys[3]):
        sheet.across(y, xs[0], xs[-1])
    sheet.across(ys[1], xs[1], xs[-1])
    for x in (xs[0], xs[1], xs[3]):
        sheet.down(x, ys[0], ys[-1])
    sheet.down(xs[2], ys[1], ys[-1])
    sheet.text(120, 360, "Region").text(900, 320, "Results", align="center")
    sheet.text(520, 400, "Mark").text(920, 400, "Time")
    sheet.row(480, ["North", "34.5", "1199"], [120, 520, 920])
    table = sheet.table()
    assert grid_of(table) == [
        ["Region", "Results", ""],
        ["", "Mark", "Time"],
        ["North", "34.5", "1199"],
    ]
    assert spans_of(table) == {"Region": (2, 1), "Results": (1, 2)}
    assert {cell.text for cell in table.cells if cell.header} == {
        "Region",
        "Results",
        "Mark",
        "Time",
    }


def test_cells_of_several_lines_and_empty_ones() -> None:
    ys = [500, 580, 700]
    sheet = Sheet().grid(XS, ys).row(520, ["Region", "Mark", "Time"], [220, 720, 1120])
    sheet.text(220, 590, "West").text(220, 645, "coast").text(720, 590, "98.3 %")
    sheet.text(720, 645, "(97.7 %)")
    table = sheet.table()
    assert [cell.text for cell in table.cells] == [
        "Region", "Mark", "Time", "West\ncoast", "98.3 %\n(97.7 %)", "",
    ]  # fmt: skip


def test_columns_come_from_text_where_only_rows_are_ruled() -> None:
    sheet = filled(Sheet())
    for y in YS:
        sheet.across(y, XS[0], XS[-1])
    assert grid_of(sheet.table()) == TEXTS


def test_rows_come_from_text_where_only_columns_and_the_heading_are_ruled() -> None:
    sheet = Sheet().grid(XS, [500, 580, 1200])
    sheet.row(520, TEXTS[0], [220, 720, 1120])
    rows = [[f"Town {number}", str(number), str(10 * number)] for number in range(9)]
    for number, texts in enumerate(rows):
        sheet.row(600 + 62 * number, texts, [220, 720, 1120])
    assert grid_of(sheet.table()) == [TEXTS[0], *rows]


def test_a_table_without_rules_at_its_sides() -> None:
    sheet = filled(Sheet())
    for y in YS:
        sheet.across(y, XS[0], XS[-1])
    for x in XS[1:3]:
        sheet.down(x, YS[0], YS[-1])
    assert grid_of(sheet.table()) == TEXTS


def test_coloured_cells_with_white_between_them() -> None:
    sheet = filled(Sheet())
    for left, right in pairwise(XS):
        for top, bottom in pairwise(YS):
            sheet.fill(left + 4, top + 4, right - 4, bottom - 4)
    assert grid_of(sheet.table()) == TEXTS


def test_a_piece_over_several_cells_is_cut_at_its_words() -> None:
    sheet = Sheet().grid(XS, YS)
    for y, texts in zip(YS, TEXTS, strict=False):
        sheet.row(y + 20, texts, [x + 20 for x in XS[:3]])
    whole = [piece for piece in sheet.pieces if piece.bbox.top == 520]
    merged = type(whole[0])(tuple(word for piece in whole for word in piece.words))
    outside = Sheet().text(1600, 520, "note").pieces[0]
    merged = type(merged)((*merged.words, *outside.words))
    sheet.pieces = [merged, *(piece for piece in sheet.pieces if piece.bbox.top != 520)]
    table = sheet.table()
    assert grid_of(table) == TEXTS
    assert "note" not in {word.text for piece in table.pieces for word in piece.words}


@pytest.mark.parametrize("angle", [90])
def test_a_turned_table(angle: int) -> None:
    (table,) = find_tables(filled(Sheet()).grid(XS, YS).turned())
    assert grid_of(table) == TEXTS
    assert table.bbox.height > table.bbox.width


def test_a_leaning_page() -> None:
    """One degree: over the width of the table the rows shift by more than half their height."""
    tangent = 0.0175

    def lean(box: Bbox) -> Bbox:
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        across, down = round(-tangent * y), round(tangent * x)
        return Bbox(box.left + across, box.top + down, box.right + across, box.bottom + down)

    sheet = filled(Sheet()).prose(200, 900, 8)
    for y in YS:
        for x in range(XS[0], XS[-1], 50):
            sheet.across(y, x, x + 50)
    for x in XS:
        for y in range(YS[0], YS[-1], 60):
            sheet.down(x, y, y + 60)
    sheet.pieces = [
        type(piece)(tuple(type(word)(word.text, lean(word.bbox), 1.0) for word in piece.words))
        for piece in sheet.pieces
    ]
    sheet.rules = [Rule(lean(rule.bbox)) for rule in sheet.rules]
    assert grid_of(sheet.table()) == TEXTS


def test_frames_charts_and_diagrams_are_no_tables() -> None:
    assert not Sheet().grid([200, 2200], [300, 900]).prose(240, 340, 8).tables()
    chart = Sheet().grid(list(range(300, 1300, 100)), list(range(300, 900, 100)))
    for number in range(6):
        chart.text(380 + 140 * number, 330 + 83 * number, f"{number * 12}.5 %", align="center")
    assert not chart.tables()


def test_fills_without_text_are_a_chart() -> None:
    sheet = Sheet()
    for number, height in enumerate((310, 200, 420, 150)):
        sheet.fill(400 + 200 * number, 900 - height, 500 + 200 * number, 900, 120)
        sheet.text(450 + 200 * number, 910, f"{2000 + number}", align="center")
    for number in range(5):
        sheet.text(360, 480 + 100 * number, f"{100 * (5 - number)}", align="right")
    assert not sheet.tables()


def test_rows_higher_than_their_text() -> None:
    ys = [500, 500 + 3 * HEIGHT, 500 + 6 * HEIGHT]
    sheet = Sheet().grid(XS, ys)
    sheet.row(540, TEXTS[0], [220, 720, 1120]).row(660, TEXTS[1], [220, 720, 1120])
    assert grid_of(sheet.table()) == TEXTS[:2]
