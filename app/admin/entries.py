"""Uploads, jobs and pages in the admin site; reading their texts requires a reason."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from app.http.audit.entries import owner_ids
from app.http.audit.middleware import record_deletion
from app.models import Job, Page, Upload
from app.services.history import entries

from .private import PrivateTextsAdmin, ReadOnlyAdmin
from .reasons import ask_reason


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    exclude = ["file", "visitor"]  # a bucket's URL opens the file without a log entry
    list_display = ["name", "media_type", "size", "owner", "created_at"]
    list_filter = ["media_type", "created_at"]
    list_select_related = ["owner"]
    search_fields = ["name", "sha256", "owner__username"]

    def delete_model(self, request: HttpRequest, obj: Upload) -> None:
        self.delete_queryset(request, Upload.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Upload]) -> None:
        record_deletion(request, owner_ids(Job.objects.filter(upload__in=queryset)))
        entries.delete_uploads(uploads=queryset)


@admin.register(Job)
class JobAdmin(PrivateTextsAdmin):
    """Jobs. Title, correction and notes of an opened entry are editable, the rest read-only."""

    list_display = ["upload", "owner", "status", "engine_used", "language_used", "created_at"]
    list_filter = ["status", "engine_used", "error_code", "created_at"]
    list_select_related = ["upload", "owner"]
    search_fields = ["id", "file_name", "owner__username", "error_code"]
    private_fields = ["title", "text", "corrected_text", "notes", "tags"]
    private_search_fields = ["search_text__text"]
    show_full_result_count = False
    exclude = ["visitor", "lease_token", "options"]
    editable = ["title", "corrected_text", "notes"]

    def get_readonly_fields(self, request: HttpRequest, obj: Job | None = None) -> list[str]:
        other = {*self.get_exclude(request, obj), *self.editable}
        readonly = [field.name for field in Job._meta.fields if field.name not in other]
        return [*readonly, "options_without_password"]

    def job_of(self, obj: Job) -> Job:
        return obj

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.ask_reason)
        return [path("<uuid:pk>/reason/", view, name="app_job_reason"), *super().get_urls()]

    def ask_reason(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return ask_reason(request, self, pk)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Job, form: Any, change: bool) -> None:
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        entries.update(job=Job.objects.get(pk=obj.pk), author=request.user, **changes)

    def delete_model(self, request: HttpRequest, obj: Job) -> None:
        self.delete_queryset(request, Job.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        record_deletion(request, owner_ids(queryset))
        entries.delete(jobs=queryset)


@admin.register(Page)
class PageAdmin(PrivateTextsAdmin, ReadOnlyAdmin):
    list_display = ["job", "number", "width", "height", "confidence"]
    list_select_related = ["job"]
    search_fields = ["job__file_name"]
    private_fields = ["text", "corrected_text", "tree"]
    private_search_fields = ["text"]

    def job_of(self, obj: Page) -> Job:
        return obj.job
