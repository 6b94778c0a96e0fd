"""claim -> run -> finish: the middle part, the same for workers, Celery and JOB_RUNNER=inline."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from django.db import InterfaceError, OperationalError

from app.media_storage import BUCKET_ERRORS
from app.ocr.errors import EngineCrashed, OcrError
from app.ocr.options import Options
from app.ocr.result import Page
from app.services.stored_files import local_path

from . import outcome
from .database_retry import patiently
from .fairness import should_step_aside
from .lease import Claim, LeaseLost
from .lease_watch import CancelRequested
from .summary import Summary

logger = logging.getLogger(__name__)


class Reader(Protocol):
    """app.recognition.recognizer.Recognizer, or the worker's remote control of one."""

    def page_numbers(self, path: Path, media_type: str, options: Options) -> tuple[int, ...]: ...

    def recognize(self, path: Path, media_type: str, number: int, options: Options) -> Page: ...


def run(claim: Claim, reader: Reader, stopping: Callable[[], bool] = lambda: False) -> bool:
    """Reads the pages that are not stored yet and ends the job; True if its text is complete.

    Every outcome is in the row afterwards: done, failed with a reason, cancelled or queued again.
    """
    try:
        return _run(claim, reader, stopping)
    except LeaseLost as error:
        logger.warning("lease lost: %s", error)
    except CancelRequested:
        outcome.cancelled(claim)
    except EngineCrashed:
        if stopping():  # the worker itself has ended the process
            outcome.step_aside(claim, seconds=0)
        else:
            outcome.crashed(claim)
    except OcrError as error:
        outcome.failed(claim, error)
    except BUCKET_ERRORS as error:
        logger.warning("the bucket is away: %s", error)
        outcome.postponed(claim)
    except (OperationalError, InterfaceError):
        raise  # the database is away: the lease runs out and the job is taken up again
    except Exception:
        logger.exception("job %s", claim.job.pk)
        outcome.failed(claim, OcrError("engine_failed", "The recognition failed unexpectedly."))
    return False


def _run(claim: Claim, reader: Reader, stopping: Callable[[], bool]) -> bool:
    """False if it gave way to others after some of the pages."""
    started = time.monotonic()
    summary = Summary.of_stored_pages(claim.job)
    media_type, options = claim.job.upload.media_type, claim.job.recognition_options
    page = None
    with local_path(claim.job.upload.file) as path:
        numbers = reader.page_numbers(path, media_type, options)
        for number in _missing(claim, numbers, summary):
            if page is not None:
                patiently(partial(outcome.store_page, claim, page))
                # At least one page per turn, or two long documents would only give way.
                if stopping() or should_step_aside(claim):
                    seconds = time.monotonic() - started
                    patiently(partial(outcome.step_aside, claim, seconds=seconds))
                    return False
            page = reader.recognize(path, media_type, number, options)
            summary.add(page)
    seconds = time.monotonic() - started
    # The last page goes into the same transaction as the end: most documents have no other.
    patiently(lambda: outcome.finished(claim, summary, seconds=seconds, last_page=page))
    return True


def _missing(claim: Claim, numbers: tuple[int, ...], summary: Summary) -> list[int]:
    """The pages that no earlier attempt has stored. Tells how many there are in all."""
    if len(numbers) > 1:
        patiently(lambda: claim.write(pages_total=len(numbers)))
    return [number for number in numbers if number not in summary]
