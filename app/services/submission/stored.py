"""Files that callers store first and submit later by id.

They are uploads without a job, which retention deletes after an hour.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.core.files.base import ContentFile, File
from django.db.models import QuerySet
from django.utils import timezone

from app.models import Upload
from app.models.ids import parsed_id
from app.ocr.errors import OcrError
from app.services.history import entries
from app.services.limits.caller import Caller

from . import uploads

SALT = "app.services.submission.stored"
NOT_FOUND = OcrError("not_found", "There is no such file.")


def store(*, file: File[bytes], name: str, caller: Caller) -> tuple[str, Upload]:
    """Stores a file. Returns its id, and its row. Without an account, the id gives access to it.

    Raises OcrError: empty_file, unsupported_type, file_too_large.
    """
    secret = str(uuid.uuid4())
    owner = caller.owner
    upload = uploads.store(
        content=file,
        name=name,
        owner=owner,
        visitor=secret,
        max_bytes=uploads.max_bytes(owner),
    )
    return (str(upload.pk) if owner else secret), upload


def find(*, file_id: str, caller: Caller) -> Upload:
    """Raises OcrError(not_found)."""
    known = parsed_id(file_id)
    if known is None:
        raise NOT_FOUND
    stored = Upload.objects.filter(jobs=None)
    if caller.owner:
        found = stored.filter(owner=caller.owner, pk=known)
    else:
        found = stored.belonging_to(caller.user, str(known))
    upload: Upload | None = found.first()
    if upload is None:
        raise NOT_FOUND
    return upload


def owned_by(*, caller: Caller) -> QuerySet[Upload]:
    """The account's files, newest first; none for visitors, who need the ids."""
    if caller.owner is None:
        return Upload.objects.none()
    return Upload.objects.filter(jobs=None, owner=caller.owner).order_by("-created_at", "-pk")


def delete(*, upload: Upload) -> None:
    entries.delete_uploads(uploads=[upload])


def signed(*, upload: Upload, hours: int) -> str:
    """A token that gives access to the file for that time without a key."""
    until = timezone.now() + timedelta(hours=hours)
    return signing.dumps([str(upload.pk), until.timestamp()], salt=SALT, compress=False)


def by_token(*, token: str) -> Upload:
    """The file of a token. Raises OcrError(not_found) for a forged or expired token."""
    try:
        pk, until = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise NOT_FOUND from None
    upload: Upload | None = Upload.objects.filter(pk=pk, jobs=None).first()
    if upload is None or timezone.now() > datetime.fromtimestamp(until, UTC):
        raise NOT_FOUND
    return upload


def content(*, upload: Upload) -> ContentFile[bytes]:
    """The bytes with the file's name; if submitted, they become an upload of their own."""
    with upload.file.open() as stream:
        return ContentFile(stream.read(), name=upload.name)
