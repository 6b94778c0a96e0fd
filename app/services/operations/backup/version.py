"""Which tables a backup has, told by the newest migration of its site."""

from __future__ import annotations

from django.db.migrations.loader import MigrationLoader

APP = "app"


def newest_migration() -> str:
    [(_, name)] = _loader().graph.leaf_nodes(APP)
    return str(name)


def is_known(migration: str) -> bool:
    """Whether this version has that migration; a newer one may have others."""
    return (APP, migration) in _loader().disk_migrations


def _loader() -> MigrationLoader:
    return MigrationLoader(None)
