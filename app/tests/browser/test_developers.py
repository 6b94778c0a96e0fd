"""The developers' page by mouse and keyboard: tabs, the key in all samples, search."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from app.tests.factories import make_user

from .sessions import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_language_that_is_chosen_holds_for_all_samples(page: Page):
    page.goto("/developers/")
    expect(page.locator("#text-sh")).to_be_visible()
    expect(page.locator("#text-py")).to_be_hidden()
    page.locator("#text").get_by_role("tab", name="curl").press("ArrowRight")
    expect(page.locator("#text-py")).to_be_visible()
    expect(page.locator("#batch-py")).to_be_visible()
    expect(page.locator("#batch-sh")).to_be_hidden()
    expect(page.locator("#text").get_by_role("tab", name="Python")).to_be_focused()


def test_key_is_filled_in_and_stays_in_the_page(page: Page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    page.goto("/developers/")
    page.get_by_label("Your key").fill("oo_mine")
    expect(page.locator("#text-sh")).to_contain_text("Bearer oo_mine")
    page.get_by_label("Search this page").fill("excel")
    expect(page.locator("#text-sh")).to_have_count(0)
    expect(page.locator("#table-sh")).to_contain_text("Bearer oo_mine")
    page.locator("#table-sh").locator("..").get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert "oo_mine" in page.evaluate("navigator.clipboard.readText()")
    page.get_by_label("Your key").fill("")
    expect(page.locator("#table-sh")).to_contain_text("Bearer oo_YOUR_KEY")
    assert not any("oo_mine" in request for request in asked)
    assert page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})").count("oo_") == 0


def test_search_finds_errors_while_one_types(page: Page):
    page.goto("/developers/")
    page.get_by_label("Search this page").fill("quota")
    expect(page.locator("#errors tbody tr")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"q=quota"))


def test_new_key_comes_with_a_line_that_works(page: Page, client):
    sign_in(page, client, make_user("alice"))
    page.goto("/account/keys/")
    page.get_by_label("Name").fill("scanner")
    page.get_by_role("button", name="Make the key").click()
    token = page.locator("#token").inner_text()
    assert re.fullmatch(r"oo_\w{13}_\w{32}", token)
    copy = page.locator(".secret", has=page.locator("#curl")).get_by_role("button", name="Copy")
    copy.click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert f"Bearer {token}" in page.evaluate("navigator.clipboard.readText()")


def test_reference_is_small_and_tries_out(page: Page):
    weights: dict[str, int] = {}
    page.on("response", lambda answer: weights.update({answer.url: len(answer.body())}))
    page.goto("/docs/")
    page.locator("#operations-languages-languages_list .opblock-summary-control").click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    expect(page.locator(".live-responses-table tbody .response-col_status").first).to_contain_text(
        "200"
    )
    page.get_by_role("link", name="Quick start, limits and errors").click()
    expect(page).to_have_url(re.compile("/developers/$"))
    assert sum("drf-yasg" in address for address in weights) == 2


def test_without_scripts_all_samples_are_there(browser, site):
    context = browser.new_context(base_url=site, java_script_enabled=False)
    tab = context.new_page()
    tab.goto("/developers/")
    for name in ("text-sh", "text-py", "text-mjs"):
        expect(tab.locator(f"#{name}")).to_be_visible()
    expect(tab.get_by_label("Your key")).to_be_hidden()
    tab.get_by_label("Search this page").fill("excel")
    tab.get_by_role("button", name="Search").click()
    expect(tab.locator("#pdf")).to_have_count(0)
    expect(tab.locator("#table")).to_be_visible()
    context.close()


def test_sign_up_shows_the_password_and_its_strength(page: Page):
    page.goto("/account/signup/")
    page.get_by_label("Username").fill("dora")
    field = page.locator("#id_password1")
    field.fill("short")
    expect(page.locator(".password-row")).to_contain_text("Too short")
    field.fill("violet anchor under 77 lamps")
    expect(page.locator(".password-row")).to_contain_text("Strong")
    page.get_by_role("button", name="Show").click()
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Create account").click()
    expect(page.locator(".site-user")).to_have_text("dora")
