"""Look-up of entries by an id, a file name, or another entry."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Q

from app.models import BatchItem, Job, Status, Upload
from app.models.ids import parsed_id
from app.services.limits.caller import Caller

MOST_OTHERS = 10
MOST_TITLED = 200
NAMED = ("title", "status", "pages_done", "upload__name", "upload__media_type")


def same_file(*, job: Job) -> list[Job]:
    """Further recognitions of the job's file, newest first; all have the owner of the file.

    Sorted in Python, because SQLite would scan the owner's whole history to find them in order.
    """
    others = Job.objects.filter(upload=job.upload_id, deleted_at=None).exclude(pk=job.pk)
    found = others.only("engine", "engine_used").order_by()
    return sorted(found, key=lambda other: other.pk, reverse=True)[:MOST_OTHERS]


def batch_id(*, job: Job) -> UUID | None:
    """The id of the batch in which the file was sent."""
    return BatchItem.objects.filter(job=job).values_list("batch", flat=True).first()


def newest(*, caller: Caller, count: int) -> list[Job]:
    """The caller's own entries, newest first, with what their pictures and names need.

    For staff, too, only their own. `deleted_at` is in the order of an account's entries because it
    is in their index.
    """
    own = Job.objects.belonging_to(caller.user, caller.visitor).filter(deleted_at=None)
    order = ("-deleted_at", "-id") if caller.owner else ("-id",)
    return list(own.history().only(*NAMED).order_by(*order)[:count])


def entry(*, pk: object) -> Job | None:
    """The entry with that id, of any owner, unless it is in the trash."""
    found: Job | None = Job.objects.history().filter(pk=pk, deleted_at=None).first()
    return found


def own_job(*, owner: User, pk: UUID | None) -> Job | None:
    """The owner's job; for staff, too, only their own."""
    found: Job | None = Job.objects.visible_to(owner).filter(pk=pk, owner=owner).first()
    return found


def own_titled(*, owner: User, title: str) -> Job | None:
    """The owner's newest entry with that title."""
    own = Job.objects.history().filter(owner=owner, title=title, deleted_at=None)
    found: Job | None = own.order_by("-id").first()
    return found


def titled_from(*, owner: User, start: str) -> list[Job]:
    """The owner's newest finished entries whose title has that prefix, newest first."""
    own = Job.objects.history().filter(owner=owner, deleted_at=None, status=Status.DONE)
    return list(own.filter(title__startswith=start).order_by("-id")[:MOST_TITLED])


def own_upload(*, owner: User, name: str) -> Upload | None:
    """The owner's file with that name or id, if an entry uses it."""
    own = Upload.objects.filter(owner=owner, jobs__deleted_at=None, jobs__isnull=False)
    found: Upload | None = own.filter(name=name).first() or own.filter(pk=parsed_id(name)).first()
    return found


def own_result(*, owner: User, file_name: str = "", pk: UUID | None = None) -> Job | None:
    """The owner's finished job with that id, or of the file with that id or name."""
    wanted = Q(pk=pk) | Q(upload=pk) if pk else Q(file_name=file_name)
    own = Job.objects.visible_to(owner).filter(wanted, owner=owner, status=Status.DONE)
    found: Job | None = own.first()
    return found
