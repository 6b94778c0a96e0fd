"""Every error code has a sentence that can be translated, and readers get it in their language."""

from __future__ import annotations

from unittest.mock import patch

from django.utils.translation import override

from app.http import error_messages
from app.http.error_messages import MESSAGES, in_language
from app.http.errors import STATUS
from app.models import Status
from app.tests.base import SiteTestCase
from app.tests.factories import image_file, make_job
from app.tests.test_docs import raised_codes

GERMAN = {"Accept-Language": "de"}
EMPTY = "Die Datei ist leer."


def test_every_code_has_a_sentence() -> None:
    assert {*raised_codes(), *STATUS} - set(MESSAGES) == set()


def test_sentences_are_marked_for_translation() -> None:
    """Promises of gettext: each is looked up in the language of the reader."""
    with patch("django.utils.translation._trans.gettext", lambda text: f"[{text}]"):
        for code, sentence in {**MESSAGES, **error_messages.OF_LIBRARIES}.items():
            assert str(sentence).startswith("["), code


def test_english_readers_get_the_sentence_of_the_error() -> None:
    for language in ("en", "en-gb"):
        with override(language):
            assert in_language("empty_file", "Precise.") == "Precise."
    with override(None):
        assert in_language("empty_file", "Precise.") == "Precise."


def test_codes_without_a_sentence_keep_their_own() -> None:
    with override("de"):
        assert in_language("throttled", "Gedrosselt.") == "Gedrosselt."


@patch.dict(MESSAGES, {"empty_file": EMPTY, "not_found": "Nicht da.", "page_timeout": "Zu lang."})
class LanguageTests(SiteTestCase):
    def test_api(self):
        answer = self.api().post(
            "/api/ocr/",
            {"image": image_file(content=b"")},
            format="multipart",
            headers=GERMAN,
        )
        self.assertEqual(answer.json(), {"image": [EMPTY], "detail": EMPTY, "code": "empty_file"})
        unknown = self.client.get("/api/nothing/", headers=GERMAN)
        self.assertEqual(unknown.json(), {"detail": "Nicht da.", "code": "not_found"})

    def test_jobs_that_failed(self):
        fields = {"error_code": "page_timeout", "error_message": "A page took longer than 9 s."}
        job = make_job(self.alice, status=Status.FAILED, **fields)
        api = self.api(self.alice)
        for address in (f"/api/jobs/{job.pk}/", f"/api/history/{job.pk}/"):
            german = api.get(address, headers=GERMAN).json()
            self.assertEqual(german["error_message"], "Zu lang.")
            self.assertEqual(api.get(address).json()["error_message"], fields["error_message"])
        self.client.force_login(self.alice)
        for address in ("/history/", f"/history/{job.pk}/"):
            self.assertContains(self.client.get(address, headers=GERMAN), "Zu lang.")

    def test_vendor_apis_keep_their_own_language(self):
        answer = self.client.post(
            "/tesseract", {"file": image_file(content=b""), "options": "{}"}, headers=GERMAN
        )
        self.assertNotIn(EMPTY, answer.content.decode())
