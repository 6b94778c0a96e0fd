"""Azure Document Intelligence: layout, features, Markdown and deletion."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

from azure.ai.documentintelligence import DocumentIntelligenceClient
from azure.ai.documentintelligence.models import AnalyzeResult, DocumentAnalysisFeature
from azure.core.credentials import AzureKeyCredential
from PIL import Image, ImageDraw, ImageFont

from app.models import Job, Upload
from app.ocr.result import Block
from app.tests.base import SiteTestCase
from app.tests.factories import encoded, make_job

from .pictures import LINES, page_png
from .structured import block, cell, structured_job, structured_page

MODELS = "/documentintelligence/documentModels"
LAYOUT = f"{MODELS}/prebuilt-layout"
OPERATION = "00000000-0000-4000-8000-000000000001"


def test_layout_sdk_with_langchains_arguments(account):
    """Model, format and body as AzureAIDocumentIntelligenceLoader sends them."""
    client = DocumentIntelligenceClient(account.url, AzureKeyCredential(account.key))
    poller = client.begin_analyze_document(
        "prebuilt-layout",
        body=io.BytesIO(page_png()),
        content_type="application/octet-stream",
        output_content_format="markdown",
    )
    result = poller.result()
    assert (result.model_id, result.content_format) == ("prebuilt-layout", "markdown")
    assert result.content == LINES
    assert result.tables == []
    client.delete_analyze_result("prebuilt-layout", poller.details["operation_id"])


def test_features_of_the_sdk(account):
    import zxingcpp

    code = zxingcpp.create_barcode("4006381333931", zxingcpp.BarcodeFormat.EAN13)
    picture = Image.fromarray(code.to_image(scale=4)).convert("L")
    page = Image.new("L", (900, 600), "white")
    page.paste(Image.open(io.BytesIO(page_png())).convert("L").resize((800, 180)), (20, 20))
    page.paste(picture, (100, 280))
    client = DocumentIntelligenceClient(account.url, AzureKeyCredential(account.key))
    features = [DocumentAnalysisFeature.BARCODES, DocumentAnalysisFeature.LANGUAGES]
    result = client.begin_analyze_document(
        "prebuilt-read", encoded(page), features=features
    ).result()
    [barcode] = result.pages[0].barcodes
    assert (barcode.kind, barcode.value, len(barcode.polygon)) == ("EAN13", "4006381333931", 8)
    start = barcode.span.offset
    assert result.content[start : start + barcode.span.length] == ":barcode:"
    assert [language.locale for language in result.languages] == ["en"]
    assert result.languages[0].spans[0].length > len(LINES) / 2


def ruled_table(rows: list[list[str]]) -> bytes:
    width, height = 300, 70
    image = Image.new("RGB", (len(rows[0]) * width + 100, len(rows) * height + 100), "white")
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(30)
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            left, top = 50 + column * width, 50 + row * height
            pen.rectangle((left, top, left + width, top + height), outline="black", width=3)
            pen.text((left + 20, top + 15), text, "black", font)
    return encoded(image)


def number(element: str) -> int:
    return int(element.rpartition("/")[2])


def end(span: Any) -> int:
    return span.offset + span.length


class LayoutTests(SiteTestCase):
    def test_a_drawn_table_is_recognized_as_one(self):
        rows = [["Item", "Price", "Count"], ["Pencils", "5.00", "12"], ["Paper", "7.50", "30"]]
        sent = self.client.post(f"{LAYOUT}:analyze", ruled_table(rows), "image/png")
        location = sent["Operation-Location"].replace("http://testserver", "")
        [table] = AnalyzeResult(self.client.get(location).json()["analyzeResult"]).tables
        found = {(cell.row_index, cell.column_index): cell.content for cell in table.cells}
        expected = {(r, c): text for r, row in enumerate(rows) for c, text in enumerate(row)}
        self.assertEqual(found, expected)

    def test_form_recognizers_versions(self):
        """Requests as its SDK sends them for Haystack and older programs."""
        for version in ("2022-08-31", "2023-07-31"):
            url = "/formrecognizer/documentModels/prebuilt-layout"
            query = f"stringIndexType=unicodeCodePoint&api-version={version}"
            sent = self.client.post(f"{url}:analyze?{query}", page_png(), "image/png")
            location = sent["Operation-Location"].removeprefix("http://testserver")
            self.assertTrue(location.startswith(f"{url}/analyzeResults/"))
            result = self.client.get(location).json()["analyzeResult"]
            self.assertEqual((result["apiVersion"], result["content"]), (version, LINES))

    def result(self, query: str = "", model: str = "prebuilt-layout", **fields: Any) -> Any:
        structured_job(visitor=OPERATION, **fields)
        url = f"{MODELS}/{model}/analyzeResults/{OPERATION}?{query}"
        body = self.client.get(url).json()["analyzeResult"]
        return AnalyzeResult(body)

    def spelled(self, result: Any, span: Any) -> str:
        return result.content[span.offset : span.offset + span.length]

    def test_every_row_of_a_heading_names_columns(self):
        rows = [
            cell(0, 0, ""),
            cell(0, 1, "Releases", column_span=2, header=True),
            cell(1, 0, ""),
            cell(1, 1, "to air", header=True),
            cell(1, 2, "to water", header=True),
            cell(2, 0, "Ammonia", header=True),
            cell(2, 1, "100"),
            cell(2, 2, "-"),
        ]
        page = replace(structured_page(), blocks=(Block.table(rows),))
        [table] = self.result(pages=[page]).tables
        kinds = {(found.row_index, found.column_index): found.kind for found in table.cells}
        self.assertEqual({kinds[0, 1], kinds[1, 1], kinds[1, 2]}, {"columnHeader"})
        self.assertEqual((kinds[2, 0], kinds[2, 1]), ("rowHeader", None))

    def test_tables_have_cells_spans_and_headers(self):
        result = self.result()
        [table] = result.tables
        self.assertEqual((table.row_count, table.column_count), (3, 3))
        found = {(cell.row_index, cell.column_index): cell for cell in table.cells}
        self.assertEqual(found[0, 1].content, "Price & tax")
        self.assertEqual(found[0, 1].kind, "columnHeader")
        self.assertEqual(found[2, 0].column_span, 2)
        self.assertEqual(found[1, 2].content, "")
        self.assertEqual(found[2, 2].content, ":selected:")
        self.assertNotIn((2, 1), found)
        self.assertEqual(table.bounding_regions[0].polygon, [50, 500, 950, 500, 950, 620, 50, 620])
        for each in table.cells:
            if each.spans:
                self.assertEqual(self.spelled(result, each.spans[0]), each.content)
                at = int(each.elements[0].rpartition("/")[2])
                self.assertEqual(result.paragraphs[at].content, each.content)
        self.assertTrue(self.spelled(result, table.spans[0]).startswith("Item\nPrice & tax\nPaid"))

    def test_roles_of_paragraphs(self):
        roles = {part.content: part.role for part in self.result().paragraphs if part.role}
        expected = {
            "ACME 2026": "pageHeader",
            "Annual report": "title",
            "1. Results_2026": "sectionHeading",
            "7": "pageNumber",
        }
        self.assertEqual(roles, expected)

    def test_sections_follow_the_headings(self):
        for query in ("", "outputContentFormat=markdown"):
            result = self.result(query)
            document, title, results = result.sections
            self.assertEqual(document.elements, ["/sections/1"])
            self.assertEqual(title.elements[-1], "/sections/2")
            paragraphs, tables = result.paragraphs, result.tables
            self.assertEqual(paragraphs[number(title.elements[0])].content, "Annual report")
            named = [paragraphs[number(each)] for each in results.elements if "para" in each]
            self.assertEqual(named[0].content, "1. Results_2026")
            self.assertFalse({"pageHeader", "pageNumber"} & {each.role for each in named})
            self.assertEqual(results.elements[-1], "/tables/0")
            self.assertEqual(end(results.spans[0]), end(tables[0].spans[0]))
            text = self.spelled(result, title.spans[0])
            self.assertEqual(text.startswith("# Annual report"), bool(query))
            Job.objects.all().delete()

    def test_a_section_ends_where_a_heading_of_its_level_begins(self):
        kinds = [("A", 2), ("one", 0), ("B", 1), ("C", 3), ("D", 2), ("two", 0)]
        blocks = (
            block(text, 50 * at, kind="heading" if level else "text", level=level)
            for at, (text, level) in enumerate(kinds)
        )
        result = self.result(pages=[replace(structured_page(), blocks=tuple(blocks))])
        found = [each.elements for each in result.sections]
        self.assertEqual(
            found,
            [
                ["/sections/1", "/sections/2"],
                ["/paragraphs/0", "/paragraphs/1"],
                ["/paragraphs/2", "/sections/3", "/sections/4"],
                ["/paragraphs/3"],
                ["/paragraphs/4", "/paragraphs/5"],
            ],
        )

    def test_selection_marks_are_no_words(self):
        result = self.result()
        [page] = result.pages
        states = [mark.state for mark in page.selection_marks]
        self.assertEqual(states, ["unselected", "selected", "selected"])
        for mark in page.selection_marks:
            self.assertEqual(self.spelled(result, mark.span), f":{mark.state.value}:")
        self.assertNotIn("☒", [word.content for word in page.words])
        self.assertIn("No Yes", [line.content for line in page.lines])
        self.assertIn(":unselected: No :selected: Yes", result.content)

    def test_the_read_model_knows_no_structure(self):
        result = self.result(model="prebuilt-read")
        self.assertIsNone(result.tables)
        self.assertEqual([part.role for part in result.paragraphs if part.role], [])
        self.assertIn("☒", [word.content for word in result.pages[0].words])

    def test_markdown_of_the_layout(self):
        result = self.result("outputContentFormat=markdown")
        self.assertEqual(
            result.content,
            '<!-- PageHeader="ACME 2026" -->\n\n'
            "# Annual report\n\n"
            "## 1\\. Results\\_2026\n\n"
            "The first line\nand the second\n\n"
            "- first item\n- second item\n\n"
            "☐ No ☒ Yes\n\n"
            "<table>\n"
            "<tr>\n<th>Item</th>\n<th>Price &amp; tax</th>\n<th>Paid</th>\n</tr>\n"
            "<tr>\n<td>Pencils</td>\n<td>5.00</td>\n<td></td>\n</tr>\n"
            '<tr>\n<td colspan="2">Total</td>\n<td>☒</td>\n</tr>\n'
            "</table>\n\n"
            '<!-- PageNumber="7" -->\n\n'
            ":barcode:",
        )
        [table] = result.tables
        shown = self.spelled(result, table.spans[0])
        self.assertTrue(shown.startswith("<table>") and shown.endswith("</table>"))
        for word in result.pages[0].words:
            spelled = self.spelled(result, word.span).replace("\\", "").replace("&amp;", "&")
            self.assertEqual(spelled.replace("-", "•"), word.content)

    def test_pages_are_parted_and_their_spans_hold_their_text(self):
        pages = [structured_page(number=1), structured_page(number=2)]
        result = self.result("outputContentFormat=markdown", pages=pages)
        first, second = (self.spelled(result, page.spans[0]) for page in result.pages)
        self.assertEqual(first, second)
        self.assertTrue(first.startswith("<!-- PageHeader="))
        parts = result.content.split("\n\n<!-- PageBreak -->\n\n")
        self.assertEqual(parts, [first, second])

    def test_plain_lines_in_markdown_end_without_backslashes(self):
        make_job(visitor=OPERATION, text="first line\nsecond line\n1. third\n# 4")
        url = f"{LAYOUT}/analyzeResults/{OPERATION}?outputContentFormat=markdown"
        result = self.client.get(url).json()["analyzeResult"]
        self.assertEqual(result["content"], "first line\nsecond line\n1\\. third\n\\# 4")

    def test_deleted_results_are_gone_with_their_file(self):
        sent = self.client.post(f"{LAYOUT}:analyze", page_png(), "image/png")
        location = sent["Operation-Location"].replace("http://testserver", "")
        self.assertEqual(self.client.get(location).status_code, 200)
        self.assertEqual(self.client.delete(location).status_code, 204)
        self.assertEqual(self.client.get(location).status_code, 404)
        self.assertEqual(self.client.delete(location).status_code, 404)
        self.assertFalse(Upload.objects.exists())

    def test_results_of_others_are_not_deleted(self):
        job = make_job(self.alice)
        for client in (self.client, self.api(self.charlie)):
            answer = client.delete(f"{LAYOUT}/analyzeResults/{job.pk}")
            self.assertEqual(answer.status_code, 404)
        self.assertTrue(Job.objects.filter(pk=job.pk).exists())

    def test_parameters_that_are_not_served_are_refused(self):
        for query in ("output=words", "output=pdf,words", "stringIndexType=bytes", "pages=3-1"):
            answer = self.client.post(f"{LAYOUT}:analyze?{query}", page_png(), "image/png")
            self.assertEqual(answer.status_code, 400, query)
            self.assertIn("innererror", answer.json()["error"])
        self.assertFalse(Upload.objects.exists())

    def test_a_failed_operation_says_whose_fault_it_is(self):
        job = structured_job(visitor=OPERATION)
        for code, expected in (
            ("password_required", ("InvalidRequest", "UnsupportedContent")),
            ("bad_pages", ("InvalidRequest", "InvalidPageRange")),
            ("engine_crashed", ("InternalServerError", None)),
        ):
            fields = {"status": "failed", "error_code": code, "error_message": "Because."}
            Job.objects.filter(pk=job.pk).update(**fields)
            answer = self.client.get(f"{LAYOUT}/analyzeResults/{OPERATION}").json()
            self.assertEqual(answer["status"], "failed")
            error = answer["error"]
            self.assertEqual((error["code"], error.get("innererror", {}).get("code")), expected)
            self.assertEqual(error["message"], "Because.")
