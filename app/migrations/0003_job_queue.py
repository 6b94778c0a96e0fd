from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("app", "0002_cache_table")]

    operations = [
        migrations.RemoveIndex(
            model_name="job",
            name="job_queue",
        ),
        migrations.AddField(
            model_name="job",
            name="crashes",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="engine crashes"),
        ),
        migrations.AddField(
            model_name="job",
            name="previewed",
            field=models.BooleanField(default=False, editable=False, verbose_name="previews made"),
        ),
        migrations.AddField(
            model_name="job",
            name="turn",
            field=models.PositiveBigIntegerField(default=0, editable=False),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                condition=models.Q(("status", "queued")),
                fields=["priority", "turn", "id"],
                name="job_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                condition=models.Q(("status", "queued")),
                fields=["owner", "visitor", "turn"],
                name="job_turns",
            ),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                condition=models.Q(("previewed", False), ("status", "done")),
                fields=["id"],
                name="job_previews",
            ),
        ),
    ]
