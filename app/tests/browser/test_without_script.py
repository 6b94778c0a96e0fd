from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plain_page(browser, site):
    context = browser.new_context(base_url=site, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_everything_works_without_javascript(plain_page, picture):
    page = plain_page
    page.goto("/")
    page.set_input_files("#id_image", picture)
    page.get_by_role("button", name="Read the text").click()
    expect(page.locator("#page-text")).to_contain_text("Hello world 2026")

    page.goto("/history/")
    page.get_by_role("searchbox").fill("world")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="greeting.png")).to_be_visible()

    page.get_by_role("button", name="Delete greeting.png").click()
    expect(page.get_by_role("link", name="greeting.png")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="greeting.png")).to_be_visible()


def test_sample_is_read_without_javascript(plain_page):
    plain_page.goto("/")
    plain_page.get_by_role("button", name="Receipt").click()
    expect(plain_page.locator("#page-text")).to_contain_text("Sourdough loaf")
