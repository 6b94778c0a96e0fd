"""Pages of running jobs: progress, cancelling and continuing."""

from __future__ import annotations

import pytest
from django.core.files import File
from django.urls import reverse
from playwright.sync_api import expect

from app.ocr.options import Options
from app.services.jobs.submit import submit
from app.services.submission import uploads
from app.tests.factories import make_user

from .sessions import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def entry(page, client, worker, document):
    """The entry page of a document with one of its three pages read."""
    alice = make_user("alice")
    sign_in(page, client, alice)
    upload = uploads.store(
        content=File(document.open("rb")), name="report.pdf", owner=alice, max_bytes=10**6
    )
    job = submit(upload=upload, options=Options())
    worker.let_pages_through(1)
    page.goto(reverse("entry", args=[job.pk]))
    expect(page.get_by_text("1 of 3 pages")).to_be_visible()
    page.evaluate("window.stillHere = true")
    return page


def was_loaded_anew(page) -> bool:
    return not page.evaluate("window.stillHere")


def test_entry_shows_progress_and_then_its_text(entry, worker):
    worker.let_pages_through(1)
    expect(entry.get_by_text("2 of 3 pages")).to_be_visible()
    worker.let_pages_through(1)
    expect(entry.locator("#page-text")).to_contain_text("page 1")
    assert not was_loaded_anew(entry)


def test_entry_is_cancelled_and_goes_on_where_it_stopped(entry, worker):
    entry.get_by_role("button", name="Cancel").click()
    expect(entry.get_by_text("This recognition was cancelled.")).to_be_visible()
    entry.get_by_role("button", name="Continue from page 2").click()
    expect(entry.get_by_text("1 of 3 pages")).to_be_visible()
    worker.let_pages_through(2)
    expect(entry.get_by_role("link", name="Next page")).to_be_visible()
    assert not was_loaded_anew(entry)


def test_list_cancels_what_it_shows_as_running(entry):
    entry.goto("/history/")
    entry.get_by_role("button", name="Cancel report.pdf").click()
    expect(entry.get_by_text("Cancelled", exact=True).last).to_be_visible()
    expect(entry.get_by_role("button", name="Delete report.pdf")).to_be_visible()


def test_cancelling_works_without_javascript(browser, site, entry):
    state = entry.context.storage_state()
    context = browser.new_context(base_url=site, java_script_enabled=False, storage_state=state)
    plain = context.new_page()
    plain.goto(entry.url)
    plain.get_by_role("button", name="Cancel").click()
    expect(plain.get_by_text("This recognition was cancelled.")).to_be_visible()
    expect(plain.get_by_role("button", name="Continue from page 2")).to_be_visible()
    context.close()


@pytest.fixture
def sent(page, worker, document):
    """The card of a document that is being read."""
    page.goto("/")
    page.set_input_files("#id_image", document)
    return page.locator("result-card")


def test_card_shows_the_pages_of_a_document_and_then_its_text(sent, worker):
    worker.let_pages_through(1)
    expect(sent.get_by_text("page 2 of 3")).to_be_visible()
    worker.let_pages_through(2)
    expect(sent.locator(".result-text")).to_contain_text("page 3")


def test_card_is_cancelled_and_goes_on_where_it_stopped(sent, worker):
    worker.let_pages_through(1)
    expect(sent.get_by_text("page 2 of 3")).to_be_visible()
    sent.get_by_role("button", name="Cancel").click()
    expect(sent).to_have_attribute("data-state", "cancelled")
    expect(sent.get_by_role("link", name="Open the finished pages")).to_be_visible()
    sent.get_by_role("button", name="Continue from page 2").click()
    expect(sent.get_by_text("page 2 of 3")).to_be_visible()
    worker.let_pages_through(2)
    expect(sent.locator(".result-text")).to_contain_text("page 3")


def test_card_is_cancelled_before_the_server_has_answered(sent):
    sent.get_by_role("button", name="Cancel").click()
    expect(sent).to_have_attribute("data-state", "cancelled")
