"""Senders of wake-ups: datagrams to this machine's sockets, PostgreSQL's NOTIFY to others.

Sockets are in RUN_DIR/wakeup; `subscribe` has the receivers, `postgres_bridge` forwards
notifications of other machines.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

QUEUE = "queue"  # the name of the sockets of workers
QUEUED, ENDED = "ocr_job_queued", "ocr_job_ended"  # PostgreSQL's channels


def job_queued() -> None:
    """Wakes workers when the transaction is committed."""
    _notify_machines(QUEUED)
    transaction.on_commit(lambda: notify(QUEUE))


def job_ended(job_id: UUID) -> None:
    """Wakes processes that wait for this job when the transaction is committed."""
    _notify_machines(ENDED, str(job_id))
    transaction.on_commit(lambda: notify(job_socket(job_id)))


def job_socket(job_id: UUID) -> str:
    """The name of sockets that wait for this job: the random half of its id, to keep paths
    short."""
    return job_id.hex[16:]


def notify(name: str) -> None:
    """Wakes every socket of that name on this machine; removes sockets of dead processes."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as datagrams:
        datagrams.setblocking(False)
        for path in socket_folder().glob(f"{name}*"):
            _send(datagrams, path)


def socket_folder() -> Path:
    folder = Path(settings.RUN_DIR) / "wakeup"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _send(datagrams: socket.socket, path: Path) -> None:
    try:
        datagrams.sendto(b"!", os.fspath(path))
    except BlockingIOError:
        pass  # its buffer is already full of wake-ups
    except ConnectionRefusedError:
        path.unlink(missing_ok=True)
    except FileNotFoundError:
        pass  # it was closed meanwhile


def _notify_machines(channel: str, payload: str = "") -> None:
    """Notifies other machines. PostgreSQL sends it at the commit; does nothing on SQLite."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [channel, payload])
