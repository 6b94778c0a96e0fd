"""Jobs of asyncBatchAnnotate: own uploads that requests name as gs:// objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.base import ContentFile, File
from rest_framework.request import Request

from app.compat.shared.objects import find_upload
from app.http.caller import caller_of
from app.models import Job, Priority, Upload
from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.services import submission
from app.services.submission import SubmissionRequest

from .outputs import output_title
from .requests import check_features, image_content, member, options_of

Started = tuple[list[Job], list[dict[str, Any]]]
DEFAULT_BATCH = 20  # pages or images in one result file


def start_files(request: Request, wanted: Sequence[Mapping[str, Any]], body: Any) -> Started:
    """Starts a job for each file. Raises OcrError before any job is created."""
    if not wanted:
        raise OcrError("bad_option", "There are no requests.")
    planned = []
    for one in wanted:
        check_features(one)
        config = output_config(one)
        source = own_file(request, member(member(one.get("inputConfig"), "gcsSource"), "uri"))
        planned.append((one, source, config))
    jobs = [
        submit(request, source, options_of(one), output_title(config, first=1))
        for one, source, config in planned
    ]
    return jobs, [config for _, _, config in planned]


def start_images(request: Request, wanted: Sequence[Mapping[str, Any]], body: Any) -> Started:
    """Starts a job for each image; each has its own result file."""
    if not wanted:
        raise OcrError("bad_option", "There are no requests.")
    config = {**output_config(body), "batchSize": 1}
    planned = []
    for one in wanted:
        check_features(one)
        planned.append((one, image_source(request, one)))
    jobs = [
        submit(request, source, options_of(one, "1"), output_title(config, first=first))
        for first, (one, source) in enumerate(planned, 1)
    ]
    return jobs, [config]


def output_config(one: Any) -> dict[str, Any]:
    """Raises OcrError(bad_option)."""
    config = member(one, "outputConfig")
    uri = member(member(config, "gcsDestination"), "uri")
    size = member(config, "batchSize")
    size = DEFAULT_BATCH if size is None else size
    if type(size) is not int or not 1 <= size <= 100:
        raise OcrError("bad_option", "batchSize is from 1 to 100.")
    if " " in "/".join(bucket_and_key(uri)):
        raise OcrError("bad_option", "The address of the results must have no spaces.")
    config = {"gcsDestination": {"uri": uri}, "batchSize": size}
    if len(output_title(config, first=100)) > Job._meta.get_field("title").max_length:
        raise OcrError("bad_option", "The address of the results is too long.")
    return config


def image_source(request: Request, one: Mapping[str, Any]) -> Upload | File[Any]:
    source = member(one.get("image"), "source")
    uri = str(member(source, "gcsImageUri") or member(source, "imageUri") or "")
    if uri.startswith("gs://"):
        return own_file(request, uri)
    content = image_content(request, one)
    return ContentFile(content) if isinstance(content, bytes) else content


def own_file(request: Request, uri: Any) -> Upload:
    bucket, key = bucket_and_key(uri)
    found = find_upload(request, bucket, key)
    if found is None:
        raise OcrError("not_found", f"There is no object “{str(uri)[:100]}”: upload it here first.")
    return found


def bucket_and_key(uri: Any) -> tuple[str, str]:
    """Raises OcrError(bad_option)."""
    scheme, _, rest = str(uri or "").partition("://")
    bucket, _, key = rest.partition("/")
    if scheme != "gs" or not bucket:
        raise OcrError("bad_option", "An address such as gs://bucket/name is needed.")
    return bucket, key


def submit(request: Request, source: Upload | File[Any], options: Options, title: str) -> Job:
    wanted = SubmissionRequest(
        file=source, options=options, priority=Priority.NORMAL, cache=False, title=title
    )
    return submission.submit(wanted, caller=caller_of(request))
