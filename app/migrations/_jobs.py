"""Uploads, and the jobs that recognize them."""

from __future__ import annotations

from django.db import models
from django.db.migrations import CreateModel
from django.db.models.deletion import CASCADE

from app.models.upload import upload_path

from ._columns import optional_account, public_id

TABLES = [
    CreateModel(
        name="Upload",
        fields=[
            optional_account("owner", blank=True, db_index=False),
            ("visitor", models.CharField(blank=True, max_length=43)),
            public_id(),
            ("file", models.FileField(max_length=200, upload_to=upload_path)),
            ("name", models.CharField(blank=True, max_length=255, verbose_name="file name")),
            ("media_type", models.CharField(max_length=100)),
            ("size", models.PositiveBigIntegerField(verbose_name="bytes")),
            ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
            ("created_at", models.DateTimeField(auto_now_add=True)),
            ("updated_at", models.DateTimeField(auto_now=True)),
        ],
        options={
            "ordering": ["-id"],
            "default_related_name": "uploads",
            "indexes": [
                models.Index(fields=["sha256", "owner"], name="upload_same_bytes"),
                models.Index(fields=["owner", "size"], name="upload_sizes"),
                models.Index(fields=["visitor"], name="upload_of_visitor"),
            ],
        },
    ),
    CreateModel(
        name="Job",
        fields=[
            optional_account("owner", blank=True, db_index=False),
            ("visitor", models.CharField(blank=True, max_length=43)),
            public_id(),
            ("upload", models.ForeignKey(on_delete=CASCADE, to="app.upload")),
            ("file_name", models.CharField(blank=True, editable=False, max_length=255)),
            (
                "file_size",
                models.PositiveBigIntegerField(default=0, editable=False, verbose_name="bytes"),
            ),
            ("charged_to", models.CharField(blank=True, editable=False, max_length=60)),
            ("engine", models.CharField(max_length=40)),
            ("language", models.CharField(blank=True, max_length=200)),
            ("options", models.JSONField(blank=True, default=dict)),
            (
                "priority",
                models.SmallIntegerField(
                    choices=[(0, "Interactive"), (5, "Normal"), (9, "Batch")], default=5
                ),
            ),
            ("turn", models.PositiveBigIntegerField(default=0, editable=False)),
            (
                "status",
                models.CharField(
                    choices=[
                        ("queued", "Queued"),
                        ("running", "Running"),
                        ("done", "Done"),
                        ("failed", "Failed"),
                        ("cancelled", "Cancelled"),
                    ],
                    default="queued",
                    max_length=10,
                ),
            ),
            ("created_at", models.DateTimeField(auto_now_add=True)),
            ("updated_at", models.DateTimeField(auto_now=True)),
            ("started_at", models.DateTimeField(blank=True, null=True)),
            ("finished_at", models.DateTimeField(blank=True, null=True)),
            ("pages_total", models.PositiveIntegerField(blank=True, null=True)),
            ("pages_done", models.PositiveIntegerField(default=0)),
            ("error_code", models.CharField(blank=True, max_length=40)),
            ("error_message", models.TextField(blank=True)),
            ("attempt", models.PositiveSmallIntegerField(default=0)),
            ("crashes", models.PositiveSmallIntegerField(default=0, verbose_name="engine crashes")),
            ("lost", models.PositiveSmallIntegerField(default=0, verbose_name="workers lost")),
            ("lease_token", models.UUIDField(blank=True, null=True)),
            ("lease_expires", models.DateTimeField(blank=True, null=True)),
            ("run_after", models.DateTimeField(blank=True, null=True)),
            ("cancel_requested", models.BooleanField(default=False)),
            (
                "previewed",
                models.BooleanField(default=False, editable=False, verbose_name="previews made"),
            ),
            ("text", models.TextField(blank=True)),
            ("confidence", models.FloatField(blank=True, null=True)),
            ("letter_count", models.PositiveIntegerField(default=0, verbose_name="ASCII letters")),
            ("words", models.PositiveIntegerField(default=0)),
            ("lines", models.PositiveIntegerField(default=0)),
            ("engine_used", models.CharField(blank=True, max_length=40)),
            ("language_used", models.CharField(blank=True, max_length=200)),
            ("seconds", models.FloatField(blank=True, null=True)),
            ("cached", models.BooleanField(default=False, editable=False)),
            ("version", models.PositiveIntegerField(default=1, editable=False)),
            ("title", models.CharField(blank=True, max_length=200)),
            ("corrected_text", models.TextField(blank=True, null=True)),
            ("starred", models.BooleanField(default=False)),
            ("tags", models.JSONField(blank=True, default=list)),
            ("notes", models.TextField(blank=True)),
            ("deleted_at", models.DateTimeField(blank=True, null=True)),
        ],
        options={
            "ordering": ["-id"],
            "default_related_name": "jobs",
            "indexes": [
                models.Index(
                    fields=[
                        "owner",
                        "deleted_at",
                        "id",
                        "status",
                        "starred",
                        "confidence",
                        "created_at",
                        "language_used",
                        "engine_used",
                        "engine",
                    ],
                    name="job_by_id",
                ),
                models.Index(
                    fields=[
                        "owner",
                        "deleted_at",
                        "status",
                        "id",
                        "starred",
                        "confidence",
                        "created_at",
                        "language_used",
                        "engine_used",
                        "engine",
                    ],
                    name="job_by_status",
                ),
                models.Index(
                    fields=[
                        "owner",
                        "deleted_at",
                        "starred",
                        "id",
                        "status",
                        "confidence",
                        "created_at",
                        "language_used",
                        "engine_used",
                        "engine",
                    ],
                    name="job_by_starred",
                ),
                models.Index(
                    fields=[
                        "owner",
                        "deleted_at",
                        "confidence",
                        "id",
                        "status",
                        "starred",
                        "created_at",
                        "language_used",
                        "engine_used",
                        "engine",
                    ],
                    name="job_by_confidence",
                ),
                models.Index(
                    fields=[
                        "owner",
                        "deleted_at",
                        "created_at",
                        "id",
                        "status",
                        "starred",
                        "confidence",
                        "language_used",
                        "engine_used",
                        "engine",
                    ],
                    name="job_by_created_at",
                ),
                models.Index(
                    fields=[
                        "owner",
                        "deleted_at",
                        "language_used",
                        "id",
                        "status",
                        "starred",
                        "confidence",
                        "created_at",
                        "engine_used",
                        "engine",
                    ],
                    name="job_by_language_used",
                ),
                models.Index(
                    fields=[
                        "owner",
                        "deleted_at",
                        "engine_used",
                        "id",
                        "status",
                        "starred",
                        "confidence",
                        "created_at",
                        "language_used",
                        "engine",
                    ],
                    name="job_by_engine_used",
                ),
                models.Index(
                    fields=["owner", "deleted_at", "file_name", "id"], name="job_by_file_name"
                ),
                models.Index(
                    fields=["owner", "deleted_at", "file_size", "id"], name="job_by_file_size"
                ),
                models.Index(fields=["owner", "deleted_at", "title", "id"], name="job_by_title"),
                models.Index(
                    fields=["owner", "deleted_at", "updated_at", "id"], name="job_by_updated_at"
                ),
                models.Index(
                    fields=["owner", "deleted_at", "letter_count", "id"], name="job_by_letter_count"
                ),
                models.Index(fields=["owner", "deleted_at", "words", "id"], name="job_by_words"),
                models.Index(
                    fields=["owner", "deleted_at", "pages_total", "id"], name="job_by_pages_total"
                ),
                models.Index(
                    fields=["visitor", "owner", "deleted_at", "id"], name="job_by_visitor"
                ),
                models.Index(
                    condition=models.Q(("deleted_at__isnull", False)),
                    fields=["deleted_at"],
                    name="job_trashed",
                ),
                models.Index(
                    condition=models.Q(("status", "queued")),
                    fields=["priority", "turn", "id"],
                    name="job_queue",
                ),
                models.Index(
                    condition=models.Q(("status", "queued")),
                    fields=["owner", "visitor", "turn"],
                    name="job_turns",
                ),
                models.Index(
                    condition=models.Q(("status", "running")),
                    fields=["lease_expires"],
                    name="job_leases",
                ),
                models.Index(
                    condition=models.Q(("status", "running")),
                    fields=["status", "owner", "visitor"],
                    name="job_running",
                ),
                models.Index(
                    condition=models.Q(("previewed", False), ("status", "done")),
                    fields=["id"],
                    name="job_previews",
                ),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("confidence__isnull", True), ("confidence__range", (0, 1)), _connector="OR"
                    ),
                    name="job_confidence_0_1",
                )
            ],
        },
    ),
]
