"""Rings the bells of other machines: PostgreSQL's NOTIFY, passed on to local bells by a thread."""

from __future__ import annotations

import logging
import threading
import time
from uuid import UUID

from django.db import Error, connection

from . import local

logger = logging.getLogger(__name__)

QUEUED, ENDED = "ocr_job_queued", "ocr_job_ended"
RECONNECT_SECONDS = 2

_start = threading.Lock()
_thread: threading.Thread | None = None


def notify(channel: str, payload: str = "") -> None:
    """Part of the transaction: PostgreSQL sends it at the commit. Nothing on other databases."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [channel, payload])


def ensure_started() -> None:
    """Starts this process's relay thread unless it runs; a forked process needs its own."""
    global _thread  # noqa: PLW0603  one per process
    if connection.vendor != "postgresql":
        return
    with _start:
        if _thread is None or not _thread.is_alive():
            _thread = threading.Thread(target=_run, name="relay", daemon=True)
            _thread.start()


def _run() -> None:
    while True:
        try:
            _listen()
        except Error as error:
            logger.warning("relay: %s", error)
            connection.close()
            time.sleep(RECONNECT_SECONDS)


def _listen() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {QUEUED}")
        cursor.execute(f"LISTEN {ENDED}")
    with connection.wrap_database_errors:
        for notice in connection.connection.notifies():
            if notice.channel == QUEUED:
                local.ring(local.QUEUE)
            else:
                local.ring(local.job_bell(UUID(notice.payload)))
