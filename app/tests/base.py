"""Common base of HTTP tests: alice owns the data, bob is staff, charlie is neither."""

from __future__ import annotations

import shutil
import tempfile
from typing import Any

from django.core.cache import cache
from django.test import TestCase, override_settings
from rest_framework.test import APIClient

from .factories import make_user


class SiteTestCase(TestCase):
    """Files go to a folder of the test; jobs run in the calling process."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.alice = make_user("alice")
        cls.bob = make_user("bob", is_staff=True)
        cls.charlie = make_user("charlie")

    def setUp(self) -> None:
        self.media = tempfile.mkdtemp(prefix="onlineocr-media-")
        self.addCleanup(shutil.rmtree, self.media, ignore_errors=True)
        self.enterContext(override_settings(MEDIA_ROOT=self.media, JOB_RUNNER="inline"))
        cache.clear()

    def api(self, user: Any = None) -> APIClient:
        client = APIClient()
        if user:
            client.force_authenticate(user)
        return client
