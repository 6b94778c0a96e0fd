"""Storage of media in a folder: each file is there as a whole or not at all."""

from __future__ import annotations

import os
from typing import Any
from uuid import uuid4

from django.core.files.storage import FileSystemStorage


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
