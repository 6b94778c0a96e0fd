"""The trigram index under the history's search, by owner: FTS5 on SQLite, GIN on PostgreSQL.

The FTS5 table has no copy of the texts: a row's number is its scope and, in the lower 32 bits, the
number of its search text.
"""

from __future__ import annotations

from django.db import migrations

NEW_ROW = "(new.scope << 32) | new.id, new.text"
OLD_ROW = "'delete', (old.scope << 32) | old.id, old.text"
INSERT = "INSERT INTO app_search(rowid, text)"
DELETE = "INSERT INTO app_search(app_search, rowid, text)"
SQLITE = (
    """CREATE VIRTUAL TABLE app_search USING fts5(
        text, content='', columnsize=0, tokenize='trigram case_sensitive 1'
    )""",
    f"""CREATE TRIGGER app_search_insert AFTER INSERT ON app_searchtext
    WHEN new.scope IS NOT NULL BEGIN
        {INSERT} VALUES ({NEW_ROW});
    END""",
    f"""CREATE TRIGGER app_search_delete AFTER DELETE ON app_searchtext
    WHEN old.scope IS NOT NULL BEGIN
        {DELETE} VALUES ({OLD_ROW});
    END""",
    f"""CREATE TRIGGER app_search_update AFTER UPDATE OF scope, text ON app_searchtext
    WHEN old.scope IS NOT new.scope OR old.text IS NOT new.text BEGIN
        {DELETE} SELECT {OLD_ROW} WHERE old.scope IS NOT NULL;
        {INSERT} SELECT {NEW_ROW} WHERE new.scope IS NOT NULL;
    END""",
    f"""{INSERT} SELECT (scope << 32) | id, text FROM app_searchtext
        WHERE scope IS NOT NULL ORDER BY scope, id""",
)
SQLITE_REVERSE = (
    "DROP TRIGGER app_search_insert",
    "DROP TRIGGER app_search_delete",
    "DROP TRIGGER app_search_update",
    "DROP TABLE app_search",
)
POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS btree_gin",
    "CREATE INDEX app_search ON app_searchtext USING gin (scope, text gin_trgm_ops)",
)
POSTGRESQL_REVERSE = ("DROP INDEX app_search",)


def run(statements: dict[str, tuple[str, ...]]) -> object:
    def execute(apps, schema_editor) -> None:
        for statement in statements.get(schema_editor.connection.vendor, ()):
            schema_editor.execute(statement)

    return execute


class Migration(migrations.Migration):
    dependencies = [("app", "0013_search_scope")]
    operations = [
        migrations.RunPython(
            run({"sqlite": SQLITE, "postgresql": POSTGRESQL}),
            run({"sqlite": SQLITE_REVERSE, "postgresql": POSTGRESQL_REVERSE}),
        )
    ]
