from __future__ import annotations

from django.contrib.staticfiles import finders
from django.test import SimpleTestCase, override_settings
from django.urls import reverse
from PIL import Image


class InstallableTests(SimpleTestCase):
    @override_settings(SITE_NAME="Reading room")
    def test_manifest_names_the_site_and_icons_of_the_size_they_claim(self):
        content = self.client.get(reverse("manifest")).json()
        self.assertEqual((content["name"], content["display"]), ("Reading room", "standalone"))
        for icon in content["icons"]:
            path = finders.find(icon["src"].removeprefix("/static/"))
            with Image.open(path) as image:
                self.assertEqual("{}x{}".format(*image.size), icon["sizes"])

    def test_worker_may_answer_for_the_whole_site(self):
        response = self.client.get("/service-worker.js")
        self.assertEqual(response["Content-Type"], "text/javascript")
        self.assertIn("no-cache", response["Cache-Control"])
