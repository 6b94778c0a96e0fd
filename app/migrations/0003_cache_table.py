"""The table of the database cache, unless it exists: no start needs a second command."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.db import migrations


def create_cache_table(apps: Any, schema_editor: Any) -> None:
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("app", "0002_search_index")]
    operations = [migrations.RunPython(create_cache_table, migrations.RunPython.noop)]
