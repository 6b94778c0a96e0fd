"""Batches: many files in one request. Each becomes a job of its own and fails on its own."""

from .archives import is_zip
from .create import BatchRequest, add, create
from .files import BatchFile
from .status import cancel, detailed, finished_jobs, retry, wait

__all__ = [
    "BatchFile",
    "BatchRequest",
    "add",
    "cancel",
    "create",
    "detailed",
    "finished_jobs",
    "is_zip",
    "retry",
    "wait",
]
