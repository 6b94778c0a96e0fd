"""JSON, TSV, CSV, Markdown and HTML, read by other libraries."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from importlib.resources import files

import jsonschema
import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from app.exports.base import Document, Part
from app.ocr.result import Bbox, Block, Line, Page, Word
from app.tests.exports.programs import export
from app.tests.exports.sample import sample_pages, text_document
from app.tests.exports.structured_sample import structured_document

SCHEMAS = {
    version: json.loads(files("app.exports").joinpath(name).read_text())
    for version, name in ((2, "json_schema.json"), (1, "json_schema_1.json"))
}


def of_text(text: str) -> Document:
    word = Word(text, Bbox(0, 0, 100, 20), 0.5)
    return Document(text, (Part(text, (Page(1, 100, 100, (Block((Line((word,)),)),)),)),))


@pytest.mark.parametrize("version", SCHEMAS)
@pytest.mark.parametrize("make", [text_document, structured_document])
def test_json_follows_its_schema(make: Callable[[], Document], version: int) -> None:
    data = json.loads(export("json", make(), schema=version))
    jsonschema.validate(data, SCHEMAS[version], jsonschema.Draft202012Validator)
    assert data["version"] == version


def test_json_has_every_word_once() -> None:
    data = json.loads(export("json", text_document()))
    words = [
        (word["text"], tuple(word["bbox"]))
        for page in data["pages"]
        for block in page["blocks"]
        for line in block["lines"]
        for word in line["words"]
    ]
    assert words[:2] == [("A", (200, 100, 240, 140)), ("heading", (270, 100, 550, 140))]
    assert len(words) == sum(1 for page in sample_pages() for _ in page.words)


def test_tsv_has_tesseracts_rows() -> None:
    rows = list(
        csv.DictReader(
            io.StringIO(export("tsv", text_document()).decode()),
            delimiter="\t",
            quoting=csv.QUOTE_NONE,
        )
    )
    words = [row for row in rows if row["level"] == "5"]
    assert len(words) == sum(1 for page in sample_pages() for _ in page.words)
    assert {row["conf"] for row in rows if row["level"] != "5"} == {"-1"}
    second = words[1]
    assert second["text"] == "heading"
    assert [second[key] for key in ("left", "top", "width", "height", "conf")] == [
        "270",
        "100",
        "280",
        "40",
        "93.00",
    ]


def test_csv_is_read_by_python() -> None:
    rows = list(
        csv.DictReader(
            io.StringIO(export("csv", text_document(), content="lines").decode("utf-8-sig"))
        )
    )
    assert [row["text"] for row in rows][:2] == ["A heading", "The first para-"]
    assert rows[0]["confidence"] == "0.930"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+1+cmd", "'+1+cmd"),
        ("-12,50", "-12,50"),
        ("+49 30 123", "+49 30 123"),
        ("-5%", "-5%"),
        ("plain", "plain"),
    ],
)
def test_csv_cells_are_no_formulas(text: str, cell: str) -> None:
    rows = list(
        csv.DictReader(
            io.StringIO(export("csv", of_text(text), content="lines").decode("utf-8-sig"))
        )
    )
    assert rows[0]["text"] == cell
    assert next(csv.reader(io.StringIO(export("csv", of_text(text)).decode("utf-8-sig")))) == [cell]


def test_markdown_renders_to_the_same_content() -> None:
    html = MarkdownIt().enable("table").render(export("md", text_document()).decode())
    tree = lxml.html.fromstring(f"<div>{html}</div>")
    assert tree.findtext(".//h2") == "A heading"
    assert [item.text_content() for item in tree.iterfind(".//li")] == ["first", "second"]
    rows = [[cell.text for cell in row] for row in tree.iterfind(".//tr")]
    assert rows[0] == ["Kaffee", "2", "5,80"]
    assert rows[2] == ["Summe", None, "9,20"]
    assert len(tree.findall(".//hr")) == 2


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1))
def test_any_text_survives_markdown(text: str) -> None:
    html = MarkdownIt().render(export("md", of_text(text)).decode())
    paragraph = lxml.html.fromstring(f"<div>{html}</div>").find("p")
    assert paragraph is not None
    assert paragraph.text_content() == text


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1))
def test_any_text_survives_html(text: str) -> None:
    tree = lxml.html.document_fromstring(export("html", of_text(text)), parser=UTF8)
    assert tree.findtext(".//section/p") == text
    assert tree.findtext(".//title") == text
    assert not tree.findall(".//script")


UTF8 = lxml.html.HTMLParser(encoding="utf-8")
