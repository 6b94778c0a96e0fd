"""Stored files: at a path that a child process can open, in their folders, and their names."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile

from app.ocr.errors import OcrError


@contextmanager
def local_path(file: FieldFile) -> Iterator[Path]:
    """A path at which a child process can open the file: its own, or that of a local copy from S3.

    Raises OcrError(not_found).
    """
    try:
        path = Path(file.path)
    except NotImplementedError:  # a storage that is no file system
        with _copied(file) as path:
            yield path
        return
    if not path.exists():
        raise _missing()
    yield path


@contextmanager
def _copied(file: FieldFile) -> Iterator[Path]:
    with tempfile.NamedTemporaryFile(suffix=Path(file.name or "").suffix) as copy:
        try:
            with file.storage.open(str(file.name)) as stored:
                shutil.copyfileobj(stored, copy)
        except FileNotFoundError:
            raise _missing() from None
        copy.flush()
        yield Path(copy.name)


def _missing() -> OcrError:
    return OcrError("not_found", "The file of this job is no longer there.")


def names_in(folder: str) -> list[str]:
    """Names of the stored files in a folder, which may not exist: a bucket has only prefixes."""
    try:
        return default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return []


def clean_name(name: str) -> str:
    """The last part of the path without control characters, cut to 255 characters before the
    suffix."""
    name = PurePath(name.replace("\\", "/")).name
    name = "".join(char for char in name if char.isprintable()).strip()
    if len(name) <= 255:
        return name
    suffix = PurePath(name).suffix[:20]
    return name[: 255 - len(suffix)] + suffix


def free_name(stem: str, suffix: str, taken: set[str]) -> str:
    """A name that is not yet in `taken`, to which it is added: `scan.txt`, then `scan-2.txt`.

    Ignores case, as some file systems do.
    """
    name, number = f"{stem}{suffix}", 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}-{number}{suffix}"
    taken.add(name.casefold())
    return name
