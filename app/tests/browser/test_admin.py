"""The admin site under the site's strict policy; the `page` fixture fails on a violation."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from app.tests.factories import PASSWORD, make_job, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/admin/",
    "/cockpit/",
    "/admin/app/job/",
    "/admin/app/job/?status=done&q=hello",
    "/admin/app/upload/",
    "/admin/auth/user/add/",
]


@pytest.fixture
def staff(page: Page):
    """A tab signed in as a member of staff."""
    user = make_user("bob", is_staff=True, is_superuser=True)
    page.goto("/admin/")
    page.locator("[name=login]").fill("bob")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    expect(page.locator("#content")).to_be_visible()
    return user


def test_every_kind_of_page_of_the_admin_site_opens(page: Page, staff):
    job = make_job(staff)
    for path in [*PAGES, f"/admin/app/job/{job.pk}/change/", f"/admin/app/job/{job.pk}/delete/"]:
        answer = page.goto(path)
        assert answer.status == 200, path
        expect(page.locator("#content")).to_be_visible()


def test_the_scripts_of_the_admin_site_run(page: Page, staff):
    make_job(staff)
    page.goto("/admin/app/job/")
    page.locator("#action-toggle").check()
    expect(page.locator(".actions .action-counter")).to_contain_text("1 of 1")


def test_an_entry_of_another_person_opens_for_a_reason(page: Page, staff):
    job = make_job(make_user("alice"), text="Hello world")
    page.goto(f"/admin/app/job/{job.pk}/change/")
    expect(page.get_by_text("Hello world")).to_have_count(0)
    page.get_by_role("link", name="Open them for a reason").click()
    page.get_by_label("Reason").fill("Alice asked why a word is missing")
    page.get_by_role("button", name="Open the entry").click()
    expect(page.get_by_text("Hello world").first).to_be_visible()
    page.get_by_role("link", name="Open it").click()
    expect(page.locator(".site-footer")).to_contain_text("belongs to another account")
