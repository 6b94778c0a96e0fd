"""Ruled tables in which no rules separate the rows of a group."""

from __future__ import annotations

from .drawing import Sheet, grid_of, spans_of

XS = [200, 600, 1000, 2200]
HEAD = ["Type", "Method", "Description"]
GROUPS = [
    [["linear", "least", "the sum of squares is least|for given weights|of all rows"],
     ["", "robust", "far points count less|than near ones"],
     ["", "quasi", "only mean and variance|are named"]],
    [["mixed", "exact", "by quadrature"], ["", "laplace", "by one point"]],
]  # fmt: skip
ROWS = [[text.replace("|", " ") for text in row] for group in GROUPS for row in group]


def grouped() -> Sheet:
    """Rules around the head and the groups and between the columns."""
    sheet, y = Sheet(), 500
    rules = [y]
    for group in [[HEAD], *GROUPS]:
        y += 20
        for row in group:
            texts = row[2].split("|")
            for number, text in enumerate(texts):
                sheet.text(XS[2] + 20, y + 50 * number, text)
            sheet.row(y, row[:2], [XS[0] + 20, XS[1] + 20])
            y += 50 * len(texts)
        y += 10
        rules.append(y)
    return sheet.grid(XS, rules)


def test_rows_of_a_group_begin_with_the_entries_of_one_column() -> None:
    table = grouped().table()
    assert grid_of(table) == [HEAD, *ROWS]
    assert spans_of(table) == {"linear": (3, 1), "mixed": (2, 1)}


def test_paragraphs_beside_each_other_are_no_rows() -> None:
    """Cells whose lines are at different heights, without white space between them."""
    sheet = Sheet().grid(XS, [500, 580, 900]).row(520, HEAD, [x + 20 for x in XS[:3]])
    for number in range(5):
        sheet.text(220, 610 + 50 * number, "one of many")
        sheet.text(620, 635 + 50 * number, "and so on")
        sheet.text(1020, 610 + 50 * number, "as the report of the year says")
    assert len(grid_of(sheet.table())) == 2


def test_white_within_a_cell_parts_no_rows() -> None:
    """A total, an empty line, and parts of the total in two columns."""
    sheet = Sheet().grid(XS, [500, 580, 900]).row(520, HEAD, [x + 20 for x in XS[:3]])
    sheet.text(220, 600, "Besnier")
    for x in (620, 1020):
        sheet.text(x, 600, "Total 47%")
        for number, part in enumerate(("Effi (10%)", "Astra (20%)", "Prima (17%)")):
            sheet.text(x, 700 + 50 * number, part)
    assert len(grid_of(sheet.table())) == 2
