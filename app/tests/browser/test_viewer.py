from __future__ import annotations

import pytest
from playwright.sync_api import expect

from app.models import Job
from app.tests.factories import draw_pictures

from .conftest import WATCH_SHIFTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def entry(page, picture):
    """The page of a recognized picture that says Hello world 2026."""
    page.goto("/")
    page.set_input_files("#id_image", picture)
    page.get_by_role("link", name="Open", exact=True).wait_for()
    draw_pictures(Job.objects.get())
    page.get_by_role("link", name="Open", exact=True).click()
    expect(page.locator(".box")).to_have_count(3)
    page.wait_for_load_state()  # until then the text can move from under the pointer
    return page


def box(page, number):
    return page.locator(".box").nth(number)


def word(page, number):
    return page.locator(".word").nth(number)


def test_boxes_lie_on_the_words_of_the_picture(entry):
    sheet = entry.locator(".viewer-sheet").bounding_box()
    stored = [int(n) for n in word(entry, 1).get_attribute("data-box").split()]
    scale = sheet["width"] / int(entry.locator(".viewer-sheet").get_attribute("data-width"))
    place = box(entry, 1).bounding_box()
    assert place["x"] - sheet["x"] == pytest.approx(stored[0] * scale, abs=1)
    assert place["y"] - sheet["y"] == pytest.approx(stored[1] * scale, abs=1)
    assert place["width"] == pytest.approx((stored[2] - stored[0]) * scale, abs=1)


def test_text_stays_where_it_is_when_the_script_comes(entry):
    entry.add_init_script(f"({WATCH_SHIFTS})()")
    entry.reload()
    expect(entry.get_by_role("button", name="Undo")).to_be_visible()
    assert entry.evaluate("window.shift") < 0.001


def test_pointing_at_a_word_lights_it_up_on_the_other_side(entry):
    word(entry, 1).hover()
    expect(box(entry, 1)).to_have_class("box lit")
    box(entry, 2).hover()
    expect(word(entry, 2)).to_have_class("word lit")
    expect(word(entry, 1)).to_have_class("word")


def test_text_is_selected_on_the_picture_and_copied_as_it_reads(entry):
    first, last = box(entry, 0).bounding_box(), box(entry, 2).bounding_box()
    entry.mouse.move(first["x"] + 1, first["y"] + first["height"] / 2)
    entry.mouse.down()
    entry.mouse.move(last["x"] + last["width"] - 1, last["y"] + last["height"] / 2, steps=8)
    entry.mouse.up()
    entry.keyboard.press("Control+c")
    assert entry.evaluate("navigator.clipboard.readText()") == "Hello world 2026"


def test_keyboard_zooms_moves_and_shows_the_whole_page(entry):
    stage = entry.locator(".viewer-stage")
    whole = box(entry, 0).bounding_box()
    stage.focus()
    entry.keyboard.press("+")
    zoomed = box(entry, 0).bounding_box()
    assert zoomed["width"] == pytest.approx(1.4 * whole["width"], rel=0.01)
    for _ in range(4):
        entry.keyboard.press("+")
    before = box(entry, 0).bounding_box()
    entry.keyboard.press("ArrowRight")
    assert box(entry, 0).bounding_box()["x"] < before["x"]
    entry.keyboard.press("0")
    assert box(entry, 0).bounding_box() == pytest.approx(whole, abs=0.5)


def test_wheel_zooms_with_control_where_the_pointer_is(entry):
    place = box(entry, 1).bounding_box()
    middle = (place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    entry.mouse.move(*middle)
    entry.keyboard.down("Control")
    entry.mouse.wheel(0, -300)
    entry.keyboard.up("Control")
    expect(entry.locator(".viewer-stage")).to_have_attribute("data-zoomed", "")
    zoomed = box(entry, 1).bounding_box()
    assert zoomed["width"] > 2 * place["width"]
    assert zoomed["x"] < middle[0] < zoomed["x"] + zoomed["width"]


def test_text_is_corrected_and_the_earlier_one_brought_back(entry):
    entry.get_by_text("Edit", exact=True).click()
    entry.get_by_role("textbox", name="Text", exact=True).fill("Hello wonderful 2026")
    entry.get_by_role("button", name="Save").first.click()
    expect(entry.locator("#page-text")).to_contain_text("Hello wonderful 2026")
    entry.get_by_text("Earlier texts").click()
    entry.get_by_role("button", name="Bring back").click()
    expect(entry.locator("#page-text")).to_contain_text("Hello world 2026")


def test_word_is_found_and_marked_on_both_sides(entry):
    entry.get_by_role("searchbox", name="Find in the document").fill("WORLD")
    entry.keyboard.press("Enter")
    expect(word(entry, 1)).to_have_class("word word-found")
    expect(box(entry, 1)).to_have_class("box box-found")


def test_on_phones_the_text_comes_first_and_tabs_show_the_picture(entry):
    entry.set_viewport_size({"width": 390, "height": 844})
    entry.reload()
    text, stage = entry.locator("#page-text"), entry.locator(".viewer-stage")
    expect(text).to_be_in_viewport()
    expect(stage).to_be_hidden()
    for tool in ("searchbox", "button", "link"):
        expect(entry.locator(".viewer-tools").get_by_role(tool).first).to_be_in_viewport(ratio=1)
    lines = """block => {
      const kept = getComputedStyle(block).whiteSpace;
      block.classList.add("block-flows");
      return [kept, getComputedStyle(block).whiteSpace];
    }"""
    assert text.locator(".block").first.evaluate(lines) == ["pre-line", "normal"]
    entry.get_by_role("tab", name="Text").press("ArrowRight")
    expect(entry.get_by_role("tab", name="Picture")).to_be_focused()
    expect(stage).to_be_in_viewport()
    expect(text).to_be_hidden()
    box(entry, 1).click()
    expect(entry.locator(".word-input")).to_have_value("world")


def test_what_is_printed_is_the_picture_and_the_text(entry):
    entry.locator("#tab-picture").evaluate("tab => tab.click()")
    entry.emulate_media(media="print")
    for name in (".viewer-stage", "#page-text", "h1"):
        expect(entry.locator(name)).to_be_visible()
    for name in (".viewer-tools", ".viewer-bar", ".proof-bar", "header", "footer", ".panels"):
        expect(entry.locator(name).first).to_be_hidden()
