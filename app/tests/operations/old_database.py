"""A database as the version before 2.0.0 left it, filled, and schemas to compare."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from app.migrations._replaced import REPLACED

SCHEMAS = Path(__file__).parent / "schemas"
POSTGRESQL_SCHEMA = {
    "columns": """SELECT table_name, column_name, udt_name, character_maximum_length, is_nullable,
        column_default, is_identity FROM information_schema.columns
        WHERE table_name LIKE 'app\\_%' OR table_name = 'cache'""",
    "indexes": """SELECT indexname, indexdef FROM pg_indexes
        WHERE tablename LIKE 'app\\_%' OR tablename = 'cache'""",
    "constraints": """SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE conrelid::regclass::text LIKE 'app\\_%'""",
    "storage": """SELECT relname, reloptions, attname, attstorage FROM pg_class
        JOIN pg_attribute ON attrelid = pg_class.oid
        WHERE relname LIKE 'app\\_%' AND relkind = 'r' AND attnum > 0 AND NOT attisdropped""",
}


@contextmanager
def empty_database(alias: str, folder: Path) -> Iterator[str]:
    is_file = connection.vendor == "sqlite"
    name = str(folder / f"{alias}.sqlite3") if is_file else f"{alias}_{uuid.uuid4().hex}"
    connections.databases[alias] = {**connections.databases["default"], "NAME": name}
    if not is_file:
        run("default", f"CREATE DATABASE {name}")
    yield alias
    connections[alias].close()
    if not is_file:
        run("default", f"DROP DATABASE {name}")
    del connections[alias], connections.databases[alias]


def run(alias: str, *statements: str) -> None:
    with connections[alias].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def migrate(alias: str) -> None:
    executor = MigrationExecutor(connections[alias])
    executor.migrate(executor.loader.graph.leaf_nodes())


def make_old_tables(alias: str) -> None:
    """The other apps' tables by their migrations, those of app from a dump."""
    executor = MigrationExecutor(connections[alias])
    executor.migrate([node for node in executor.loader.graph.leaf_nodes() if node[0] != "app"])
    script = (SCHEMAS / f"before_2_0.{connection.vendor}.sql").read_text()
    if connection.vendor == "sqlite":
        connections[alias].ensure_connection()
        connections[alias].connection.executescript(script)
    else:
        run(alias, "CREATE EXTENSION pg_trgm", "CREATE EXTENSION btree_gin", script)
    for app, name in REPLACED:
        MigrationRecorder(connections[alias]).record_applied(app, name)


def old_models(alias: str) -> Any:
    """Models that fit the old tables: today's, except for a removed column and new ones."""
    state = MigrationExecutor(connections[alias]).loader.project_state()
    column = models.CharField(max_length=100, blank=True)
    state.add_field("app", "job", "media_type", column, preserve_default=True)
    state.remove_field("app", "page", "words_to_check")
    for model in ("job", "batchitem"):
        state.remove_field("app", model, "error_details")
    return state.apps


def schema(alias: str) -> Any:
    """Tables, indexes, constraints and triggers of app, in a form that compares equal."""
    with connections[alias].cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
                " AND (tbl_name LIKE 'app\\_%' ESCAPE '\\' OR tbl_name = 'cache')"
            )
            return {name: _normal(kind, sql) for kind, name, sql in cursor.fetchall()}
        found = {}
        for part, query in POSTGRESQL_SCHEMA.items():
            cursor.execute(query)
            found[part] = sorted(map(str, cursor.fetchall()))
        return found


def _normal(kind: str, sql: str) -> list[str]:
    """White space and the order of columns depend on how a table was made."""
    sql = re.sub(r"\s+", " ", sql.replace("IF NOT EXISTS ", ""))
    if kind != "table":
        return [sql]
    _, body = sql.split("(", 1)
    parts, depth = [""], 0
    for character in body.rstrip()[:-1]:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "," and not depth:
            parts.append("")
        else:
            parts[-1] += character
    return sorted(part.strip() for part in parts)
