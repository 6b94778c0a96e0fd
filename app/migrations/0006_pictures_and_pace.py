"""Pictures of ended jobs of every outcome, strips of tall pages, and the pace of workers."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.db.models import F, Q

# app.ocr.picture_sizes.TALL when this was written
TALL = 2.5


def draw_tall_pages_again(apps: Any, schema_editor: Any) -> None:
    """Their only picture was a sliver; strips are drawn by and by."""
    rows = {
        name: apps.get_model("app", name).objects.using(schema_editor.connection.alias)
        for name in ("Page", "Job")
    }
    tall = rows["Page"].filter(height__gt=TALL * F("width"))
    jobs = rows["Job"].filter(previewed=True)
    jobs.filter(pk__in=tall.values("job")).update(previewed=False)


class Migration(migrations.Migration):
    dependencies = [("app", "0005_share_formats_and_password")]
    operations = [
        migrations.RemoveIndex(model_name="job", name="job_previews"),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                fields=["id"],
                condition=Q(finished_at__isnull=False, previewed=False),
                name="job_leftover_previews",
            ),
        ),
        migrations.AddField(model_name="worker", name="pace", field=models.JSONField(default=dict)),
        migrations.RunPython(draw_tall_pages_again, migrations.RunPython.noop),
    ]
