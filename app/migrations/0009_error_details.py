"""Numbers of errors, so that sentences in every language can tell them."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("app", "0008_mails_and_words_to_check")]
    operations = [
        migrations.AddField(
            model_name=model,
            name="error_details",
            field=models.JSONField(editable=False, null=True),
        )
        for model in ("job", "batchitem")
    ]
