"""Pages and JSON are compressed; streams and small answers are not; lengths reveal no secrets."""

from __future__ import annotations

import gzip
import io

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from app.http.middleware.compression import Compression
from app.tests.base import SiteTestCase
from app.tests.factories import make_job

GZIP = {"Accept-Encoding": "gzip"}


def answer(response):
    request = RequestFactory().get("/", headers=GZIP)
    return Compression(lambda _: response)(request)


class CompressionTests(SiteTestCase):
    def test_page(self):
        page = self.client.get("/privacy/", headers=GZIP)
        assert page["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in page["Vary"]
        plain = gzip.decompress(page.content)
        assert b"</html>" in plain
        assert len(page.content) * 2 < len(plain)

    def test_json(self):
        answer = self.client.get("/docs/swagger.json", headers=GZIP)
        assert answer["Content-Encoding"] == "gzip"
        assert len(answer.content) * 5 < len(gzip.decompress(answer.content))

    def test_not_for_clients_that_do_not_ask(self):
        assert "Content-Encoding" not in self.client.get(
            "/privacy/", headers={"Accept-Encoding": ""}
        )

    def test_downloads_are_sent_as_they_are(self):
        self.client.force_login(self.alice)
        job = make_job(self.alice, text="word " * 1000)
        file = self.client.get(f"/history/{job.pk}/export/txt/", headers=GZIP)
        assert "Content-Encoding" not in file

    def test_streams_are_left_alone(self):
        words = StreamingHttpResponse(iter([b"word "] * 500), content_type="application/json")
        assert "Content-Encoding" not in answer(words)
        file = FileResponse(io.BytesIO(b"word" * 500), content_type="text/plain")
        assert "Content-Encoding" not in answer(file)

    def test_pictures_are_left_alone(self):
        assert "Content-Encoding" not in answer(
            HttpResponse(bytes(5000), content_type="image/webp")
        )

    def test_equal_answers_differ_in_length(self):
        """Otherwise the length would reveal whether a guess about the content was right."""
        page = b"<p>the same secret</p>" * 200
        lengths = {len(answer(HttpResponse(page)).content) for _ in range(30)}
        assert len(lengths) > 5
