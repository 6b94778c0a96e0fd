"""PostgreSQL keeps search texts in their rows, and has an index of each owner's from the newest on.

A text of over 2 kB would lie in a table beside, and each match of a search is looked into. Up to
8 kB, about three pages, are kept in the row from now on; migration 0013 has seen to those that were
there before.
"""

from __future__ import annotations

from django.db import migrations

POSTGRESQL = (
    "ALTER TABLE app_searchtext SET (toast_tuple_target = 8160)",
    "ALTER TABLE app_searchtext ALTER COLUMN text SET STORAGE MAIN",
    "CREATE INDEX search_newest ON app_searchtext (scope, id)",
)
POSTGRESQL_REVERSE = (
    "DROP INDEX search_newest",
    "ALTER TABLE app_searchtext RESET (toast_tuple_target)",
    "ALTER TABLE app_searchtext ALTER COLUMN text SET STORAGE EXTENDED",
)


def run(statements: tuple[str, ...]) -> object:
    def execute(apps, schema_editor) -> None:
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement)

    return execute


class Migration(migrations.Migration):
    dependencies = [("app", "0015_history_orders")]
    operations = [migrations.RunPython(run(POSTGRESQL), run(POSTGRESQL_REVERSE))]
