"""History entries that a request names, in its address or its form."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest

from app.models import Job
from app.models.ids import parsed_ids
from app.models.job import JobQuerySet

# Names of entries in URL patterns.
ENTRY_KWARGS = ("pk", "object_id", "other")


def owner_ids(jobs: QuerySet[Job]) -> frozenset[int]:
    """The accounts that own these entries; visitors' entries have none."""
    owned = jobs.exclude(owner=None).order_by()
    return frozenset(owned.values_list("owner", flat=True).distinct())


def jobs_in_request(request: HttpRequest) -> JobQuerySet:
    match = request.resolver_match
    name, parts = match.url_name, match.kwargs
    jobs: JobQuerySet = Job.objects.all()
    if name == "batch-export":
        return jobs.filter(batch_item__batch__in=parsed_ids([parts["pk"]]))
    if name == "app_page_change":
        page = parts["object_id"]
        return jobs.filter(pages=page) if page.isdecimal() else jobs.none()
    if name == "many":
        return jobs.filter(pk__in=parsed_ids(request.POST.getlist("id")))
    if name == "delete-for-good":
        trash = jobs.in_trash_of(request.user)
        every = "all" in request.POST
        return trash if every else trash.filter(pk__in=parsed_ids(request.POST.getlist("id")))
    return jobs.filter(pk__in=parsed_ids(parts[part] for part in ENTRY_KWARGS if part in parts))
