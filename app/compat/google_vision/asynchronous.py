"""asyncBatchAnnotate of Google Vision on own uploads, its operations, and Storage's read calls.

docs/compat/google-vision.md
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.http import HttpResponse
from django.urls import path, re_path
from rest_framework.request import Request
from rest_framework.response import Response

from app.models import Job, Status
from app.ocr.errors import OcrError
from app.services.history import lookups

from .errors import rpc_status
from .outputs import Output, output_body, outputs_of
from .requests import requests_of
from .started import start_files, start_images
from .views import ROOT, AnnotateView

SALT = "app.compat.google_vision.operation"
TYPES = "type.googleapis.com/google.cloud.vision.v1"


class AccountView(AnnotateView):
    """For accounts only: they alone have uploads that outlive a request."""

    key_required = True


class StartView(AccountView):
    def post(self, request: Request, kind: str, parent: str = "") -> Response:
        """Starts an operation, whose name holds its jobs: nothing else of it is stored."""
        wanted = requests_of(request.data)
        start = start_files if kind == "files" else start_images
        jobs, destinations = start(request, wanted, request.data)
        facts = {"kind": kind, "jobs": [job.pk.hex for job in jobs], "outputs": destinations}
        token = signing.dumps(facts, salt=SALT, compress=True).replace(":", "~")
        name = f"{parent}/operations/{token}".lstrip("/")
        return Response(operation(name, facts, jobs))


class OperationView(AccountView):
    def get(self, request: Request, token: str, parent: str = "") -> Response:
        try:
            facts = signing.loads(token.replace("~", ":"), salt=SALT)
        except signing.BadSignature:
            raise OcrError("not_found", "There is no such operation.") from None
        jobs = [lookups.own_job(owner=request.user, pk=pk) for pk in facts["jobs"]]
        found = [job for job in jobs if job is not None]
        if len(found) < len(jobs):
            raise OcrError("not_found", "There is no such operation.")
        return Response(operation(f"{parent}/operations/{token}".lstrip("/"), facts, found))


def operation(name: str, facts: Mapping[str, Any], jobs: list[Job]) -> dict[str, Any]:
    ended = all(job.ended for job in jobs)
    metadata = {
        "@type": f"{TYPES}.OperationMetadata",
        "state": "DONE" if ended else "RUNNING",
        "createTime": jobs[0].created_at.isoformat().replace("+00:00", "Z"),
        "updateTime": max(job.updated_at for job in jobs).isoformat().replace("+00:00", "Z"),
    }
    answer: dict[str, Any] = {"name": name, "metadata": metadata, "done": ended}
    failed = [job for job in jobs if job.ended and job.status != Status.DONE]
    if ended and failed:
        answer["error"] = rpc_status(OcrError(failed[0].error_code, failed[0].error_message))
    elif ended:
        configs = [{"outputConfig": config} for config in facts["outputs"]]
        answer["response"] = (
            {"@type": f"{TYPES}.AsyncBatchAnnotateFilesResponse", "responses": configs}
            if facts["kind"] == "files"
            else {"@type": f"{TYPES}.AsyncBatchAnnotateImagesResponse", **configs[0]}
        )
    return answer


class BucketView(AccountView):
    def get(self, request: Request, bucket: str) -> Response:
        return Response({"kind": "storage#bucket", "id": bucket, "name": bucket})


class ObjectsView(AccountView):
    """Results of the caller's operations, as files of a bucket."""

    def get(self, request: Request, bucket: str) -> Response:
        prefix = request.query_params.get("prefix", "")
        found = outputs_of(request, bucket)
        items = [self.item(request, bucket, name) for name in found if name.startswith(prefix)]
        return Response({"kind": "storage#objects", "items": items})

    def item(self, request: Request, bucket: str, name: str) -> dict[str, str]:
        link = request.build_absolute_uri(f"/download/storage/v1/b/{bucket}/o/{name}?alt=media")
        return {
            "kind": "storage#object",
            "id": f"{bucket}/{name}/1",
            "bucket": bucket,
            "name": name,
            "generation": "1",
            "contentType": "application/json",
            "mediaLink": link,
        }


class ObjectView(ObjectsView):
    def get(self, request: Request, bucket: str, name: str) -> HttpResponse:  # type: ignore[override]
        output: Output | None = outputs_of(request, bucket).get(name)
        if output is None:
            raise OcrError("not_found", f"No such object: {bucket}/{name[:200]}")
        media = request.path.startswith("/download/") or "media" in request.query_params.get(
            "alt", ""
        )
        return Response(output_body(output) if media else self.item(request, bucket, name))


urlpatterns = [
    re_path(f"{ROOT}(?P<kind>files|images):asyncBatchAnnotate$", StartView.as_view()),
    re_path(rf"{ROOT}operations/(?P<token>[\w.~-]+)$", OperationView.as_view()),
    path("storage/v1/b/<str:bucket>", BucketView.as_view()),
    path("storage/v1/b/<str:bucket>/o", ObjectsView.as_view()),
    path("storage/v1/b/<str:bucket>/o/<path:name>", ObjectView.as_view()),
    path("download/storage/v1/b/<str:bucket>/o/<path:name>", ObjectView.as_view()),
]
