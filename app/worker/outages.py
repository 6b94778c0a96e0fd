"""What passes by itself: workers go on, with one line in the log in place of a traceback."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError

from app.media_storage import BUCKET_ERRORS

# A full or unplugged disk among them: every slot and chore would fill it further each second.
OUTAGES: tuple[type[Exception], ...] = (
    OSError,
    OperationalError,
    InterfaceError,
    *BUCKET_ERRORS,
)
