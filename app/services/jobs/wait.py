from __future__ import annotations

import time

from app.models import ENDED, Job

from . import bell, relay

# Looks this often by itself, in seconds, should a ring get lost.
POLL = 1.0


def wait(*, job: Job, seconds: float) -> Job:
    """The job as it stands when it has ended, or else after that time. Not in a transaction."""
    deadline = time.monotonic() + seconds
    relay.ensure_started()
    # The bell hangs before the first look, so that no ring falls between look and wait.
    with bell.listening(bell.job_bell(job.pk)) as listener:
        while not _ended(job):
            left = deadline - time.monotonic()
            if left <= 0:
                break
            listener.wait(min(left, POLL))
    job.refresh_from_db()
    return job


def _ended(job: Job) -> bool:
    return Job.objects.filter(pk=job.pk, status__in=ENDED).exists()
