"""Azure Document Intelligence: features that are served, left out and refused; handwriting."""

from __future__ import annotations

from azure.ai.documentintelligence.models import AnalyzeResult

from app.models import Job
from app.tests.base import SiteTestCase

from .pictures import page_png
from .structured import handwritten_page, structured_job

LAYOUT = "/documentintelligence/documentModels/prebuilt-layout"
OPERATION = "00000000-0000-4000-8000-000000000001"


class FeatureTests(SiteTestCase):
    def test_features_that_are_not_served_are_refused(self):
        for query in (
            "features=keyValuePairs",
            "features=barcodes,keyValuePairs",
            "queryFields=Total",
        ):
            answer = self.client.post(f"{LAYOUT}:analyze?{query}", page_png(), "image/png")
            self.assertEqual(answer.status_code, 400)
            error = answer.json()["error"]
            self.assertEqual(error["innererror"]["code"], "InvalidParameter")
        served = "features=barcodes&features=ocrHighResolution"
        sent = self.client.post(f"{LAYOUT}:analyze?{served}", page_png(), "image/png")
        self.assertEqual(sent.status_code, 202)
        self.assertTrue(Job.objects.get().options["barcodes"])

    def test_details_that_are_left_out_are_named_in_warnings(self):
        """MarkItDown always requests these three features."""
        query = "features=formulas&features=ocrHighResolution&features=styleFont"
        sent = self.client.post(f"{LAYOUT}:analyze?{query}", page_png(), "image/png")
        self.assertEqual(sent.status_code, 202)
        result = self.client.get(sent["Operation-Location"]).json()["analyzeResult"]
        self.assertIn("better apps", result["content"])
        targets = [warning["target"] for warning in result["warnings"]]
        self.assertEqual(targets, ["formulas", "styleFont"])
        structured_job(visitor=OPERATION)
        plain = self.client.get(f"{LAYOUT}/analyzeResults/{OPERATION}?features=barcodes").json()
        self.assertNotIn("warnings", plain["analyzeResult"])

    def test_handwriting_is_a_style(self):
        structured_job(visitor=OPERATION, pages=[handwritten_page()])
        answer = self.client.get(f"{LAYOUT}/analyzeResults/{OPERATION}").json()
        result = AnalyzeResult(answer["analyzeResult"])
        [style] = result.styles
        self.assertTrue(style.is_handwritten)
        spelled = [result.content[span.offset :][: span.length] for span in style.spans]
        self.assertEqual(spelled, ["Dear friends"])
