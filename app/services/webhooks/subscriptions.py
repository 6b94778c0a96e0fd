from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from app.models import ENDED, Batch, BatchItem, Job, Webhook, WebhookStatus
from app.services import outbound


@dataclass(frozen=True, slots=True)
class Callback:
    """Where to call, and the site's own address for the links in the message."""

    url: str
    site_url: str


def promise(*, callback: Callback, job: Job | None = None, batch: Batch | None = None) -> Webhook:
    """Will call when the job or batch has ended. Raises OcrError(bad_url)."""
    outbound.check_url(callback.url)
    of = job or batch
    assert of is not None  # noqa: S101  the database checks it too
    webhook = Webhook.objects.create(
        owner=of.owner,
        visitor=of.visitor,
        job=job,
        batch=batch,
        url=callback.url,
        site_url=callback.site_url.rstrip("/"),
    )
    if has_ended(webhook):
        make_due(webhook)
    return webhook


def job_ended(*, job: Job) -> None:
    """Called in the transaction that ends the job, so that no message is forgotten."""
    # Not as a join: SQLite would go through all webhooks there are.
    batches = BatchItem.objects.filter(job=job).values("batch")
    waiting = Webhook.objects.filter(status=WebhookStatus.WAITING)
    for webhook in waiting.filter(Q(job=job) | Q(batch__in=batches)):
        if has_ended(webhook):
            make_due(webhook)


def has_ended(webhook: Webhook) -> bool:
    """Whether there is something to tell. Of two last jobs of a batch both may find so."""
    if webhook.job_id:
        return Job.objects.filter(pk=webhook.job_id, status__in=ENDED).exists()
    unfinished = BatchItem.objects.filter(batch=webhook.batch_id, job__isnull=False)
    return not unfinished.exclude(job__status__in=ENDED).exists()


def make_due(webhook: Webhook) -> None:
    Webhook.objects.filter(pk=webhook.pk, status=WebhookStatus.WAITING).update(
        status=WebhookStatus.PENDING, next_at=timezone.now()
    )
