"""The version of a backup's tables: the newest migration of its site."""

from __future__ import annotations

from django.db.migrations.loader import MigrationLoader

APP = "app"


def newest_migration() -> str:
    [(_, name)] = _loader().graph.leaf_nodes(APP)
    return str(name)


def is_known(migration: str) -> bool:
    """True if this version brings such tables up to date; those of a newer one it does not know.

    Where one migration replaces earlier ones, only tables that had all of them will do.
    """
    migrations = _loader().disk_migrations
    last_replaced = {one.replaces[-1] for one in migrations.values() if one.replaces}
    return (APP, migration) in {*migrations, *last_replaced}


def _loader() -> MigrationLoader:
    return MigrationLoader(None)
