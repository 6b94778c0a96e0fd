"""The trigram index under the history's search, by owner: FTS5 on SQLite, GIN on PostgreSQL.

A database that had the index before version 2.0.0 runs this too, so each statement leaves alone
what is there already.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

from ._replaced import check_history

NEW_ROW = "(new.scope << 32) | new.id, new.text"
OLD_ROW = "'delete', (old.scope << 32) | old.id, old.text"
INSERT = "INSERT INTO app_search(rowid, text)"
DELETE = "INSERT INTO app_search(app_search, rowid, text)"
# The FTS5 table has no copy of the texts: the number of a row is its scope and, in the lower 32
# bits, the number of its search text.
SQLITE = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS app_search USING fts5(
        text, content='', columnsize=0, tokenize='trigram case_sensitive 1'
    )""",
    f"""CREATE TRIGGER IF NOT EXISTS app_search_insert AFTER INSERT ON app_searchtext
    WHEN new.scope IS NOT NULL BEGIN
        {INSERT} VALUES ({NEW_ROW});
    END""",  # noqa: S608  made of constants
    f"""CREATE TRIGGER IF NOT EXISTS app_search_delete AFTER DELETE ON app_searchtext
    WHEN old.scope IS NOT NULL BEGIN
        {DELETE} VALUES ({OLD_ROW});
    END""",
    f"""CREATE TRIGGER IF NOT EXISTS app_search_update AFTER UPDATE OF scope, text ON app_searchtext
    WHEN old.scope IS NOT new.scope OR old.text IS NOT new.text BEGIN
        {DELETE} SELECT {OLD_ROW} WHERE old.scope IS NOT NULL;
        {INSERT} SELECT {NEW_ROW} WHERE new.scope IS NOT NULL;
    END""",
)
SQLITE_REVERSE = (
    "DROP TRIGGER app_search_insert",
    "DROP TRIGGER app_search_delete",
    "DROP TRIGGER app_search_update",
    "DROP TABLE app_search",
)
# PostgreSQL moves texts of more than 2 kB to a table of their own, and a search looks into each
# text that the index finds. Up to 8 kB, about three pages, stay in the row.
POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE EXTENSION IF NOT EXISTS btree_gin",
    "ALTER TABLE app_searchtext SET (toast_tuple_target = 8160)",
    "ALTER TABLE app_searchtext ALTER COLUMN text SET STORAGE MAIN",
    "CREATE INDEX IF NOT EXISTS app_search ON app_searchtext USING gin (scope, text gin_trgm_ops)",
    "CREATE INDEX IF NOT EXISTS search_newest ON app_searchtext (scope, id)",
)
POSTGRESQL_REVERSE = (
    "DROP INDEX app_search",
    "DROP INDEX search_newest",
    "ALTER TABLE app_searchtext RESET (toast_tuple_target)",
    "ALTER TABLE app_searchtext ALTER COLUMN text SET STORAGE EXTENDED",
)


def run(statements: dict[str, tuple[str, ...]]) -> Any:
    def execute(apps: Any, schema_editor: Any) -> None:
        for statement in statements.get(schema_editor.connection.vendor, ()):
            schema_editor.execute(statement)

    return execute


class Migration(migrations.Migration):
    dependencies = [("app", "0001_tables")]
    operations = [
        migrations.RunPython(check_history, migrations.RunPython.noop),
        migrations.RunPython(
            run({"sqlite": SQLITE, "postgresql": POSTGRESQL}),
            run({"sqlite": SQLITE_REVERSE, "postgresql": POSTGRESQL_REVERSE}),
        ),
    ]
