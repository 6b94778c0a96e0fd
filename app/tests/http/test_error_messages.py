"""Every error code has a translatable sentence, shown in the reader's language."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.utils.translation import override

from app.http import error_messages
from app.http.error_messages import MESSAGES, error_in_language, failure_in_language, in_language
from app.http.errors import STATUS
from app.models import Status
from app.models.job import error_columns
from app.ocr.errors import OcrError
from app.ocr.page_ranges import select_pages
from app.ocr.source.base import Limits
from app.services.batches.files import check_limits
from app.services.submission import uploads
from app.tests.base import SiteTestCase
from app.tests.factories import image_file, make_job
from app.tests.test_docs import raised_codes

GERMAN = {"Accept-Language": "de"}
EMPTY = "Die Datei ist leer."


def test_every_code_has_a_sentence() -> None:
    assert {*raised_codes(), *STATUS} - set(MESSAGES) == set()


def test_sentences_are_marked_for_translation() -> None:
    """Lazy gettext strings: each is looked up in the reader's language."""
    with patch("django.utils.translation._trans.gettext", lambda text: f"[{text}]"):
        for code, sentence in {**MESSAGES, **error_messages.OF_LIBRARIES}.items():
            assert str(sentence).startswith("["), code


def test_english_readers_get_the_sentence_of_the_error() -> None:
    for language in ("en", "en-gb"):
        with override(language):
            assert in_language("empty_file", "Precise.") == "Precise."
    with override(None):
        assert in_language("empty_file", "Precise.") == "Precise."


def test_numbers_of_the_error_are_in_the_sentence_of_the_reader(settings) -> None:
    """Errors as the site's checks raise them."""
    settings.BATCH_MAX_FILES, settings.BATCH_MAX_BYTES = 7, 3_000_000
    raised = {
        ("2,5 MB", "2 MB"): lambda: uploads.check_size(2_500_000, 2_000_000),
        ("7",): lambda: check_limits(count=8, size=1),
        ("3 MB",): lambda: check_limits(count=1, size=4_000_000),
        ("500",): lambda: select_pages("", count=501, limit=500),
        ("12",): lambda: select_pages("9-13", count=12, limit=500),
        ("9000 × 8000", "50"): lambda: Limits(max_pixels=50_000_000).check_pixels(9000, 8000),
    }
    for numbers, check in raised.items():
        with pytest.raises(OcrError) as caught:
            check()
        with override("de"), patch("django.utils.translation._trans.gettext", "de: {}".format):
            said = error_in_language(caught.value)
        assert said.startswith("de: ")
        assert all(number in said for number in numbers), said


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

    def test_numbers_of_jobs_and_rejected_files(self):
        """An error's numbers are stored with it; older entries have the general sentence."""
        error = OcrError("page_timeout", "A page took longer than 9.5 s.", details={"seconds": 9.5})
        job = make_job(self.alice, status=Status.FAILED, **error_columns(error))
        with override("de"), patch("django.utils.translation._trans.gettext", "de: {}".format):
            self.assertIn("9,5", failure_in_language(job))
            job.error_details = None
            self.assertEqual(failure_in_language(job), "Zu lang.")

    def test_vendor_apis_keep_their_own_language(self):
        answer = self.client.post(
            "/tesseract", {"file": image_file(content=b""), "options": "{}"}, headers=GERMAN
        )
        self.assertNotIn(EMPTY, answer.content.decode())
