"""API keys, quotas, invitations and the audit log; and the workers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.migrations import CreateModel
from django.db.models.deletion import CASCADE, SET_NULL

from ._columns import optional_account, public_id, row_number

TABLES = [
    CreateModel(
        name="ApiKey",
        fields=[
            public_id(),
            (
                "owner",
                models.ForeignKey(
                    on_delete=CASCADE, related_name="api_keys", to=settings.AUTH_USER_MODEL
                ),
            ),
            ("name", models.CharField(max_length=100)),
            ("prefix", models.CharField(editable=False, max_length=16, unique=True)),
            ("digest", models.CharField(editable=False, max_length=64)),
            ("scopes", models.JSONField(default=list)),
            ("networks", models.JSONField(blank=True, default=list)),
            ("expires_at", models.DateTimeField(blank=True, null=True)),
            ("requests_per_minute", models.PositiveIntegerField(blank=True, null=True)),
            ("pages_per_day", models.PositiveIntegerField(blank=True, null=True)),
            ("created_at", models.DateTimeField(auto_now_add=True)),
            ("revoked_at", models.DateTimeField(blank=True, null=True)),
            ("last_used_at", models.DateTimeField(blank=True, null=True)),
            ("use_count", models.PositiveBigIntegerField(default=0)),
        ],
        options={"verbose_name": "API key", "ordering": ["-id"]},
    ),
    CreateModel(
        name="Usage",
        fields=[
            row_number(),
            ("day", models.DateField()),
            ("subject", models.CharField(max_length=80)),
            optional_account("owner", blank=True, related_name="usage"),
            ("pages", models.PositiveIntegerField(default=0)),
        ],
        options={
            "verbose_name_plural": "usage",
            "ordering": ["-day", "subject"],
            "constraints": [
                models.UniqueConstraint(fields=("day", "subject"), name="usage_once_per_day")
            ],
        },
    ),
    CreateModel(
        name="Invitation",
        fields=[
            public_id(),
            (
                "digest",
                models.CharField(
                    editable=False, max_length=64, unique=True, verbose_name="SHA-256 of the token"
                ),
            ),
            ("note", models.CharField(blank=True, help_text="For whom it is.", max_length=200)),
            optional_account("created_by", SET_NULL, editable=False),
            ("created_at", models.DateTimeField(auto_now_add=True)),
            ("expires_at", models.DateTimeField()),
            ("used_at", models.DateTimeField(editable=False, null=True)),
        ],
        options={"ordering": ["-id"]},
    ),
    CreateModel(
        name="AuditEvent",
        fields=[
            row_number(),
            optional_account("user", related_name="audit_events"),
            optional_account("actor", SET_NULL, related_name="+"),
            (
                "action",
                models.CharField(
                    choices=[
                        ("signed_in", "signed in"),
                        ("sign_in_failed", "wrong password"),
                        ("locked_out", "too many wrong passwords"),
                        ("token_issued", "token issued"),
                        ("password_changed", "password changed"),
                        ("factor_added", "second factor added"),
                        ("factor_removed", "second factor removed"),
                        ("key_created", "API key made"),
                        ("key_rotated", "API key rotated"),
                        ("key_revoked", "API key revoked"),
                        ("key_used", "API key used from a new address today"),
                        ("entries_deleted", "entries deleted"),
                        ("read_by_staff", "opened by staff"),
                        ("account_deleted", "account deleted"),
                    ],
                    max_length=20,
                ),
            ),
            ("address", models.GenericIPAddressField(null=True)),
            ("detail", models.JSONField(default=dict)),
            ("at", models.DateTimeField(auto_now_add=True, db_index=True)),
        ],
        options={
            "ordering": ["-pk"],
            "indexes": [models.Index(fields=["user", "-id"], name="audit_of_user")],
        },
    ),
    CreateModel(
        name="Worker",
        fields=[
            public_id(),
            ("host", models.CharField(max_length=255)),
            ("pid", models.PositiveIntegerField(verbose_name="process id")),
            ("slots", models.PositiveSmallIntegerField(verbose_name="jobs at once")),
            ("started_at", models.DateTimeField(auto_now_add=True)),
            ("seen_at", models.DateTimeField()),
        ],
        options={"ordering": ["host", "pid"]},
    ),
]
