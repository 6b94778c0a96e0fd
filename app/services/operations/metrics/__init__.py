"""Metrics for Prometheus: counters in files that all processes share, gauges from the database.

Import `exposition` directly: it needs the models, which the counters must not need.
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
