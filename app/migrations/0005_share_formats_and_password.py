"""Links say what may be downloaded, and may have a password. Those of before offered the text."""

from __future__ import annotations

from django.db import migrations, models

import app.models.share


class Migration(migrations.Migration):
    dependencies = [("app", "0004_fewer_indexes")]

    operations = [
        migrations.AddField(
            "share", "formats", models.JSONField(default=app.models.share.text_only)
        ),
        migrations.AddField(
            "share", "password", models.CharField(blank=True, editable=False, max_length=128)
        ),
    ]
