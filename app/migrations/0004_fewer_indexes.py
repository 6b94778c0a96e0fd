"""Brings a database from before version 2.0.0 to the indexes and columns of 0001_tables.

Six orders of the history are gone, with a copied column; owners and visitors have named indexes.
A new database has nothing to change.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

UNUSED_INDEXES = (
    "job_by_error_code",
    "job_by_lines",
    "job_by_media_type",
    "job_by_seconds",
    "job_by_tags",
    "job_by_text",
)
UNNAMED = (["owner_id"], ["visitor"])


def drop_orders(apps: Any, schema_editor: Any) -> None:
    for name in UNUSED_INDEXES:
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")
    with schema_editor.connection.cursor() as cursor:
        found = schema_editor.connection.introspection.get_table_description(cursor, "app_job")
    if "media_type" in {column.name for column in found}:
        schema_editor.execute("ALTER TABLE app_job DROP COLUMN media_type")


def name_indexes(apps: Any, schema_editor: Any) -> None:
    for model in map(apps.get_model, ("app.Upload", "app.Batch", "app.Webhook")):
        wanted = {index.name: index for index in model._meta.indexes}
        found = indexes_of(schema_editor.connection, model._meta.db_table)
        for name in sorted(found.keys() - wanted.keys()):
            if found[name]["columns"] in UNNAMED:
                schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")
        for name in sorted(wanted.keys() - found.keys()):
            schema_editor.add_index(model, wanted[name])


def indexes_of(connection: Any, table: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, table)
    return {name: found for name, found in constraints.items() if found["index"]}


class Migration(migrations.Migration):
    dependencies = [("app", "0003_cache_table")]
    operations = [
        migrations.RunPython(drop_orders, migrations.RunPython.noop),
        migrations.RunPython(name_indexes, migrations.RunPython.noop),
    ]
