"""Base classes of the admin site: read-only records, and texts that require a reason."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from app.models import Job
from app.models.access import reads_all
from app.services.accounts import staff_access


class ReadOnlyAdmin(admin.ModelAdmin):
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class PrivateTextsAdmin(admin.ModelAdmin):
    """Shows an entry's texts for a limited time to staff who gave its owner a reason.

    Without a reason they can be neither searched nor filtered by, which would reveal them too.
    """

    change_form_template = "admin/private_change_form.html"
    private_fields: ClassVar[list[str]]
    private_search_fields: ClassVar[list[str]]

    def job_of(self, obj: Any) -> Job:
        """The entry whose texts are protected."""
        raise NotImplementedError

    def may_read(self, request: HttpRequest, obj: Any) -> bool:
        if obj is None:
            return reads_all(request.user)
        jobs = Job.objects.filter(pk=self.job_of(obj).pk)
        return staff_access.readable(jobs=jobs, staff=request.user).exists()

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> list[str]:
        hidden = [] if self.may_read(request, obj) else self.private_fields
        return [*(self.exclude or ()), *hidden]

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        private = self.private_search_fields if reads_all(request.user) else []
        return [*self.search_fields, *private]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Forbids private columns in URLs, where `?text__contains=` would be a search."""
        if lookup.partition("__")[0] in self.private_fields and not reads_all(request.user):
            return False
        return super().lookup_allowed(lookup, value, request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or self.may_read(request, obj))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        context = dict(extra_context or {})
        if obj := self.get_object(request, object_id):
            job = self.job_of(obj)
            context["readable"] = self.may_read(request, obj)
            context["reason_url"] = reverse("admin:app_job_reason", args=[job.pk])
            context["entry_url"] = reverse("entry", args=[job.pk])
        return super().change_view(request, object_id, form_url, context)
