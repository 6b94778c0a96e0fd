"""Search texts know who finds them, and words of one and two characters stand behind them.

They are written anew in the order of their entries: lists of what was found are in their order.
"""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Max

CHUNK = 1000
MARK = "\x01"
OLD_INDEX = {
    "sqlite": (
        "DROP TRIGGER app_search_insert",
        "DROP TRIGGER app_search_delete",
        "DROP TRIGGER app_search_update",
        "DROP TABLE app_search",
    ),
    "postgresql": ("DROP INDEX app_search",),
}


# As migration 0016 explains it; before the texts are written anew.
STORAGE = {
    "postgresql": (
        "ALTER TABLE app_searchtext SET (toast_tuple_target = 8160)",
        "ALTER TABLE app_searchtext ALTER COLUMN text SET STORAGE MAIN",
    ),
}


def prepare(apps, schema_editor) -> None:
    vendor = schema_editor.connection.vendor
    for statement in (*OLD_INDEX.get(vendor, ()), *STORAGE.get(vendor, ())):
        schema_editor.execute(statement)


def write_anew(apps, schema_editor) -> None:
    """A thousand at a time; the old ones are those up to the highest number there is now."""
    model = apps.get_model("app", "SearchText")
    texts = model.objects.using(schema_editor.connection.alias)
    last = texts.aggregate(last=Max("id"))["last"] or 0
    waiting = texts.filter(id__lte=last).select_related("job").order_by("job_id")
    waiting = waiting.only("text", "job__owner", "job__deleted_at")
    chunk = list(waiting[:CHUNK])
    while chunk:
        texts.filter(id__in=[old.pk for old in chunk]).delete()
        texts.bulk_create(
            model(job_id=old.job_id, scope=scope_of(old.job), text=searchable(old.text))
            for old in chunk
        )
        chunk = list(waiting.filter(job_id__gt=chunk[-1].job_id)[:CHUNK])


def scope_of(job) -> int | None:
    return None if job.deleted_at else job.owner_id or 0


def searchable(text: str) -> str:
    """As app.models.search.searchable does for new ones."""
    text = text.replace(MARK, " ")
    words = set(text.split())
    short = {word[at : at + n] for word in words for at in range(len(word)) for n in (1, 2)}
    return f"{text}\n{MARK}{MARK.join(sorted(short))}{MARK}"


class Migration(migrations.Migration):
    dependencies = [("app", "0012_history_columns")]
    operations = [
        migrations.RunPython(prepare, migrations.RunPython.noop),
        migrations.AddField(
            model_name="searchtext",
            name="scope",
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.RunPython(write_anew, migrations.RunPython.noop),
    ]
