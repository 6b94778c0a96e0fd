"""Agreement of the privacy page and the footers with the settings."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags

from app.models import Share, Webhook
from app.services.accounts import staff_access
from app.services.history import shares
from app.services.operations import privacy
from app.tests.base import SiteTestCase
from app.tests.factories import make_job

BUCKET = {"OPTIONS": {"endpoint_url": "https://user:secret@files.example.org/path"}}
# Settings that send data to another server, and the name that the page must show.
ELSEWHERE: dict[str, tuple[dict[str, Any], str]] = {
    "bucket": ({"MEDIA_S3_BUCKET": "scans", "S3": BUCKET}, "files.example.org"),
    "bucket of Amazon": (
        {"MEDIA_S3_BUCKET": "scans", "S3": {"OPTIONS": {"endpoint_url": None}}},
        "Amazon S3",
    ),
    "mail": (
        {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "mail.example.org",
        },
        "mail.example.org",
    ),
    "sign-in": (
        {"OIDC_CLIENT_ID": "site", "OIDC_SERVER_URL": "https://id.example.org/realms/staff"},
        "id.example.org",
    ),
    "errors": ({"SENTRY_DSN": "https://secret@errors.example.org/1"}, "errors.example.org"),
    "traces": ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://traces.example.org:4318"}, "traces."),
    "database": (
        {"DATABASES": {"default": {"HOST": "rows.example.org", "PASSWORD": "secret"}}},
        "rows.example.org",
    ),
}
LOCAL = {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
NOTHING = "Nothing, unless you ask for it."


def words(response: Any) -> str:
    """The text of a page, in one line."""
    return " ".join(unescape(strip_tags(response.content.decode())).split())


def footer(response: Any) -> str:
    return words(response).rpartition("Privacy API documentation")[0][-400:]


@override_settings(**LOCAL)
class PrivacyPageTests(SiteTestCase):
    def page(self, client: Client | None = None) -> str:
        return words((client or self.client).get(reverse("privacy")))

    def test_periods_are_those_of_the_settings(self) -> None:
        given = {"ANONYMOUS_HOURS": 31, "RETENTION_DAYS": 32, "TRASH_DAYS": 33, "AUDIT_DAYS": 34}
        with override_settings(**given):
            page = self.page()
        for said in (
            "Files sent without an account 31 hours",
            "Entries of an account 32 days",
            "Deleted entries in the trash 33 days",
            "The log of the account 34 days",
        ):
            self.assertIn(said, page)
        with override_settings(RETENTION_DAYS=0, ANONYMOUS_HOURS=1):
            page = self.page()
        self.assertIn("Entries of an account Until you delete them", page)
        self.assertIn("Files sent without an account 1 hour ", page)

    def test_what_staff_see_is_said(self) -> None:
        for allowed in (False, True):
            with self.subTest(allowed), override_settings(STAFF_SEES_TEXTS=allowed):
                page = self.page()
                self.assertEqual("Staff of this site can read and search all" in page, allowed)
                self.assertEqual("they must type in a reason" in page, not allowed)

    def test_an_hour_is_an_hour(self) -> None:
        self.assertEqual(staff_access.OPEN_FOR.total_seconds(), 3600)

    def test_nothing_leaves_where_everything_is_here(self) -> None:
        page = self.page()
        self.assertIn(NOTHING, page)
        self.assertIn("Files are in a folder on this server.", page)
        self.assertFalse(privacy.other_servers().any)

    def test_closed_sites_tell_nothing_of_visitors(self) -> None:
        with override_settings(ANONYMOUS_OCR=False):
            self.assertNotIn("without an account", self.page().lower())

    def test_own_webhooks_are_named_and_those_of_others_are_not(self) -> None:
        for owner, host in ((self.alice, "hers"), (self.charlie, "his")):
            url = f"https://user:secret@{host}.example.org/hook?key=secret"
            Webhook.objects.create(owner=owner, job=make_job(owner), url=url, site_url="http://x")
        self.assertNotIn("example.org", self.page())
        self.client.force_login(self.alice)
        page = self.page()
        self.assertIn("Yours go to: hers.example.org", page)
        self.assertNotIn("his.example.org", page)
        self.assertNotIn("secret", page)

    def test_links_to_deletion_lead_there(self) -> None:
        self.client.force_login(self.alice)
        page = self.client.get(reverse("privacy"))
        for name in ("history", "trash", "delete-account"):
            self.assertContains(page, f'href="{reverse(name)}"')


@pytest.mark.parametrize("name", ELSEWHERE)
@pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
def test_other_servers_are_named_without_their_secrets(name, settings):
    for setting, value in {**LOCAL, **ELSEWHERE[name][0]}.items():
        setattr(settings, setting, value)
    servers = privacy.other_servers()
    named = [getattr(servers, field) for field in servers.__dataclass_fields__]
    told = " ".join(filter(None, named))
    assert ELSEWHERE[name][1] in told
    assert len(list(filter(None, named))) == 1
    assert "secret" not in told


@pytest.mark.parametrize("name", sorted(ELSEWHERE.keys() - {"database"}))
@pytest.mark.django_db
def test_the_page_names_them(name, client):
    with override_settings(**{**LOCAL, **ELSEWHERE[name][0]}):
        page = words(client.get(reverse("privacy")))
    assert ELSEWHERE[name][1] in page
    assert NOTHING not in page
    assert "secret" not in page


@override_settings(**LOCAL)
class FooterTests(SiteTestCase):
    def test_visitors_are_told_their_hours_and_of_staff(self) -> None:
        with override_settings(ANONYMOUS_HOURS=5):
            said = footer(self.client.get("/"))
        self.assertIn("deleted after 5 hours", said)
        self.assertIn("staff of this site", said)

    def test_accounts_are_told_what_staff_may(self) -> None:
        self.client.force_login(self.alice)
        for allowed, words_of_it in ((False, "Only you and people"), (True, "and the staff of")):
            with self.subTest(allowed), override_settings(STAFF_SEES_TEXTS=allowed):
                self.assertIn(words_of_it, footer(self.client.get(reverse("history"))))

    def test_files_in_a_bucket_do_not_stay_on_this_server(self) -> None:
        with override_settings(**ELSEWHERE["bucket"][0]):
            said = footer(self.client.get("/"))
        self.assertIn("stored at files.example.org", said)
        self.assertNotIn("stay on this server", said)

    def test_shared_pages_say_that_everyone_with_the_link_sees_them(self) -> None:
        share: Share = shares.create(job=make_job(self.alice), days=3)
        for client in (Client(), self.client):
            said = footer(client.get(reverse("shared", args=[share.token])))
            until = date_format(timezone.localtime(share.expires_at), "DATE_FORMAT")
            self.assertIn(f"Everyone who has the link can see this page until {until}", said)
            self.assertNotIn("Only you", said)
            self.client.force_login(self.alice)

    def test_staff_are_told_that_the_owner_learns_of_it(self) -> None:
        job = make_job(self.alice)
        staff_access.open_entry(job=job, staff=self.bob, reason="Asked to look", address="")
        self.client.force_login(self.bob)
        said = footer(self.client.get(reverse("entry", args=[job.pk])))
        self.assertIn("belongs to another account", said)

    def test_every_page_leads_to_the_privacy_page(self) -> None:
        for address in ("/", "/nowhere/", reverse("account_login"), reverse("offline")):
            self.assertContains(
                self.client.get(address),
                f'href="{reverse("privacy")}"',
                status_code=404 if "nowhere" in address else 200,
            )


def test_default_is_closed():
    assert settings.STAFF_SEES_TEXTS is False
