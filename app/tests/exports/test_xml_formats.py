"""hOCR, ALTO and PAGE, validated and read by libraries that are not ours."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from alto_tools import alto_tools
from hocr_spec import HocrValidator
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from app.exports.base import Document, Part
from app.ocr.result import Bbox, Block, Line, Page, Word
from app.tests.exports.programs import export
from app.tests.exports.sample import sample_pages, text_document
from app.tests.exports.structured_sample import one_page, report_page, structured_document

SCHEMAS = Path(__file__).with_name("schemas")
ALTO = "http://www.loc.gov/standards/alto/ns-v4#"
XHTML = {"h": "http://www.w3.org/1999/xhtml"}
SAMPLES = [text_document, structured_document]


@pytest.fixture(scope="module")
def alto_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / "alto-4-4-used.xsd"))


@pytest.fixture(scope="module")
def page_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / "page-2019-07-15.xsd"))


@pytest.mark.parametrize("make", SAMPLES)
def test_hocr_keeps_to_the_specification(make: Callable[[], Document], tmp_path: Path) -> None:
    path = tmp_path / "sample.hocr"
    path.write_bytes(export("hocr", make()))
    report = HocrValidator("standard").validate(str(path))
    assert report.is_valid(), report.format("text")


def test_hocr_has_every_word_with_box_and_confidence() -> None:
    tree = etree.fromstring(export("hocr", text_document()))
    titles = [word.get("title") for word in tree.iterfind(".//h:span[@class='ocrx_word']", XHTML)]
    assert titles == [
        "bbox {} {} {} {}; x_wconf {}".format(*word.bbox, round(word.confidence * 100))
        for page in sample_pages()
        for word in page.words
    ]


def test_hocr_validator_sees_faults(tmp_path: Path) -> None:
    path = tmp_path / "bad.hocr"
    path.write_bytes(export("hocr", text_document()).replace(b"bbox", b"box"))
    assert not HocrValidator("standard").validate(str(path)).is_valid()


def test_hocr_has_the_cells_of_tables() -> None:
    tree = etree.fromstring(export("hocr", one_page(report_page())))
    rows = tree.findall(".//h:div[@class='ocr_table']/h:table/h:tr", XHTML)
    texts = [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in rows]
    assert texts == [
        ["Region", "Sales | 1,000 €"],
        ["2023", "2024"],
        ["North and <west>", "1,234.5", "12.0"],
        ["South", "", "-7.5"],
        ["=1+1 is no formula"],
    ]
    assert [cell.get("colspan") for cell in rows[0]] == [None, "2"]


@pytest.mark.parametrize("make", SAMPLES)
def test_alto_is_valid(make: Callable[[], Document], alto_schema: etree.XMLSchema) -> None:
    alto_schema.assertValid(etree.fromstring(export("alto", make())))


def test_alto_has_a_block_for_each_cell() -> None:
    tree = etree.fromstring(export("alto", one_page(report_page())))
    names = {"a": ALTO}
    rows = tree.findall(".//a:ComposedBlock[@TYPE='table']/a:ComposedBlock", names)
    strings = [[s.get("CONTENT") for s in row.iterfind(".//a:String", names)] for row in rows]
    assert strings[1:4] == [
        ["2023", "2024"],
        ["North", "and", "<west>", "1,234.5", "12.0"],
        ["South", "-7.5"],
    ]
    assert [len(row) for row in rows] == [2, 2, 3, 3, 1]


def test_alto_is_read_by_alto_tools(capsys: pytest.CaptureFixture[str]) -> None:
    tree = etree.ElementTree(etree.fromstring(export("alto", text_document())))
    alto_tools.alto_text(tree, ALTO)
    printed = capsys.readouterr().out
    assert "The first para-" in printed
    assert "مرحبا بالعالم الجميل" in printed


@pytest.mark.parametrize("make", SAMPLES)
def test_page_xml_is_valid(make: Callable[[], Document], page_schema: etree.XMLSchema) -> None:
    with zipfile.ZipFile(io.BytesIO(export("page", make()))) as archive:
        assert archive.namelist()[:3] == ["page-0001.xml", "page-0002.xml", "page-0003.xml"]
        for name in archive.namelist():
            page_schema.assertValid(etree.fromstring(archive.read(name)))


def test_page_xml_has_a_table_region_with_cells() -> None:
    tree = etree.fromstring(export("page", one_page(report_page())))
    [table] = tree.iterfind(".//{*}TableRegion")
    assert (table.get("rows"), table.get("columns")) == ("5", "3")
    roles = [dict(role.attrib) for role in table.iterfind(".//{*}TableCellRole")]
    assert roles[1] == {
        "rowIndex": "0",
        "columnIndex": "1",
        "rowSpan": "1",
        "colSpan": "2",
        "header": "true",
    }
    cell = table.findall("{*}TextRegion")[4]
    assert cell.findtext("{*}TextEquiv/{*}Unicode") == "North\nand <west>"


def test_page_xml_of_one_page_is_no_archive(page_schema: etree.XMLSchema) -> None:
    single = Document("One", (Part("one.png", sample_pages()[:1]),))
    page_schema.assertValid(etree.fromstring(export("page", single)))


@given(text=st.text(st.characters(codec=None), min_size=1), left=st.integers(-5, 5))
def test_any_text_makes_valid_xml(
    alto_schema: etree.XMLSchema, page_schema: etree.XMLSchema, text: str, left: int
) -> None:
    word = Word(text, Bbox(left, -3, left, -3), 1.0)
    page = Page(1, 10, 10, (Block((Line((word, word)),)), Block((Line(()),)), Block(())))
    document = Document(text, (Part(text, (page,)),))
    alto_schema.assertValid(etree.fromstring(export("alto", document)))
    page_schema.assertValid(etree.fromstring(export("page", document)))
    etree.fromstring(export("hocr", document))
