from __future__ import annotations

import os
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from . import databases
from .archive import DATABASE, MEDIA, SECRET_KEY, Writer


def create(path: Path) -> int:
    """Writes the backup, readable by its owner only; how many files it has.

    The site may be running. The database is copied first: what is uploaded after that moment is in
    the media without being in the database, never the other way round.
    """
    part = path.with_name(f"{path.name}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        with tarfile.open(fileobj=file, mode="w|") as tar:
            writer = Writer(tar)
            _add_everything(writer, near=path.parent)
            writer.finish(database=connection.vendor, created_at=timezone.now().isoformat())
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)
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
    for folder, _, names in os.walk(root):
        yield from (Path(folder) / name for name in names if not name.startswith("."))
