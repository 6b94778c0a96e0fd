"""Indexes for the orders that had none: media type, and the start of text and tags."""

from __future__ import annotations

from django.conf import settings
from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery

from app.models.ordering import Start


def copy_from_uploads(apps, schema_editor) -> None:
    database = schema_editor.connection.alias
    uploads = apps.get_model("app", "Upload").objects.filter(pk=OuterRef("upload"))
    jobs = apps.get_model("app", "Job").objects.using(database)
    jobs.update(media_type=Subquery(uploads.values("media_type")))


class Migration(migrations.Migration):
    dependencies = [
        ("app", "0014_scoped_search_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="media_type",
            field=models.CharField(blank=True, editable=False, max_length=100),
        ),
        migrations.RunPython(copy_from_uploads, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                fields=["owner", "deleted_at", "media_type", "id"], name="job_by_media_type"
            ),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                F("owner"), F("deleted_at"), Start("text"), F("id"), name="job_by_text"
            ),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                F("owner"), F("deleted_at"), Start("tags"), F("id"), name="job_by_tags"
            ),
        ),
    ]
