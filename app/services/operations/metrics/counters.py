"""What is counted where it happens. Labels have few values: no names, no paths, no ids."""

from __future__ import annotations

from django.conf import settings
from prometheus_client import Counter, Histogram

from .shared import use_shared_files

if not settings.TESTING:  # tests that run side by side would count together, and with a site here
    use_shared_files()

REQUESTS = Counter(
    "onlineocr_requests", "Requests answered, by URL pattern.", ["method", "view", "status"]
)
REQUEST_SECONDS = Histogram(
    "onlineocr_request_seconds",
    "Seconds until a request was answered.",
    ["view"],
    buckets=(0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 60),
)
PAGES = Counter("onlineocr_pages", "Pages read, and why others were not.", ["engine", "outcome"])
PAGE_SECONDS = Histogram(
    "onlineocr_page_seconds",
    "Seconds that reading a page took.",
    ["engine"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120),
)
JOBS = Counter("onlineocr_jobs", "Jobs that ended, by status and error code.", ["status", "code"])
RECOGNIZER_STARTS = Counter(
    "onlineocr_recognizer_starts",
    "Starts of recognizing processes: the first one of each slot, and one after each that died.",
)

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def count_request(*, method: str, view: str, status: int, seconds: float) -> None:
    method = method if method in METHODS else "other"
    REQUESTS.labels(method, view, status).inc()
    REQUEST_SECONDS.labels(view).observe(seconds)


def count_page(*, engine: str, outcome: str, seconds: float) -> None:
    """outcome: "read", or the code of what went wrong."""
    PAGES.labels(engine, outcome).inc()
    if outcome == "read":
        PAGE_SECONDS.labels(engine).observe(seconds)


def count_job(*, status: str, code: str) -> None:
    JOBS.labels(status, code).inc()


def count_recognizer_start() -> None:
    RECOGNIZER_STARTS.inc()
