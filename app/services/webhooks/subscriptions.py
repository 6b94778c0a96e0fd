"""Registration of webhooks, and the moment at which they become due."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from app.models import ENDED, Batch, BatchItem, Job, Webhook, WebhookStatus
from app.services import outbound


@dataclass(frozen=True, slots=True)
class Callback:
    """url: to call. site_url: the site's own address, for the links in the message."""

    url: str
    site_url: str


def register(*, callback: Callback, job: Job | None = None, batch: Batch | None = None) -> Webhook:
    """Registers a call for the end of the job or batch. Raises OcrError(bad_url)."""
    outbound.check_url(callback.url)
    subject = job or batch
    assert subject is not None  # noqa: S101  the database checks it too
    webhook = Webhook.objects.create(
        owner=subject.owner,
        visitor=subject.visitor,
        job=job,
        batch=batch,
        url=callback.url,
        site_url=callback.site_url.rstrip("/"),
    )
    if has_ended(webhook):
        make_due(webhook)
    return webhook


def job_ended(*, job: Job) -> None:
    """Call it in the transaction that ends the job, so that no message is lost."""
    if not Webhook.objects.filter(status=WebhookStatus.WAITING).exists():
        return
    # Not a join, for which SQLite would scan all webhooks, nor a filter by status (all that wait).
    batches = BatchItem.objects.filter(job=job).values("batch")
    for webhook in Webhook.objects.filter(Q(job=job) | Q(batch__in=batches)):
        if webhook.status == WebhookStatus.WAITING and has_ended(webhook):
            make_due(webhook)


def has_ended(webhook: Webhook) -> bool:
    """Whether the call is due. The last two jobs of a batch may both find it ended."""
    if webhook.job_id:
        return Job.objects.filter(pk=webhook.job_id, status__in=ENDED).exists()
    unfinished = BatchItem.objects.filter(batch=webhook.batch_id, job__isnull=False)
    return not unfinished.exclude(job__status__in=ENDED).exists()


def make_due(webhook: Webhook) -> None:
    Webhook.objects.filter(pk=webhook.pk, status=WebhookStatus.WAITING).update(
        status=WebhookStatus.PENDING, next_at=timezone.now()
    )
