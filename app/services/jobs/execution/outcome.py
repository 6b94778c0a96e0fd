"""Outcomes of a claimed job as a worker writes them, each fenced by the claim's token."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from app.models import Page, Status
from app.models.job import error_columns
from app.ocr import result
from app.ocr.confidence import words_to_check
from app.ocr.errors import OcrError
from app.ocr.text import storable_text, storable_tree
from app.ocr.tree import page_to_tree
from app.services.history import search
from app.services.jobs import transitions
from app.services.jobs.queue import LONGEST_PAUSE, front_turn
from app.services.limits import quotas

from .lease import Claim, LeaseLost
from .summary import Summary

CRASHED = OcrError(
    "engine_crashed", "The engine crashed on this file again and again. Try another engine."
)
OUTAGE_PAUSE = timedelta(minutes=1)
# Progress resets the crash counters: this job does not kill its workers.
RESET_FAILURES = {"crashes": 0, "lost": 0}


@transaction.atomic
def store_page(claim: Claim, page: result.Page) -> None:
    """Stores one finished page, before the rest is read. Raises LeaseLost."""
    claim.write(pages_done=F("pages_done") + 1, **RESET_FAILURES)
    _add_page(claim, page)


@transaction.atomic
def record_done(
    claim: Claim, summary: Summary, *, seconds: float, last_page: result.Page | None = None
) -> None:
    """Ends the job and stores its last page. Raises LeaseLost."""
    values = {**summary.job_values(), **RESET_FAILURES, "seconds": _total_seconds(seconds)}
    if not transitions.finish(claim.row(), claim.job, status=Status.DONE, **values):
        raise LeaseLost(f"job {claim.job.pk}")
    if last_page:
        _add_page(claim, last_page)
    search.index(job=search.indexed_columns().get(pk=claim.job.pk))


@transaction.atomic
def replace_page(claim: Claim, page: result.Page) -> None:
    """Stores a page again that a later page has changed. Raises LeaseLost."""
    claim.write()
    stored = Page.objects.filter(job=claim.job, number=page.number, corrected_text=None)
    stored.update(
        text=storable_text(page.text),
        tree=storable_tree(page_to_tree(page)),
        words_to_check=words_to_check(page.words),
    )


def _add_page(claim: Claim, page: result.Page) -> None:
    quotas.add_page(job=claim.job)
    Page.objects.create(
        job=claim.job,
        number=page.number,
        width=page.width,
        height=page.height,
        text=storable_text(page.text),
        confidence=page.confidence,
        tree=storable_tree(page_to_tree(page)),
        words_to_check=words_to_check(page.words),
    )


def record_failed(claim: Claim, error: OcrError) -> None:
    transitions.finish(claim.row(), claim.job, status=Status.FAILED, **error_columns(error))


def record_cancelled(claim: Claim) -> None:
    transitions.finish(claim.row(), claim.job, status=Status.CANCELLED, **transitions.CANCELLED)


def record_crash(claim: Claim) -> None:
    """Queues the job after a growing pause, or fails it after too many crashes."""
    crashes = claim.job.crashes + 1
    if crashes >= settings.JOB_MAX_LOST:
        record_failed(claim, CRASHED)
    else:
        pause = min(timedelta(seconds=2 ** (crashes - 1)), LONGEST_PAUSE)
        transitions.requeue(
            claim.row(), claim.job, crashes=crashes, run_after=timezone.now() + pause
        )


def postpone(claim: Claim) -> None:
    """Queues the job for later, because its file's storage is unreachable."""
    transitions.requeue(claim.row(), claim.job, run_after=timezone.now() + OUTAGE_PAUSE)


def yield_to_others(claim: Claim, *, seconds: float) -> None:
    """Queues the job, with its finished pages, behind the jobs that wait now. Raises LeaseLost."""
    turn = (front_turn(claim.job.priority) or 0) + 1
    if not transitions.requeue(claim.row(), claim.job, turn=turn, seconds=_total_seconds(seconds)):
        raise LeaseLost(f"job {claim.job.pk}")


def _total_seconds(seconds: float) -> object:
    """The sum over all attempts, as a database expression."""
    return Coalesce(F("seconds"), 0.0) + seconds
