"""What a request sends to a batch: files as form parts or JSON objects, and options for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

from rest_framework.request import Request

from app.models import RequestKey
from app.services.batches import BatchFile
from app.services.limits import idempotency
from app.services.submission import uploads

from .serializers.batches import JsonBatchSerializer, NewBatchSerializer
from .submission import once_arguments
from .throttling import sender_of


def sent_serializer(request: Request) -> NewBatchSerializer:
    """Of a form or of JSON; raises ValidationError."""
    is_json = isinstance(request.data, dict) and not hasattr(request.data, "getlist")
    serializer_class = JsonBatchSerializer if is_json else NewBatchSerializer
    serializer = serializer_class(data=request.data)
    serializer.is_valid(raise_exception=True)
    return serializer


def what_is_sent(request: Request, serializer: NewBatchSerializer) -> dict[str, Any]:
    """For batches.create() and batches.add()."""
    values = serializer.validated_data
    return {
        "files": sent_files(values),
        "options": serializer.options(),
        "charged_to": sender_of(request).subject,
        "cache": values["cache"],
    }


def once(
    request: Request, serializer: NewBatchSerializer, *further: str
) -> AbstractContextManager[RequestKey | None]:
    """idempotency.once() for the files and options, and whatever else makes the request."""

    def fingerprint() -> str:
        files = [facts(file) for file in sent_files(serializer.validated_data)]
        callback_url = serializer.validated_data.get("callback_url")
        options = serializer.options().to_json()
        return idempotency.fingerprint(options, files, callback_url, *further)

    return idempotency.once(**once_arguments(request), fingerprint=fingerprint)


def sent_files(values: dict[str, Any]) -> Iterator[BatchFile]:
    """The files of a form or of JSON, with the sender's ids."""
    ids = values.get("ids") or [""] * len(values["images"])
    for sent, reference in zip(values["images"], ids, strict=True):
        if isinstance(sent, dict):
            name = sent.get("name") or sent["image"].name or ""
            yield BatchFile(name, sent["image"], sent.get("id", ""))
        else:
            yield BatchFile(sent.name, sent, reference)


def facts(file: BatchFile) -> list[str]:
    """What tells this file from another, for the fingerprint of the request."""
    digest = uploads.sha256_of(file.content) if file.content else ""
    return [file.name, file.reference, digest]
