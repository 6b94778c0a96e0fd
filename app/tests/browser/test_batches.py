"""Several files at once: one batch with the progress of each and of all."""

from __future__ import annotations

import io
import zipfile

import pytest
from playwright.sync_api import expect

from app.models import Batch, Job
from app.tests.factories import text_png

from .test_upload import card

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def picture_named(name: str, text: str = "Some words") -> dict:
    return {"name": name, "mimeType": "image/png", "buffer": text_png(text)}


BAD = {"name": "bad.png", "mimeType": "image/png", "buffer": b"no picture at all"}


@pytest.fixture
def two_and_a_bad_one(page, worker, document):
    """A document, a picture and a file that is neither, given to the page together."""
    report = {"name": "report.pdf", "mimeType": "application/pdf", "buffer": document.read_bytes()}
    page.goto("/")
    page.set_input_files("#id_image", [report, BAD, picture_named("photo.png")])
    # The server has accepted them.
    expect(card(page, "bad.png").locator(".result-state")).to_contain_text("not read")
    return page


def test_one_bad_file_shows_its_error_and_the_others_their_progress_and_texts(
    two_and_a_bad_one, worker
):
    page = two_and_a_bad_one
    expect(page.get_by_text("0 of 3 files read")).to_be_visible()
    worker.let_pages_through(1)
    expect(card(page, "report.pdf").get_by_text("page 2 of 3")).to_be_visible()
    worker.let_pages_through(3)
    expect(page.get_by_text("2 of 3 files read")).to_be_visible()
    for name in ("report.pdf", "photo.png"):
        expect(card(page, name).locator(".result-text")).to_contain_text("page 1")
    assert Batch.objects.get().items.count() == 3


def test_results_of_all_are_downloaded_and_shown_as_a_page(two_and_a_bad_one, worker):
    page = two_and_a_bad_one
    worker.let_pages_through(4)
    page.get_by_text("Download all").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Plain text").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert archive.namelist() == ["report.txt", "photo.txt"]
    page.get_by_role("link", name="Open batch").click()
    expect(page.get_by_role("link", name="photo.png")).to_be_visible()
    expect(page.get_by_text("2 of 3 files read")).to_be_visible()


def test_all_are_cancelled_and_one_goes_on(two_and_a_bad_one, worker):
    page = two_and_a_bad_one
    page.get_by_role("button", name="Cancel all").click()
    for name in ("report.pdf", "photo.png"):
        expect(card(page, name)).to_have_attribute("data-state", "cancelled")
    card(page, "photo.png").get_by_role("button", name="Try again").click()
    worker.let_pages_through(1)
    expect(card(page, "photo.png")).to_have_attribute("data-state", "done")
    expect(page.get_by_text("1 of 3 files read")).to_be_visible()


def test_one_of_them_is_cancelled(two_and_a_bad_one, worker):
    page = two_and_a_bad_one
    report = card(page, "report.pdf")
    expect(page.get_by_role("link", name="Open batch")).to_be_visible()
    report.get_by_role("button", name="Cancel").click()
    expect(report).to_have_attribute("data-state", "cancelled")
    worker.let_pages_through(1)
    expect(card(page, "photo.png")).to_have_attribute("data-state", "done")


def test_page_of_a_batch_follows_its_files(two_and_a_bad_one, worker):
    page = two_and_a_bad_one
    page.get_by_role("link", name="Open batch").click()
    expect(page.get_by_text("0 of 3 files read")).to_be_visible()
    worker.let_pages_through(4)
    expect(page.get_by_text("2 of 3 files read")).to_be_visible()


def test_many_files_go_in_several_requests_of_one_batch(page, settings):
    settings.RECOGNIZER = "app.tests.worker.hostile.HostileRecognizer"
    sent = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    page.goto("/")
    page.set_input_files("#id_image", [picture_named(f"{n}.png") for n in range(21)])
    expect(page.get_by_text("21 of 21 files read")).to_be_visible()
    assert [url.rpartition("/api")[2] for url in sent if "batches" in url] == [
        "/batches/",
        f"/batches/{Batch.objects.get().pk}/files/?visitor={Batch.objects.get().visitor}",
    ]


def test_lost_connection_is_tried_again_within_the_batch(page):
    page.goto("/")
    page.route("**/api/batches/", lambda route: route.abort())
    page.set_input_files("#id_image", [picture_named("a.png"), picture_named("b.png")])
    expect(page.get_by_text("cannot be reached")).to_have_count(2)
    page.unroute("**/api/batches/")
    for name in ("a.png", "b.png"):
        card(page, name).get_by_role("button", name="Try again").click()
        expect(card(page, name)).to_have_attribute("data-state", "done")
    assert Batch.objects.get().items.count() == 2


def test_archive_shows_the_files_in_it(page):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("one.png", text_png("First"))
        archive.writestr("two.png", text_png("Second"))
    scans = {"name": "scans.zip", "mimeType": "application/zip", "buffer": stream.getvalue()}
    page.goto("/")
    page.set_input_files("#id_image", scans)
    expect(card(page, "one.png").locator(".result-text")).to_contain_text("First")
    expect(card(page, "two.png").locator(".result-text")).to_contain_text("Second")
    expect(card(page, "scans.zip")).to_have_count(0)


def test_several_files_without_javascript(browser, site):
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.set_input_files("#id_image", [picture_named("a.png"), BAD])
    page.get_by_role("button", name="Read the text").click()
    expect(page.get_by_text("1 of 2 files read")).to_be_visible()
    expect(page.get_by_text("This file type is not read")).to_be_visible()
    page.get_by_role("link", name="a.png").click()
    expect(page.locator("#page-text")).to_contain_text("Some words")
    assert Job.objects.count() == 1
    context.close()
