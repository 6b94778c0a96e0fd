"""Numbers for Prometheus: counted in shared files by every process, or read from the database."""

from .counters import count_job, count_page, count_recognizer_start, count_request
from .exposition import CONTENT_TYPE, exposition

__all__ = [
    "CONTENT_TYPE",
    "count_job",
    "count_page",
    "count_recognizer_start",
    "count_request",
    "exposition",
]
