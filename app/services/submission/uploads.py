"""Uploaded files: checked for size and type before anything decodes them, then stored."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import File
from django.db import DatabaseError

from app.models import Upload
from app.ocr.errors import OcrError, millions
from app.ocr.images import ACCEPTED, HEAD_BYTES, require_media_type, sniff
from app.services.stored_files import clean_name


def max_bytes(owner: User | None) -> int:
    """The largest file that the account, or an anonymous caller, may send."""
    limit: int = settings.ACCOUNT_MAX_BYTES if owner else settings.ANONYMOUS_MAX_BYTES
    return limit


# Types that hold one picture, as produced by cameras and screens.
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/heic", "image/avif"})


def form_max_bytes(content: File[bytes], owner: User | None) -> int:
    """The largest file that the form of the upload page may send, by the file's type.

    A phone's photo has more bytes than a visitor may send, and a browser without scripts cannot
    shrink it. The cost of a picture depends on its pixels, which OCR_MAX_PIXELS limits, so it may
    have as many bytes as an account's. The cost of a document grows with its bytes: a page may take
    only a few kilobytes.
    """
    if sniff(_head(content)) in PICTURES:
        return max(settings.ACCOUNT_MAX_BYTES, max_bytes(owner))
    return max_bytes(owner)


def store(
    *, content: File[bytes], name: str, owner: User | None, visitor: str = "", max_bytes: int
) -> Upload:
    """The stored file with its row. Has the parameters and errors of store_file()."""
    upload = store_file(
        content=content, name=name, owner=owner, visitor=visitor, max_bytes=max_bytes
    )
    try:
        upload.save(force_insert=True)
    except DatabaseError:
        upload.file.delete(save=False)
        raise
    return upload


def store_file(
    *, content: File[bytes], name: str, owner: User | None, visitor: str = "", max_bytes: int
) -> Upload:
    """The stored file with an unsaved row; the caller must save the row or delete the file.

    The type is read from the bytes, never from the name. max_bytes: largest accepted size. Raises
    OcrError: empty_file, unsupported_type, file_too_large.
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
    return upload


def check_size(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        more = max_bytes < settings.ACCOUNT_MAX_BYTES
        raise OcrError(
            "file_too_large",
            f"The file has {size / 1e6:.1f} MB; the limit is {max_bytes / 1e6:g} MB. "
            f"Send a smaller one{', or sign in, as accounts may send more' if more else ''}.",
            details={"size": millions(size), "limit": millions(max_bytes)},
        )


def _head(content: File[bytes]) -> bytes:
    content.seek(0)
    head: bytes = content.read(HEAD_BYTES)
    content.seek(0)
    return head


def sha256_of(content: File[bytes]) -> str:
    """Hexadecimal digest of all bytes; rewinds the file."""
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest()
