"""Batches as requests describe them: files as form parts or JSON objects, with their options."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

from rest_framework.request import Request

from app.http.caller import is_from_page
from app.services.batches import BatchFile, BatchRequest
from app.services.limits.idempotency import Once
from app.services.submission import uploads

from .serializers.batches import JsonBatchSerializer, NewBatchSerializer
from .submission import idempotent


def batch_serializer(request: Request) -> NewBatchSerializer:
    """The serializer of a form or of JSON. Raises ValidationError."""
    is_json = isinstance(request.data, dict) and not hasattr(request.data, "getlist")
    serializer_class = JsonBatchSerializer if is_json else NewBatchSerializer
    serializer = serializer_class(data=request.data)
    serializer.is_valid(raise_exception=True)
    return serializer


def batch_request(request: Request, serializer: NewBatchSerializer) -> BatchRequest:
    values = serializer.validated_data
    return BatchRequest(
        files=sent_files(values),
        options=serializer.options(),
        cache=values["cache"],
        from_page=is_from_page(request),
    )


def idempotent_batch(
    request: Request, serializer: NewBatchSerializer, *further: str
) -> AbstractContextManager[Once]:
    """idempotent() for the files, the options, and the other parts of the request."""

    def parts() -> list[Any]:
        files = [file_facts(file) for file in sent_files(serializer.validated_data)]
        callback_url = serializer.validated_data.get("callback_url")
        return [serializer.options().to_json(), files, callback_url, *further]

    return idempotent(request, parts)


def sent_files(values: dict[str, Any]) -> Iterator[BatchFile]:
    """The files of a form or of JSON, with the client's ids."""
    ids = values.get("ids") or [""] * len(values["images"])
    for sent, reference in zip(values["images"], ids, strict=True):
        if isinstance(sent, dict):
            name = sent.get("name") or sent["image"].name or ""
            yield BatchFile(name, sent["image"], sent.get("id", ""))
        else:
            yield BatchFile(sent.name, sent, reference)


def file_facts(file: BatchFile) -> list[str]:
    """Name, id and digest of each file, by which requests differ."""
    digest = uploads.sha256_of(file.content) if file.content else ""
    return [file.name, file.reference, digest]
