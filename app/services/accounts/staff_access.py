"""Staff access to the texts of other people: for a reason, which the owner can read."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib.auth.models import User
from django.utils import timezone

from app.models import Action, AuditEvent, Job
from app.models.job import JobQuerySet

from . import audit

OPEN_FOR = timedelta(hours=1)


def open_entry(*, job: Job, staff: User, reason: str, address: str) -> AuditEvent:
    """Lets one member of staff read one entry for OPEN_FOR, and records it for its owner.

    The event is the permission, so staff can read nothing without a log entry. For an entry without
    an account, only the site's log has the event.
    """
    detail: dict[str, str | int] = {"entry": str(job.pk), "reason": reason}
    return audit.record(
        action=Action.READ_BY_STAFF, user=job.owner, actor=staff, address=address, detail=detail
    )


def opened_by(staff: User) -> list[UUID]:
    """Entries that this member of staff has opened with a reason within OPEN_FOR."""
    since = timezone.now() - OPEN_FOR
    events = AuditEvent.objects.filter(at__gte=since, actor=staff, action=Action.READ_BY_STAFF)
    given = events.filter(detail__has_key="reason").order_by()
    return [UUID(pk) for pk in given.values_list("detail__entry", flat=True)]


def readable(*, jobs: JobQuerySet, staff: User) -> JobQuerySet:
    """Jobs whose texts this member of staff may read on the pages and in the admin site."""
    found: JobQuerySet = jobs.readable_by(staff, opened=opened_by(staff))
    return found
