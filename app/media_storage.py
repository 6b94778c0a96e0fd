"""Where people's files are: in a folder, whole or not at all, or in a bucket."""

from __future__ import annotations

import os
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import FileSystemStorage

# What a bucket that is away raises; a folder raises OSError.
BUCKET_ERRORS: tuple[type[Exception], ...] = ()
if settings.MEDIA_S3_BUCKET:
    from botocore.exceptions import BotoCoreError, ClientError

    BUCKET_ERRORS = (BotoCoreError, ClientError)


class WholeFileStorage(FileSystemStorage):
    """Writes under another name first: a full disk or a power cut must not leave half an export."""

    def _save(self, name: str, content: Any) -> str:
        draft = f"{name}.{uuid4().hex}.part"
        try:
            super()._save(draft, content)  # type: ignore[misc]
            os.replace(self.path(draft), self.path(name))
        except OSError:
            self.delete(draft)
            raise
        return name
