"""Files of ZIP archives, with limits that do not rely on the archive's headers."""

from __future__ import annotations

import lzma
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.base import File

from app.ocr.errors import OcrError, millions

from .files import BatchFile, check_limits, too_many

# Images hardly compress: a file that unpacks to more than so many times its size is a bomb.
MAX_RATIO = 200
# Limit of the archive's directory, for each file that it may contain.
DIRECTORY_BYTES = 2_000
IN_MEMORY = 2_621_440
CHUNK = 65_536
# Exceptions of zipfile for broken headers, names and data, and for unknown methods.
DAMAGED = (
    *(zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError),
    *(zlib.error, lzma.LZMAError, EOFError),
)


def is_zip(content: File[Any]) -> bool:
    """Whether the first bytes are those of a ZIP archive, including an empty one."""
    content.seek(0)
    magic = content.read(4)
    content.seek(0)
    return magic in (b"PK\x03\x04", b"PK\x05\x06")


def unpacked(
    files: Iterable[BatchFile], *, max_bytes: int, count: int = 0, size: int = 0
) -> Iterator[BatchFile]:
    """The files, with archives replaced by their contents.

    max_bytes: limit of one file. count, size: files and bytes that the batch already has. Raises
    OcrError for the batch as a whole: bad_archive, too_many_files, file_too_large.
    """
    for file in files:
        inside: Iterable[BatchFile] = [file]
        if file.content and is_zip(file.content):
            inside = files_of_zip(file.content, max_bytes=max_bytes)
        for one in inside:
            count += 1
            size += one.content.size if one.content else 0
            check_limits(count=count, size=size)
            yield one


def files_of_zip(content: File[Any], *, max_bytes: int) -> Iterator[BatchFile]:
    """The archive's files in order, one open at a time; skips folders and hidden files.

    max_bytes: limit of one file. An unreadable file comes with its error. Raises OcrError:
    bad_archive, too_many_files, file_too_large for the archive as a whole.
    """
    try:
        with zipfile.ZipFile(_Archive(content)) as archive:
            entries = [entry for entry in archive.infolist() if not _is_passed_over(entry)]
            check_limits(count=len(entries), size=sum(entry.file_size for entry in entries))
            for entry in entries:
                yield _file(archive, entry, max_bytes)
    except DAMAGED:
        raise OcrError("bad_archive", "The ZIP archive is damaged.") from None


class _Archive:
    """Limits the archive's directory, which zipfile reads in one piece before entries can be
    counted.

    Millions of entries, which may be mere folders, would take gigabytes of memory.
    """

    def __init__(self, content: File[Any]) -> None:
        self.content = content

    def __getattr__(self, name: str) -> Any:
        return getattr(self.content, name)

    def read(self, size: int = -1) -> Any:
        if size > DIRECTORY_BYTES * settings.BATCH_MAX_FILES:
            raise too_many()
        return self.content.read(size)


def _is_passed_over(entry: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(entry.filename).parts
    if not parts or entry.filename.endswith("/"):
        return True
    return "__MACOSX" in parts or any(part.startswith(".") for part in parts)


def _file(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, max_bytes: int) -> BatchFile:
    try:
        return BatchFile(entry.filename, _unpack(archive, entry, max_bytes))
    except OcrError as refusal:
        error = refusal
    except DAMAGED:
        error = OcrError("bad_archive", "The file is damaged inside the archive.")
    except RuntimeError:  # raised by zipfile for a missing password
        error = OcrError("password_required", "The file is encrypted inside the archive.")
    return BatchFile(entry.filename, None, error=error)


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, max_bytes: int) -> File[Any]:
    """Unpacks one file and counts the bytes, since a header may state any size."""
    limit = min(max_bytes, max(IN_MEMORY, entry.compress_size * MAX_RATIO))
    spool = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  closed by who reads it
    size = 0
    with archive.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > limit:
                message = f"The file is larger than {limit / 1e6:g} MB unpacked."
                raise OcrError("file_too_large", message, details={"limit": millions(limit)})
            spool.write(chunk)
    spool.seek(0)
    file = File(spool, name=entry.filename)
    file.size = size
    return file
