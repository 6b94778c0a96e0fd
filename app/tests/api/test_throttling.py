from __future__ import annotations

import time
from unittest.mock import patch

from django.test import override_settings

from app.models import Job, Usage
from app.services.accounts import api_keys
from app.services.limits import quotas
from app.services.limits.caller import address_subject
from app.services.limits.rates import WINDOW
from app.tests.base import SiteTestCase
from app.tests.factories import image_file, make_job

URL = "/api/ocr/"
REGISTER = "/api/register/"


class RateTests(SiteTestCase):
    def setUp(self) -> None:
        super().setUp()
        # The middle of today's window: no window ends between two requests, and the cache entries
        # that last until its end, by the machine's clock, have not expired.
        middle = (time.time() // WINDOW + 0.5) * WINDOW
        self.enterContext(patch("app.services.limits.rates.time.time", return_value=middle))

    def post(self, user=None, **extra):
        """A request that costs no recognition."""
        return self.api(user).post(URL, {}, **extra)

    @override_settings(RATE_ANONYMOUS=2)
    def test_anonymous_senders_are_limited_by_address(self):
        first = self.post()
        self.assertEqual(first["X-RateLimit-Limit"], "2")
        self.assertEqual(first["X-RateLimit-Remaining"], "1")
        self.post()
        refused = self.post()
        self.assertEqual(refused.status_code, 429)
        self.assertEqual(refused.json()["code"], "throttled")
        self.assertEqual(refused["X-RateLimit-Remaining"], "0")
        self.assertTrue(1 <= int(refused["Retry-After"]) <= 60)
        self.assertEqual(self.post(REMOTE_ADDR="198.51.100.1").status_code, 400)

    @override_settings(RATE_ANONYMOUS=1)
    def test_one_ipv6_network_is_one_sender(self):
        self.post(REMOTE_ADDR="2001:db8:1:2::1")
        self.assertEqual(self.post(REMOTE_ADDR="2001:db8:1:2:ffff::9").status_code, 429)
        self.assertEqual(self.post(REMOTE_ADDR="2001:db8:1:3::1").status_code, 400)

    @override_settings(RATE_ANONYMOUS=1, RATE_ACCOUNT=3)
    def test_accounts_may_send_more(self):
        statuses = [self.post(self.alice).status_code for _ in range(4)]
        self.assertEqual(statuses, [400, 400, 400, 429])
        self.assertEqual(self.post(self.charlie).status_code, 400)

    @override_settings(RATE_ANONYMOUS=1)
    def test_reading_is_free(self):
        for _ in range(3):
            response = self.client.get("/api/engines/")
        self.assertEqual(response.status_code, 200)
        self.assertNotIn("X-RateLimit-Limit", response)

    def test_a_key_may_have_its_own_rate(self):
        _, token = api_keys.create(owner=self.alice, name="slow", requests_per_minute=1)
        headers = {"X-API-Key": token}
        self.assertEqual(self.client.post(URL, headers=headers).status_code, 400)
        self.assertEqual(self.client.post(URL, headers=headers).status_code, 429)
        self.assertEqual(self.post(self.alice).status_code, 400)

    @override_settings(RATE_ANONYMOUS=0)
    def test_zero_means_no_limit(self):
        self.assertNotIn("X-RateLimit-Limit", self.post())

    @override_settings(RATE_SIGN_IN=2)
    def test_passwords_cannot_be_tried_for_ever(self):
        body = {"username": "alice", "password": "guess"}
        answers = [self.api().post("/api/token_obtain_pair/", body) for _ in range(3)]
        self.assertEqual([answer.status_code for answer in answers], [401, 401, 429])


class QuotaTests(SiteTestCase):
    def sent_pages(self, job: Job, count: int) -> None:
        for _ in range(count):
            quotas.add_page(job=job)

    def post(self, **extra):
        return self.client.post(URL, **extra)

    @override_settings(QUOTA_ANONYMOUS=2)
    def test_recognized_pages_count_against_the_address(self):
        self.assertEqual(self.post(data={"image": image_file()}).status_code, 200)
        self.assertEqual(Usage.objects.get().subject, address_subject("127.0.0.1"))
        self.sent_pages(Job.objects.get(), 1)
        refused = self.post()
        self.assertEqual(refused.status_code, 429)
        self.assertEqual(refused.json()["code"], "quota_exceeded")
        self.assertTrue(0 < int(refused["Retry-After"]) <= 86_401)
        self.assertEqual(self.post(REMOTE_ADDR="198.51.100.1").status_code, 400)

    @override_settings(QUOTA_ACCOUNT=3)
    def test_an_account_has_one_quota_over_all_its_keys(self):
        first, _ = api_keys.create(owner=self.alice, name="one")
        _, other_token = api_keys.create(owner=self.alice, name="two")
        self.sent_pages(make_job(self.alice, charged_to=f"key:{first.pk}"), 2)
        self.assertEqual(self.post(headers={"X-API-Key": other_token}).status_code, 400)
        self.sent_pages(make_job(self.alice), 1)
        self.assertEqual(self.post(headers={"X-API-Key": other_token}).status_code, 429)

    def test_a_key_may_have_its_own_quota(self):
        key, token = api_keys.create(owner=self.alice, name="small", pages_per_day=1)
        self.sent_pages(make_job(self.alice, charged_to=f"key:{key.pk}"), 1)
        self.assertEqual(self.post(headers={"X-API-Key": token}).status_code, 429)
        self.assertEqual(self.api(self.alice).post(URL, {}).status_code, 400)

    def test_counts_are_forgotten_after_a_while(self):
        Usage.objects.create(day="2020-01-01", subject="user:1", pages=9)
        self.sent_pages(make_job(self.alice), 1)
        quotas.delete_old()
        self.assertEqual([usage.pages for usage in Usage.objects.all()], [1])

    @override_settings(QUOTA_ANONYMOUS=1)
    def test_yesterdays_pages_do_not_count(self):
        Usage.objects.create(day="2020-01-01", subject=address_subject("127.0.0.1"), pages=9)
        self.assertEqual(self.post().status_code, 400)
