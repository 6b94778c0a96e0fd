"""Each new upload asks for its owner's uploads of the same bytes, so these two share an index."""

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
        migrations.AddIndex(
            model_name="upload",
            index=models.Index(fields=["sha256", "owner"], name="upload_same_bytes"),
        ),
    ]
