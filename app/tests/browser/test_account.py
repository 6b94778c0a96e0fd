from __future__ import annotations

import pytest
from playwright.sync_api import expect

from app.tests.factories import PASSWORD, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_visitor_signs_up_and_keeps_what_was_read(page, picture):
    page.goto("/")
    page.set_input_files("#id_image", picture)
    page.get_by_role("button", name="Copy text").wait_for()
    page.get_by_role("link", name="Create account").click()
    page.get_by_label("Username").fill("dora")
    page.get_by_label("Password", exact=True).fill("violet-anchor-77")
    page.get_by_role("button", name="Create account").click()
    page.get_by_role("link", name="dora").click()
    page.get_by_role("button", name="Sign out").click()

    page.goto("/account/login/?next=/history/")
    page.get_by_label("User name or e-mail address").fill("dora")
    page.get_by_label("Password").fill("violet-anchor-77")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("link", name="greeting.png")).to_be_visible()


def test_account_is_deleted_by_its_owner(page):
    make_user("erin")
    page.goto("/account/login/?next=/account/")
    page.get_by_label("User name or e-mail address").fill("erin")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Delete", exact=True).click()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_text("were deleted")).to_be_visible()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
