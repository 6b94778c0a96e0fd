"""Documents and jobs that AWS requests name: bytes, objects of S3, job ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile, File
from rest_framework.request import Request

from app.compat.shared.objects import find_upload
from app.compat.shared.sources import base64_bytes
from app.http.bodies.json import parsed_json
from app.models import Job, Upload
from app.models.ids import parsed_id
from app.ocr.errors import OcrError
from app.services.history import lookups


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
    """Raises OcrError(no_upload)."""
    bucket, key = place_of(s3_object)
    found = find_upload(request, bucket, key)
    if found is None:
        message = f"There is no object “{key[:100]}”, and you have no such upload."
        raise OcrError("no_upload", message)
    return found


def place_of(s3_object: Mapping[str, Any]) -> tuple[str, str]:
    """Bucket and key."""
    return str(s3_object.get("Bucket", "")), str(s3_object.get("Name", ""))


def own_job(request: Request, job_id: str) -> Job:
    job = lookups.own_job(owner=request.user, pk=parsed_id(job_id))
    if job is None:
        raise OcrError("no_job", "There is no such job.")
    return job
