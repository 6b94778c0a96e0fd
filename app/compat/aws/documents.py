"""Documents and jobs that AWS requests name: bytes, objects of S3, job ids."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile, File
from rest_framework.request import Request

from app.compat.shared.sources import base64_bytes
from app.http.bodies.json import parsed_json
from app.models import Job, Upload
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
    """The object that was put under that key, else an upload with its file name or id."""
    if (job := own_object(request, s3_object)) is not None:
        return job.upload
    key = str(s3_object.get("Name", ""))
    for name in dict.fromkeys((key, PurePosixPath(key).name)):
        found = lookups.own_upload(owner=request.user, name=name)
        if found is not None:
            return found
    raise OcrError("no_upload", f"There is no object “{key[:100]}”, and you have no such upload.")


def own_object(request: Request, s3_object: Mapping[str, Any]) -> Job | None:
    title = object_title(str(s3_object.get("Bucket", "")), str(s3_object.get("Name", "")))
    return lookups.own_titled(owner=request.user, title=title)


def object_title(bucket: str, key: str) -> str:
    """The title of the entry that holds an object."""
    return f"s3://{bucket}/{key}"


def own_job(request: Request, job_id: str) -> Job:
    job = lookups.own_job(owner=request.user, pk=as_uuid(job_id))
    if job is None:
        raise OcrError("no_job", "There is no such job.")
    return job


def as_uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
