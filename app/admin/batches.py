"""Batches and webhooks in the admin site."""

from __future__ import annotations

from django.contrib import admin

from app.models import Batch, BatchItem, Webhook

from .private import ReadOnlyAdmin


class BatchItemInline(admin.TabularInline):
    model = BatchItem
    fields = ["number", "reference", "file_name", "job", "error_code"]
    readonly_fields = fields
    extra = 0
    can_delete = False


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin):
    exclude = ["visitor"]
    list_display = ["id", "name", "owner", "created_at"]
    list_select_related = ["owner"]
    search_fields = ["id", "name", "owner__username"]
    inlines = [BatchItemInline]


@admin.register(Webhook)
class WebhookAdmin(ReadOnlyAdmin):
    exclude = ["visitor"]
    list_display = ["url", "status", "attempts", "next_at", "owner", "created_at"]
    list_filter = ["status", "created_at"]
    list_select_related = ["owner"]
    search_fields = ["url", "owner__username"]
