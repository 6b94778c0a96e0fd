"""Accounts, their logs and invitations in the admin site."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from rest_framework_simplejwt.token_blacklist import admin as token_admin

from app.http.client_address import client_address
from app.models import Action, AuditEvent, Invitation
from app.services.accounts import accounts, audit, invitations

from .private import ReadOnlyAdmin

admin.site.unregister(User)  # Django's own admin would leave the files behind
# They show the tokens, with which staff could act as any account without a trace.
admin.site.unregister([token_admin.OutstandingToken, token_admin.BlacklistedToken])


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Accounts. Deleting one also deletes its files and log, as when its owner does it."""

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:
        """Records the change in the owner's log, since the new password gives full access."""
        before = User.objects.filter(pk=id).values_list("password", flat=True).first()
        response = super().user_change_password(request, id, form_url)
        account = User.objects.filter(pk=id).exclude(password=before).first()
        if account:
            address = client_address(request)
            action = Action.PASSWORD_CHANGED
            audit.record(action=action, user=account, actor=request.user, address=address)
        return response

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Permits deleting log events with their account, though not one by one."""
        found, counts, _, protected = super().get_deleted_objects(objs, request)
        return found, counts, set(), protected

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        accounts.delete(user=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            accounts.delete(user=user)


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
    """Invitations. The link is shown once, on creation; deleting an unused one revokes it."""

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
