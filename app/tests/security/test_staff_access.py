"""Staff can read texts and pictures of others, on pages and in the admin site, only with a
reason."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from app.models import Action, AuditEvent, Job, Page
from app.services.accounts import staff_access
from app.tests.factories import make_job

from .world import MARKER, WorldTestCase, session

REASON = "Asked by Alice to look at the wrong total"
NAMES_STAY = f"{MARKER}.png"


class StaffAccessTests(WorldTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.bob.is_superuser = True
        self.bob.save()
        self.staff = session(self.bob)
        Job.objects.filter(pk=self.job.pk).update(notes=f"{MARKER} notes", tags=[f"{MARKER} tag"])
        self.page = Page.objects.get(job=self.job)
        self.change_pages = [
            reverse("admin:app_job_change", args=[self.job.pk]),
            reverse("admin:app_page_change", args=[self.page.pk]),
        ]

    def texts_in(self, address: str, client: Client | None = None) -> bool:
        """True if the page shows anything of Alice's except the names of her files."""
        content = (client or self.staff).get(address, follow=True).content.decode()
        return MARKER in content.replace(NAMES_STAY, "").replace(f"{MARKER}-2.png", "")

    def give(self, reason: str = REASON, job: Any = None) -> Any:
        address = reverse("admin:app_job_reason", args=[(job or self.job).pk])
        return self.staff.post(address, {"reason": reason}, REMOTE_ADDR="192.0.2.7")

    def test_closed_entries_show_no_text_in_the_admin_site(self) -> None:
        for address in self.change_pages:
            with self.subTest(address):
                self.assertFalse(self.texts_in(address))
                self.assertContains(self.staff.get(address), "closed to staff")
                self.assertFalse(self.texts_in(address.replace("change", "delete")))
        upload = reverse("admin:app_upload_change", args=[self.job.upload.pk])
        self.assertNotContains(self.staff.get(upload), self.job.upload.file.name)
        self.assertFalse(AuditEvent.objects.filter(action=Action.READ_BY_STAFF).exists())

    def test_visitors_secret_is_shown_nowhere(self) -> None:
        visitors = Job.objects.get(pk=self.names["visitors"])
        for name, pk in (("job", visitors.pk), ("upload", visitors.upload_id)):
            page = self.staff.get(reverse(f"admin:app_{name}_change", args=[pk]))
            self.assertNotContains(page, "visitor-secret")

    def test_texts_are_not_searched_or_filtered_by(self) -> None:
        for name, word in (("job", "corrected"), ("page", "text")):
            found = self.staff.get(reverse(f"admin:app_{name}_changelist"), {"q": word})
            self.assertEqual(found.context["cl"].result_count, 0, name)
        for name, lookup in (
            ("job", "text__contains"),
            ("job", "title__startswith"),
            ("job", "notes__icontains"),
            ("job", "search_text__text__contains"),
            ("job", "pages__text__contains"),
            ("page", "text__contains"),
            ("page", "tree__icontains"),
            ("page", "job__text__contains"),
            ("upload", "jobs__text__contains"),
        ):
            with self.subTest(f"{name} {lookup}"):
                address = reverse(f"admin:app_{name}_changelist")
                response = self.staff.get(address, {lookup: MARKER})
                self.assertEqual(response.status_code, 400)
        users = self.staff.get(reverse("admin:auth_user_changelist"), {"jobs__text__contains": "x"})
        self.assertEqual(users.status_code, 400)

    def test_names_and_accounts_are_searched(self) -> None:
        for word in (MARKER, "alice", str(self.job.pk)):
            found = self.staff.get(reverse("admin:app_job_changelist"), {"q": word})
            self.assertGreater(found.context["cl"].result_count, 0, word)

    def test_closed_entry_cannot_be_edited(self) -> None:
        form = {"title": "Taken", "corrected_text": "", "tags": "[]", "notes": ""}
        self.assertEqual(self.staff.post(self.change_pages[0], form).status_code, 403)
        self.job.refresh_from_db()
        self.assertEqual(self.job.title, f"{MARKER} title")

    def test_no_reason_or_a_short_one_opens_nothing(self) -> None:
        for reason in ("", "look", " " * 20):
            self.assertEqual(self.give(reason).status_code, 200)
        self.assertFalse(self.texts_in(self.change_pages[0]))

    def test_a_reason_opens_the_entry_and_its_owner_finds_it(self) -> None:
        self.assertRedirects(self.give(), self.change_pages[0])
        entry = reverse("entry", args=[self.job.pk])
        for address in [*self.change_pages, entry]:
            self.assertTrue(self.texts_in(address), address)
        given = AuditEvent.objects.filter(user=self.alice, detail__reason=REASON).get()
        self.assertEqual((given.actor, given.address), (self.bob, "192.0.2.7"))
        self.assertEqual(given.action, Action.READ_BY_STAFF)
        activity = session(self.alice).get(reverse("activity"))
        self.assertContains(activity, REASON)
        self.assertContains(activity, entry)
        log = self.api(self.alice).get("/api/audit/").json()["results"]
        self.assertIn(REASON, [event["detail"].get("reason") for event in log])

    def test_it_opens_no_other_entry_and_for_no_other_staff(self) -> None:
        self.give()
        other = reverse("entry", args=[self.names["other"]])
        self.assertEqual(self.staff.get(other).status_code, 404)
        self.assertEqual(self.staff.get(reverse("history")).context["page"].paginator.count, 0)
        self.charlie.is_staff = self.charlie.is_superuser = True
        self.charlie.save()
        self.assertFalse(self.texts_in(self.change_pages[0], session(self.charlie)))

    def test_it_closes_again(self) -> None:
        self.give()
        AuditEvent.objects.update(at=timezone.now() - staff_access.OPEN_FOR - timedelta(seconds=1))
        self.assertFalse(self.texts_in(self.change_pages[0]))
        entry = reverse("entry", args=[self.job.pk])
        self.assertEqual(self.staff.get(entry).status_code, 404)

    def test_entries_of_visitors_need_one_too(self) -> None:
        visitors = Job.objects.get(pk=self.names["visitors"])
        address = reverse("entry", args=[visitors.pk])
        self.assertEqual(self.staff.get(address).status_code, 404)
        self.give(job=visitors)
        self.assertEqual(self.staff.get(address).status_code, 200)
        given = AuditEvent.objects.get(detail__reason=REASON)
        self.assertEqual((given.user, given.actor), (None, self.bob))

    def test_own_entries_need_none(self) -> None:
        own = make_job(self.bob, text=f"{MARKER} of Bob")
        self.assertTrue(self.texts_in(reverse("admin:app_job_change", args=[own.pk])))

    def test_staff_without_the_permission_open_nothing(self) -> None:
        self.bob.is_superuser = False
        self.bob.save()
        self.assertEqual(self.give().status_code, 403)
        self.assertFalse(AuditEvent.objects.filter(detail__has_key="reason").exists())

    def test_owner_learns_that_staff_set_another_password(self) -> None:
        address = reverse("admin:auth_user_password_change", args=[self.alice.pk])
        form = {"password1": "short", "password2": "other", "usable_password": "true"}
        self.staff.post(address, form)
        self.staff.get(address)
        events = AuditEvent.objects.filter(user=self.alice, action=Action.PASSWORD_CHANGED)
        self.assertFalse(events.exists())
        new = "quite another long one"
        self.staff.post(address, {**form, "password1": new, "password2": new})
        self.assertEqual(events.get().actor, self.bob)

    def test_tokens_of_accounts_are_not_shown(self) -> None:
        for name in ("outstandingtoken", "blacklistedtoken"):
            self.assertEqual(self.staff.get(f"/admin/token_blacklist/{name}/").status_code, 404)

    @override_settings(STAFF_SEES_TEXTS=True)
    def test_the_setting_opens_everything(self) -> None:
        for address in [*self.change_pages, reverse("entry", args=[self.job.pk])]:
            self.assertTrue(self.texts_in(address), address)
        found = self.staff.get(reverse("admin:app_job_changelist"), {"q": "corrected"})
        self.assertEqual(found.context["cl"].result_count, 1)
        batch = reverse("batch", args=[self.names["batch"]])
        self.assertEqual(self.staff.get(batch).status_code, 200)
