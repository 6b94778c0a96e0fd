"""Numbers for Prometheus: counted in shared files by every process, or read from the database."""

from .counters import count_job, count_recognizer_start, count_request
from .exposition import CONTENT_TYPE, exposition
from .reader import MeasuredReader

__all__ = [
    "CONTENT_TYPE",
    "MeasuredReader",
    "count_job",
    "count_recognizer_start",
    "count_request",
    "exposition",
]
