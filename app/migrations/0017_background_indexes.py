"""Indexes for what is asked at each upload, by each worker and every hour, in large tables."""

from __future__ import annotations

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("app", "0016_search_storage"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="upload",
            name="sha256",
            field=models.CharField(max_length=64, verbose_name="SHA-256"),
        ),
        migrations.AlterField(
            model_name="upload",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=models.deletion.CASCADE,
                related_name="uploads",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="upload",
            index=models.Index(fields=["owner", "size"], name="upload_sizes"),
        ),
        migrations.AddIndex(
            model_name="upload",
            index=models.Index(fields=["sha256", "owner"], name="upload_same_bytes"),
        ),
        migrations.AlterField(
            model_name="job",
            name="visitor",
            field=models.CharField(blank=True, max_length=43),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                fields=["visitor", "owner", "deleted_at", "id"], name="job_by_visitor"
            ),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                fields=["status", "owner", "visitor"],
                condition=models.Q(status="running"),
                name="job_running",
            ),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                fields=["deleted_at"],
                condition=models.Q(deleted_at__isnull=False),
                name="job_trashed",
            ),
        ),
    ]
