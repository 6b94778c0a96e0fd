"""Words corrected in place: by mouse, by keyboard only, saved at once, undone, announced."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from app.models import Job
from app.models import Page as StoredPage
from app.ocr.edits import words
from app.services.history import word_corrections
from app.tests.exports.structured_sample import report_page
from app.tests.factories import make_page, set_pages

from .doubtful import TEXT, doubtful_job, doubtful_page
from .sessions import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def job(site) -> Job:
    return doubtful_job()


@pytest.fixture
def entry(page: Page, job: Job, client) -> Page:
    sign_in(page, client, job.owner)
    page.goto(f"/history/{job.pk}/")
    expect(page.locator(".box")).to_have_count(8)
    return page


def word(page: Page, text: str):
    return page.locator("#page-text .word").get_by_text(text, exact=True)


def field(page: Page):
    return page.locator(".word-input")


def act(page: Page, name: str) -> None:
    page.get_by_role("button", name="Words and lines").click()
    page.get_by_role("button", name=name).click()


def said(page: Page, text: str) -> None:
    expect(page.locator("[data-said]")).to_have_text(text)


def stored(job: Job) -> str:
    return StoredPage.objects.get(job=job, number=1).final_text


def test_a_clicked_word_becomes_a_field_with_its_picture_above(entry, job):
    word(entry, "siver").click()
    expect(field(entry)).to_be_focused()
    expect(field(entry)).to_have_value("siver")
    crop, place = entry.locator(".word-crop").bounding_box(), field(entry).bounding_box()
    assert crop["y"] + crop["height"] <= place["y"]
    ink = """canvas => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((value, index) => index % 4 === 0 && value < 100).length;
    }"""
    assert entry.locator(".word-crop").evaluate(ink) > 50
    expect(entry.locator(".box-open")).to_have_text("siver")
    field(entry).fill("silver")
    entry.keyboard.press("Enter")
    said(entry, "Saved. 2 words to check.")
    assert stored(job).startswith("The silver vesseis")
    expect(entry.locator(".box", has_text="silver")).to_have_count(1)


def test_all_doubtful_words_by_keyboard_only(entry, job):
    entry.locator(".find .input").focus()
    for _ in range(12):  # to the button that says how many words there are to check
        if entry.evaluate("document.activeElement.matches('[data-next]')"):
            break
        entry.keyboard.press("Tab")
    entry.keyboard.press("Enter")
    expect(field(entry)).to_have_value("siver")
    expect(field(entry)).to_have_accessible_name("Correct “siver”, which is doubtful")
    entry.keyboard.type("silver")
    entry.keyboard.press("Tab")
    expect(field(entry)).to_have_value("vesseis")
    entry.keyboard.type("vessels")
    entry.keyboard.press("Tab")
    expect(field(entry)).to_have_value("northem")
    said(entry, "Saved. 1 word to check.")
    entry.keyboard.press("Enter")  # it is already right
    said(entry, "Saved. No words to check.")
    expect(field(entry)).to_be_hidden()
    expect(word(entry, "northem")).to_be_focused()
    assert stored(job) == "The silver vessels ianded\nin the northem bay"
    assert job.revisions.count() == 1


def test_tab_goes_back_and_ends_where_nothing_is_left(entry):
    word(entry, "northem").click()
    entry.keyboard.press("Shift+Tab")
    expect(field(entry)).to_have_value("vesseis")
    entry.keyboard.press("Tab")
    entry.keyboard.press("Tab")
    expect(field(entry)).to_be_hidden()
    said(entry, "No more words to check on this page.")
    expect(word(entry, "northem")).to_be_focused()


def test_tab_goes_on_and_back_over_pages_without_words_to_check(entry, job):
    set_pages(job, doubtful_page(), make_page("Good bye", number=2), doubtful_page(number=3))
    entry.reload()
    entry.get_by_role("button", name="6 words to check, 3 on this page").click()
    for expected in ("siver", "vesseis", "northem", "siver"):
        expect(field(entry)).to_have_value(expected)
        entry.keyboard.press("Tab")
    expect(field(entry)).to_have_value("vesseis")
    assert "page=3" in entry.url
    entry.keyboard.press("Shift+Tab")
    expect(field(entry)).to_have_value("siver")
    entry.keyboard.press("Shift+Tab")
    expect(field(entry)).to_have_value("northem")
    assert "page=1" in entry.url
    entry.keyboard.type("northern")
    entry.keyboard.press("Enter")
    expect(field(entry)).to_have_value("siver")  # of the third page
    expect(entry.get_by_text("5 words to check, 3 on this page")).to_be_visible()
    entry.goto(f"/history/{job.pk}/?page=2")
    entry.get_by_role("button", name="5 words to check, 0 on this page").click()
    expect(field(entry)).to_have_value("siver")
    assert "page=3" in entry.url


def test_arrow_keys_go_from_word_to_word_and_enter_opens_one(entry):
    word(entry, "siver").focus()
    for key, text in (
        ("ArrowLeft", "The"),
        ("ArrowDown", "in"),
        ("ArrowUp", "The"),
        ("ArrowRight", "siver"),
        ("End", "bay"),
        ("Home", "The"),
    ):
        entry.keyboard.press(key)
        expect(word(entry, text)).to_be_focused()
    entry.keyboard.press("Enter")
    expect(field(entry)).to_have_value("The")
    entry.keyboard.type("A")
    entry.keyboard.press("Escape")
    expect(word(entry, "The")).to_be_focused()
    expect(field(entry)).to_be_hidden()


def test_it_saves_by_itself_where_the_field_is_left_by_mouse(entry, job):
    word(entry, "ianded").click()
    entry.keyboard.type("landed")
    entry.locator("h1").click()
    said(entry, "Saved. 3 words to check.")
    assert "vesseis landed" in stored(job)


def test_undo_by_key_and_by_button(entry, job):
    word(entry, "ianded").click()
    entry.keyboard.type("landed")
    entry.keyboard.press("Enter")
    said(entry, "Saved. 3 words to check.")
    word(entry, "bay").click()
    entry.keyboard.type("sea")
    entry.keyboard.press("Control+z")  # the typing, not what is stored
    entry.keyboard.press("Escape")
    assert "landed" in stored(job)
    entry.keyboard.press("Control+z")
    said(entry, "Undone. 3 words to check.")
    assert stored(job) == TEXT
    expect(entry.get_by_role("button", name="Undo")).to_be_disabled()
    word(entry, "bay").click()
    entry.keyboard.type("sea")
    entry.keyboard.press("Enter")
    entry.get_by_role("button", name="Undo").click()
    said(entry, "Undone. 3 words to check.")
    assert stored(job) == TEXT


def test_words_are_split_joined_inserted_and_deleted(entry, job):
    word(entry, "ianded").click()
    field(entry).press("End")
    for _ in range(3):
        field(entry).press("ArrowLeft")
    act(entry, "Split word")
    said(entry, "Saved. 3 words to check.")
    expect(field(entry)).to_have_value("ian")
    field(entry).press("End")
    entry.keyboard.press("Delete")
    expect(field(entry)).to_have_value("ianded")
    act(entry, "Insert word")
    expect(field(entry)).to_have_accessible_name("New word after “ianded”")
    entry.keyboard.type("at last")
    entry.keyboard.press("Enter")
    expect(word(entry, "last")).to_be_visible()
    word(entry, "The").click()
    act(entry, "Delete word")
    expect(word(entry, "The")).to_have_count(0)
    expect(word(entry, "siver")).to_be_focused()
    assert stored(job) == "siver vesseis ianded at last\nin the northem bay"


def test_lines_by_keyboard(entry, job):
    word(entry, "siver").focus()
    entry.keyboard.press("ArrowRight")
    entry.keyboard.press("Enter")
    expect(field(entry)).to_have_value("vesseis")
    entry.keyboard.press("ArrowDown")
    for _ in range(5):
        entry.keyboard.press("ArrowRight")
    expect(entry.get_by_role("button", name="Split line")).to_be_focused()
    entry.keyboard.press("Enter")
    said(entry, "Saved. 3 words to check.")
    assert stored(job) == "The siver\nvesseis ianded\nin the northem bay"
    act(entry, "Join lines")
    expect(entry.locator(".line")).to_have_count(2)
    act(entry, "Insert line")
    entry.keyboard.type("on Monday")
    entry.keyboard.press("Enter")
    expect(entry.locator(".line")).to_have_count(3)
    word(entry, "The").click()
    act(entry, "Delete line")
    expect(entry.locator(".line")).to_have_count(2)
    assert stored(job) == "vesseis ianded in the northem bay\non Monday"


def test_page_keys_turn_pages_and_go_on_with_the_words(entry, job):
    word(entry, "ianded").click()
    entry.keyboard.type("landed")
    entry.keyboard.press("PageDown")
    expect(entry.locator("#page-text")).to_have_text("Good bye")
    entry.wait_for_load_state()  # the scripts that listen to keys are loaded last
    entry.keyboard.press("PageUp")
    expect(word(entry, "landed")).to_be_visible()


def test_a_change_by_others_is_shown_instead_of_lost(entry, job):
    row = StoredPage.objects.get(job=job, number=1)
    version = word_corrections.version_of(row)
    word_corrections.correct_words(
        job=job, number=1, version=version, edit=lambda p: words.replace_words(p, 7, text="BAY")
    )
    word(entry, "ianded").click()
    entry.keyboard.type("landed")
    entry.keyboard.press("Enter")
    said(entry, "This page was changed meanwhile. You see it as it is now.")
    expect(word(entry, "BAY")).to_be_visible()
    expect(word(entry, "ianded")).to_be_visible()


def test_an_edit_outlives_a_lost_network(entry, job):
    entry.context.set_offline(True)
    word(entry, "ianded").click()
    entry.keyboard.type("landed")
    entry.keyboard.press("Enter")
    said(entry, "Not saved yet: the server cannot be reached. Trying again …")
    entry.context.set_offline(False)
    said(entry, "Saved. 3 words to check.")
    assert "landed" in stored(job)


def test_words_of_tables_stay_in_their_cells(entry, job):
    set_pages(job, report_page())
    entry.reload()
    entry.locator("[data-cell='2-1'] .word").click()
    expect(field(entry)).to_have_value("1,234.5")
    entry.keyboard.type("1,239.5")
    entry.keyboard.press("Enter")
    expect(entry.locator("[data-said]")).to_contain_text("Saved.")
    expect(entry.locator("[data-cell='2-1']")).to_have_text("1,239.5")
    assert "North and <west>\t1,239.5\t12.0" in stored(job)


def test_copy_page_and_copy_all_have_clean_ends(entry):
    for name, text in (("Copy page", TEXT), ("Copy all", f"{TEXT}\n\nGood bye")):
        entry.get_by_role("button", name=name).click()
        expect(entry.get_by_role("button", name="Copied")).to_be_visible()
        assert entry.evaluate("navigator.clipboard.readText()") == text
        expect(entry.get_by_role("button", name=name)).to_be_visible()


def test_find_and_replace_over_the_document_is_counted_and_undone(entry, job):
    entry.get_by_role("link", name="Replace").click()
    entry.get_by_label("Find").fill("o")
    entry.get_by_label("Replace with").fill("0")
    entry.get_by_role("button", name="Show places").click()
    expect(entry.get_by_role("status")).to_have_text("3 places on 2 pages")
    entry.get_by_role("button", name="Replace all").click()
    expect(entry.get_by_text("3 places replaced.")).to_be_visible()
    assert stored(job).endswith("n0rthem bay")
    entry.get_by_role("button", name="Undo the replacement").click()
    expect(entry.get_by_text("The replacement is undone.")).to_be_visible()
    assert stored(job) == TEXT
