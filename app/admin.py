"""The admin site: look things up; what recognition produced is not edited by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from app.http.audit.entries import owner_ids
from app.http.audit.middleware import note_deletion
from app.services.accounts import accounts, invitations
from app.services.history import entries

from .models import AuditEvent, Batch, BatchItem, Invitation, Job, Page, Upload, Webhook


class ReadOnlyAdmin(admin.ModelAdmin):
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


admin.site.unregister(User)  # Django's own would leave all files behind


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Deletes an account as its owner would: with every file, and its log."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Nobody may delete single events of a log, but it goes with its account."""
        found, counts, _, protected = super().get_deleted_objects(objs, request)
        return found, counts, set(), protected

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        accounts.delete(user=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            accounts.delete(user=user)


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    list_display = ["name", "media_type", "size", "owner", "created_at"]
    list_filter = ["media_type", "created_at"]
    list_select_related = ["owner"]
    search_fields = ["name", "sha256", "owner__username"]

    def delete_model(self, request: HttpRequest, obj: Upload) -> None:
        self.delete_queryset(request, Upload.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Upload]) -> None:
        note_deletion(request, owner_ids(Job.objects.filter(upload__in=queryset)))
        entries.delete_uploads(uploads=queryset)


@admin.register(Job)
class JobAdmin(admin.ModelAdmin):
    """Title and correction can be mended; the rest is what happened."""

    list_display = ["upload", "owner", "status", "engine_used", "language_used", "created_at"]
    list_filter = ["status", "engine_used", "error_code", "created_at"]
    list_select_related = ["upload", "owner"]
    search_fields = ["search_text__text", "owner__username", "error_code"]
    show_full_result_count = False
    exclude = ["visitor", "lease_token", "options"]
    editable = ["title", "corrected_text", "notes"]

    def get_readonly_fields(self, request: HttpRequest, obj: Job | None = None) -> list[str]:
        names = [field.name for field in Job._meta.fields]
        shown = [name for name in names if name not in (*self.exclude, *self.editable)]
        return [*shown, "shown_options"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Job, form: Any, change: bool) -> None:
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        entries.update(job=Job.objects.get(pk=obj.pk), author=request.user, **changes)

    def delete_model(self, request: HttpRequest, obj: Job) -> None:
        self.delete_queryset(request, Job.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        note_deletion(request, owner_ids(queryset))
        entries.delete(jobs=queryset)


@admin.register(Page)
class PageAdmin(ReadOnlyAdmin):
    list_display = ["job", "number", "width", "height", "confidence"]
    list_select_related = ["job"]
    search_fields = ["text", "job__upload__name"]


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    list_display = ["at", "user", "action", "actor", "address", "detail"]
    list_filter = ["action", "at"]
    list_select_related = ["user", "actor"]
    search_fields = ["user__username", "address"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):
    """A new one shows its link once; deleting one that was not used takes it back."""

    list_display = ["note", "created_by", "created_at", "expires_at", "used_at"]
    list_select_related = ["created_by"]
    fields = ["note"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Invitation, form: Any, change: bool) -> None:
        created, token = invitations.create(by=request.user, note=obj.note)
        obj.pk, obj.created_at = created.pk, created.created_at
        link = request.build_absolute_uri(reverse("invitation", args=[token]))
        messages.info(request, f"The link, shown only now: {link}")


class BatchItemInline(admin.TabularInline):
    model = BatchItem
    fields = ["number", "reference", "file_name", "job", "error_code"]
    readonly_fields = fields
    extra = 0
    can_delete = False


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin):
    list_display = ["id", "name", "owner", "created_at"]
    list_select_related = ["owner"]
    search_fields = ["id", "name", "owner__username"]
    inlines = [BatchItemInline]


@admin.register(Webhook)
class WebhookAdmin(ReadOnlyAdmin):
    list_display = ["url", "status", "attempts", "next_at", "owner", "created_at"]
    list_filter = ["status", "created_at"]
    list_select_related = ["owner"]
    search_fields = ["url", "owner__username"]
