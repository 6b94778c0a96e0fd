"""Search texts of the entries, updated in the transaction of every change."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Case, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce

from app.models import Job, SearchText
from app.models.job import JobQuerySet
from app.models.search import searchable

SCOPE = Case(When(deleted_at=None, then=Coalesce(F("owner_id"), Value(0))), default=None)


INDEXED = "owner_id file_name title text corrected_text tags notes deleted_at".split()


def indexed_columns() -> JobQuerySet:
    """Jobs with what index() reads of them."""
    return Job.objects.only(*INDEXED)


def index(*, job: Job) -> None:
    """Stores the search text. Call it in the transaction that changes name, title, text, tags or
    notes."""
    tags = " ".join(f"#{tag}" for tag in job.tags)
    text = searchable("\n".join((job.file_name, job.title, job.final_text, tags, job.notes)))
    scope = None if job.deleted_at else job.owner_id or 0
    SearchText.objects.bulk_create(
        [SearchText(job=job, scope=scope, text=text)],
        update_conflicts=True,
        unique_fields=["job"],
        update_fields=["scope", "text"],
    )


def update_scope(*, ids: Iterable[UUID]) -> None:
    """Updates the owners. Call it in the transaction that gives jobs another owner, discards or
    restores them."""
    job = Job.objects.filter(pk=OuterRef("job")).values(found_by=SCOPE)
    SearchText.objects.filter(job__in=list(ids)).update(scope=Subquery(job))
