"""The order of the queue: priority first, then the owners in turn, then who came first."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Count, Max, Q
from django.utils import timezone

from app.models import Job, Status
from app.models.job import JobQuerySet

ORDER = ("priority", "turn", "id")
LONGEST_PAUSE = timedelta(minutes=5)  # of a job whose engine crashed


def waiting() -> JobQuerySet:
    """Every queued job in the order in which workers take them."""
    return Job.objects.filter(status=Status.QUEUED).order_by(*ORDER)


def runnable() -> JobQuerySet:
    """What may start now: its pause is over and its owner is below the cap of running jobs."""
    now = timezone.now()
    over = Q(run_after=None) | Q(run_after__lte=now)
    # Longer than any pause: somebody has set the clock back.
    impossible = Q(run_after__gt=now + 2 * LONGEST_PAUSE)
    due = waiting().filter(over | impossible)
    for sender in _senders_at_cap():
        due = due.exclude(**sender)
    return due


def next_turn(*, owner: User | None, visitor: str, priority: int) -> int:
    """The turn of a new job: behind its sender's waiting jobs, beside everybody else's first.

    Start-time fair queueing: the front of the queue is the clock, so nobody saves up turns.
    """
    mine = Job.objects.filter(
        status=Status.QUEUED, owner=owner, visitor=visitor, priority=priority
    ).aggregate(last=Max("turn"))["last"]
    front = front_turn(priority)
    return front if mine is None else max(front, mine + 1)


def front_turn(priority: int) -> int:
    """The turn that is being served: the smallest one that waits with this priority."""
    turns = waiting().filter(priority=priority).values_list("turn", flat=True)
    return turns.first() or 0


def queue_position(job: Job) -> int | None:
    """1 for the job that starts next; None for one that does not wait."""
    if job.status != Status.QUEUED:
        return None
    ahead = Q(priority__lt=job.priority) | Q(priority=job.priority) & (
        Q(turn__lt=job.turn) | Q(turn=job.turn, id__lt=job.pk)
    )
    return waiting().filter(ahead).count() + 1


def others_waiting(job: Job) -> JobQuerySet:
    """Runnable jobs that should not have to wait until this long one has read its last page."""
    more_urgent = Q(priority__lt=job.priority)
    somebody_else = Q(priority=job.priority) & ~Q(owner=job.owner_id, visitor=job.visitor)
    return runnable().filter(more_urgent | somebody_else)


def _senders_at_cap() -> list[dict[str, object]]:
    if not settings.OWNER_MAX_RUNNING:
        return []
    running = Job.objects.filter(status=Status.RUNNING).order_by()
    senders = running.values("owner", "visitor").annotate(jobs=Count("pk"))
    full = senders.filter(jobs__gte=settings.OWNER_MAX_RUNNING)
    return [{"owner": row["owner"], "visitor": row["visitor"]} for row in full]
