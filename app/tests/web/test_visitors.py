from __future__ import annotations

from django.urls import reverse

from app.models import Job
from app.tests.base import SiteTestCase
from app.tests.factories import PASSWORD, image_file, make_job


class VisitorTests(SiteTestCase):
    def begin(self):
        self.client.post(reverse("begin-visit"))
        return self.client.session["visitor"]

    def test_page_view_alone_starts_no_session(self):
        self.client.get("/")
        self.assertFalse(self.client.cookies.get("sessionid"))

    def test_secret_stays_the_same(self):
        self.assertEqual(self.begin(), self.begin())

    def test_what_the_script_sends_to_the_api_is_in_the_visitors_history(self):
        visitor = self.begin()
        answer = self.client.post("/api/ocr/", {"image": image_file()})
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(Job.objects.get().visitor, visitor)
        self.assertContains(self.client.get(reverse("history")), "hello.png")

    def test_another_browser_sees_nothing_of_it(self):
        job = make_job(visitor=self.begin())
        self.client.cookies.clear()
        self.begin()
        self.assertNotContains(self.client.get(reverse("history")), "hello.png")
        self.assertEqual(self.client.get(reverse("entry", args=[job.pk])).status_code, 404)

    def test_signing_in_takes_the_results_along(self):
        job = make_job(visitor=self.begin())
        self.client.post(reverse("account_login"), {"login": "alice", "password": PASSWORD})
        job.refresh_from_db()
        self.assertEqual((job.owner, job.visitor), (self.alice, ""))

    def test_signing_up_takes_the_results_along(self):
        job = make_job(visitor=self.begin())
        fields = {
            "username": "dora",
            "password1": "violet-anchor-77",
            "password2": "violet-anchor-77",
        }
        self.client.post(reverse("account_signup"), fields)
        job.refresh_from_db()
        self.assertEqual(job.owner.username, "dora")
