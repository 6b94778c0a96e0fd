"""The migrations before version 2.0.0, whose place 0001_tables takes."""

from __future__ import annotations

from typing import Any

from django.core.management import CommandError
from django.db.migrations.recorder import MigrationRecorder

REPLACED = [
    ("app", "0001_initial"),
    ("app", "0002_cache_table"),
    ("app", "0003_job_queue"),
    ("app", "0004_keys_and_usage"),
    ("app", "0005_search_text"),
    ("app", "0006_search_index"),
    ("app", "0007_batches"),
    ("app", "0008_keeping"),
    ("app", "0009_worker"),
    ("app", "0010_audit_and_invitations"),
    ("app", "0011_history_indexes"),
    ("app", "0012_history_columns"),
    ("app", "0013_search_scope"),
    ("app", "0014_scoped_search_index"),
    ("app", "0015_history_orders"),
    ("app", "0016_search_storage"),
    ("app", "0017_background_indexes"),
]


def check_history(apps: Any, schema_editor: Any) -> None:
    """Refuse a database in which only some of them were applied.

    Django drops 0001_tables from its plan there, and would go on with tables of an unknown state.
    """
    applied = MigrationRecorder(schema_editor.connection).applied_migrations()
    missing = [name for app, name in REPLACED if (app, name) not in applied]
    if missing:
        raise CommandError(
            f"This database stopped in the middle of an update: {missing[0]} is missing. "
            "Migrate it with the last commit before version 2.0.0 first."
        )
