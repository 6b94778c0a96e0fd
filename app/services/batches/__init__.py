"""Many files in one request: each becomes a job of its own, and one bad file sinks no other."""

from .archives import check_limits, files_of_zip, is_zip
from .creating import cancel, create
from .files import BatchFile

__all__ = ["BatchFile", "cancel", "check_limits", "create", "files_of_zip", "is_zip"]
