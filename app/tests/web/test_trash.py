from __future__ import annotations

from uuid import uuid4

from django.urls import reverse

from app.models import Job
from app.services.history import trash
from app.tests.base import SiteTestCase
from app.tests.factories import make_job


class TrashPageTests(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.job = make_job(self.alice)
        self.client.force_login(self.alice)

    def discard(self):
        return self.client.post(reverse("discard", args=[self.job.pk]), follow=True)

    def live(self):
        return Job.objects.visible_to(self.alice).exists()

    def test_discarding_is_undone_from_the_next_page_once(self):
        page = self.discard()
        self.assertContains(page, f'name="id" value="{self.job.pk}"')
        self.assertFalse(self.live())
        self.assertNotContains(self.client.get(reverse("history")), reverse("restore"))
        self.client.post(reverse("restore"), {"id": self.job.pk})
        self.assertTrue(self.live())

    def test_trash_lists_what_was_discarded(self):
        self.discard()
        self.assertContains(self.client.get(reverse("trash")), "hello.png")

    def test_entry_in_the_trash_is_not_shown(self):
        self.discard()
        self.assertEqual(self.client.get(reverse("entry", args=[self.job.pk])).status_code, 404)

    def test_deleting_for_good_takes_only_what_is_in_the_trash(self):
        address = reverse("delete-for-good")
        self.client.post(address, {"id": self.job.pk})
        self.assertTrue(self.live())
        self.discard()
        self.client.post(address, {"id": self.job.pk})
        self.assertFalse(Job.objects.exists())

    def test_emptying_takes_only_ones_own(self):
        foreign = make_job(self.charlie)
        trash.discard(jobs=[self.job, foreign])
        self.client.post(reverse("delete-for-good"), {"all": "1"})
        self.assertEqual(list(Job.objects.all()), [foreign])

    def test_staff_empty_only_their_own_too(self):
        own = make_job(self.bob)
        trash.discard(jobs=[self.job, own])
        self.client.force_login(self.bob)
        self.assertNotContains(self.client.get(reverse("trash")), str(self.job.pk))
        self.client.post(reverse("delete-for-good"), {"all": "1"})
        self.assertEqual(list(Job.objects.all()), [self.job])

    def test_stranger_can_neither_discard_nor_restore(self):
        self.client.force_login(self.charlie)
        self.assertEqual(self.discard().status_code, 404)
        trash.discard(jobs=[self.job])
        self.client.post(reverse("restore"), {"id": [self.job.pk, uuid4(), "nonsense"]})
        self.assertFalse(self.live())
