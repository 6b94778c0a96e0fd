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
    outline = page.locator(".drop-target .drop-choose").evaluate(
        "node => getComputedStyle(node).outlineStyle"
    )
    assert outline == "solid"


def test_emptying_the_trash_is_asked_and_given_up_by_keyboard(page, picture):
    page.goto("/")
    page.set_input_files("#id_image", picture)
    page.get_by_role("button", name="Copy text").wait_for()
    page.goto("/history/")
    page.get_by_role("button", name="Delete greeting.png").press("Enter")
    page.get_by_role("link", name="Trash").press("Enter")
    empty = page.get_by_role("button", name="Empty the trash")
    empty.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(empty).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The trash is empty")).to_be_visible()


def test_menu_opens_and_closes_by_keyboard(page, picture):
    page.goto("/")
    page.set_input_files("#id_image", picture)
    page.get_by_role("link", name="Open", exact=True).click()
    expect(page.locator(".box")).to_have_count(3)  # the scripts have run
    menu = page.locator("summary", has_text="Download")
    menu.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Searchable PDF")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Searchable PDF")).to_be_hidden()
    expect(menu).to_be_focused()
