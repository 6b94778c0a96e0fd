from __future__ import annotations

import csv
import io

import openpyxl

from app.models import Page, Status
from app.ocr.text import storable_tree
from app.ocr.tree import page_to_tree
from app.tests.base import SiteTestCase
from app.tests.exports.sample import latin_page
from app.tests.exports.structured_sample import SALES, price_pages, report_page
from app.tests.factories import make_job, set_pages


class TablesTests(SiteTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.job = make_job(self.alice)
        set_pages(self.job, report_page(), *price_pages())
        self.url = f"/api/history/{self.job.pk}/tables/"

    def test_tables_have_their_cells(self):
        tables = self.api(self.alice).get(self.url).json()
        places = [(table["page"], table["number"], table["name"]) for table in tables]
        self.assertEqual(places, [(1, 1, "1.1"), (2, 1, "2.1"), (3, 1, "3.1")])
        first, _, last = tables
        size = [first[key] for key in ("rows", "columns", "header_rows", "continues")]
        self.assertEqual(size, [5, 3, 2, False])
        self.assertTrue(last["continues"])
        self.assertEqual(
            first["cells"][1],
            {
                "row": 0,
                "column": 1,
                "row_span": 1,
                "column_span": 2,
                "header": True,
                "text": "Sales | 1,000 €",
                "bbox": [500, 700, 1100, 760],
                "confidence": 0.93,
            },
        )
        texts = {(cell["row"], cell["column"]): cell for cell in first["cells"]}
        self.assertEqual(texts[2, 0]["text"], "North and <west>")
        self.assertEqual((texts[3, 1]["text"], texts[3, 1]["confidence"]), ("", None))

    def test_one_page(self):
        api = self.api(self.alice)
        [table] = api.get(self.url, {"page": 2}).json()
        self.assertEqual(table["page"], 2)
        self.assertEqual(api.get(self.url, {"page": 9}).status_code, 404)
        for bad in ("0", "x", "-1", "9" * 30, "\x00"):
            self.assertEqual(api.get(self.url, {"page": bad}).status_code, 400, bad)

    def test_queries_do_not_grow_with_the_document(self):
        def ask() -> None:
            self.assertEqual(self.api(self.alice).get(self.url).status_code, 200)

        ask()
        with self.assertNumQueries(2):  # the entry, its pages
            ask()

    def test_corrected_cells(self):
        text = report_page().text.replace("1,234.5", "4,321.5")
        change = {"corrected_text": "\n\n".join([text, *(page.text for page in price_pages())])}
        api = self.api(self.alice)
        self.assertEqual(api.patch(f"/api/history/{self.job.pk}/", change).status_code, 200)
        [table] = api.get(self.url, {"page": 1}).json()
        [cell] = [c for c in table["cells"] if (c["row"], c["column"]) == (2, 1)]
        self.assertEqual((cell["text"], cell["confidence"]), ("4,321.5", 1.0))

    def test_tables_of_older_results(self):
        old = storable_tree(page_to_tree(latin_page())) | {"version": 1}
        Page.objects.filter(job=self.job, number=1).update(tree=old)
        [table] = self.api(self.alice).get(self.url, {"page": 1}).json()
        rows = [cell["text"] for cell in table["cells"] if cell["row"] == 1]
        self.assertEqual(rows, ["Apfelkuchen vom Blech", "1", "3,40"])
        self.assertEqual(len(table["cells"][0]["bbox"]), 4)

    def test_who_may_not_and_what_is_not_ready(self):
        self.assertEqual(self.api().get(self.url).status_code, 401)
        self.assertEqual(self.api(self.charlie).get(self.url).status_code, 404)
        queued = make_job(self.alice, status=Status.QUEUED)
        queued.pages.all().delete()
        answer = self.api(self.alice).get(f"/api/history/{queued.pk}/tables/")
        self.assertEqual((answer.status_code, answer.json()["code"]), (409, "conflict"))
        self.assertEqual(self.api(self.alice).post(self.url).status_code, 405)


class TableExportTests(SiteTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.job = make_job(self.alice, name="report.pdf")
        set_pages(self.job, report_page(), *price_pages())

    def export(self, name: str, **options):
        return self.api(self.alice).get(f"/api/history/{self.job.pk}/export/{name}/", options)

    def test_one_table(self):
        answer = self.export("csv", table="1.1")
        self.assertIn("report-table-1.1.csv", answer["Content-Disposition"])
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        self.assertEqual(list(csv.reader(io.StringIO(text)))[:4], SALES[:4])
        answer = self.export("xlsx", table="3.1")
        book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
        self.assertEqual(book.active["A2"].value, "Milch")

    def test_tables_that_do_not_exist(self):
        self.assertEqual(self.export("csv", table="1.2").status_code, 404)
        for bad in ("1", "x", "1.0", "1.1.1", "٣.1"):
            self.assertEqual(self.export("xlsx", table=bad).status_code, 400, bad)

    def test_several_tables_are_an_archive(self):
        answer = self.export("csv")
        self.assertEqual(answer["Content-Type"], "application/zip")
        self.assertIn("report.csv.zip", answer["Content-Disposition"])
        lines = self.export("csv", content="lines")
        self.assertEqual(lines["Content-Type"], "text/csv; charset=utf-8")

    def test_options_of_structure(self):
        old = self.export("json", schema="1")
        self.assertIn(b'"version": 1', b"".join(old.streaming_content))
        plain = self.export("md")
        self.assertNotIn(b"Company secret", b"".join(plain.streaming_content))
        full = self.export("md", furniture="true")
        self.assertIn(b"Company secret", b"".join(full.streaming_content))
        for bad in ({"schema": "3"}, {"content": "words"}, {"furniture": "perhaps"}):
            self.assertEqual(self.export("json", **bad).status_code, 400, bad)
