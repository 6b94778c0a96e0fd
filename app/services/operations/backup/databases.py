"""Copies of the database as one file, made while the site runs: by SQLite or by pg_dump."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

APP = "app"


class DatabaseCopyFailed(Exception):
    """SQLite or PostgreSQL could not copy, or a program is missing. The message is that
    program's."""


def dump(path: Path) -> None:
    """Writes a consistent copy of this moment. Writers need not wait."""
    if connection.vendor == "sqlite":
        _copy_sqlite(path, lambda site, copy: site.backup(copy))
    else:
        _postgresql("pg_dump", "--format=custom", "--no-owner", f"--file={path}")


def load(path: Path) -> None:
    """Replaces the site's database by the copy."""
    if connection.vendor == "sqlite":
        _copy_sqlite(path, lambda site, copy: copy.backup(site))
    else:
        _load_postgresql(path)


def _load_postgresql(path: Path) -> None:
    """Loads the copy in one transaction. Also drops tables of a newer version, which the copy
    lacks.

    Tables of other programs in the same database stay.
    """
    script = path.with_suffix(".sql")
    options = ("--clean", "--if-exists", "--no-owner", f"--file={script}")
    _postgresql("pg_restore", *options, str(path))
    ours = tuple(f"{config.label}_" for config in apps.get_app_configs())
    tables = [name for name in connection.introspection.table_names() if name.startswith(ours)]
    quoted = map(connection.ops.quote_name, tables)
    drop = [f"--command=DROP TABLE {name} CASCADE" for name in quoted]
    connection.close()
    strict = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
    _postgresql("psql", *strict, "--output=/dev/null", *drop, f"--file={script}")


def _copy_sqlite(path: Path, action: Callable[[Any, sqlite3.Connection], None]) -> None:
    connection.ensure_connection()
    try:
        with closing(sqlite3.connect(path)) as copy:
            action(connection.connection, copy)
    except sqlite3.Error as error:
        raise DatabaseCopyFailed(f"{path.name}: {error}") from error


def _postgresql(program: str, *arguments: str) -> None:
    settings = connection.settings_dict
    environment = {
        "PGHOST": settings["HOST"],
        "PGPORT": str(settings["PORT"]),
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGDATABASE": settings["NAME"],
    }
    given = {name: value for name, value in environment.items() if value}
    try:
        subprocess.run(
            [program, *arguments],
            env={**os.environ, **given},
            check=True,
            capture_output=True,
            text=True,
        )
    except FileNotFoundError:
        raise DatabaseCopyFailed(f"{program} is not installed (postgresql-client).") from None
    except subprocess.CalledProcessError as error:
        raise DatabaseCopyFailed(error.stderr.strip()) from None


def newest_migration() -> str:
    """The name of the newest migration, which identifies the tables of a backup."""
    [(_, name)] = MigrationLoader(None).graph.leaf_nodes(APP)
    return str(name)


def is_known(migration: str) -> bool:
    """Whether this version can migrate the tables, which it cannot if they are newer.

    If a migration replaces earlier ones, tables must have had all of those.
    """
    migrations = MigrationLoader(None).disk_migrations
    last_replaced = {one.replaces[-1] for one in migrations.values() if one.replaces}
    return (APP, migration) in {*migrations, *last_replaced}
