"""The caller of a request: accounts, keys, visitors of pages and of programs."""

from __future__ import annotations

from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.test import RequestFactory
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request

from app.http.caller import SESSION_KEY, caller_of, submitter_of
from app.models import Job
from app.services.accounts import api_keys
from app.tests.base import SiteTestCase
from app.tests.factories import image_file


class CallerTests(SiteTestCase):
    def page_request(self, **session):
        request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1")
        request.session = SessionStore()
        request.session.update(session)
        return request

    def program_request(self, query=None, *, sessions=True, **session):
        request = RequestFactory().get("/", query or {}, REMOTE_ADDR="192.0.2.1")
        request.session = SessionStore()
        request.session.update(session)
        authenticators = [SessionAuthentication()] if sessions else []
        return Request(request, authenticators=authenticators)

    def test_anonymous_caller_is_counted_by_address(self):
        caller = caller_of(self.page_request())
        self.assertIsNone(caller.owner)
        self.assertEqual(caller.visitor, "")
        self.assertTrue(caller.subject.startswith("address:"))
        self.assertNotIn("192.0.2.1", caller.subject)

    def test_account_has_no_visitor_even_with_one_in_its_session(self):
        request = self.page_request(**{SESSION_KEY: "secret"})
        request.user = self.alice
        caller = submitter_of(request)
        self.assertEqual((caller.owner, caller.visitor), (self.alice, ""))
        self.assertEqual(caller.with_visitor("other"), caller)
        self.assertEqual(caller.subject, f"user:{self.alice.pk}")

    def test_request_without_session_and_user_has_a_caller(self):
        caller = caller_of(RequestFactory().get("/"))
        self.assertEqual((caller.owner, caller.visitor), (None, ""))

    def test_page_makes_a_secret_only_for_what_it_stores(self):
        request = self.page_request()
        caller_of(request)
        self.assertNotIn(SESSION_KEY, request.session)
        secret = submitter_of(request).visitor
        self.assertEqual(request.session[SESSION_KEY], secret)
        self.assertEqual(caller_of(request).visitor, secret)

    def test_program_shows_its_secret_in_the_query(self):
        request = self.program_request({"visitor": "shown"}, **{SESSION_KEY: "of session"})
        self.assertEqual(caller_of(request).visitor, "shown")
        self.assertEqual(submitter_of(request).visitor, "shown")

    def test_script_of_a_page_has_the_secret_of_its_session(self):
        request = self.program_request(**{SESSION_KEY: "of-session"})
        self.assertEqual(submitter_of(request).visitor, "of-session")

    def test_session_says_nothing_where_a_view_takes_none(self):
        request = self.program_request(sessions=False, **{SESSION_KEY: "of-session"})
        self.assertEqual(caller_of(request).visitor, "")

    def test_secret_that_cannot_be_stored_is_replaced(self):
        for shown in ("x" * 44, "a b", "a/b"):
            request = self.program_request({"visitor": shown})
            self.assertEqual(caller_of(request).visitor, shown)
            self.assertRegex(submitter_of(request).visitor, r"^[\w-]{43}$")

    def test_key_is_counted_by_itself(self):
        key, token = api_keys.create(owner=self.alice, name="program")
        body = {"image": image_file()}
        self.client.post("/api/ocr/", body, headers={"X-API-Key": token})
        job = Job.objects.get()
        self.assertEqual((job.owner, job.charged_to), (self.alice, f"key:{key.pk}"))

    def test_vendor_apis_leave_the_session_alone(self):
        answer = self.client.post("/file", {"file": image_file()})
        self.assertEqual(answer.status_code, 200)
        self.assertNotIn("Cookie", answer.get("Vary", ""))
