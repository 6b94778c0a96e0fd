"""Tables in the viewer and on the shared page: shown, copied, downloaded, corrected."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.models import Job
from app.models import Page as StoredPage
from app.services.history import shares
from app.services.submission import uploads
from app.tests.exports.structured_sample import SALES, picture_of, price_pages, report_page
from app.tests.factories import (
    draw_pictures,
    encoded,
    image_file,
    make_job,
    make_user,
    set_pages,
    text_png,
)

from .sessions import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TSV = "\n".join("\t".join(row).rstrip("\t") for row in SALES)
CLIPBOARD = """async (type) => {
  const [item] = await navigator.clipboard.read();
  return item.types.includes(type) ? (await item.getType(type)).text() : null;
}"""


@pytest.fixture
def job(site) -> Job:
    owner, scan = make_user("ada"), encoded(picture_of(report_page()))
    upload = uploads.store(
        content=image_file(content=scan), name="report.png", owner=owner, max_bytes=10**7
    )
    job = make_job(owner, upload=upload)
    set_pages(job, report_page())
    draw_pictures(job)
    set_pages(job, report_page(), *price_pages())
    return job


@pytest.fixture
def entry(page: Page, job: Job, client) -> Page:
    sign_in(page, client, job.owner)
    page.goto(f"/history/{job.pk}/")
    return page


def cell(page: Page, place: str):
    return page.locator(f"[data-cell='{place}']")


def clipboard(page: Page, kind: str) -> str:
    return page.evaluate(CLIPBOARD, kind)


def rows_on_page(page: Page) -> list[list[str]]:
    rows = "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))"
    return page.locator(".table-block tr").evaluate_all(rows)


def test_table_is_a_table_with_spans(entry):
    assert rows_on_page(entry)[:2] == [["Region", "Sales | 1,000 €"], ["2023", "2024"]]
    expect(entry.get_by_role("columnheader", name="Sales | 1,000 €")).to_have_attribute(
        "colspan", "2"
    )
    expect(entry.get_by_role("rowheader", name="South")).to_be_visible()
    expect(entry.locator("#page-text h2")).to_have_text("1 Results #")
    expect(entry.locator("#page-text .block-list li")).to_have_count(5)
    code = entry.locator("#page-text pre").inner_text().splitlines()
    assert code[1].startswith("    # a")


def test_pointing_at_a_cell_lights_it_up_on_the_other_side(entry):
    boxes = entry.locator(".cell-box")
    cell(entry, "3-1").hover()
    lit = boxes.and_(entry.locator(".lit"))
    expect(lit).to_have_count(1)
    stored = [int(n) for n in cell(entry, "3-1").get_attribute("data-box").split()]
    sheet = entry.locator(".viewer-sheet")
    width = int(sheet.get_attribute("data-width"))
    scale = sheet.bounding_box()["width"] / width
    left = lit.bounding_box()["x"] - sheet.bounding_box()["x"]
    assert left == pytest.approx(stored[0] * scale, abs=1)
    place = boxes.nth(0).bounding_box()
    boxes.nth(0).hover(position={"x": place["width"] - 3, "y": place["height"] - 3})
    expect(cell(entry, "0-0")).to_have_class("lit")
    expect(cell(entry, "3-1")).not_to_have_class("lit")


def test_pointing_at_a_word_in_the_picture_lights_up_its_cell(entry):
    entry.locator(".box", has_text="1,234.5").hover()
    expect(cell(entry, "2-1")).to_have_class("number lit")
    expect(entry.locator(".word", has_text="1,234.5")).to_have_class("word lit")


def test_table_is_copied_as_html_and_as_rows(entry):
    entry.get_by_role("button", name="Copy table").click()
    expect(entry.get_by_text("Copied")).to_be_visible()
    assert clipboard(entry, "text/plain") == TSV
    html = clipboard(entry, "text/html")
    assert "<table" in html
    assert 'colspan="2"' in html
    assert "&lt;west&gt;" in html
    assert "data-box" not in html
    assert "Edit cells" not in html


def test_copied_table_is_pasted_with_its_cells(entry):
    entry.get_by_role("button", name="Copy table").click()
    expect(entry.get_by_text("Copied")).to_be_visible()
    entry.evaluate(
        """() => {
          const mail = document.createElement("div");
          Object.assign(mail, { id: "mail", contentEditable: "true" });
          document.querySelector("#content").prepend(mail);
          mail.focus();
        }"""
    )
    entry.keyboard.press("Control+v")
    expect(entry.locator("#mail tr")).to_have_count(5)
    expect(entry.locator("#mail tr").nth(2).locator("td").first).to_have_text("1,234.5")


def test_copying_the_page_keeps_rows_and_lines(entry):
    entry.get_by_role("button", name="Copy page").click()
    expect(entry.get_by_text("Copied")).to_be_visible()
    text = clipboard(entry, "text/plain")
    assert TSV in text
    assert "\n\nThe re-\nsult is *good*.\n\n" in text
    assert "\n    # a comment\n" in text
    assert "<h2" in clipboard(entry, "text/html")


def test_copying_all_pages_keeps_tables_and_headings(entry):
    entry.get_by_role("button", name="Copy all").click()
    expect(entry.get_by_text("Copied")).to_be_visible()
    text, html = clipboard(entry, "text/plain"), clipboard(entry, "text/html")
    assert "1,234.5\t" in text
    assert "\n\nFigure 1: Growth\n\n" in text
    assert "<p>Figure 1: Growth</p>" in html
    assert "<h1" in html
    assert 'colspan="2"' in html
    assert "<style" not in html


def test_one_table_is_downloaded(entry, tmp_path: Path):
    entry.goto(entry.url + "?page=2")
    with entry.expect_download() as download:
        entry.locator(".table-tools").get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "report-table-2.1.csv"
    text = Path(download.value.path()).read_text("utf-8-sig")
    assert list(csv.reader(io.StringIO(text)))[1] == ["Kaffee", "1.234"]
    with entry.expect_download() as download:
        entry.locator(".table-tools").get_by_role("link", name="XLSX").click()
    assert Path(download.value.path()).read_bytes().startswith(b"PK")


def test_cells_are_corrected(entry, job):
    cell(entry, "2-1").dblclick()
    fields = entry.get_by_role("textbox", name="Row 3, column 2")
    expect(fields).to_be_focused()
    expect(fields).to_have_value("1,234.5")
    fields.fill("1,239.5")
    entry.get_by_role("textbox", name="Row 4, column 2").fill("8")
    entry.keyboard.press("Enter")
    expect(cell(entry, "2-1")).to_have_text("1,239.5")
    expect(cell(entry, "3-1")).to_have_text("8")
    expect(entry.locator(".badge", has_text="Corrected")).to_be_visible()
    stored = StoredPage.objects.get(job=job, number=1)
    assert "North and <west>\t1,239.5\t12.0\nSouth\t8\t-7.5" in stored.final_text


def test_correcting_can_be_given_up(entry):
    entry.get_by_role("button", name="Edit cells").click()
    entry.get_by_role("textbox", name="Row 1, column 1").fill("Other")
    entry.keyboard.press("Escape")
    expect(cell(entry, "0-0")).to_have_text("Region")
    expect(entry.get_by_role("button", name="Edit cells")).to_be_focused()


def test_shared_page_has_the_table_but_no_way_to_change_it(page, job):
    token = shares.create(job=job, days=1).token
    page.goto(f"/s/{token}/")
    assert rows_on_page(page)[2] == ["North and <west>", "1,234.5", "12.0"]
    page.get_by_role("button", name="Copy table").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert clipboard(page, "text/plain") == TSV
    with page.expect_download() as download:
        page.locator(".table-tools").get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "report-table-1.1.csv"
    expect(page.get_by_role("button", name="Edit cells")).to_have_count(0)


def test_without_script(browser, site, job):
    token = shares.create(job=job, days=1).token
    context = browser.new_context(base_url=site, java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"/s/{token}/")
    expect(tab.get_by_role("columnheader", name="2023")).to_be_visible()
    with tab.expect_download() as download:
        tab.locator(".table-tools").get_by_role("link", name="XLSX").click()
    assert download.value.suggested_filename == "report-table-1.1.xlsx"
    context.close()


def test_card_shows_headings_without_a_table(page, job, client):
    blocks = tuple(block for block in report_page().blocks if not block.cells)
    plain = replace(report_page(), blocks=blocks)
    set_pages(job, plain)
    card = read_card(page, job, client, plain.text)
    expect(card.locator(".result-text h1")).to_have_text("1 Results #")
    expect(card.locator(".result-text p.caption").last).to_have_text("Figure 1: Growth")
    assert "<table" not in card.locator(".result-text").inner_html()


def read_card(page, job, client, text):
    """A card of the front page for which the API returned this job."""
    sign_in(page, client, job.owner)
    answer = {"id": str(job.pk), "text": text, "words": 9, "confidence": 0.9, "seconds": 1}
    page.route("**/api/ocr/", lambda route: route.fulfill(json=answer))
    page.goto("/")
    page.set_input_files(
        "#id_image", {"name": "a.png", "mimeType": "image/png", "buffer": text_png()}
    )
    return page.locator("result-card")


def test_card_shows_tables_as_tables(page, job, client):
    text = report_page().text
    card = read_card(page, job, client, text)
    expect(card.get_by_role("columnheader", name="2023")).to_be_visible()
    expect(card.locator(".result-text h1")).to_have_text("1 Results #")
    card.get_by_role("button", name="Copy table").first.click()
    expect(card.get_by_text("Copied")).to_be_visible()
    assert clipboard(page, "text/plain") == TSV
    with page.expect_download() as download:
        card.get_by_role("link", name="CSV").first.click()
    assert download.value.suggested_filename == "report-table-1.1.csv"
    card.get_by_role("button", name="Copy text").click()
    expect(card.locator(".result-actions").get_by_text("Copied")).to_be_visible()
    assert clipboard(page, "text/plain") == text
    assert 'colspan="2"' in clipboard(page, "text/html")
