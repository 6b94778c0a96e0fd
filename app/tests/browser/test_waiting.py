"""Pages that wait, with the queue kept busy: pictures, place and time, notifications."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from app.models import Job, MailRequest, Priority, Status
from app.ocr.options import Options
from app.services.history import shares
from app.services.jobs.submit import submit
from app.services.operations.worker_heartbeats import WorkerHeartbeat
from app.services.submission import uploads
from app.tests.factories import (
    draw_pictures,
    encoded,
    image_file,
    make_job,
    make_page,
    make_upload,
    make_user,
    set_pages,
    text_png,
)

from .sessions import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PREPARED = "The picture is being prepared."


@pytest.fixture
def alice(page, client):
    user = make_user("alice")
    sign_in(page, client, user)
    return user


@pytest.fixture
def errors(page):
    """Errors in the console."""
    said: list[str] = []
    page.on("console", lambda message: message.type == "error" and said.append(message.text))
    yield said
    assert said == []


@pytest.fixture
def busy(worker):
    """Three files of others; the first is never finished, and each counts as 20 seconds."""
    WorkerHeartbeat(slots=1, pace=lambda: {"0": 20.0, "9": 20.0})()
    for number in range(3):
        upload = make_upload(visitor=f"other {number}")
        submit(upload=upload, options=Options(), priority=Priority.INTERACTIVE)
    return worker


def job_of(alice, name: str, content: bytes) -> Job:
    upload = uploads.store(
        content=image_file(name, content), name=name, owner=alice, visitor="", max_bytes=10**7
    )
    return make_job(alice, upload=upload)


def pdf(alice) -> Job:
    return job_of(alice, "report.pdf", encoded(Image.new("RGB", (300, 400), "white"), "PDF"))


def natural_width(image) -> int:
    return image.evaluate("image => image.naturalWidth")


def until(page, condition) -> None:
    """Waits for a state of the database, up to a minute."""
    for _ in range(200):
        if condition():
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{condition} stays false")


def test_picture_that_is_drawn_late_is_awaited_without_an_error(page, alice, errors):
    job = pdf(alice)
    page.goto(reverse("entry", args=[job.pk]))
    expect(page.get_by_text(PREPARED)).to_be_visible()
    draw_pictures(job)
    expect(page.get_by_text(PREPARED)).to_be_hidden()
    assert natural_width(page.locator(".viewer-sheet img")) > 0


def test_share_link_waits_for_its_picture(page, alice, errors):
    job = make_job(alice)
    page.context.clear_cookies()
    page.goto(reverse("shared", args=[shares.create(job=job, days=1).token]))
    expect(page.get_by_text(PREPARED)).to_be_visible()
    draw_pictures(job)
    expect(page.get_by_text(PREPARED)).to_be_hidden()


def test_uploaded_picture_is_there_at_once_however_busy_the_queue_is(page, alice, busy, errors):
    page.goto(reverse("entry", args=[make_job(alice).pk]))
    assert natural_width(page.locator(".viewer-sheet img")) > 0
    expect(page.get_by_text(PREPARED)).to_be_hidden()


def test_page_that_cannot_be_drawn_says_so(page, alice, errors):
    job = pdf(alice)
    Job.objects.filter(pk=job.pk).update(previewed=True)
    page.goto(reverse("entry", args=[job.pk]))
    expect(page.get_by_text("There is no picture of this page.")).to_be_visible()


def test_script_asks_for_ever_but_ever_less_often(page, alice):
    page.clock.install()
    job = pdf(alice)
    asked = []
    page.on("request", lambda request: request.resource_type == "fetch" and asked.append(1))
    page.goto(reverse("entry", args=[job.pk]))
    expect(page.get_by_text(PREPARED)).to_be_visible()
    for _ in range(60):
        page.clock.fast_forward(10_000)
        page.wait_for_timeout(20)
    early = len(asked)
    assert 10 < early < 40
    for _ in range(60):
        if len(asked) > early:
            break
        page.clock.fast_forward(10_000)
        page.wait_for_timeout(20)
    else:
        raise AssertionError("the script asks no more")
    draw_pictures(job)
    page.clock.resume()
    page.clock.fast_forward(300_000)
    expect(page.get_by_text(PREPARED)).to_be_hidden()


def test_card_shows_place_and_time_and_the_first_page_of_a_document(page, busy, document, errors):
    page.goto("/")
    page.set_input_files("#id_image", document)
    card = page.locator("result-card")
    expect(card.get_by_text("Files before yours: 2 · about 70 s")).to_be_visible()
    busy.let_pages_through(4)
    expect(card.get_by_text("page 2 of 3")).to_be_visible()
    expect(card.locator(".result-picture img")).to_have_count(1)
    busy.let_pages_through(2)
    expect(card.locator(".result-text")).to_contain_text("page 3")
    expect(card.locator(".place")).to_be_hidden()


def test_entry_shows_place_and_time_also_without_javascript(browser, site, page, alice, busy):
    job = submit(upload=make_upload(alice), options=Options(), priority=Priority.INTERACTIVE)
    address = reverse("entry", args=[job.pk])
    page.goto(address)
    said = page.get_by_text("Files before yours: 2 · about 70 s")
    expect(said).to_be_visible()
    state = page.context.storage_state()
    context = browser.new_context(base_url=site, java_script_enabled=False, storage_state=state)
    plain = context.new_page()
    plain.goto(address)
    expect(plain.get_by_text("Files before yours: 2 · about 70 s")).to_be_visible()
    context.close()
    busy.let_pages_through(1)
    expect(page.get_by_text("Files before yours: 1 · about 50 s")).to_be_visible()


def test_batch_shows_place_and_time(page, busy, document, tmp_path):
    other = tmp_path / "other.pdf"
    other.write_bytes(document.read_bytes() + b"\n")
    page.goto("/")
    page.set_input_files("#id_image", [document, other])
    said = "Files before yours: 2 · about 90 s"
    expect(page.locator(".batch-head").get_by_text(said)).to_be_visible()
    page.get_by_role("link", name="Open batch").click()
    expect(page.get_by_text(said)).to_be_visible()


def test_tall_page_is_as_wide_as_the_view_and_its_strips_come_as_it_is_scrolled(page, alice):
    job = job_of(alice, "chat.png", encoded(Image.new("RGB", (900, 27_000), "white")))
    page_below = make_page("\n".join(["word"] * 600))
    set_pages(job, page_below)
    job.pages.update(width=900, height=27_000)
    draw_pictures(job)
    page.goto(reverse("entry", args=[job.pk]))
    stage, images = page.locator(".viewer-stage"), page.locator(".viewer-sheet img")
    expect(images).to_have_count(15)
    width = stage.evaluate("stage => stage.clientWidth")
    assert page.locator(".viewer-sheet").bounding_box()["width"] == pytest.approx(width, abs=1)
    assert natural_width(images.first) > 0
    assert natural_width(images.last) == 0
    stage.evaluate("stage => stage.scrollTo(0, stage.scrollHeight)")
    expect(images.last).to_have_js_property("complete", True)
    page.wait_for_function("document.querySelector('.viewer-sheet img:last-of-type').naturalWidth")
    place, sheet = (
        page.locator(".box").last.bounding_box(),
        page.locator(".viewer-sheet").bounding_box(),
    )
    assert place["y"] - sheet["y"] == pytest.approx(40 * 599 * sheet["width"] / 900, rel=0.005)
    stage.focus()
    page.keyboard.press("+")
    assert page.locator(".viewer-sheet").bounding_box()["width"] == pytest.approx(
        1.4 * width, abs=2
    )


FAKE_NOTIFICATION = """
window.told = [];
window.Notification = class {
  static permission = "default";
  static requestPermission() { return Promise.resolve((this.permission = "granted")); }
  constructor(title, { body }) { window.told.push(`${title}: ${body}`); }
};
"""


def test_person_in_another_tab_is_told_when_it_is_done(page, alice, worker):
    page.add_init_script(FAKE_NOTIFICATION)
    job = submit(upload=make_upload(alice), options=Options(), priority=Priority.INTERACTIVE)
    page.goto(reverse("entry", args=[job.pk]))
    page.get_by_label("Tell me when it is done").check()
    page.evaluate("Object.defineProperty(document, 'hidden', { get: () => true })")
    worker.let_pages_through(1)
    expect(page.locator("#page-text")).to_contain_text("page 1")
    assert page.evaluate("window.told") == ["hello.png: The text is there."]


def test_person_who_looks_or_did_not_ask_is_not_told(page, alice, worker):
    page.add_init_script(FAKE_NOTIFICATION)
    job = submit(upload=make_upload(alice), options=Options(), priority=Priority.INTERACTIVE)
    page.goto(reverse("entry", args=[job.pk]))
    expect(page.get_by_label("Tell me when it is done")).not_to_be_checked()
    worker.let_pages_through(1)
    expect(page.locator("#page-text")).to_contain_text("page 1")
    assert page.evaluate("window.told") == []


def test_mail_is_asked_for_by_its_box_and_not_sent_to_those_who_see_the_end(page, alice, worker):
    EmailAddress.objects.create(user=alice, email="alice@example.org", verified=True)
    page.goto("/")
    page.get_by_text("More options").click()
    page.get_by_label("E-mail alice@example.org when it is done").check()
    for is_seen in (True, False):
        page.reload()
        name = f"{is_seen}.png"
        page.set_input_files(
            "#id_image", {"name": name, "mimeType": "image/png", "buffer": text_png(name)}
        )
        until(page, MailRequest.objects.filter(job__file_name=name).exists)
        if not is_seen:
            page.goto("/privacy/")
        worker.let_pages_through(1)
        until(page, Job.objects.filter(file_name=name, status=Status.DONE).exists)
        if is_seen:
            expect(page.locator("result-card")).to_have_attribute("data-state", "done")
    expect(page.get_by_role("heading", name="Privacy")).to_be_visible()
    assert [row.job.file_name for row in MailRequest.objects.all()] == ["False.png"]
