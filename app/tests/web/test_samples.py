from __future__ import annotations

import difflib
from pathlib import Path

from django.conf import settings
from django.test import override_settings
from django.urls import reverse

from app.engines.base import EngineConfig
from app.models import Job
from app.ocr.images import SourceFile
from app.ocr.options import Options
from app.recognition.recognizer import Recognizer
from app.tests.base import SiteTestCase
from app.tests.factories import make_job
from app.web.samples import BY_NAME, PHOTO, SAMPLES

MOST_BYTES = 60_000


def static_file(path: str) -> Path:
    return Path(settings.BASE_DIR, "static", path)


class SampleTests(SiteTestCase):
    def test_pictures_are_small_and_have_a_thumbnail(self):
        for name, sample in BY_NAME.items():
            with self.subTest(name):
                self.assertLess(static_file(sample.static_path).stat().st_size, MOST_BYTES)
                self.assertLess(static_file(sample.thumbnail).stat().st_size, 4000)

    def test_page_offers_every_sample(self):
        page = self.client.get("/")
        for name in BY_NAME:
            self.assertContains(page, f'name="sample" value="{name}"')

    def test_sample_is_an_upload_like_any_other(self):
        answer = self.client.post(reverse("recognize"), {"sample": "receipt"}, follow=True)
        job = Job.objects.get()
        self.assertRedirects(answer, reverse("entry", args=[job.pk]))
        self.assertEqual(
            job.upload.size, static_file(SAMPLES["receipt"].static_path).stat().st_size
        )
        self.assertIn("Sourdough loaf", job.text)

    def test_unknown_sample_is_refused(self):
        for name in ("nothing", "../../manage.py"):
            answer = self.client.post(reverse("recognize"), {"sample": name})
            self.assertEqual(answer.status_code, 400)
        self.assertFalse(Job.objects.exists())

    def test_text_beside_the_photo_is_what_the_product_reads(self):
        shown = Path(settings.BASE_DIR, "templates/upload/photo_text.txt").read_text()
        file = SourceFile(static_file(PHOTO.static_path), "image/webp")
        read = Recognizer(EngineConfig()).recognize(file, 1, Options(languages=("auto",))).text
        same = difflib.SequenceMatcher(None, shown.split(), read.split()).ratio()
        self.assertGreater(same, 0.95)
        self.assertContains(self.client.get("/"), "the lighthouse will be open again from")


class RecentEntriesTests(SiteTestCase):
    def test_own_newest_entries_are_listed_newest_first(self):
        self.client.force_login(self.alice)
        for number in range(8):
            make_job(self.alice, name=f"{number}.png")
        make_job(self.alice, name="dropped.png", deleted_at="2026-01-01T00:00Z")
        page = self.client.get("/").content.decode()
        places = [page.find(f"<bdi>{number}.png</bdi>") for number in range(7, 1, -1)]
        self.assertEqual(places, sorted(places))
        self.assertGreater(places[0], 0)
        for name in ("1.png", "dropped.png"):
            self.assertNotIn(f"<bdi>{name}</bdi>", page)

    @override_settings(STAFF_SEES_TEXTS=True)
    def test_of_staff_too_only_their_own(self):
        make_job(self.alice, name="alices.png")
        self.client.force_login(self.bob)
        self.assertNotContains(self.client.get("/"), "alices.png")

    def test_visitors_without_results_see_no_strip(self):
        make_job(name="others.png", visitor="")
        self.assertNotContains(self.client.get("/"), "recent-list")
