"""AWS: tables and layout, objects and tokens, with requests that botocore signs."""

from __future__ import annotations

import json
from typing import Any

import pytest
import trp
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from app.compat.aws.rekognition import Filters
from app.models import Job, Status
from app.ocr.errors import OcrError
from app.services.accounts import api_keys
from app.tests.base import SiteTestCase
from app.tests.factories import make_job, make_upload

from .pictures import page_png
from .structured import handwritten_page, structured_job, structured_page


class AwsTestCase(SiteTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.key, _ = api_keys.create(owner=self.alice, name="aws")

    def send(self, method: str, path: str, body: bytes, headers: dict[str, str], auth: Any) -> Any:
        secret = api_keys.signing_secret(key=self.key)
        credentials = Credentials(self.key.prefix, secret)
        service = "s3" if auth is S3SigV4Auth else "textract"
        request = AWSRequest(method, f"http://testserver{path}", data=body, headers=headers)
        auth(credentials, service, "eu-central-1").add_auth(request)
        sent = {f"HTTP_{name.replace('-', '_')}": value for name, value in request.headers.items()}
        sent = {name.upper(): value for name, value in sent.items()} | {"HTTP_HOST": "testserver"}
        kind = headers.get("Content-Type", "application/octet-stream")
        return self.client.generic(method, path, body, kind, **sent)

    def call(self, operation: str, **body: Any) -> dict[str, Any]:
        headers = {
            "X-Amz-Target": f"Textract.{operation}",
            "Content-Type": "application/x-amz-json-1.1",
        }
        answer = self.send("POST", "/", json.dumps(body).encode(), headers, SigV4Auth)
        found: dict[str, Any] = json.loads(answer.content)
        return found

    def object(self, method: str, path: str, body: bytes = b"", **headers: str) -> Any:
        return self.send(method, f"/s3/{path}", body, headers, S3SigV4Auth)


def test_filters_that_are_no_numbers_are_refused():
    for confidence in ("x", 10**400):
        with pytest.raises(OcrError, match="Filters"):
            Filters({"WordFilter": {"MinConfidence": confidence}})


class AnalysisTests(AwsTestCase):
    def analysis(self, *features: str, pages: Any = None) -> dict[str, Any]:
        job = structured_job(self.alice, pages=pages)
        return self.call("GetDocumentAnalysis", JobId="-".join((str(job.pk), *features)))

    def blocks(self, answer: dict[str, Any], kind: str) -> list[dict[str, Any]]:
        return [block for block in answer["Blocks"] if block["BlockType"] == kind]

    def test_the_response_parser_finds_the_table(self):
        answer = self.analysis("TABLES")
        [page] = trp.Document(answer).pages
        [table] = page.tables
        texts = [[cell.text.strip() for cell in row.cells] for row in table.rows]
        expected = [["Item", "Price & tax", "Paid"], ["Pencils", "5.00", ""]]
        self.assertEqual(texts[:2], expected)
        self.assertEqual(texts[2][:2], ["Total", ""])

    def test_spans_are_merged_cells(self):
        answer = self.analysis("TABLES")
        self.assertEqual(len(self.blocks(answer, "CELL")), 9)
        [merged] = self.blocks(answer, "MERGED_CELL")
        self.assertEqual((merged["RowIndex"], merged["ColumnIndex"]), (3, 1))
        self.assertEqual((merged["RowSpan"], merged["ColumnSpan"]), (1, 2))
        by_id = {block["Id"]: block for block in answer["Blocks"]}
        covered = [by_id[each] for each in merged["Relationships"][0]["Ids"]]
        self.assertEqual([cell["ColumnIndex"] for cell in covered], [1, 2])
        self.assertAlmostEqual(covered[1]["Geometry"]["BoundingBox"]["Left"], 0.35)
        [table] = self.blocks(answer, "TABLE")
        kinds = {each["Type"]: len(each["Ids"]) for each in table["Relationships"]}
        self.assertEqual(kinds, {"CHILD": 9, "MERGED_CELL": 1})

    def test_headers_and_selection_marks(self):
        answer = self.analysis("TABLES")
        headers = [cell for cell in self.blocks(answer, "CELL") if "EntityTypes" in cell]
        self.assertEqual([cell["RowIndex"] for cell in headers], [1, 1, 1])
        states = [mark["SelectionStatus"] for mark in self.blocks(answer, "SELECTION_ELEMENT")]
        self.assertEqual(states, ["NOT_SELECTED", "SELECTED", "SELECTED"])
        self.assertIn("No Yes", [line["Text"] for line in self.blocks(answer, "LINE")])
        by_id = {block["Id"]: block for block in answer["Blocks"]}
        children = self.blocks(answer, "CELL")[-1]["Relationships"][0]["Ids"]
        self.assertEqual([by_id[each]["BlockType"] for each in children], ["SELECTION_ELEMENT"])

    def test_handwriting_has_a_type_of_text(self):
        words = self.blocks(self.analysis("LAYOUT", pages=[handwritten_page()]), "WORD")
        hand = [word["Text"] for word in words if word["TextType"] == "HANDWRITING"]
        print_ = [word["Text"] for word in words if word["TextType"] == "PRINTED"]
        self.assertEqual((hand, print_), (["Dear", "friends"], ["Letter", "of", "today"]))

    def test_layout_in_reading_order(self):
        answer = self.analysis("LAYOUT")
        kinds = [
            block["BlockType"].removeprefix("LAYOUT_")
            for block in answer["Blocks"]
            if block["BlockType"].startswith("LAYOUT_")
        ]
        self.assertEqual(
            kinds,
            "HEADER TITLE SECTION_HEADER TEXT LIST TEXT TEXT TEXT TABLE PAGE_NUMBER".split(),
        )
        self.assertEqual(self.blocks(answer, "TABLE"), [])
        [listed] = self.blocks(answer, "LAYOUT_LIST")
        self.assertEqual(len(listed["Relationships"][0]["Ids"]), 2)

    def test_every_id_is_defined_once_and_found(self):
        answer = self.analysis(
            "TABLES", "LAYOUT", pages=[structured_page(number=n) for n in (1, 2)]
        )
        ids = [block["Id"] for block in answer["Blocks"]]
        self.assertEqual(len(ids), len(set(ids)))
        named = {
            each
            for block in answer["Blocks"]
            for related in block.get("Relationships", ())
            for each in related["Ids"]
        }
        self.assertLessEqual(named, set(ids))
        self.assertEqual({block["Page"] for block in answer["Blocks"]}, {1, 2})
        self.assertEqual(answer["DocumentMetadata"], {"Pages": 2})

    def test_jobs_keep_to_their_operation(self):
        job = structured_job(self.alice)
        foreign = make_job(self.bob)
        for operation, job_id in [
            ("GetDocumentAnalysis", job.pk),
            ("GetDocumentTextDetection", f"{job.pk}-TABLES"),
            ("GetDocumentAnalysis", f"{job.pk}-FORMS"),
            ("GetDocumentAnalysis", f"{foreign.pk}-TABLES"),
            ("GetDocumentAnalysis", "x"),
        ]:
            answer = self.call(operation, JobId=str(job_id))
            self.assertEqual(answer["__type"], "InvalidJobIdException")

    def test_features_that_are_not_served_are_refused(self):
        for features in ([], ["FORMS"], ["TABLES", "QUERIES"], None, [["TABLES"]]):
            answer = self.call("AnalyzeDocument", Document={}, FeatureTypes=features)
            self.assertEqual(answer["__type"], "InvalidParameterException")


class ObjectTests(AwsTestCase):
    def start(self, name: str, token: str = "", bucket: str = "any") -> dict[str, Any]:
        location = {"S3Object": {"Bucket": bucket, "Name": name}}
        tokens = {"ClientRequestToken": token} if token else {}
        return self.call("StartDocumentTextDetection", DocumentLocation=location, **tokens)

    def test_an_object_is_read_once_and_found_by_its_whole_key(self):
        for folder in ("2025", "2026"):
            self.assertEqual(self.object("PUT", f"b/{folder}/a.png", page_png()).status_code, 200)
        self.assertEqual(Job.objects.count(), 2)
        first, second = (self.start(f"{year}/a.png", bucket="b")["JobId"] for year in (2025, 2026))
        self.assertNotEqual(first, second)
        self.assertEqual(Job.objects.count(), 2)
        self.assertEqual(str(Job.objects.get(title="s3://b/2025/a.png").pk), first)
        got = self.object("GET", "b/2025/a.png")
        self.assertEqual(b"".join(got.streaming_content), page_png())
        self.assertIn(b"NoSuchKey", self.object("GET", "other/2025/a.png").content)

    def test_an_upload_is_found_by_the_name_in_a_folder(self):
        make_job(self.alice, upload=make_upload(self.alice, name="three.png"))
        self.assertIn("JobId", self.start("in/2026/three.png"))
        self.assertEqual(self.start("in/four.png")["__type"], "InvalidS3ObjectException")

    def test_a_token_names_one_job(self):
        make_job(self.alice, upload=make_upload(self.alice, name="a.png"))
        make_job(self.alice, upload=make_upload(self.alice, name="b.png"))
        first = self.start("a.png", "t-1")["JobId"]
        self.assertEqual(self.start("a.png", "t-1")["JobId"], first)
        self.assertNotEqual(self.start("a.png", "t-2")["JobId"], first)
        other = self.start("b.png", "t-1")
        self.assertEqual(other["__type"], "IdempotentParameterMismatchException")
        self.assertEqual(self.start("a.png", "no token!")["__type"], "InvalidParameterException")

    def test_a_failed_object_is_read_again(self):
        self.object("PUT", "b/a.png", page_png())
        Job.objects.update(status=Status.FAILED)
        failed = Job.objects.get().pk
        self.assertNotEqual(self.start("a.png", bucket="b")["JobId"], str(failed))

    def test_chunked_bodies_with_a_trailer(self):
        """As SDKs send streams over TLS."""
        content = page_png()
        parts = [content[:1000], content[1000:], b""]
        body = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts[:2])
        body += b"0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n"
        kind = {"X-Amz-Content-SHA256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER"}
        for sent, status in [(body, 200), (body[:500], 400), (b"zz\r\n", 400)]:
            headers = {"x-amz-content-sha256": kind["X-Amz-Content-SHA256"]}
            answer = self.put_chunks(sent, headers)
            self.assertEqual(answer.status_code, status, answer.content)
        got = self.object("GET", "b/stream.png")
        self.assertEqual(b"".join(got.streaming_content), content)

    def put_chunks(self, body: bytes, headers: dict[str, str]) -> Any:
        class Streaming(S3SigV4Auth):
            def payload(self, request: Any) -> str:
                return headers["x-amz-content-sha256"]

            def _modify_request_before_signing(self, request: Any) -> None:
                request.headers["X-Amz-Content-SHA256"] = headers["x-amz-content-sha256"]
                super(S3SigV4Auth, self)._modify_request_before_signing(request)

        secret = api_keys.signing_secret(key=self.key)
        request = AWSRequest("PUT", "http://testserver/s3/b/stream.png", data=body)
        Streaming(Credentials(self.key.prefix, secret), "s3", "x").add_auth(request)
        sent = {f"HTTP_{k.replace('-', '_').upper()}": v for k, v in request.headers.items()}
        return self.client.generic(
            "PUT",
            "/s3/b/stream.png",
            body,
            "application/octet-stream",
            **{**sent, "HTTP_HOST": "testserver"},
        )

    def test_faults_are_s3s(self):
        self.assertIn(b"KeyTooLongError", self.object("PUT", f"b/{'k' * 200}", page_png()).content)
        self.assertEqual(self.object("PUT", "b/a.txt", b"no picture").status_code, 400)
        self.assertEqual(self.object("DELETE", "b/a.png").status_code, 405)
        unsigned = self.client.put("/s3/b/a.png", page_png(), "image/png")
        self.assertEqual(unsigned.status_code, 403)
        self.assertIn(b"<Code>AccessDenied</Code>", unsigned.content)

    def test_a_key_for_recognition_alone_gets_no_files_back(self):
        self.object("PUT", "b/a.png", page_png())
        self.key, _ = api_keys.create(owner=self.alice, name="ocr", scopes=["ocr"])
        self.assertEqual(self.object("PUT", "b/b.png", page_png()).status_code, 200)
        self.assertEqual(self.object("GET", "b/a.png").status_code, 403)
