"""Restoration of a site from a backup."""

from __future__ import annotations

import os
import shutil
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection

from app.models import Job, Worker

from . import databases
from .archive import DATABASE, MANIFEST, MEDIA, SECRET_KEY, BackupDamaged, is_ours, verify


class RestoreRefused(Exception):
    """Something would be lost or disturbed, as the message says."""


def restore(path: Path, *, replace: bool = False) -> int:
    """Restores the site and migrates an older database. Returns the number of files.

    replace: even if there are entries, which are lost. Everything is checked before anything
    changes. Raises RestoreRefused, BackupDamaged, DatabaseCopyFailed.
    """
    manifest = verify(path)
    _check_version(manifest)
    _check_site(replace)
    root = Path(settings.MEDIA_ROOT)
    for place in (root, Path(settings.DATA_DIR)):
        place.mkdir(parents=True, exist_ok=True)
    # On the media's file system, so that files are moved and not copied again.
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=root) as folder:
        _extract(path, Path(folder))
        databases.load(Path(folder) / DATABASE)
        _replace_media(root, Path(folder) / MEDIA)
        _restore_key(Path(folder) / SECRET_KEY)
    call_command("migrate", interactive=False, verbosity=0)
    return len(manifest["sha256"])


def _check_version(manifest: dict[str, Any]) -> None:
    vendor, migration = manifest["database"], manifest["migration"]
    if vendor != connection.vendor:
        raise RestoreRefused(f"The backup is of {vendor}, the site uses {connection.vendor}.")
    if not databases.is_known(migration):
        raise RestoreRefused(
            f"The backup is of a newer version, or of one that was being updated ({migration})."
        )


def _check_site(replace: bool) -> None:
    try:
        running, entries = Worker.objects.alive().exists(), Job.objects.exists()
    except DatabaseError:  # no tables yet
        return
    if running:
        raise RestoreRefused("The site is running. Stop it, with its workers, and wait 30 s.")
    if entries and not replace:
        raise RestoreRefused("There are entries already. --replace deletes them.")


def _extract(path: Path, folder: Path) -> None:
    """Extracts without tarfile's own method, which checks for paths outside the folder only since
    Python 3.11.4."""
    with tarfile.open(path) as tar:
        for member in tar:
            target = folder / member.name
            content = tar.extractfile(member) if member.isreg() else None
            if content is None or not target.resolve().is_relative_to(folder.resolve()):
                raise BackupDamaged(f"{member.name} is no file of a backup")
            target.parent.mkdir(parents=True, exist_ok=True)
            with content, target.open("xb") as file:
                shutil.copyfileobj(content, file)
            target.chmod(0o600 | (member.mode & 0o644))
            os.utime(target, (member.mtime, member.mtime))
    (folder / MANIFEST).unlink()


def _replace_media(root: Path, restored: Path) -> None:
    for old in root.iterdir():
        if not is_ours(old.name):
            continue
        if old.is_dir():
            shutil.rmtree(old)
        else:
            old.unlink()
    for new in restored.iterdir() if restored.is_dir() else ():
        new.rename(root / new.name)


def _restore_key(restored: Path) -> None:
    """Restores the key, with which people stay signed in. SECRET_KEY in the environment takes
    precedence."""
    if restored.exists():
        place = Path(settings.DATA_DIR) / SECRET_KEY
        shutil.copyfile(restored, place)
        place.chmod(0o600)
