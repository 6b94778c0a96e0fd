from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db.models.fields.files import FieldFile

from app.ocr.errors import OcrError


@contextmanager
def local_path(file: FieldFile) -> Iterator[Path]:
    """Where a recognizing process can open the file: its own place, or a copy from S3.

    Raises OcrError(not_found).
    """
    try:
        path = Path(file.path)
    except NotImplementedError:  # a storage without a file system
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
