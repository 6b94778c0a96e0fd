from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def focused(page):
    return page.evaluate(
        "(document.activeElement.ariaLabel || document.activeElement.textContent).trim()"
    )


def test_skip_link_comes_first_and_leads_to_the_content(page):
    page.goto("/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page) == "Files to read"


def test_focus_is_visible_on_the_file_button(page):
    page.goto("/")
    page.locator("#id_image").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    outline = page.locator(".drop-choose").evaluate("node => getComputedStyle(node).outlineStyle")
    assert outline == "solid"


def test_deletion_is_asked_confirmed_and_given_up_by_keyboard(page, picture):
    page.goto("/")
    page.set_input_files("#id_image", picture)
    page.get_by_role("button", name="Copy text").wait_for()
    page.goto("/history/")
    delete = page.get_by_role("button", name="Delete greeting.png")
    delete.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(delete).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing here yet")).to_be_visible()
