"""Textract's operations: JSON in, JSON out."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

from django.core.files.base import ContentFile, File
from rest_framework.request import Request

from app.api.throttling import sender_of
from app.compat.base import NUMBER
from app.compat.recognition import recognize
from app.compat.sources import base64_bytes
from app.http.json_bodies import parsed_json
from app.models import Job, Priority, Status, Upload
from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.services.history import entries
from app.services.submission import intake

from .blocks import blocks

MODEL_VERSION = "1.0"
MAX_RESULTS = 1000
JOB_STATUS = {Status.DONE: "SUCCEEDED", Status.FAILED: "FAILED", Status.CANCELLED: "FAILED"}


def detect_document_text(request: Request, body: Mapping[str, Any]) -> dict[str, Any]:
    job = recognize(request, document_content(request, json_object(body, "Document")))
    pages = entries.pages(job=job)
    return {
        "DocumentMetadata": {"Pages": len(pages)},
        "Blocks": list(blocks(job.pk, pages, numbered=False)),
        "DetectDocumentTextModelVersion": MODEL_VERSION,
    }


def start_document_text_detection(request: Request, body: Mapping[str, Any]) -> dict[str, Any]:
    location = json_object(json_object(body, "DocumentLocation"), "S3Object")
    job = intake.submit_again(
        upload=own_upload(request, location),
        options=Options(),
        priority=Priority.NORMAL,
        charged_to=sender_of(request).subject,
    )
    return {"JobId": str(job.pk)}


def get_document_text_detection(request: Request, body: Mapping[str, Any]) -> dict[str, Any]:
    job = own_job(request, body.get("JobId"))
    state: dict[str, Any] = {
        "JobStatus": JOB_STATUS.get(Status(job.status), "IN_PROGRESS"),
        "DetectDocumentTextModelVersion": MODEL_VERSION,
    }
    if job.error_message:
        state["StatusMessage"] = job.error_message
    if job.status != Status.DONE:
        return state
    return {**state, "DocumentMetadata": {"Pages": job.pages_total or 0}, **part(job, body)}


OPERATIONS: dict[str, Callable[[Request, Mapping[str, Any]], dict[str, Any]]] = {
    "Textract.DetectDocumentText": detect_document_text,
    "Textract.StartDocumentTextDetection": start_document_text_detection,
    "Textract.GetDocumentTextDetection": get_document_text_detection,
}


def part(job: Job, body: Mapping[str, Any]) -> dict[str, Any]:
    """MaxResults blocks from NextToken on, which is simply how many came before."""
    token, count = body.get("NextToken") or "0", body.get("MaxResults") or MAX_RESULTS
    if not NUMBER.fullmatch(str(token)) or not isinstance(count, int) or count < 1:
        raise OcrError("bad_option", "NextToken or MaxResults is not valid.")
    start, count = int(token), min(count, MAX_RESULTS)
    everything = blocks(job.pk, entries.pages(job=job), numbered=True)
    found = list(islice(everything, start, start + count + 1))
    more = {"NextToken": str(start + count)} if len(found) > count else {}
    return {"Blocks": found[:count], **more}


def parsed(text: bytes) -> Mapping[str, Any]:
    try:
        body = parsed_json(text.decode())
    except ValueError:
        raise OcrError("parse_error", "The body is not JSON.") from None
    if not isinstance(body, Mapping):
        raise OcrError("bad_option", "Request has invalid parameters")
    return body


def json_object(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = body.get(name)
    if not isinstance(found, Mapping):
        raise OcrError("bad_option", f"Request has invalid parameters: {name} is missing")
    return found


def document_content(request: Request, document: Mapping[str, Any]) -> File:
    if "Bytes" in document:
        return ContentFile(base64_bytes(document["Bytes"]))
    upload = own_upload(request, json_object(document, "S3Object"))
    return File(upload.file)


def own_upload(request: Request, s3_object: Mapping[str, Any]) -> Upload:
    """There are no buckets: Name is the id or the file name of one of the caller's uploads."""
    name = str(s3_object.get("Name", ""))
    own = Upload.objects.filter(owner=request.user, jobs__deleted_at=None, jobs__isnull=False)
    found: Upload | None = own.filter(name=name).first() or own.filter(pk=as_uuid(name)).first()
    if found is None:
        raise OcrError(
            "no_upload", f"You have no upload “{name[:100]}”; the bucket does not matter here."
        )
    return found


def own_job(request: Request, job_id: Any) -> Job:
    own = Job.objects.visible_to(request.user).filter(pk=as_uuid(str(job_id)), owner=request.user)
    job: Job | None = own.first()
    if job is None:
        raise OcrError("no_job", "There is no such job.")
    return job


def as_uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
