"""Order of the queue: priority, then turns between owners, then arrival.

SHARES of the workers' time keep less urgent work going while more urgent work waits
(app.worker.time_shares).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Count, Max, Q
from django.utils import timezone

from app.models import Job, Priority, Status
from app.models.job import JobQuerySet

ORDER = ("priority", "turn", "id")
LONGEST_PAUSE = timedelta(minutes=5)  # of a job whose engine crashed
# A document may occupy its worker this long while others of the same priority wait.
TIME_SLICE = timedelta(seconds=5)
# Pictures of pages that were not drawn during recognition: less urgent than any job.
PICTURES = Priority.BATCH + 1
# Minimum share of the workers' time for each kind of work, as long as some of it waits.
SHARES = {Priority.NORMAL: 1 / 4, Priority.BATCH: 1 / 4, PICTURES: 1 / 16}
# Plain SQL, because every upload needs it: the query builder takes ten times as long.
FRONT_TURN = """
SELECT turn FROM app_job WHERE status = %s AND priority = %s ORDER BY turn, id LIMIT 1
"""


def waiting() -> JobQuerySet:
    """All queued jobs in the order in which workers take them."""
    return Job.objects.filter(status=Status.QUEUED).order_by(*ORDER)


def runnable() -> JobQuerySet:
    """Jobs that may start now: their pause is over, and their owner is below the cap of running
    jobs."""
    now = timezone.now()
    over = Q(run_after=None) | Q(run_after__lte=now)
    # Longer than any pause, which means that the clock was set back.
    impossible = Q(run_after__gt=now + 2 * LONGEST_PAUSE)
    due = waiting().filter(over | impossible)
    for owner in _owners_at_cap():
        due = due.exclude(**owner)
    return due


def next_turn(*, owner: User | None, visitor: str, priority: int) -> int:
    """The turn of a new job: behind its owner's waiting jobs, equal to the first of other owners.

    Start-time fair queueing (Goyal, Vin, Cheng 1996): the front of the queue is the virtual clock,
    so idle owners accumulate no turns.
    """
    front = front_turn(priority)
    if front is None:  # nothing waits, as most of the time
        return 0
    mine = Job.objects.filter(
        status=Status.QUEUED, owner=owner, visitor=visitor, priority=priority
    ).aggregate(last=Max("turn"))["last"]
    # The front is never behind a waiting job.
    return front if mine is None else mine + 1


def front_turn(priority: int) -> int | None:
    """The smallest turn of the waiting jobs with this priority; None if none waits."""
    with connection.cursor() as cursor:
        cursor.execute(FRONT_TURN, [Status.QUEUED.value, priority])
        row = cursor.fetchone()
    return row[0] if row else None


def should_yield(job: Job, *, running_since: datetime) -> bool:
    """Whether a job should give up its worker between two pages, so that it cannot block the site.

    It yields to more urgent jobs at once, to other owners' jobs after its time slice.
    """
    urgent = Q(priority__lt=job.priority)
    if timezone.now() - running_since < TIME_SLICE:
        return runnable().filter(urgent).exists()
    other_owners = Q(priority=job.priority) & ~Q(owner=job.owner_id, visitor=job.visitor)
    return runnable().filter(urgent | other_owners).exists()


def _owners_at_cap() -> list[dict[str, object]]:
    if not settings.OWNER_MAX_RUNNING:
        return []
    running = Job.objects.filter(status=Status.RUNNING).order_by()
    owners = running.values("owner", "visitor").annotate(jobs=Count("pk"))
    full = owners.filter(jobs__gte=settings.OWNER_MAX_RUNNING)
    return [{"owner": row["owner"], "visitor": row["visitor"]} for row in full]
