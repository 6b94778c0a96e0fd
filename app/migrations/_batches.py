"""Batches, webhooks and idempotency keys."""

from __future__ import annotations

from django.db import models
from django.db.migrations import CreateModel
from django.db.models.deletion import CASCADE, SET_NULL

from ._columns import optional_account, public_id, row_number

TABLES = [
    CreateModel(
        name="Batch",
        fields=[
            optional_account("owner", blank=True, db_index=False),
            ("visitor", models.CharField(blank=True, max_length=43)),
            public_id(),
            ("name", models.CharField(blank=True, max_length=200)),
            ("created_at", models.DateTimeField(auto_now_add=True)),
        ],
        options={
            "verbose_name_plural": "batches",
            "ordering": ["-id"],
            "default_related_name": "batches",
            "indexes": [
                models.Index(fields=["owner"], name="batch_of_owner"),
                models.Index(fields=["visitor"], name="batch_of_visitor"),
            ],
        },
    ),
    CreateModel(
        name="BatchItem",
        fields=[
            row_number(),
            ("batch", models.ForeignKey(on_delete=CASCADE, related_name="items", to="app.batch")),
            ("number", models.PositiveIntegerField()),
            ("reference", models.CharField(blank=True, max_length=200)),
            ("file_name", models.CharField(blank=True, max_length=255)),
            (
                "job",
                models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=SET_NULL,
                    related_name="batch_item",
                    to="app.job",
                ),
            ),
            ("error_code", models.CharField(blank=True, max_length=40)),
            ("error_message", models.TextField(blank=True)),
        ],
        options={
            "ordering": ["batch", "number"],
            "constraints": [
                models.UniqueConstraint(fields=("batch", "number"), name="batch_item_number")
            ],
        },
    ),
    CreateModel(
        name="RequestKey",
        fields=[
            row_number(),
            ("sender", models.CharField(max_length=80)),
            ("key", models.CharField(max_length=255)),
            ("fingerprint", models.CharField(max_length=64, verbose_name="SHA-256 of the request")),
            ("job", models.ForeignKey(blank=True, null=True, on_delete=CASCADE, to="app.job")),
            ("batch", models.ForeignKey(blank=True, null=True, on_delete=CASCADE, to="app.batch")),
            ("created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(
                    fields=("sender", "key"), name="request_key_once_per_sender"
                )
            ]
        },
    ),
    CreateModel(
        name="Webhook",
        fields=[
            optional_account("owner", blank=True, db_index=False),
            ("visitor", models.CharField(blank=True, max_length=43)),
            public_id(),
            (
                "job",
                models.OneToOneField(
                    blank=True, null=True, on_delete=CASCADE, related_name="webhook", to="app.job"
                ),
            ),
            (
                "batch",
                models.OneToOneField(
                    blank=True, null=True, on_delete=CASCADE, related_name="webhook", to="app.batch"
                ),
            ),
            ("url", models.URLField(max_length=2000)),
            ("site_url", models.CharField(max_length=300)),
            (
                "status",
                models.CharField(
                    choices=[
                        ("waiting", "Waiting"),
                        ("pending", "Pending"),
                        ("delivered", "Delivered"),
                        ("failed", "Failed"),
                    ],
                    default="waiting",
                    max_length=10,
                ),
            ),
            ("attempts", models.PositiveSmallIntegerField(default=0)),
            ("next_at", models.DateTimeField(blank=True, null=True)),
            ("log", models.JSONField(blank=True, default=list)),
            ("created_at", models.DateTimeField(auto_now_add=True)),
            ("delivered_at", models.DateTimeField(blank=True, null=True)),
        ],
        options={
            "ordering": ["-id"],
            "default_related_name": "webhooks",
            "indexes": [
                models.Index(
                    condition=models.Q(("status", "pending")),
                    fields=["next_at"],
                    name="webhook_due",
                ),
                models.Index(fields=["owner"], name="webhook_of_owner"),
                models.Index(fields=["visitor"], name="webhook_of_visitor"),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("job__isnull", False), ("batch__isnull", False), _connector="XOR"
                    ),
                    name="webhook_of_job_or_batch",
                )
            ],
        },
    ),
]
