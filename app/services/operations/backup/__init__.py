"""Backups: one .tar with the database, media and secret key of a site, and their hashes."""

from .archive import BackupDamaged
from .create import BackupRefused, create
from .databases import DatabaseCopyFailed
from .restore import RestoreRefused, restore

__all__ = [
    "BackupDamaged",
    "BackupRefused",
    "DatabaseCopyFailed",
    "RestoreRefused",
    "create",
    "restore",
]
