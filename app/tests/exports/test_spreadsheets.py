"""Tables as CSV and XLSX, read by Python's csv, openpyxl and LibreOffice."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from app.exports.base import Document, ExportOptions, Part
from app.exports.registry import get_exporter
from app.ocr.result import Block, Page
from app.tests.exports.programs import export, export_file, needs_libreoffice, soffice
from app.tests.exports.sample import latin_page, line
from app.tests.exports.structured_sample import (
    SALES,
    cell,
    one_page,
    price_pages,
    prices,
    report_page,
    structured_document,
)


def workbook(document: Document, **options: object) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(export("xlsx", document, **options)))


def sheet_rows(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[list[object]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def csv_rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_xlsx_has_a_sheet_for_each_table_with_numbers() -> None:
    book = workbook(structured_document())
    assert book.sheetnames == ["Table 1", "Table 2", "Table 3", "Table 4"]
    first, second, third, arabic = book.worksheets
    assert sheet_rows(first) == [
        ["Region", "Sales | 1,000 €", None],
        [None, "2023", "2024"],
        ["North and <west>", 1234.5, 12],
        ["South", None, -7.5],
        ["=1+1 is no formula", None, None],
    ]
    assert sorted(map(str, first.merged_cells.ranges)) == ["A1:A2", "A5:C5", "B1:C1"]
    assert first["A1"].font.bold
    assert not first["B3"].font.bold
    assert first.freeze_panes == "A3"
    # 1.234 is more than a thousand on a German page.
    assert [row[1] for row in sheet_rows(second)] == ["Preis", 1234, 2.5]
    assert second["B3"].number_format == '0.00" €"'
    # A code with leading zeros among them stays unchanged.
    assert [row[1] for row in sheet_rows(third)] == ["Preis", -3.5, "007"]
    assert arabic.sheet_view.rightToLeft
    assert sheet_rows(arabic) == [["السعر", "العدد"], ["قهوة", 2.5]]


def test_xlsx_runs_no_formula() -> None:
    with zipfile.ZipFile(io.BytesIO(export("xlsx", structured_document()))) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/" in name]
    assert all(b"<f>" not in sheet for sheet in sheets)


def test_xlsx_of_text_has_its_lines() -> None:
    page = Page(1, 900, 900, (Block((line("=SUM(A1)", 1, 1), line("12", 1, 99))),))
    [sheet] = workbook(one_page(page)).worksheets
    assert sheet_rows(sheet) == [["=SUM(A1)"], ["12"]]
    assert sheet["A1"].data_type == "s"


def test_layout_table_shows_the_page_in_rows() -> None:
    [sheet] = workbook(one_page(latin_page()), layout="table").worksheets
    assert ["Kaffee", "2", "5,80"] in sheet_rows(sheet)
    assert ["A heading", None, None] in sheet_rows(sheet)


def test_csv_of_one_table_is_its_cells() -> None:
    document = one_page(report_page())
    rows = csv_rows(export("csv", document))
    assert rows == [*SALES[:4], ["'=1+1 is no formula", "", ""]]
    assert get_exporter("csv").file_type(document, ExportOptions()).extension == "csv"


def test_csv_of_several_tables_is_an_archive() -> None:
    document = structured_document()
    file_type = get_exporter("csv").file_type(document, ExportOptions())
    assert file_type.media_type == "application/zip"
    with zipfile.ZipFile(io.BytesIO(export("csv", document))) as archive:
        assert archive.namelist() == [f"table-{number}.csv" for number in range(1, 5)]
        assert csv_rows(archive.read("table-2.csv"))[2] == ["Tee", "2,50 €"]
    lines = ExportOptions(content="lines")
    assert get_exporter("csv").file_type(document, lines).extension == "csv"


def test_tables_that_go_on_can_be_joined() -> None:
    document = Document("Prices", (Part("p.pdf", price_pages()),))
    assert csv_rows(export("csv", document, join_tables=True)) == [
        ["Ware", "Preis"],
        ["Kaffee", "1.234"],
        ["Tee", "2,50 €"],
        ["Milch", "-3,5"],
        ["Nr. 007", "007"],
    ]
    assert len(workbook(document, join_tables=True).worksheets) == 1


def test_only_tables_that_go_on_are_joined() -> None:
    pages = tuple(Page(n, 900, 900, (prices({"a": str(n)}),)) for n in (1, 2))
    document = Document("Prices", (Part("p.pdf", pages),))
    assert len(workbook(document, join_tables=True).worksheets) == 2


def test_repeated_spans_are_written_to_a_workbook() -> None:
    block = Block.table(cell(row, 0, f"r{row}", 3, 2) for row in range(5))
    assert workbook(one_page(Page(1, 900, 900, (block,)))).sheetnames == ["Table 1"]


def test_tables_of_old_results_are_found_by_their_rows() -> None:
    assert csv_rows(export("csv", one_page(latin_page())))[1] == [
        "Apfelkuchen vom Blech",
        "1",
        "3,40",
    ]


@needs_libreoffice
@pytest.mark.slow
def test_libreoffice_reads_the_same_cells_from_xlsx(tmp_path: Path) -> None:
    source = export_file("xlsx", one_page(report_page()), tmp_path)
    soffice(source, "csv:Text - txt - csv (StarCalc):44,34,76", tmp_path)
    rows = csv_rows((tmp_path / "export.csv").read_bytes())
    assert rows == [*SALES[:2], ["North and <west>", "1,234.5", "12.0"], *SALES[3:]]
