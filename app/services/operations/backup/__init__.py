"""One .tar with everything that makes a site: database, media, secret key, and their hashes."""

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
