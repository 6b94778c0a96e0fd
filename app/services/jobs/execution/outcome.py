"""What a worker may write about its job. Everything is fenced by the claim's token."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from app.models import Job, Page, Status
from app.ocr import result
from app.ocr.errors import OcrError
from app.ocr.tree import page_to_tree
from app.services.history import search
from app.services.jobs import transitions
from app.services.jobs.queue import LONGEST_PAUSE, front_turn
from app.services.jobs.requeue import requeue
from app.services.limits import quotas

from .lease import Claim, LeaseLost
from .storable_text import clean_text, clean_tree
from .summary import Summary

CRASHED = OcrError(
    "engine_crashed", "The engine crashed on this file again and again. Try another engine."
)


OUTAGE_PAUSE = timedelta(minutes=1)
# A job that gets on is not the one that kills its workers.
GETS_ON = {"crashes": 0, "lost": 0}


@transaction.atomic
def store_page(claim: Claim, page: result.Page) -> None:
    """One finished page, whatever becomes of the rest. Raises LeaseLost."""
    claim.write(pages_done=F("pages_done") + 1, **GETS_ON)
    _add_page(claim, page)


@transaction.atomic
def finished(
    claim: Claim, summary: Summary, *, seconds: float, last_page: result.Page | None = None
) -> None:
    """The end of the job, and with it the page that was not stored yet. Raises LeaseLost."""
    values = {**summary.job_values(), **GETS_ON, "seconds": _total_seconds(seconds)}
    if not transitions.end(claim.row(), claim.job, status=Status.DONE, **values):
        raise LeaseLost(f"job {claim.job.pk}")
    if last_page:
        _add_page(claim, last_page)
    search.index(job=Job.objects.get(pk=claim.job.pk))


def _add_page(claim: Claim, page: result.Page) -> None:
    quotas.add_page(job=claim.job)
    Page.objects.create(
        job=claim.job,
        number=page.number,
        width=page.width,
        height=page.height,
        text=clean_text(page.text),
        confidence=page.confidence,
        tree=clean_tree(page_to_tree(page)),
    )


def failed(claim: Claim, error: OcrError) -> None:
    transitions.end(
        claim.row(),
        claim.job,
        status=Status.FAILED,
        error_code=error.code,
        error_message=clean_text(error.message),
    )


def cancelled(claim: Claim) -> None:
    transitions.end(claim.row(), claim.job, status=Status.CANCELLED, **transitions.CANCELLED)


def crashed(claim: Claim) -> None:
    """Queued again after a pause that grows, or failed when it has crashed too often."""
    crashes = claim.job.crashes + 1
    if crashes >= settings.JOB_MAX_LOST:
        failed(claim, CRASHED)
    else:
        pause = min(timedelta(seconds=2 ** (crashes - 1)), LONGEST_PAUSE)
        requeue(claim.row(), claim.job, crashes=crashes, run_after=timezone.now() + pause)


def postponed(claim: Claim) -> None:
    """Queued again for later: what is missing is not the file's fault."""
    requeue(claim.row(), claim.job, run_after=timezone.now() + OUTAGE_PAUSE)


def step_aside(claim: Claim, *, seconds: float) -> None:
    """Queued again, with its finished pages, behind the jobs that wait now. Raises LeaseLost."""
    turn = front_turn(claim.job.priority) + 1
    if not requeue(claim.row(), claim.job, turn=turn, seconds=_total_seconds(seconds)):
        raise LeaseLost(f"job {claim.job.pk}")


def _total_seconds(seconds: float) -> object:
    """Earlier attempts' time and this one's."""
    return Coalesce(F("seconds"), 0.0) + seconds
