from __future__ import annotations

from django.conf import settings
from django.db import models


class Action(models.TextChoices):
    """Events in the log of an account."""

    SIGNED_IN = "signed_in", "signed in"
    SIGN_IN_FAILED = "sign_in_failed", "wrong password"
    LOCKED_OUT = "locked_out", "too many wrong passwords"
    TOKEN_ISSUED = "token_issued", "token issued"
    PASSWORD_CHANGED = "password_changed", "password changed"
    FACTOR_ADDED = "factor_added", "second factor added"
    FACTOR_REMOVED = "factor_removed", "second factor removed"
    KEY_CREATED = "key_created", "API key made"
    KEY_ROTATED = "key_rotated", "API key rotated"
    KEY_REVOKED = "key_revoked", "API key revoked"
    KEY_USED = "key_used", "API key used from a new address today"
    ENTRIES_DELETED = "entries_deleted", "entries deleted"
    READ_BY_STAFF = "read_by_staff", "opened by staff"
    ACCOUNT_DELETED = "account_deleted", "account deleted"


class AuditEvent(models.Model):
    """An event in an account's log, deleted with the account or after AUDIT_DAYS.

    user: the account; None once deleted. actor: the account that acted, if it was another one.
    detail: counts, names of objects, and reasons that staff gave; never texts, file names or
    secrets.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="audit_events",
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    action = models.CharField(max_length=20, choices=Action.choices)
    address = models.GenericIPAddressField(null=True)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["user", "-id"], name="audit_of_user")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_action_display()}"
