"""axe-core finds nothing on any page, in light and dark, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from app.models import Batch, BatchItem, Share, Status, Usage
from app.services.accounts import staff_access
from app.services.history import corrections, shares, trash
from app.tests.exports.structured_sample import report_page
from app.tests.factories import draw_pictures, make_job, make_user, set_pages

from .sessions import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = {
    "light desk": {"color_scheme": "light", "viewport": {"width": 1280, "height": 860}},
    "dark phone": {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}},
}
BEFORE_SIGN_IN = (
    *("upload", "history", "privacy", "developers"),
    *("account_login", "account_signup", "account_reset_password"),
)


@pytest.fixture(params=LOOKS, ids=list(LOOKS))
def tab(request, browser, site) -> Iterator[Page]:
    context = browser.new_context(base_url=site, reduced_motion="reduce", **LOOKS[request.param])
    yield context.new_page()
    context.close()


def violations(tab: Page, address: str) -> list[str]:
    tab.goto(address)
    tab.wait_for_load_state("networkidle")
    return found_by_axe(tab, address)


def found_by_axe(tab: Page, name: str) -> list[str]:
    # Excluded: the invisible copy of the text that lies on the picture for selection.
    found = Axe().run(tab, context={"exclude": [".boxes"]}).response["violations"]
    return [
        f"{name}: {rule['id']} at {node['target']}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def test_pages_of_visitors(tab):
    pages = [*map(reverse, BEFORE_SIGN_IN), "/nowhere/"]
    assert [fault for address in pages for fault in violations(tab, address)] == []


def test_pages_of_accounts(tab, client):
    user = make_user("alice", email="alice@example.org")
    sign_in(tab, client, user)
    job = make_job(user, text="Hello world", starred=True, tags=["coast"])
    again = make_job(user, text="Helo world", upload=job.upload, confidence=0.5)
    draw_pictures(job)
    corrections.correct_page(job=job, number=1, text="Hello there", author=user)
    shares.create(job=job, days=1)
    trash.discard(jobs=[make_job(user)])
    staff = make_user("bob", is_staff=True)
    staff_access.open_entry(job=job, staff=staff, reason="Alice asked for it", address="")
    pages = [
        reverse("entry", args=[job.pk]) + "?find=hello",
        reverse("compare", args=[job.pk, again.pk]),
        reverse("shared", args=[Share.objects.get().token]),
        *map(reverse, ("history", "trash", "account", "delete-account", "account_email")),
        *map(
            reverse, ("keys", "activity", "mfa_index", "usersessions_list", "offline", "webhooks")
        ),
        reverse("privacy"),
        reverse("account_change_password"),
    ]
    assert [fault for address in pages for fault in violations(tab, address)] == []


def test_cockpit(tab, client):
    staff = make_user("bob", is_staff=True)
    sign_in(tab, client, staff)
    assert violations(tab, "/cockpit/") == []  # empty, with an alert
    for number in range(5):
        make_job(staff, engine_used=f"engine{number}", started_at=timezone.now(), pages_done=3)
        make_job(staff, status=Status.FAILED, error_code="page_timeout")
    Usage.objects.create(day=timezone.now().date(), subject="a", owner=staff, pages=7)
    tab.goto("/cockpit/")
    for summary in tab.locator("main summary").all():
        summary.click()
    assert found_by_axe(tab, "charts and tables") == []


def test_api_reference(tab):
    tab.goto("/docs/")
    tab.locator("#operations-ocr-ocr .opblock-summary-control").click()
    tab.get_by_role("button", name="Try it out").click()
    expect(tab.locator("input[type=file]")).to_be_visible()
    assert found_by_axe(tab, "an operation to be tried") == []
    tab.locator(".auth-wrapper .authorize").click()
    expect(tab.locator(".modal-ux")).to_be_visible()
    assert found_by_axe(tab, "keys to be typed in") == []


def test_key_shown_once(tab, client):
    sign_in(tab, client, make_user("alice"))
    tab.goto(reverse("keys"))
    tab.get_by_label("Name").fill("scanner")
    tab.get_by_role("button", name="Make the key").click()
    tab.get_by_text("For clients of AWS Textract").click()
    assert found_by_axe(tab, "key") == []


def test_shared_page_with_a_password_and_refusals(tab, client):
    user = make_user("alice")
    job = make_job(user, text="Hello world")
    link = shares.create(job=job, days=1, password="open sesame")
    assert violations(tab, reverse("shared", args=[link.token])) == []
    tab.get_by_label("Password").fill("wrong")
    tab.get_by_role("button", name="Open").click()
    expect(tab.locator(".field-errors")).to_be_visible()
    assert found_by_axe(tab, "wrong password") == []
    sign_in(tab, client, user)
    waiting = make_job(user, status=Status.QUEUED)
    waiting.pages.all().delete()
    for address in ("/nowhere/", f"/history/{waiting.pk}/export/txt/"):
        assert violations(tab, address) == []


def test_work_under_way(tab, client):
    user = make_user("alice")
    sign_in(tab, client, user)
    batch = Batch.objects.create(owner=user)
    jobs = [make_job(user, status=status, pages_total=3) for status in Status]
    for number, job in enumerate(jobs):
        BatchItem.objects.create(batch=batch, number=number, job=job, file_name="a.png")
    BatchItem.objects.create(batch=batch, number=9, error_code="bad", error_message="Not read.")
    addresses = [reverse("entry", args=[job.pk]) for job in jobs]
    for address in (reverse("batch", args=[batch.pk]), *addresses):
        tab.goto(address)
        assert found_by_axe(tab, address) == []


def test_open_menus_panels_and_editor(tab, client):
    user = make_user("alice")
    sign_in(tab, client, user)
    job = make_job(user, text="Hello world")
    draw_pictures(job)
    tab.goto(reverse("entry", args=[job.pk]))
    for summary in tab.locator("summary").all():
        summary.evaluate("summary => (summary.parentElement.open = true)")
    assert found_by_axe(tab, "everything open") == []


def test_results_on_the_first_page(tab, picture, tmp_path):
    broken = tmp_path / "notes.png"
    broken.write_text("no picture")
    tab.goto("/")
    tab.set_input_files("#id_image", [picture, broken])
    expect(tab.locator("result-card[data-state=done]")).to_have_count(1)
    expect(tab.locator("result-card[data-state=failed]")).to_have_count(1)
    assert found_by_axe(tab, "results") == []


def test_tables_and_fields_for_their_cells(tab, client):
    user = make_user("ada")
    sign_in(tab, client, user)
    job = make_job(user)
    set_pages(job, report_page())
    assert violations(tab, f"/history/{job.pk}/") == []
    tab.get_by_role("button", name="Edit cells").click()
    assert found_by_axe(tab, "fields") == []


def test_a_word_as_a_field_and_what_is_to_be_replaced(tab, client):
    user = make_user("ada")
    sign_in(tab, client, user)
    job = make_job(user, text="Hello world")
    draw_pictures(job)
    tab.goto(f"/history/{job.pk}/")
    tab.locator(".word").first.click()
    expect(tab.locator(".word-input")).to_be_focused()
    assert found_by_axe(tab, "field") == []
    assert violations(tab, f"/history/{job.pk}/replace/?find=o&by=0") == []
    assert violations(tab, f"/history/{make_job(user, text='', words=0).pk}/") == []
