"""Metrics for Prometheus: counters in files that all processes share, gauges from the database.

`exposition` is imported by its own name: it needs the models, and the counters must not.
"""

from .counters import count_job, count_page, count_recognizer_start, count_request
from .shared_files import patch_prometheus

__all__ = [
    "count_job",
    "count_page",
    "count_recognizer_start",
    "count_request",
    "patch_prometheus",
]
