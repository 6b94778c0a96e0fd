from __future__ import annotations

import re

from django.urls import reverse

from app.tests.base import SiteTestCase
from app.tests.factories import make_job

CURRENT = re.compile(r'<a href="([^"]+)" aria-current="page">')


class FrameTests(SiteTestCase):
    def test_navigation_shows_where_one_is(self):
        self.client.force_login(self.alice)
        entry = reverse("entry", args=[make_job(self.alice).pk])
        places = {"/": "/", "/history/": "/history/", entry: "/history/"}
        for address, marked in places.items():
            with self.subTest(address):
                page = self.client.get(address).content.decode()
                self.assertEqual(CURRENT.findall(page), [marked])
