from __future__ import annotations

import io

from django.test import override_settings
from django.urls import reverse
from PIL import Image

from app.services.history import corrections
from app.tests.base import SiteTestCase
from app.tests.factories import draw_pictures, make_job, text_png


class ProtectedFileTests(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.alice)
        self.job = make_job(self.alice, name="résumé.png")
        draw_pictures(self.job)

    def addresses(self):
        key = [self.job.pk]
        return [
            reverse("original", args=key),
            reverse("thumbnail", args=key),
            reverse("page-picture", args=[*key, 1]),
            reverse("export", args=[*key, "txt"]),
        ]

    def test_owner_gets_them_and_others_404(self):
        for user, status in ((self.alice, 200), (self.bob, 404), (self.charlie, 404)):
            self.client.force_login(user)
            for address in self.addresses():
                with self.subTest(user=user.username, address=address):
                    self.assertEqual(self.client.get(address).status_code, status)

    def test_none_can_run_in_the_browser(self):
        for address in self.addresses():
            with self.subTest(address):
                response = self.client.get(address)
                self.assertIn("sandbox", response["Content-Security-Policy"])
                self.assertEqual(response["X-Content-Type-Options"], "nosniff")

    def test_original_is_what_was_sent_under_its_name(self):
        response = self.client.get(reverse("original", args=[self.job.pk]))
        self.assertEqual(b"".join(response.streaming_content), text_png())
        self.assertIn(
            "attachment; filename*=utf-8''r%C3%A9sum%C3%A9.png", response["Content-Disposition"]
        )

    def test_thumbnail_is_small_and_kept_by_the_browser(self):
        response = self.client.get(reverse("thumbnail", args=[self.job.pk]))
        image = Image.open(io.BytesIO(b"".join(response.streaming_content)))
        self.assertLessEqual(max(image.size), 320)
        self.assertIn("immutable", response["Cache-Control"])

    def test_picture_stands_as_the_page_was_read(self):
        self.job.pages.update(tree={**self.job.pages.get().tree, "rotation": 90})
        draw_pictures(self.job)
        response = self.client.get(reverse("page-picture", args=[self.job.pk, 1]))
        image = Image.open(io.BytesIO(b"".join(response.streaming_content)))
        sent = Image.open(io.BytesIO(text_png()))
        self.assertEqual(image.width < image.height, sent.width > sent.height)

    def test_page_that_was_not_read_is_404(self):
        address = reverse("page-picture", args=[self.job.pk, 9])
        self.assertEqual(self.client.get(address).status_code, 404)

    def test_unknown_format_is_404(self):
        address = reverse("export", args=[self.job.pk, "exe"])
        self.assertEqual(self.client.get(address).status_code, 404)

    def test_unchanged_export_is_not_sent_again(self):
        address = reverse("export", args=[self.job.pk, "txt"])
        etag = self.client.get(address)["ETag"]
        self.assertEqual(self.client.get(address, HTTP_IF_NONE_MATCH=etag).status_code, 304)

    def test_corrected_text_is_not_hidden_by_the_browsers_cache(self):
        address = reverse("export", args=[self.job.pk, "txt"])
        before = self.client.get(address)
        self.assertEqual(before["Cache-Control"], "private, no-cache")
        corrections.correct_page(job=self.job, number=1, text="Corrected")
        after = self.client.get(address, HTTP_IF_NONE_MATCH=before["ETag"])
        self.assertEqual(b"".join(after.streaming_content), b"Corrected\n")

    @override_settings(X_ACCEL_REDIRECT=True)
    def test_behind_nginx_the_file_is_named_not_sent(self):
        response = self.client.get(reverse("original", args=[self.job.pk]))
        self.assertIn(self.job.upload.file.name, response["X-Accel-Redirect"])
        self.assertEqual(response.content, b"")
