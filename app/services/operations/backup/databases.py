"""The database as one file and back, while the site goes on: by SQLite itself, or by pg_dump."""

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


class DatabaseCopyFailed(Exception):
    """SQLite or PostgreSQL could not copy, or a program is missing; the message is what it said."""


def dump(path: Path) -> None:
    """A consistent copy of this moment. Writers do not have to wait."""
    if connection.vendor == "sqlite":
        _copy_sqlite(path, lambda site, copy: site.backup(copy))
    else:
        _postgresql("pg_dump", "--format=custom", "--no-owner", f"--file={path}")


def load(path: Path) -> None:
    """Puts the copy in the place of what is there."""
    if connection.vendor == "sqlite":
        _copy_sqlite(path, lambda site, copy: copy.backup(site))
    else:
        _load_postgresql(path)


def _load_postgresql(path: Path) -> None:
    """All at once or not at all. Tables that the copy does not know, of a newer version, go too;
    what another program keeps in the same database stays."""
    script = path.with_suffix(".sql")
    how = ("--clean", "--if-exists", "--no-owner", f"--file={script}")
    _postgresql("pg_restore", *how, str(path))
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
