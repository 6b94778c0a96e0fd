"""Idempotency-Key: a request sent twice is carried out once (IETF httpapi draft)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone

from app.models import Batch, Job, RequestKey
from app.ocr.errors import OcrError

from .caller import Caller, visitor_subject

# A request that has accepted nothing after this time has died with its process.
ABANDONED = timedelta(seconds=60)
LIFETIME = timedelta(hours=24)

Made = TypeVar("Made", Job, Batch)


class Once:
    """One request. `job` or `batch`: the result of the same request when it was sent before."""

    def __init__(self, record: RequestKey | None) -> None:
        self._record = record

    @property
    def job(self) -> Job | None:
        return self._record.job if self._record else None

    @property
    def batch(self) -> Batch | None:
        return self._record.batch if self._record else None

    def accept(self, made: Made) -> Made:
        """Records the job or batch of the request, in case it is sent again; returns it."""
        if self._record:
            if isinstance(made, Job):
                self._record.job = made
            else:
                self._record.batch = made
            self._record.save(update_fields=["job", "batch"])
        return made


@contextmanager
def once(*, caller: Caller, key: str, parts: Callable[[], Sequence[Any]]) -> Iterator[Once]:
    """A request with this Idempotency-Key, which may be empty.

    parts: returns everything by which requests differ, ready for JSON; called only if there is a
    key. A request that fails leaves no record, so it can be sent again. Raises OcrError:
    idempotency_mismatch (422) for another request under the same key, conflict (409) while the
    first one is still being accepted.
    """
    record = _record(_subject(caller), key, _fingerprint(parts())) if key else None
    try:
        yield Once(record)
    finally:
        if record and not (record.job_id or record.batch_id):
            record.delete()


def delete_old() -> None:
    RequestKey.objects.filter(created_at__lt=timezone.now() - LIFETIME).delete()


def _subject(caller: Caller) -> str:
    """The owner of the key. Visitors behind one address share no keys, since answers hold their
    secrets."""
    return visitor_subject(caller.visitor) if caller.visitor else caller.subject


def _fingerprint(parts: Sequence[Any]) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def _record(subject: str, key: str, fingerprint: str) -> RequestKey:
    if len(key) > 255:
        raise OcrError("bad_option", "An Idempotency-Key has at most 255 characters.")
    now = timezone.now()
    same = RequestKey.objects.filter(sender=subject, key=key)
    same.filter(job=None, batch=None, created_at__lt=now - ABANDONED).delete()
    same.filter(created_at__lt=now - LIFETIME).delete()
    try:
        with transaction.atomic():
            return RequestKey.objects.create(sender=subject, key=key, fingerprint=fingerprint)
    except IntegrityError:
        return _earlier(same.select_related("job", "batch").first(), fingerprint)


def _earlier(record: RequestKey | None, fingerprint: str) -> RequestKey:
    """Checks the first request's record; None if that request has failed just now."""
    if record and record.fingerprint != fingerprint:
        raise OcrError(
            "idempotency_mismatch", "This Idempotency-Key was used for a different request."
        )
    if record is None or not (record.job_id or record.batch_id):
        raise OcrError("conflict", "The first request with this Idempotency-Key is not done yet.")
    return record
