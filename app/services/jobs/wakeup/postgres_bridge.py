"""Bridge from PostgreSQL's NOTIFY to this machine's sockets: a thread in each waiting process."""

from __future__ import annotations

import logging
import threading
import time
from uuid import UUID

from django.db import Error, connection

from .notify import ENDED, QUEUE, QUEUED, job_socket, notify

logger = logging.getLogger(__name__)

RECONNECT_SECONDS = 2

_start = threading.Lock()
_thread: threading.Thread | None = None


def ensure_started() -> None:
    """Starts this process's thread unless it is running; a forked process needs its own."""
    global _thread  # noqa: PLW0603  one per process
    if connection.vendor != "postgresql":
        return
    with _start:
        if _thread is None or not _thread.is_alive():
            _thread = threading.Thread(target=_run, name="postgres-bridge", daemon=True)
            _thread.start()


def _run() -> None:
    while True:
        try:
            _listen()
        except Error as error:
            logger.warning("no wake-ups from other machines: %s", error)
            connection.close()
            time.sleep(RECONNECT_SECONDS)


def _listen() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {QUEUED}")
        cursor.execute(f"LISTEN {ENDED}")
    with connection.wrap_database_errors:
        for notice in connection.connection.notifies():
            notify(QUEUE if notice.channel == QUEUED else job_socket(UUID(notice.payload)))
