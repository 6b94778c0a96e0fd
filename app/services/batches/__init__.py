"""Many files in one request: each becomes a job of its own, and one bad file sinks no other."""

from .archives import is_zip
from .create import add, create
from .files import BatchFile
from .status import cancel, detailed, finished_jobs, retry
from .wait import wait

__all__ = [
    "BatchFile",
    "add",
    "cancel",
    "create",
    "detailed",
    "finished_jobs",
    "is_zip",
    "retry",
    "wait",
]
