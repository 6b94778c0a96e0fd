"""Results of jobs: pages, search texts, revisions and links."""

from __future__ import annotations

from django.db import models
from django.db.migrations import CreateModel
from django.db.models.deletion import CASCADE, SET_NULL

from app.models.share import new_token

from ._columns import optional_account, row_number

TABLES = [
    CreateModel(
        name="Page",
        fields=[
            row_number(),
            ("job", models.ForeignKey(on_delete=CASCADE, related_name="pages", to="app.job")),
            ("number", models.PositiveIntegerField()),
            ("width", models.PositiveIntegerField()),
            ("height", models.PositiveIntegerField()),
            ("text", models.TextField(blank=True)),
            ("corrected_text", models.TextField(blank=True, null=True)),
            ("confidence", models.FloatField(default=0)),
            ("tree", models.JSONField()),
            ("created_at", models.DateTimeField(auto_now_add=True)),
        ],
        options={
            "ordering": ["job", "number"],
            "constraints": [
                models.UniqueConstraint(fields=("job", "number"), name="page_once_per_job")
            ],
        },
    ),
    CreateModel(
        name="SearchText",
        fields=[
            row_number(),
            (
                "job",
                models.OneToOneField(on_delete=CASCADE, related_name="search_text", to="app.job"),
            ),
            ("scope", models.BigIntegerField(editable=False, null=True)),
            ("text", models.TextField()),
        ],
        options={"indexes": [models.Index(fields=["id", "job"], name="search_jobs")]},
    ),
    CreateModel(
        name="Revision",
        fields=[
            row_number(),
            ("job", models.ForeignKey(on_delete=CASCADE, related_name="revisions", to="app.job")),
            ("page_number", models.PositiveIntegerField(blank=True, null=True)),
            ("text", models.TextField(blank=True)),
            optional_account("author", SET_NULL, blank=True, related_name="+"),
            ("created_at", models.DateTimeField(auto_now_add=True)),
        ],
        options={"ordering": ["-pk"]},
    ),
    CreateModel(
        name="Share",
        fields=[
            row_number(),
            ("job", models.ForeignKey(on_delete=CASCADE, related_name="shares", to="app.job")),
            (
                "token",
                models.CharField(default=new_token, editable=False, max_length=43, unique=True),
            ),
            ("created_at", models.DateTimeField(auto_now_add=True)),
            ("expires_at", models.DateTimeField()),
        ],
        options={"ordering": ["-pk"]},
    ),
]
