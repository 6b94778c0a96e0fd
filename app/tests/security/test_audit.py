from __future__ import annotations

from base64 import b64encode
from datetime import timedelta

from django.test import override_settings
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from app.http.audit.middleware import DELETIONS, ENTRY_VIEWS, ROUTE_ACTIONS
from app.models import Action, AuditEvent, Batch, BatchItem
from app.services.accounts import accounts, api_keys, audit
from app.tests.base import SiteTestCase
from app.tests.factories import PASSWORD, draw_pictures, make_job


class AuditTests(SiteTestCase):
    def actions(self, user=None):
        return list(audit.of_user(user=user or self.alice).values_list("action", flat=True))

    def test_url_names_that_are_watched_exist(self):
        watched = {name for _, name in (*ROUTE_ACTIONS, *DELETIONS)} | ENTRY_VIEWS
        of_forms = {"many-discard", "many-export"}
        self.assertEqual(watched - of_forms - names(get_resolver().url_patterns), set())

    def test_sign_ins_and_failures(self):
        page = reverse("account_login")
        self.client.post(page, {"login": "alice", "password": "wrong"}, REMOTE_ADDR="192.0.2.1")
        self.client.post(page, {"login": "alice", "password": PASSWORD}, REMOTE_ADDR="192.0.2.1")
        self.assertEqual(self.actions(), [Action.SIGNED_IN, Action.SIGN_IN_FAILED])
        self.assertEqual(AuditEvent.objects.first().address, "192.0.2.1")

    def test_unknown_name_leaves_no_trace(self):
        body = {"username": "a password typed into the wrong field", "password": "x"}
        self.client.post("/api/token_obtain_pair/", body)
        self.assertFalse(AuditEvent.objects.exists())

    def test_token_and_password(self):
        self.client.post("/api/token_obtain_pair/", {"username": "alice", "password": PASSWORD})
        change = {"password": "another long one", "current_password": PASSWORD}
        self.api(self.alice).patch("/api/me/", change)
        self.assertEqual(self.actions(), [Action.PASSWORD_CHANGED, Action.TOKEN_ISSUED])

    def test_life_of_a_key_and_its_use_once_a_day(self):
        api = self.api(self.alice)
        key = api.post("/api/keys/", {"name": "scanner"}).json()
        for _ in range(2):
            self.client.get("/api/history/", headers={"X-API-Key": key["key"]})
        api.post(f"/api/keys/{key['id']}/rotate/")
        api.delete(f"/api/keys/{key['id']}/")
        expected = [Action.KEY_REVOKED, Action.KEY_ROTATED, Action.KEY_USED, Action.KEY_CREATED]
        self.assertEqual(self.actions(), expected)

    def test_keys_made_and_revoked_on_the_page(self):
        self.client.force_login(self.alice)
        self.client.post(reverse("keys"), {"name": "scanner", "scopes": ["ocr"]})
        self.client.post(reverse("revoke-key", args=[self.alice.api_keys.get().pk]))
        expected = [Action.KEY_REVOKED, Action.KEY_CREATED, Action.SIGNED_IN]
        self.assertEqual(self.actions(), expected)

    def test_refused_key_is_no_use(self):
        _, token = api_keys.create(owner=self.alice, name="scanner", scopes=["ocr"])
        self.client.get("/api/history/", headers={"X-API-Key": token})
        self.assertEqual(self.actions(), [])

    def test_owner_learns_what_staff_opened(self):
        job = make_job(self.alice)
        staff = self.api(self.bob)
        for path in ("", "image/", "export/txt/"):
            self.assertEqual(staff.get(f"/api/history/{job.pk}/{path}").status_code, 200)
        self.assertEqual(self.actions(), [Action.READ_BY_STAFF] * 3)
        self.assertEqual(AuditEvent.objects.first().actor, self.bob)
        staff.get(f"/api/jobs/{job.pk}/result/")
        staff.delete(f"/api/history/{job.pk}/")
        self.assertEqual(self.actions()[:2], [Action.ENTRIES_DELETED, Action.READ_BY_STAFF])
        shown = self.api(self.alice).get("/api/audit/").json()["results"]
        self.assertTrue(all(event["by_staff"] for event in shown))

    def test_owner_learns_once_a_day_that_staff_listed_or_searched_entries(self):
        make_job(self.alice, text="Needle")
        staff = self.api(self.bob)
        for query in ({"search": "nothing like it"}, {}, {"search": "needle"}):
            staff.get("/api/history/", query)
        self.assertEqual(self.actions(), [Action.READ_BY_STAFF])
        self.api(self.charlie).get("/api/history/")
        self.api(self.alice).get("/api/history/")
        self.assertEqual(self.actions(), [Action.READ_BY_STAFF])

    @override_settings(STAFF_SEES_TEXTS=True)
    def test_each_owner_learns_what_staff_did_with_many_entries(self):
        jobs = [make_job(self.alice), make_job(self.alice), make_job(self.charlie), make_job()]
        chosen = {"id": [job.pk for job in jobs], "format": "txt"}
        self.client.force_login(self.bob)
        for action in ("export", "discard"):
            self.client.post(reverse("many"), {**chosen, "action": action})
        self.client.post(reverse("delete-for-good"), {"all": "1"})  # their own trash
        expected = [Action.ENTRIES_DELETED, Action.READ_BY_STAFF]
        for owner in (self.alice, self.charlie):
            self.assertEqual(self.actions(owner), expected)
        self.assertEqual(self.actions(self.bob), [Action.SIGNED_IN])

    @override_settings(STAFF_SEES_TEXTS=True)
    def test_owner_learns_that_staff_took_the_results_of_a_batch(self):
        batch = Batch.objects.create(owner=self.alice)
        BatchItem.objects.create(batch=batch, number=1, job=make_job(self.alice))
        self.client.force_login(self.bob)
        self.client.get(f"/batches/{batch.pk}/export/txt/")
        self.assertEqual(self.actions(), [Action.READ_BY_STAFF])

    def test_own_entries_deleted_together_are_one_event(self):
        self.client.force_login(self.alice)
        chosen = {"id": [make_job(self.alice).pk, make_job(self.alice).pk]}
        for action in ("again", "discard"):
            self.client.post(reverse("many"), {**chosen, "action": action})
        self.assertEqual(self.actions(), [Action.ENTRIES_DELETED, Action.SIGNED_IN])

    @override_settings(STAFF_SEES_TEXTS=True)
    def test_owner_learns_of_every_other_way_in_which_staff_see_an_entry(self):
        job = make_job(self.alice)
        draw_pictures(job)
        batch = Batch.objects.create(owner=self.alice)
        BatchItem.objects.create(batch=batch, number=1, job=job)
        self.client.force_login(self.bob)
        chosen = {"action": "export", "format": "txt", "id": [str(job.pk), "nonsense"]}
        ways = {
            "picture": lambda: self.client.get(reverse("page-picture", args=[job.pk, 1])),
            "many": lambda: self.client.post(reverse("many"), chosen),
            "batch": lambda: self.client.get(f"/batches/{batch.pk}/export/txt/"),
            "batch of the API": lambda: self.client.get(f"/api/batches/{batch.pk}/export/txt/"),
            "result": lambda: self.client.get(f"/api/jobs/{job.pk}/result/"),
        }
        for name, look in ways.items():
            with self.subTest(name):
                before = self.actions()
                self.assertEqual(look().status_code, 200)
                self.assertEqual(self.actions(), [Action.READ_BY_STAFF, *before])
        ways["picture"]()
        self.assertEqual(len(self.actions()), len(ways), "pictures once a day")

    @override_settings(STAFF_SEES_TEXTS=True)
    def test_owner_learns_what_staff_deleted(self):
        self.bob.is_superuser = True
        self.bob.save()
        self.client.force_login(self.bob)
        ways = {
            "api": lambda pk: self.client.delete(f"/api/history/{pk}/"),
            "page": lambda pk: self.client.post(reverse("discard", args=[pk])),
            "many": lambda pk: self.client.post(reverse("many"), {"action": "discard", "id": [pk]}),
            "admin": lambda pk: self.client.post(
                reverse("admin:app_job_delete", args=[pk]), {"post": "yes"}
            ),
            "list of the admin": lambda pk: self.client.post(
                reverse("admin:app_job_changelist"),
                {"action": "delete_selected", "_selected_action": [pk], "post": "yes"},
            ),
        }
        for name, delete in ways.items():
            with self.subTest(name):
                job = make_job(self.alice)
                before = self.actions()
                self.assertLess(delete(str(job.pk)).status_code, 400)
                self.assertEqual(self.actions(), [Action.ENTRIES_DELETED, *before])
        self.assertEqual(AuditEvent.objects.filter(actor=self.bob).count(), len(ways))

    @override_settings(STAFF_SEES_TEXTS=True)
    def test_staff_change_texts_but_no_list_of_tags(self):
        self.bob.is_superuser = True
        self.bob.save()
        self.client.force_login(self.bob)
        job = make_job(self.alice, tags=["tax"])
        form = {"title": "Invoice", "corrected_text": "", "tags": "5", "notes": ""}
        self.client.post(reverse("admin:app_job_change", args=[job.pk]), form)
        job.refresh_from_db()
        self.assertEqual((job.title, job.tags), ("Invoice", ["tax"]))

    def test_nobody_leaves_notes_in_logs_of_others(self):
        job = make_job(self.alice)
        self.client.force_login(self.charlie)
        self.client.post(reverse("many"), {"action": "discard", "id": [str(job.pk)]})
        self.client.post(reverse("delete-for-good"), {"id": [str(job.pk)]})
        self.assertEqual(self.actions(), [])

    @override_settings(STAFF_SEES_TEXTS=True)
    def test_owner_learns_what_was_opened_in_the_admin(self):
        self.bob.is_superuser = True
        self.bob.save()
        self.client.force_login(self.bob)
        job = make_job(self.alice)
        for name, pk in (("job", job.pk), ("page", job.pages.get().pk)):
            page = reverse(f"admin:app_{name}_change", args=[pk])
            self.assertEqual(self.client.get(page).status_code, 200)
        self.assertEqual(self.actions(), [Action.READ_BY_STAFF] * 2)
        nonsense = self.client.get(reverse("admin:app_job_change", args=["nonsense"]))
        self.assertEqual(nonsense.status_code, 302)

    def test_own_reading_is_not_logged_and_own_deleting_is(self):
        job = make_job(self.alice)
        api = self.api(self.alice)
        api.get(f"/api/history/{job.pk}/")
        api.delete(f"/api/history/{job.pk}/")
        self.assertEqual(self.actions(), [Action.ENTRIES_DELETED])

    def test_nobody_reads_anothers_log(self):
        audit.record(action=Action.SIGNED_IN, user=self.alice)
        for user in (self.charlie, self.bob):
            self.assertEqual(self.api(user).get("/api/audit/").json()["count"], 0)
        header = "Basic " + b64encode(f"alice:{PASSWORD}".encode()).decode()
        own = self.client.get("/api/audit/", headers={"Authorization": header})
        self.assertEqual(own.json()["count"], 1)

    def test_it_goes_with_the_account_but_for_a_number(self):
        audit.record(action=Action.SIGNED_IN, user=self.alice, address="192.0.2.1")
        number = self.alice.pk
        accounts.delete(user=self.alice)
        event = AuditEvent.objects.get()
        self.assertEqual((event.action, event.user), (Action.ACCOUNT_DELETED, None))
        self.assertEqual((event.address, event.detail), (None, {"account": number}))

    def test_old_events_go(self):
        audit.record(action=Action.SIGNED_IN, user=self.alice)
        AuditEvent.objects.update(at=timezone.now() - timedelta(days=400))
        audit.record(action=Action.SIGNED_IN, user=self.alice)
        self.assertEqual(audit.prune(), 1)

    def test_page_shows_it(self):
        self.client.force_login(self.alice)
        self.assertContains(self.client.get(reverse("activity")), "Signed in")


def names(patterns):
    found = set()
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            found.add(pattern.name)
        else:
            found |= names(pattern.url_patterns)
    return found
