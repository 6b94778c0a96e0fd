"""What a webhook says: enough to know whether to fetch the result, and where."""

from __future__ import annotations

import json
from typing import Any

from django.urls import reverse

from app.models import Batch, Job, Webhook


def message(webhook: Webhook) -> bytes:
    """{"type": "job.done", "timestamp": …, "data": {…}} as JSON."""
    kind, when, data = "batch.done", webhook.created_at, {}
    if webhook.job:
        kind, when = f"job.{webhook.job.status}", webhook.job.finished_at or when
        data = job_data(webhook.job, webhook.site_url)
    elif webhook.batch:
        data = batch_data(webhook.batch, webhook.site_url)
    return json.dumps({"type": kind, "timestamp": when.isoformat(), "data": data}).encode()


def job_data(job: Job, site_url: str) -> dict[str, Any]:
    return {
        "id": str(job.pk),
        "status": job.status,
        "file_name": job.upload.name,
        "pages_done": job.pages_done,
        "pages_total": job.pages_total,
        "error_code": job.error_code,
        "error_message": job.error_message,
        "url": site_url + reverse("job-detail", args=[job.pk]),
    }


def batch_data(batch: Batch, site_url: str) -> dict[str, Any]:
    counted = Batch.objects.with_counts().get(pk=batch.pk)
    return {
        "id": str(batch.pk),
        "name": batch.name,
        "total": counted.count_total,
        "done": counted.count_done,
        "failed": counted.count_failed + counted.count_rejected,
        "cancelled": counted.count_cancelled,
        "url": site_url + reverse("batch-detail", args=[batch.pk]),
    }
