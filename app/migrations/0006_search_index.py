"""The trigram index under the history's search: FTS5 on SQLite, GIN on PostgreSQL."""

from __future__ import annotations

from django.db import migrations

SQLITE = (
    """CREATE VIRTUAL TABLE app_search USING fts5(
        text, content='app_searchtext', content_rowid='id', tokenize='trigram case_sensitive 1'
    )""",
    """CREATE TRIGGER app_search_insert AFTER INSERT ON app_searchtext BEGIN
        INSERT INTO app_search(rowid, text) VALUES (new.id, new.text);
    END""",
    """CREATE TRIGGER app_search_delete AFTER DELETE ON app_searchtext BEGIN
        INSERT INTO app_search(app_search, rowid, text) VALUES ('delete', old.id, old.text);
    END""",
    """CREATE TRIGGER app_search_update AFTER UPDATE OF text ON app_searchtext BEGIN
        INSERT INTO app_search(app_search, rowid, text) VALUES ('delete', old.id, old.text);
        INSERT INTO app_search(rowid, text) VALUES (new.id, new.text);
    END""",
    "INSERT INTO app_search(app_search) VALUES ('rebuild')",
)
SQLITE_REVERSE = (
    "DROP TRIGGER app_search_insert",
    "DROP TRIGGER app_search_delete",
    "DROP TRIGGER app_search_update",
    "DROP TABLE app_search",
)
POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX app_search ON app_searchtext USING gin (text gin_trgm_ops)",
)
POSTGRESQL_REVERSE = ("DROP INDEX app_search",)


def run(statements: dict[str, tuple[str, ...]]) -> object:
    def execute(apps, schema_editor) -> None:
        for statement in statements.get(schema_editor.connection.vendor, ()):
            schema_editor.execute(statement)

    return execute


class Migration(migrations.Migration):
    dependencies = [("app", "0005_search_text")]
    operations = [
        migrations.RunPython(
            run({"sqlite": SQLITE, "postgresql": POSTGRESQL}),
            run({"sqlite": SQLITE_REVERSE, "postgresql": POSTGRESQL_REVERSE}),
        )
    ]
