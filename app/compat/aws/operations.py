"""Textract's operations: JSON in, JSON out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from rest_framework.request import Request

from app.compat.shared.objects import put_object
from app.compat.shared.recognition import recognize
from app.compat.shared.view import NUMBER
from app.http.caller import caller_of
from app.models import Job, Priority, Status
from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.services import submission
from app.services.history import entries
from app.services.limits.idempotency import once
from app.services.submission import SubmissionRequest

from .analysis import SERVED, AnalyzedPage, features_of
from .blocks import Block, PageBlocks
from .documents import document_content, json_object, own_job, own_upload, place_of

Answer = dict[str, Any]
Features = tuple[str, ...]
VERSION = "1.0"
MAX_RESULTS = 1000
JOB_STATUS = {Status.DONE: "SUCCEEDED", Status.FAILED: "FAILED", Status.CANCELLED: "FAILED"}
# A job id carries its features, which GetDocumentAnalysis needs: <uuid>-TABLES-LAYOUT.
JOB_ID = re.compile(r"(?P<job>[0-9a-fA-F-]{32,36}?)(?P<features>(?:-[A-Z]+)*)")
TOKEN = re.compile(r"[a-zA-Z0-9_-]{1,64}")


def detect_document_text(request: Request, body: Mapping[str, Any]) -> Answer:
    return at_once(request, body, (), "DetectDocumentTextModelVersion")


def analyze_document(request: Request, body: Mapping[str, Any]) -> Answer:
    return at_once(request, body, features_of(body), "AnalyzeDocumentModelVersion")


def start_text_detection(request: Request, body: Mapping[str, Any]) -> Answer:
    return started(request, body, ())


def start_analysis(request: Request, body: Mapping[str, Any]) -> Answer:
    return started(request, body, features_of(body))


def get_text_detection(request: Request, body: Mapping[str, Any]) -> Answer:
    job, features = named_job(request, body)
    if features:
        raise OcrError("no_job", "This is the job of an analysis.")
    return state_of(job, (), body, "DetectDocumentTextModelVersion")


def get_analysis(request: Request, body: Mapping[str, Any]) -> Answer:
    job, features = named_job(request, body)
    if not features:
        raise OcrError("no_job", "This is the job of a text detection.")
    return state_of(job, features, body, "AnalyzeDocumentModelVersion")


OPERATIONS: dict[str, Callable[[Request, Mapping[str, Any]], Answer]] = {
    "Textract.DetectDocumentText": detect_document_text,
    "Textract.StartDocumentTextDetection": start_text_detection,
    "Textract.GetDocumentTextDetection": get_text_detection,
    "Textract.AnalyzeDocument": analyze_document,
    "Textract.StartDocumentAnalysis": start_analysis,
    "Textract.GetDocumentAnalysis": get_analysis,
}


def at_once(request: Request, body: Mapping[str, Any], features: Features, version: str) -> Answer:
    job = recognize(request, document_content(request, json_object(body, "Document")))
    blocks = list(blocks_of(job, features))
    pages = {block["Page"] for block in blocks}
    return {"DocumentMetadata": {"Pages": len(pages)}, "Blocks": blocks, version: VERSION}


def started(request: Request, body: Mapping[str, Any], features: Features) -> Answer:
    """Starts a job. For a day, the same ClientRequestToken returns the same job."""
    for name in ("NotificationChannel", "OutputConfig"):
        if body.get(name):
            raise OcrError(
                "bad_option",
                f"{name} is not served here: ask for the result with the Get operation, or "
                "register a webhook.",
            )
    token = str(body.get("ClientRequestToken") or "")
    if token and not TOKEN.fullmatch(token):
        raise OcrError("bad_option", "ClientRequestToken is not valid.")
    location = json_object(json_object(body, "DocumentLocation"), "S3Object")
    key = f"aws {token}" if token else ""
    with once(
        caller=caller_of(request), key=key, parts=lambda: [location, features]
    ) as request_once:
        job = request_once.job or request_once.accept(job_of(request, location))
    return {"JobId": "-".join((str(job.pk), *features))}


def job_of(request: Request, location: Mapping[str, Any]) -> Job:
    """The job that started when the object was put, or a new one for an upload."""
    put = put_object(request, *place_of(location))
    if put is not None and put.status not in (Status.FAILED, Status.CANCELLED):
        return put
    wanted = SubmissionRequest(
        file=own_upload(request, location),
        options=Options(),
        priority=Priority.NORMAL,
        cache=False,
    )
    return submission.submit(wanted, caller=caller_of(request))


def named_job(request: Request, body: Mapping[str, Any]) -> tuple[Job, Features]:
    """Raises OcrError(no_job)."""
    match = JOB_ID.fullmatch(str(body.get("JobId")))
    features = tuple(match["features"].split("-")[1:]) if match else ()
    if match is None or not set(features) <= set(SERVED):
        raise OcrError("no_job", "There is no such job.")
    return own_job(request, match["job"]), features


def state_of(job: Job, features: Features, body: Mapping[str, Any], version: str) -> Answer:
    state: Answer = {
        "JobStatus": JOB_STATUS.get(Status(job.status), "IN_PROGRESS"),
        version: VERSION,
    }
    if job.error_message:
        state["StatusMessage"] = job.error_message
    if job.status != Status.DONE:
        return state
    metadata = {"DocumentMetadata": {"Pages": job.pages_total or 0}}
    return {**state, **metadata, **part(blocks_of(job, features), body)}


def blocks_of(job: Job, features: Features) -> Iterator[Block]:
    for page in entries.pages(job=job):
        if features:
            yield from AnalyzedPage(job.pk, page, features).all()
        else:
            yield from PageBlocks(job.pk, page).all()


def part(blocks: Iterator[Block], body: Mapping[str, Any]) -> Answer:
    """At most MaxResults blocks, from NextToken on: the number of blocks to skip."""
    token, count = body.get("NextToken") or "0", body.get("MaxResults") or MAX_RESULTS
    if not NUMBER.fullmatch(str(token)) or not isinstance(count, int) or count < 1:
        raise OcrError("bad_option", "NextToken or MaxResults is not valid.")
    start, count = int(token), min(count, MAX_RESULTS)
    found = list(islice(blocks, start, start + count + 1))
    more = {"NextToken": str(start + count)} if len(found) > count else {}
    return {"Blocks": found[:count], **more}
