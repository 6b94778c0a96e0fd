"""Delivery of due mails, with growing pauses while the mail server refuses them."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from app.models import ENDED, Batch, BatchItem, Job, MailRequest, Status

from .requests import address_of

# Delay after the end: an open page shows the end at once and then withdraws the request.
GRACE = timedelta(seconds=20)
# Pauses between attempts, in seconds; after the last one the mail is given up.
BACKOFF = (60, 300, 1800, 7200, 21_600)
AT_ONCE = 20

logger = logging.getLogger(__name__)


def send_due() -> int:
    """Sends all due mails. Returns the number of attempts. Safe with any number of workers."""
    now = timezone.now()
    due = _ended_before(now - GRACE).filter(next_at__lte=now).order_by("next_at")
    return sum(_attempt(request) for request in due[:AT_ONCE])


def _ended_before(moment: datetime) -> QuerySet[MailRequest]:
    open_items = BatchItem.objects.filter(batch=OuterRef("batch"), job__isnull=False).filter(
        ~Q(job__status__in=ENDED) | Q(job__finished_at__gt=moment)
    )
    of_jobs = Q(job__status__in=ENDED, job__finished_at__lte=moment)
    of_batches = Q(batch__isnull=False) & ~Exists(open_items)
    requests = MailRequest.objects.select_related("owner", "job__upload", "batch")
    return requests.filter(of_jobs | of_batches)


def _attempt(request: MailRequest) -> bool:
    """Makes one attempt, unless another process does. The pause is set first, in case of a
    crash."""
    pause = timedelta(seconds=BACKOFF[min(request.attempts, len(BACKOFF) - 1)])
    row = MailRequest.objects.filter(pk=request.pk, next_at=request.next_at)
    if not row.update(next_at=timezone.now() + pause, attempts=F("attempts") + 1):
        return False
    try:
        mail = _message(request)
        if mail:
            mail.send()
    except (SMTPException, OSError) as error:
        logger.error("mail about %s: %s", request, error)
        if request.attempts + 1 < len(BACKOFF):
            return True
    MailRequest.objects.filter(pk=request.pk).delete()
    return True


def _message(request: MailRequest) -> EmailMessage | None:
    """The mail; None if the entry is gone, or there is nothing to tell."""
    address = address_of(request.owner)
    with translation.override(request.language):
        said = _about_job(request.job) if request.job else _about_batch(request.batch)
    if not (said and address):
        return None
    title, text, path = said
    # A name with line breaks would be refused as a forged header.
    subject = " ".join(f"{settings.SITE_NAME}: {title}".split())
    return EmailMessage(subject, f"{text}\n\n{request.site_url}{path}\n", to=[address])


def _about_job(job: Job) -> tuple[str, str, str] | None:
    """Title, text and page path of the mail about a job."""
    name = job.title or job.upload.name or job.upload.media_type
    path = reverse("entry", args=[job.pk])
    if job.deleted_at or job.status == Status.CANCELLED:
        return None
    if job.status == Status.DONE:
        return _("“%(name)s” has been read") % {"name": name}, _("The text is there:"), path
    title = _("“%(name)s” could not be read") % {"name": name}
    return title, _("The reading has stopped. Its page says why:"), path


def _about_batch(batch: Batch | None) -> tuple[str, str, str] | None:
    if batch is None:
        return None
    counted = Batch.objects.with_counts().get(pk=batch.pk)
    counts = {"done": counted.count_done, "total": counted.count_total}
    title = _("%(done)s of %(total)s files have been read") % counts
    return title, _("All files have ended:"), reverse("batch", args=[batch.pk])
