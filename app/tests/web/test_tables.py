"""Tables in the viewer, and forms that correct their cells."""

from __future__ import annotations

import lxml.html
from django.urls import reverse

from app.models import Page, Revision
from app.ocr.tree import page_to_tree
from app.tests.base import SiteTestCase
from app.tests.exports.sample import latin_page
from app.tests.exports.structured_sample import arabic_table_page, price_pages, report_page
from app.tests.factories import make_job, set_pages


class TableTestCase(SiteTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.job = make_job(self.alice)
        set_pages(self.job, report_page(), *price_pages(), arabic_table_page())
        self.client.force_login(self.alice)

    def page(self, number: int = 1) -> lxml.html.HtmlElement:
        address = reverse("entry", args=[self.job.pk])
        return lxml.html.fromstring(self.client.get(address, {"page": number}).content)

    def table(self, number: int = 1) -> lxml.html.HtmlElement:
        """The only table of that page."""
        [table] = self.page(number).iterfind(".//table-block//table")
        return table

    def store_old_result(self) -> None:
        """A page whose table has lines and no cells."""
        old = page_to_tree(latin_page()) | {"version": 1}
        del old["blocks"][-1]  # a value that no database stores
        lines = "\n\n".join(block.text for block in latin_page().blocks[:-1])
        Page.objects.filter(job=self.job, number=1).update(tree=old, text=lines)

    def correct(self, page: int = 1, user=None, **fields: str):
        if user:
            self.client.force_login(user)
        address = reverse("correct-table", args=[self.job.pk, page])
        return self.client.post(address, {"table": "1", **fields})

    def text(self, page: int = 1) -> str:
        return Page.objects.get(job=self.job, number=page).final_text


class ViewerTests(TableTestCase):
    def test_cells_have_spans_and_places(self):
        table = self.table()
        first = [dict(cell.attrib) for cell in table.find("thead/tr")]
        self.assertEqual(
            first,
            [
                {
                    "scope": "col",
                    "rowspan": "2",
                    "data-cell": "0-0",
                    "data-box": "200 700 500 820",
                },
                {
                    "scope": "colgroup",
                    "colspan": "2",
                    "data-cell": "0-1",
                    "data-box": "500 700 1100 760",
                },
            ],
        )
        number = table.find(".//*[@data-cell='2-1']")
        self.assertEqual((number.tag, number.get("class")), ("td", "number"))

    def test_words_are_there_once(self):
        shown = [word.text_content() for word in self.page().find_class("word")]
        self.assertEqual(shown, [word.text for word in report_page().words])

    def test_headings_lists_and_code_are_such(self):
        page = self.page()
        headings = [(h.tag, h.text_content().strip()) for h in page.find_class("block-heading")]
        self.assertEqual(headings, [("h2", "1 Results #"), ("h3", "Details")])
        depths = [
            item.get("class") for item in page.iterfind(".//ul[@class='block block-list']/li")
        ]
        self.assertEqual(depths, ["depth-1", "depth-2", "depth-1", "depth-1", "depth-2"])
        [code] = page.find_class("block-code")
        self.assertIn("\n    return", code.text_content())

    def test_arabic_tables_begin_at_the_right(self):
        table = self.table(4)
        self.assertEqual(table.get("dir"), "rtl")

    def test_links_name_the_table_of_their_page(self):
        links = [
            link.get("href") for link in self.page(3).iterfind(".//div[@class='table-tools']/a")
        ]
        self.assertEqual(links, ["export/csv/?table=3.1", "export/xlsx/?table=3.1"])
        address = reverse("entry", args=[self.job.pk])
        answer = self.client.get(address + links[0])
        self.assertIn(b"Milch", b"".join(answer.streaming_content))
        for bad, status in (("table=3.2", 404), ("table=x", 400)):
            self.assertEqual(self.client.get(f"{address}export/csv/?{bad}").status_code, status)

    def test_old_results_still_open(self):
        self.store_old_result()
        self.assertIn("Apfelkuchen", self.table().text_content())

    def test_cells_of_old_results_are_corrected(self):
        self.store_old_result()
        row = [cell.text_content().strip() for cell in self.table().iter("td")][3:6]
        self.assertEqual(row, ["Apfelkuchen vom Blech", "1", "3,40"])
        self.correct(**{"cell-1-2": "4,30"})
        self.assertIn("Apfelkuchen vom Blech\t1\t4,30", self.text())
        self.assertIn("4,30", self.table().text_content())


class CorrectionTests(TableTestCase):
    def test_cells_are_part_of_the_pages_correction(self):
        answer = self.correct(**{"cell-2-1": " 9,999.5\n", "cell-3-1": "new\tone", "cell-0-0": ""})
        self.assertRedirects(answer, reverse("entry", args=[self.job.pk]) + "?page=1")
        rows = self.text().split("\n")
        self.assertIn("\tSales | 1,000 €", rows)
        self.assertIn("North and <west>\t9,999.5\t12.0", rows)
        self.assertIn("South\tnew one\t-7.5", rows)
        table = self.table()
        texts = {c.get("data-cell"): c.text_content().strip() for c in table.iter("td", "th")}
        self.assertEqual(texts["3-1"], "new one")
        self.assertEqual(texts["0-0"], "")
        self.assertEqual(Revision.objects.get().author, self.alice)

    def test_a_second_correction_keeps_the_first(self):
        self.correct(**{"cell-2-1": "1"})
        self.correct(**{"cell-3-2": "2"})
        self.assertIn("North and <west>\t1\t12.0\nSouth\t\t2", self.text())

    def test_nothing_changed(self):
        self.correct()
        self.assertEqual(Revision.objects.count(), 0)

    def test_tables_and_cells_that_do_not_exist(self):
        self.assertEqual(self.correct(table="2", **{"cell-0-0": "x"}).status_code, 404)
        self.assertEqual(self.correct(**{"cell-9-9": "x"}).status_code, 404)
        self.assertEqual(self.correct(page=9, **{"cell-0-0": "x"}).status_code, 404)
        self.assertEqual(self.correct(table="x").status_code, 302)
        self.assertEqual(self.correct(**{"cell-0-0": "x" * 5001}).status_code, 302)
        self.assertEqual(self.text(), report_page().text)

    def test_a_page_that_was_rewritten_has_no_cells(self):
        Page.objects.filter(job=self.job, number=1).update(corrected_text="x" * 6000)
        self.assertEqual(self.correct(**{"cell-0-0": "x"}).status_code, 404)

    def test_strangers_correct_nothing(self):
        self.assertEqual(self.correct(user=self.charlie, **{"cell-0-0": "x"}).status_code, 404)
        self.assertEqual(self.text(), report_page().text)
