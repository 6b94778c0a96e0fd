"""asyncBatchAnnotate of Google Vision, its operations, and the files of results."""

from __future__ import annotations

from typing import Any

import httpx
from google.cloud import vision

from app.models import Job, Status
from app.services.accounts import api_keys
from app.tests.base import SiteTestCase
from app.tests.factories import make_job, make_upload

from .pictures import LINES, page_png
from .structured import structured_job, structured_page

TEXT = LINES + "\n"


def test_sdk_waits_for_an_operation(account):
    sent = httpx.post(
        f"{account.url}/api/ocr/",
        files={"image": ("for google.png", page_png())},
        auth=account.login,
        timeout=300,
    )
    assert sent.status_code == 200, sent.text
    options = {"api_endpoint": account.url, "api_key": account.key}
    client = vision.ImageAnnotatorClient(transport="rest", client_options=options)
    image = vision.Image(
        source=vision.ImageSource(image_uri=f"gs://any/in/{sent.json()['file_name']}")
    )
    request = vision.AnnotateImageRequest(
        image=image, features=[vision.Feature(type_=vision.Feature.Type.TEXT_DETECTION)]
    )
    destination = vision.GcsDestination(uri="gs://results/run-1/")
    operation = client.async_batch_annotate_images(
        requests=[request], output_config=vision.OutputConfig(gcs_destination=destination)
    )
    done = operation.result(timeout=120)
    assert done.output_config.gcs_destination.uri == "gs://results/run-1/"
    found = httpx.get(
        f"{account.url}/download/storage/v1/b/results/o/run-1/output-1-to-1.json?alt=media",
        headers={"Authorization": f"Bearer {account.key}"},
        timeout=300,
    )
    assert found.json()["responses"][0]["fullTextAnnotation"]["text"] == TEXT


class AsynchronousTests(SiteTestCase):
    def setUp(self) -> None:
        super().setUp()
        _, self.token = api_keys.create(owner=self.alice, name="google")

    def call(self, method: str, path: str, body: Any = None, token: str = "") -> Any:
        headers = {"X-Goog-Api-Key": token or self.token}
        if method == "get":
            return self.client.get(path, headers=headers)
        return self.client.post(path, body, "application/json", headers=headers)

    def start(self, uri: str = "gs://b/in/a.png", *, kind: str = "files", **changes: Any) -> Any:
        destination = {"gcsDestination": {"uri": "gs://b/out/"}, "batchSize": 2}
        config = changes.get("config", destination)
        features = [{"type": changes.get("feature", "DOCUMENT_TEXT_DETECTION")}]
        if kind == "files":
            source = {"inputConfig": {"gcsSource": {"uri": uri}, "mimeType": "application/pdf"}}
            body = {"requests": [{**source, "features": features, "outputConfig": config}]}
        else:
            image = {"image": {"source": {"gcsImageUri": uri}}, "features": features}
            body = {"requests": [image, image], "outputConfig": config}
        return self.call("post", f"/v1/projects/p/{kind}:asyncBatchAnnotate", body)

    def upload(self) -> None:
        make_job(self.alice, upload=make_upload(self.alice, name="a.png"))

    def test_an_operation_ends_with_its_output(self):
        self.upload()
        started = self.start().json()
        self.assertTrue(started["name"].startswith("projects/p/operations/"))
        done = self.call("get", f"/v1/{started['name']}").json()
        self.assertTrue(done["done"])
        self.assertEqual(done["metadata"]["state"], "DONE")
        [response] = done["response"]["responses"]
        self.assertEqual(response["outputConfig"]["gcsDestination"]["uri"], "gs://b/out/")
        items = self.call("get", "/storage/v1/b/b/o?prefix=out/").json()["items"]
        self.assertEqual([item["name"] for item in items], ["out/output-1-to-1.json"])
        self.assertEqual(self.call("get", "/storage/v1/b/b/o?prefix=x").json()["items"], [])

    def test_images_have_a_file_each(self):
        self.upload()
        done = self.call("get", f"/v1/{self.start(kind='images').json()['name']}").json()
        self.assertIn("outputConfig", done["response"])
        items = self.call("get", "/storage/v1/b/b/o").json()["items"]
        names = [item["name"] for item in items]
        self.assertEqual(names, ["out/output-1-to-1.json", "out/output-2-to-2.json"])

    def test_pages_are_shared_out_to_files(self):
        pages = [structured_page(number=number) for number in (1, 2, 3)]
        structured_job(self.alice, pages=pages, title="gs://b/out/ by 2 from 1")
        names = ("out/output-1-to-2.json", "out/output-3-to-3.json")
        listed = self.call("get", "/storage/v1/b/b/o").json()["items"]
        self.assertEqual(tuple(item["name"] for item in listed), names)
        for name, numbers in zip(names, ([1, 2], [3]), strict=True):
            path = f"/storage/v1/b/b/o/{name.replace('/', '%2F')}?alt=media"
            body = self.call("get", path).json()
            found = [each["context"]["pageNumber"] for each in body["responses"]]
            self.assertEqual(found, numbers)
            self.assertIn("Annual report", body["responses"][0]["fullTextAnnotation"]["text"])
        about = self.call("get", f"/storage/v1/b/b/o/{names[0]}").json()
        self.assertEqual(about["contentType"], "application/json")

    def test_a_title_that_only_looks_like_one_of_ours_has_no_files(self):
        structured_job(self.alice, title="gs://b/out/ by 0 from 1")
        self.assertEqual(self.call("get", "/storage/v1/b/b/o").json()["items"], [])

    def test_states(self):
        self.upload()
        name = self.start().json()["name"]
        newest = Job.objects.order_by("-id").first()
        for status, code in [(Status.RUNNING, None), (Status.FAILED, 13)]:
            Job.objects.filter(pk=newest.pk).update(status=status, error_code="engine_failed")
            answer = self.call("get", f"/v1/{name}").json()
            self.assertEqual(answer["done"], code is not None)
            self.assertEqual(answer.get("error", {}).get("code"), code)
            self.assertNotIn("response", answer)

    def test_others_see_neither_operations_nor_results(self):
        self.upload()
        name = self.start().json()["name"]
        _, foreign = api_keys.create(owner=self.charlie, name="other")
        self.assertEqual(self.call("get", f"/v1/{name}", token=foreign).status_code, 404)
        self.assertEqual(self.call("get", f"/v1/{name}x").status_code, 404)
        self.assertEqual(self.call("get", "/storage/v1/b/b/o", token=foreign).json()["items"], [])
        path = "/download/storage/v1/b/b/o/out/output-1-to-1.json"
        self.assertEqual(self.call("get", path, token=foreign).status_code, 404)
        self.assertEqual(self.client.get(path).status_code, 403)

    def test_what_cannot_be_done_is_refused_before_it_begins(self):
        self.upload()
        before = Job.objects.count()
        for answer in (
            self.start("gs://b/unknown.png"),
            self.start("http://b/a.png"),
            self.start(feature="FACE_DETECTION"),
            self.start(config={}),
            self.start(config={"gcsDestination": {"uri": "gs://b/" + "x" * 300}}),
            self.start(config={"gcsDestination": {"uri": "gs://b/o"}, "batchSize": 0}),
            self.start(kind="images", config=None),
            self.call("post", "/v1/files:asyncBatchAnnotate", {"requests": []}),
        ):
            self.assertIn(answer.status_code, (400, 404), answer.content)
            self.assertIn("error", answer.json())
        self.assertEqual(Job.objects.count(), before)
