"""Counters and timers. Their labels have few values: no names, paths or ids."""

from __future__ import annotations

from functools import cache

from prometheus_client import Counter, Histogram

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

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def count_request(*, method: str, view: str, status: int, seconds: float) -> None:
    method = method if method in METHODS else "other"
    REQUESTS.labels(method, view, status).inc()
    REQUEST_SECONDS.labels(view).observe(seconds)


def count_page(*, engine: str, outcome: str, seconds: float) -> None:
    """Counts a page. outcome: "read", or the code of the error."""
    PAGES.labels(engine, outcome).inc()
    if outcome == "read":
        PAGE_SECONDS.labels(engine).observe(seconds)


def count_job(*, status: str, code: str) -> None:
    JOBS.labels(status, code).inc()


def count_recognizer_start() -> None:
    _recognizer_starts().inc()


@cache
def _recognizer_starts() -> Counter:
    """Made on first use, because a counter without labels opens its file at once, before the
    patch."""
    return Counter(
        "onlineocr_recognizer_starts",
        "Starts of recognizing processes: the first one of each slot, "
        "and one after each that died.",
    )
