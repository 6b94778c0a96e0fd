"""Order of the queue: priority, then turns between owners, then arrival."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Count, Max, Q
from django.utils import timezone

from app.models import Job, Status
from app.models.job import JobQuerySet

ORDER = ("priority", "turn", "id")
LONGEST_PAUSE = timedelta(minutes=5)  # of a job whose engine crashed
LAST_POSITION = 1000
# A document may keep its worker this long while others of the same priority wait.
TIME_SLICE = timedelta(seconds=5)


def waiting() -> JobQuerySet:
    """All queued jobs in the order in which workers take them."""
    return Job.objects.filter(status=Status.QUEUED).order_by(*ORDER)


def runnable() -> JobQuerySet:
    """Jobs that may start now: their pause is over, their owner below the cap of running jobs."""
    now = timezone.now()
    over = Q(run_after=None) | Q(run_after__lte=now)
    # Longer than any pause, so the clock was set back.
    impossible = Q(run_after__gt=now + 2 * LONGEST_PAUSE)
    due = waiting().filter(over | impossible)
    for owner in _owners_at_cap():
        due = due.exclude(**owner)
    return due


def next_turn(*, owner: User | None, visitor: str, priority: int) -> int:
    """The turn of a new job: behind its owner's waiting jobs, level with the others' first.

    Start-time fair queueing (Goyal, Vin, Cheng 1996): the front of the queue is the virtual clock,
    so idle owners save up no turns.
    """
    mine = Job.objects.filter(
        status=Status.QUEUED, owner=owner, visitor=visitor, priority=priority
    ).aggregate(last=Max("turn"))["last"]
    front = front_turn(priority)
    return front if mine is None else max(front, mine + 1)


def front_turn(priority: int) -> int:
    """The turn being served: the smallest of the jobs that wait with this priority."""
    turns = waiting().filter(priority=priority).values_list("turn", flat=True)
    return turns.first() or 0


def queue_position(job: Job) -> int | None:
    """1 for the job that starts next; None for one that does not wait.

    At most LAST_POSITION, as every poll counts the jobs ahead.
    """
    if job.status != Status.QUEUED:
        return None
    # Ranges of the queue's index, each counted no further than needed.
    ranges = (
        {"priority__lt": job.priority},
        {"priority": job.priority, "turn__lt": job.turn},
        {"priority": job.priority, "turn": job.turn, "id__lt": job.pk},
    )
    ahead = (waiting().filter(**each).order_by()[: LAST_POSITION - 1] for each in ranges)
    return min(LAST_POSITION, 1 + sum(each.count() for each in ahead))


def should_yield(job: Job, *, running_since: datetime) -> bool:
    """Whether a job should give up its worker between two pages, so that it never blocks the site.

    It should for more urgent jobs at once, for other owners' jobs after its time slice.
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
