"""Mails at the end of a job or batch: requested, withdrawn, sent once, retried."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPServerDisconnected
from unittest import mock

from allauth.account.models import EmailAddress
from django.core import mail
from django.db.models import F
from django.test import override_settings
from django.utils import timezone, translation

from app.models import Batch, BatchItem, Job, MailRequest, Status
from app.ocr.errors import OcrError
from app.services import mails
from app.services.mails.delivery import BACKOFF, GRACE
from app.tests.base import SiteTestCase
from app.tests.factories import make_job

SITE = "https://ocr.example/"


class MailTests(SiteTestCase):
    def setUp(self):
        super().setUp()
        EmailAddress.objects.create(
            user=self.alice, email="alice@example.org", verified=True, primary=True
        )

    def ask(self, subject):
        mails.ask(subject, user=self.alice, site_url=SITE)

    def end(self, job, status=Status.DONE, *, ago=2 * GRACE):
        Job.objects.filter(pk=job.pk).update(status=status, finished_at=timezone.now() - ago)

    def running(self, **fields):
        return make_job(self.alice, status=Status.RUNNING, **fields)

    def test_one_mail_with_name_and_link_after_the_end(self):
        job = self.running(name="annual\r\nBcc: all@example.org report.pdf")
        self.ask(job)
        self.ask(job)
        self.assertEqual(mails.send_due(), 0)
        self.end(job, ago=timedelta(0))
        self.assertEqual(mails.send_due(), 0)  # an open page may still show it
        self.end(job)
        self.assertEqual([mails.send_due(), mails.send_due()], [1, 0])
        (sent,) = mail.outbox
        self.assertEqual(sent.to, ["alice@example.org"])
        self.assertIn("report.pdf” has been read", sent.subject)
        self.assertIn(f"https://ocr.example/history/{job.pk}/", sent.body)
        self.assertFalse(MailRequest.objects.exists())

    def test_failed_job_is_told_and_cancelled_or_deleted_ones_are_not(self):
        for status, deleted in ((Status.FAILED, None), (Status.CANCELLED, None), ("done", 1)):
            job = self.running(deleted_at=timezone.now() if deleted else None)
            self.ask(job)
            self.end(job, status)
        mails.send_due()
        self.assertEqual([("could not be read" in sent.subject) for sent in mail.outbox], [True])
        self.assertFalse(MailRequest.objects.exists())

    def test_batch_is_told_when_its_last_file_has_ended(self):
        batch = Batch.objects.create(owner=self.alice)
        jobs = [self.running(), self.running()]
        for number, job in enumerate(jobs):
            BatchItem.objects.create(batch=batch, number=number, job=job)
        BatchItem.objects.create(batch=batch, number=2, error_code="empty_file")
        self.ask(batch)
        self.end(jobs[0])
        self.assertEqual(mails.send_due(), 0)
        self.end(jobs[1], Status.FAILED)
        mails.send_due()
        self.assertIn("1 of 3 files have been read", mail.outbox[0].subject)
        self.assertIn(f"/batches/{batch.pk}/", mail.outbox[0].body)

    def test_request_is_taken_back_by_its_owner_only(self):
        job = self.running()
        self.ask(job)
        mails.withdraw(job, user=self.bob)
        self.assertTrue(MailRequest.objects.exists())
        mails.withdraw(job, user=self.alice)
        self.end(job)
        self.assertEqual((mails.send_due(), mail.outbox), (0, []))

    def test_nothing_goes_to_addresses_that_are_not_confirmed_or_from_sites_without_mail(self):
        job = self.running()
        self.assertEqual(mails.offer(job, user=self.alice).address, "alice@example.org")
        self.assertIsNone(mails.offer(job, user=self.bob))  # staff, but not the owner
        with override_settings(EMAIL_BACKEND="django.core.mail.backends.console.EmailBackend"):
            self.assertIsNone(mails.offer(job, user=self.alice))
        self.ask(job)
        EmailAddress.objects.update(verified=False)
        with self.assertRaises(OcrError):
            self.ask(job)
        self.end(job)
        mails.send_due()
        self.assertEqual(mail.outbox, [])

    def test_mail_is_in_the_language_of_the_pages(self):
        job = self.running(name="brief.png")
        with translation.override("de"):
            self.ask(job)
        self.end(job)

        def translated(text: str) -> str:
            return f"{translation.get_language()} {text}"

        with mock.patch("app.services.mails.delivery._", translated):
            mails.send_due()
        self.assertIn("de ", mail.outbox[0].subject)

    def test_refused_mails_are_tried_again_with_pauses_and_given_up(self):
        job = self.running()
        self.ask(job)
        self.end(job)
        with (
            mock.patch.object(mail.EmailMessage, "send", side_effect=SMTPServerDisconnected),
            self.assertLogs("app.services.mails.delivery", "ERROR") as logs,
        ):
            for pause in BACKOFF:
                self.assertEqual([mails.send_due(), mails.send_due()], [1, 0])
                MailRequest.objects.update(next_at=F("next_at") - timedelta(seconds=pause))
            self.assertEqual(mails.send_due(), 0)
        self.assertEqual(len(logs.output), len(BACKOFF))
        self.assertFalse(MailRequest.objects.exists())


class MailPageTests(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.alice)
        self.job = make_job(self.alice, status=Status.QUEUED)
        self.url = f"/history/{self.job.pk}/mail/"

    def confirm(self):
        EmailAddress.objects.create(user=self.alice, email="alice@example.org", verified=True)

    def test_button_asks_and_takes_back(self):
        self.confirm()
        self.assertContains(self.client.get(f"/history/{self.job.pk}/"), "E-mail me when")
        page = self.client.post(self.url, {"on": "1"}, follow=True)
        self.assertContains(page, "alice@example.org")
        self.assertEqual(MailRequest.objects.get().site_url, "http://testserver")
        answer = self.client.post(self.url, headers={"accept": "application/json"})
        self.assertEqual((answer.status_code, MailRequest.objects.count()), (204, 0))

    def test_account_without_a_confirmed_address_is_told_so(self):
        page = self.client.post(self.url, {"on": "1"}, follow=True)
        self.assertContains(page, "First confirm an e-mail address")
        self.assertNotContains(page, "E-mail me when")
        self.assertNotContains(self.client.get("/"), "<mail-box")
        self.confirm()
        self.assertContains(self.client.get("/"), "<mail-box")

    def test_page_of_a_batch_offers_it_too(self):
        self.confirm()
        batch = Batch.objects.create(owner=self.alice)
        BatchItem.objects.create(batch=batch, number=0, job=self.job)
        page = self.client.post(f"/batches/{batch.pk}/mail/", {"on": "1"}, follow=True)
        self.assertContains(page, "alice@example.org")
        self.assertEqual(MailRequest.objects.get().batch, batch)
