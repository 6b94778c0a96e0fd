"""The files of a batch request: form parts, JSON objects, and what is inside of archives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from app.services import batches, uploads
from app.services.batches import BatchFile


def unpacked(files: Iterable[BatchFile], *, max_bytes: int) -> Iterator[BatchFile]:
    """Archives as the files in them, everything else as it is; counts them all together."""
    count = size = 0
    for file in files:
        inside: Iterable[BatchFile] = [file]
        if file.content and batches.is_zip(file.content):
            inside = batches.files_of_zip(file.content, max_bytes=max_bytes)
        for one in inside:
            count += 1
            size += one.content.size if one.content else 0
            batches.check_limits(count=count, size=size)
            yield one


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
