"""Taking in files: size and type are checked here, before anything decodes them."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import PurePath

from django.contrib.auth.models import User
from django.core.files.base import File
from django.db import DatabaseError

from app.models import Upload
from app.ocr.errors import OcrError
from app.ocr.images import ACCEPTED, HEAD_BYTES, require_media_type


def new_visitor() -> str:
    """A secret that an anonymous sender shows to see their own uploads: 32 random bytes."""
    return secrets.token_urlsafe(32)


def store(
    *, content: File[bytes], name: str, owner: User | None, visitor: str = "", max_bytes: int
) -> Upload:
    """The stored file with its row. The type is read from the bytes, never from the name.

    Raises OcrError: empty_file, unsupported_type, file_too_large.
    """
    check_size(content.size or 0, max_bytes)
    media_type = require_media_type(_head(content))
    upload = Upload(
        name=clean_name(name),
        media_type=media_type,
        size=content.size,
        sha256=sha256_of(content),
        owner=owner,
        visitor="" if owner else visitor,
    )
    upload.file.save(f"upload{ACCEPTED[media_type].extensions[0]}", content, save=False)
    try:
        upload.save(force_insert=True)
    except DatabaseError:
        upload.file.delete(save=False)
        raise
    return upload


def check_size(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise OcrError(
            "file_too_large",
            f"The file has {size / 1e6:.1f} MB; the limit is {max_bytes / 1e6:g} MB. "
            "Send a smaller one, or sign in where accounts may send more.",
        )


def clean_name(name: str) -> str:
    """The last path part without control characters, at most 255 characters, the suffix kept."""
    name = PurePath(name.replace("\\", "/")).name
    name = "".join(char for char in name if char.isprintable()).strip()
    if len(name) <= 255:
        return name
    suffix = PurePath(name).suffix[:20]
    return name[: 255 - len(suffix)] + suffix


def _head(content: File[bytes]) -> bytes:
    content.seek(0)
    head: bytes = content.read(HEAD_BYTES)
    content.seek(0)
    return head


def sha256_of(content: File[bytes]) -> str:
    """Hexadecimal digest of all bytes; the file stands at its beginning afterwards."""
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest()
