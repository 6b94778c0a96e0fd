"""Creation of a backup, even while the site runs."""

from __future__ import annotations

import os
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from django.conf import settings
from django.db import connection
from django.utils import timezone

from . import databases
from .archive import DATABASE, MEDIA, SECRET_KEY, Writer, is_ours


class BackupRefused(Exception):
    """The message says why."""


def create(path: Path) -> int:
    """Writes the backup, readable only by its owner. Returns its number of files.

    The site may be running. The database is copied first, so an upload after that moment is in the
    media without a row in the database, never the other way round. Raises BackupRefused,
    DatabaseCopyFailed, OSError; nothing is left behind then.
    """
    if path.absolute().is_relative_to(Path(settings.MEDIA_ROOT).absolute()):
        raise BackupRefused(
            "In MEDIA_ROOT it would be part of the next backup. Choose another place."
        )
    part = path.with_name(f"{path.name}.part")
    try:
        count = _write(part)
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    return count


def _write(path: Path) -> int:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        with tarfile.open(fileobj=file, mode="w|") as tar:
            writer = Writer(tar)
            _add_everything(writer, near=path.parent)
            writer.finish(
                database=connection.vendor,
                migration=databases.newest_migration(),
                created_at=timezone.now().isoformat(),
            )
        file.flush()
        os.fsync(file.fileno())
    return len(writer.hashes)


def _add_everything(writer: Writer, near: Path) -> None:
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=near) as folder:
        copy = Path(folder) / DATABASE
        databases.dump(copy)
        writer.add(copy, DATABASE)
    writer.add(Path(settings.DATA_DIR) / SECRET_KEY, SECRET_KEY)
    root = Path(settings.MEDIA_ROOT)
    for path in _files(root):
        writer.add(path, f"{MEDIA}/{path.relative_to(root).as_posix()}")


def _files(root: Path) -> Iterator[Path]:
    if not root.exists():  # no uploads yet, or files in a bucket
        return
    for folder, folders, names in os.walk(root, onerror=_stop):
        folders[:] = filter(is_ours, folders)
        yield from (Path(folder) / name for name in filter(is_ours, names))


def _stop(error: OSError) -> NoReturn:
    """Raises the error of an unreadable folder, without which a backup would only look complete."""
    raise error
