"""Pictures that no worker has drawn yet: their substitutes, and who may see them."""

from __future__ import annotations

import io
from unittest import mock

from django.urls import reverse
from PIL import Image

from app.models import Job, Status
from app.services.history import shares
from app.services.submission import uploads
from app.tests.base import SiteTestCase
from app.tests.factories import (
    draw_pictures,
    encoded,
    image_file,
    make_job,
    make_page,
    set_pages,
    text_png,
)


class LatePictureTests(SiteTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.alice)

    def picture(self, job: Job, name: str = "page-picture", **where: int):
        number = {} if name == "thumbnail" else {"number": 1}
        return self.client.get(reverse(name, kwargs={"pk": job.pk, **number, **where}))

    def pdf_job(self, **fields) -> Job:
        upload = uploads.store(
            content=image_file("a.pdf", encoded(Image.new("RGB", (300, 200), "white"), "PDF")),
            name="a.pdf",
            owner=self.alice,
            visitor="",
            max_bytes=10**7,
        )
        return make_job(self.alice, upload=upload, **fields)

    def test_uploaded_picture_takes_the_place_for_those_who_may_download_it(self):
        job = make_job(self.alice)
        with mock.patch.object(Image, "open", side_effect=AssertionError("decoded in the web")):
            for name in ("page-picture", "page-thumbnail", "thumbnail"):
                response = self.picture(job, name)
                self.assertEqual(b"".join(response.streaming_content), text_png())
                self.assertEqual(response["Cache-Control"], "private, no-store")
                self.assertTrue(response["Content-Disposition"].startswith("inline"))

    def test_share_link_never_shows_the_uploaded_file(self):
        job = make_job(self.alice)
        token = shares.create(job=job, days=1).token
        self.client.logout()
        for name in ("shared-page-picture", "shared-page-thumbnail"):
            response = self.client.get(reverse(name, args=[token, 1]))
            self.assertEqual((response.status_code, response["Retry-After"]), (204, "1"))

    def test_turned_page_is_not_shown_on_its_side(self):
        job = make_job(self.alice)
        job.pages.update(tree={**job.pages.get().tree, "rotation": 90})
        self.assertEqual(self.picture(job).status_code, 204)

    def test_picture_of_a_pdf_is_awaited_and_then_there(self):
        job = self.pdf_job()
        waiting = self.picture(job)
        self.assertEqual((waiting.status_code, waiting["Retry-After"]), (204, "1"))
        self.assertEqual(waiting["Cache-Control"], "private, no-store")
        draw_pictures(job)
        self.assertEqual(self.picture(job)["Content-Type"], "image/webp")

    def test_first_page_of_a_running_document_is_awaited(self):
        job = self.pdf_job(status=Status.RUNNING)
        job.pages.all().delete()
        self.assertEqual(self.picture(job)["Retry-After"], "1")

    def test_picture_that_cannot_be_drawn_is_not_awaited(self):
        job = self.pdf_job(previewed=True)
        response = self.picture(job)
        self.assertEqual(response.status_code, 204)
        self.assertNotIn("Retry-After", response)

    def test_thumbnail_of_a_document_is_that_of_the_first_page_that_was_read(self):
        job = make_job(self.alice)
        set_pages(job, make_page(number=3), make_page(number=4))
        response = self.picture(job, "thumbnail")
        self.assertEqual(response.status_code, 200)
        self.assertEqual(self.picture(job, "page-thumbnail").status_code, 404)

    def test_tall_page_is_shown_in_strips(self):
        upload = uploads.store(
            content=image_file("chat.png", encoded(Image.new("RGB", (900, 4000), "white"))),
            name="chat.png",
            owner=self.alice,
            visitor="",
            max_bytes=10**7,
        )
        job = make_job(self.alice, upload=upload)
        job.pages.update(width=900, height=4000)
        self.assertEqual(self.picture(job).status_code, 204)
        draw_pictures(job)
        heights = []
        for strip in (1, 2, 3):
            response = self.picture(job, "page-strip", strip=strip)
            heights.append(Image.open(io.BytesIO(b"".join(response.streaming_content))).height)
        self.assertEqual(sum(heights), 4000)
        self.assertEqual(self.picture(job, "page-strip", strip=4).status_code, 404)
        self.assertEqual(self.picture(job, "page-strip", strip=0).status_code, 404)
        page = self.client.get(reverse("entry", args=[job.pk])).content.decode()
        self.assertEqual(page.count("pages/1/picture/"), 3)
