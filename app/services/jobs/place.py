"""Place of a waiting job in the queue, and an estimate of the time until its end.

Both consider the shares of the workers' time (queue.SHARES): only as many more urgent files count
as before a batch as its share lets through. Files that arrive later may still be read before it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from app.models import Batch, Job, Priority, Status, Worker

from .queue import SHARES, waiting

# The most files that are counted, since every poll of every waiting job computes its place.
MOST_COUNTED = 1_000


@dataclass(frozen=True, slots=True)
class Place:
    """position: 1 for the job that starts next, None for a job that runs or has ended.

    seconds: until the end of the job, rounded; None if unknown. Both are lower bounds where more
    than MOST_COUNTED files of one priority are before the job.
    """

    position: int | None = None
    seconds: int | None = None

    @property
    def ahead(self) -> int | None:
        """Files before this one."""
        return None if self.position is None else self.position - 1


@dataclass(frozen=True, slots=True)
class Capacity:
    """The active workers: their slots, and mean seconds of a job by priority."""

    slots: int
    seconds: Mapping[int, float]

    @classmethod
    def now(cls) -> Capacity:
        workers = list(Worker.objects.alive())
        known: dict[int, list[float]] = {}
        for worker in workers:
            for priority, seconds in worker.pace.items():
                known.setdefault(int(priority), []).append(seconds)
        means = {priority: sum(all_) / len(all_) for priority, all_ in known.items()}
        return cls(sum(worker.slots for worker in workers), means)

    @property
    def is_known(self) -> bool:
        return bool(self.slots and self.seconds)

    def of(self, priority: int) -> float:
        """Mean seconds of a job; 1 if no worker has reported its pace, so that all files weigh the
        same."""
        if not self.seconds:
            return 1.0
        mean = sum(self.seconds.values()) / len(self.seconds)
        return max(0.001, self.seconds.get(priority, mean))


def place(job: Job) -> Place:
    if job.status == Status.QUEUED:
        return _place_of_waiting(job, Capacity.now())
    if job.status == Status.RUNNING:
        return Place(seconds=_rounded(_seconds_left(job)))
    return Place()


def batch_place(batch: Batch) -> Place:
    """The position of the batch's next file, and the time until its last one has been read."""
    files = waiting().filter(batch_item__batch=batch).history()
    first, last = files.first(), files.last()
    if first is None or last is None:
        running = Job.objects.filter(batch_item__batch=batch, status=Status.RUNNING).last()
        return place(running) if running else Place()
    capacity = Capacity.now()
    position = _place_of_waiting(first, capacity).position
    return Place(position, _place_of_waiting(last, capacity).seconds)


def _place_of_waiting(job: Job, capacity: Capacity) -> Place:
    before = _files_before(job, capacity)
    position = sum(before.values()) + 1
    if not capacity.is_known:
        return Place(position)
    running = Job.objects.filter(status=Status.RUNNING).order_by().values_list("priority")
    counts = dict(running.annotate(Count("pk")))
    # Running jobs are half done on average.
    work = _work(before, capacity) + _work(counts, capacity) / 2
    return Place(position, _rounded(work / capacity.slots + capacity.of(job.priority)))


def _files_before(job: Job, capacity: Capacity) -> dict[int, int]:
    """Files that start before the job, by priority."""
    queue = waiting().order_by()
    # One range of the index (priority, turn, id); otherwise all waiting jobs would be scanned.
    earlier = queue.filter(priority=job.priority, turn__lte=job.turn)
    earlier = earlier.exclude(turn=job.turn, id__gte=job.pk)
    before = {job.priority: earlier[:MOST_COUNTED].count()}
    own = (before[job.priority] + 1) * capacity.of(job.priority)
    room = own * (1 / SHARES.get(job.priority, 1) - 1)
    for priority in sorted(Priority.values):
        if priority < job.priority:
            before[priority] = _count(priority, math.floor(room / capacity.of(priority)))
            room -= before[priority] * capacity.of(priority)
        elif priority > job.priority:
            part = SHARES[priority] / (1 - SHARES[priority]) * _work(before, capacity)
            before[priority] = _count(priority, math.floor(part / capacity.of(priority)))
    return before


def _count(priority: int, most: int) -> int:
    """Waiting files of the priority, at most that many."""
    files = waiting().order_by().filter(priority=priority)
    return files[: min(most, MOST_COUNTED)].count() if most > 0 else 0


def _work(files: Mapping[int, int], capacity: Capacity) -> float:
    """Seconds that one slot needs for the files."""
    return sum(count * capacity.of(priority) for priority, count in files.items())


def _seconds_left(job: Job) -> float | None:
    """Estimated from the finished pages, or else from the mean of such jobs."""
    elapsed = (timezone.now() - (job.started_at or timezone.now())).total_seconds()
    if job.pages_done and job.pages_total:
        return elapsed / job.pages_done * (job.pages_total - job.pages_done)
    capacity = Capacity.now()
    left = capacity.of(job.priority) - elapsed
    return left if capacity.is_known and left > 0 else None


def _rounded(seconds: float | None) -> int | None:
    """Rounded up to whole seconds, fives, tens, or two digits, so as not to seem exact."""
    if seconds is None:
        return None
    if seconds < 10:
        return max(1, math.ceil(seconds))
    if seconds < 60:
        return 5 * math.ceil(seconds / 5)
    step: int = max(10, 10 ** (int(math.log10(seconds)) - 1))
    return step * math.ceil(seconds / step)
