"""Run one claimed job: read its missing pages, store them, record the outcome."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import partial
from typing import Protocol, TypeVar

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from app.ocr.continued_tables import mark_continued
from app.ocr.errors import EngineCrashed, OcrError
from app.ocr.images import SourceFile
from app.ocr.options import Options
from app.ocr.result import Page
from app.ocr.running_lines import FURTHEST, mark_running
from app.services.jobs.queue import should_yield
from app.services.operations.transient_errors import bucket_errors
from app.services.stored_files import local_path

from . import outcome
from .lease import CancelRequested, Claim, LeaseLost
from .summary import Summary

logger = logging.getLogger(__name__)

T = TypeVar("T")
DATABASE_RETRY_SECONDS = 0.5
UNEXPECTED = OcrError("engine_failed", "The recognition failed unexpectedly.")


class Reader(Protocol):
    """app.recognition.recognizer.Recognizer, or a worker's remote control for one."""

    def page_numbers(self, file: SourceFile, options: Options) -> tuple[int, ...]: ...

    def recognize(self, file: SourceFile, number: int, options: Options) -> Page: ...


def run(
    claim: Claim,
    reader: Reader,
    stopping: Callable[[], bool] = lambda: False,
    give_way: Callable[[], bool] = lambda: False,
    afterwards: Callable[[], None] = lambda: None,
) -> bool:
    """Reads the pages that are not stored yet and ends the job. True if its text is complete.

    stopping: whether the worker is ending. give_way: called between two pages; whether other work
    is due now (app.worker.time_shares). afterwards: called when the job is done, while the reader
    can still open the file.

    Every outcome is in the row afterwards: done, failed with a reason, cancelled or queued again.
    """
    try:
        return _run(claim, reader, lambda: stopping() or give_way(), afterwards)
    except LeaseLost as error:
        logger.warning("lease lost: %s", error)
    except CancelRequested:
        outcome.record_cancelled(claim)
    except EngineCrashed:
        if stopping():  # the worker ended the process itself
            outcome.yield_to_others(claim, seconds=0)
        else:
            outcome.record_crash(claim)
    except OcrError as error:
        outcome.record_failed(claim, error)
    except bucket_errors() as error:
        logger.warning("the bucket is unreachable: %s", error)
        outcome.postpone(claim)
    except (OperationalError, InterfaceError):
        raise  # the database is unreachable: the lease will expire and the job be queued again
    except Exception:
        logger.exception("job %s", claim.job.pk)
        outcome.record_failed(claim, UNEXPECTED)
    return False


def _run(
    claim: Claim, reader: Reader, pausing: Callable[[], bool], afterwards: Callable[[], None]
) -> bool:
    """False if it yielded to other jobs after some of the pages."""
    started = time.monotonic()
    summary = Summary.of_stored_pages(claim.job)
    upload, options = claim.job.upload, claim.job.recognition_options
    page = None
    recent = _RecentPages()
    with local_path(upload.file) as path:
        file = SourceFile(path, upload.media_type, options.password)
        numbers = reader.page_numbers(file, options)
        for number in _missing(claim, numbers, summary):
            if page is not None:
                retry_on_db_outage(partial(outcome.store_page, claim, page))
                # Yield only after a page: otherwise two long documents would keep yielding to each
                # other.
                if pausing() or should_yield(claim.job, running_since=claim.claimed_at):
                    seconds = time.monotonic() - started
                    retry_on_db_outage(partial(outcome.yield_to_others, claim, seconds=seconds))
                    return False
            *changed, page = recent.add(reader.recognize(file, number, options))
            for earlier in changed:
                retry_on_db_outage(partial(outcome.replace_page, claim, earlier))
                summary.add(earlier)
            summary.add(page)
        seconds = time.monotonic() - started
        # The last page is stored with the end of the job, in one transaction: most jobs have one.
        retry_on_db_outage(
            partial(outcome.record_done, claim, summary, seconds=seconds, last_page=page)
        )
        afterwards()
    return True


class _RecentPages:
    """The last pages of a document, compared to find what no single page shows.

    They are held in memory while a document is read, so stored pages need not be loaded again.

    After an interruption, the comparison starts at the first page read again.
    """

    def __init__(self) -> None:
        self.pages: list[Page] = []

    def add(self, page: Page) -> list[Page]:
        """The earlier pages that the new one changes, and then the new one, with running heads,
        running feet and continued tables marked."""
        if self.pages and page.number != self.pages[-1].number + 1:
            self.pages = []
        judged = mark_continued(mark_running([*self.pages, page]))
        changed = [new for new, old in zip(judged, self.pages, strict=False) if new != old]
        self.pages = judged[-FURTHEST:]
        return [*changed, judged[-1]]


def _missing(claim: Claim, numbers: tuple[int, ...], summary: Summary) -> list[int]:
    """The pages that no earlier attempt has stored. Records the total number of pages."""
    if len(numbers) > 1:
        retry_on_db_outage(lambda: claim.write(pages_total=len(numbers)))
    return [number for number in numbers if number not in summary]


def retry_on_db_outage(write: Callable[[], T]) -> T:
    """Writes a finished result, retrying while the database is locked, full or restarting.

    Retries while the lease may still be valid, then raises the database's error. `write` must be a
    transaction of its own, so that a failed try leaves nothing behind.
    """
    deadline = time.monotonic() + settings.LEASE_SECONDS
    while True:
        try:
            return write()
        except (OperationalError, InterfaceError) as error:
            if connection.in_atomic_block or time.monotonic() > deadline:
                raise
            logger.warning("waiting for the database: %s", error)
            connection.close()
            time.sleep(DATABASE_RETRY_SECONDS)
