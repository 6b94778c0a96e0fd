"""Idempotency-Key: the same request sent twice is done once (IETF httpapi draft)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from app.models import Batch, Job, RequestKey
from app.ocr.errors import OcrError

# A request that has accepted nothing after so long has died with its process.
ABANDONED = timedelta(seconds=60)
KEPT = timedelta(hours=24)


def fingerprint(*parts: Any) -> str:
    """Of everything that makes a request what it is; JSON-ready parts."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


@contextmanager
def once(*, sender: str, key: str, fingerprint: Callable[[], str]) -> Iterator[RequestKey | None]:
    """The key's record: with the earlier job or batch, or one to call accepted() with.

    None where no key was sent. A request that fails leaves no record, so it can be sent again.
    Raises OcrError: idempotency_mismatch (422) for another request under the same key, conflict
    (409) while the first one is still being accepted.
    """
    record = _record(sender, key, fingerprint()) if key else None
    try:
        yield record
    finally:
        if record and not (record.job_id or record.batch_id):
            record.delete()


def accepted(
    record: RequestKey | None, *, job: Job | None = None, batch: Batch | None = None
) -> None:
    if record:
        record.job, record.batch = job, batch
        record.save(update_fields=["job", "batch"])


def forget_old() -> None:
    RequestKey.objects.filter(created_at__lt=timezone.now() - KEPT).delete()


def _record(sender: str, key: str, fingerprint: str) -> RequestKey:
    if len(key) > 255:
        raise OcrError("bad_option", "An Idempotency-Key has at most 255 characters.")
    now = timezone.now()
    same = RequestKey.objects.filter(sender=sender, key=key)
    same.filter(job=None, batch=None, created_at__lt=now - ABANDONED).delete()
    same.filter(created_at__lt=now - KEPT).delete()
    try:
        with transaction.atomic():
            return RequestKey.objects.create(sender=sender, key=key, fingerprint=fingerprint)
    except IntegrityError:
        return _earlier(same.select_related("job", "batch").get(), fingerprint)


def _earlier(record: RequestKey, fingerprint: str) -> RequestKey:
    if record.fingerprint != fingerprint:
        raise OcrError(
            "idempotency_mismatch", "This Idempotency-Key was used for a different request."
        )
    if not (record.job_id or record.batch_id):
        raise OcrError("conflict", "The first request with this Idempotency-Key is not done yet.")
    return record
