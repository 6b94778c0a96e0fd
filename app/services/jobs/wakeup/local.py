"""Wakes processes of this machine within microseconds: UNIX datagram sockets in RUN_DIR/bell.

A bell is a hint and carries no news: whoever hears it looks at the database. A lost ring costs at
most the listener's poll interval.
"""

from __future__ import annotations

import logging
import os
import secrets
import select
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings

logger = logging.getLogger(__name__)

QUEUE = "queue"
# Without a socket (a path beyond the system's 107 bytes) the listener looks this often, in seconds.
DEAF_POLL = 0.05


class Bell:
    """Listens under a name; several threads may wait on one bell, a ring wakes one of them."""

    def __init__(self, name: str) -> None:
        self.path = _folder() / f"{name}.{secrets.token_hex(3)}"
        self.socket: socket.socket | None = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        try:
            self.socket.bind(os.fspath(self.path))
        except OSError as error:
            logger.warning("no bell at %s (%s): polling instead", self.path, error)
            self.socket.close()
            self.socket = None

    def wait(self, seconds: float) -> None:
        """Returns at the next ring, or after that time."""
        if self.socket is None:
            select.select([], [], [], min(seconds, DEAF_POLL))
            return
        deadline = time.monotonic() + seconds
        while select.select([self.socket], [], [], max(0.0, deadline - time.monotonic()))[0]:
            try:
                self.socket.recv(1)
            except BlockingIOError:
                continue  # another thread heard it
            return

    def ring(self) -> None:
        """Wakes one of the threads that wait here."""
        if self.socket is not None:
            ring(self.path.name)

    def close(self) -> None:
        if self.socket is not None:
            self.socket.close()
            self.path.unlink(missing_ok=True)


@contextmanager
def listening(name: str) -> Iterator[Bell]:
    bell = Bell(name)
    try:
        yield bell
    finally:
        bell.close()


def job_bell(job_id: UUID) -> str:
    """The name under which waiters for this job listen: its random half keeps the path short."""
    return job_id.hex[16:]


def ring(name: str) -> None:
    """Wakes everybody who listens under that name; removes what dead processes left behind."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.setblocking(False)
        for path in _folder().glob(f"{name}*"):
            _send(sender, path)


def _send(sender: socket.socket, path: Path) -> None:
    try:
        sender.sendto(b"!", os.fspath(path))
    except BlockingIOError:
        pass  # rings are already waiting there
    except ConnectionRefusedError:
        path.unlink(missing_ok=True)
    except FileNotFoundError:
        pass  # stopped listening meanwhile


def _folder() -> Path:
    folder = Path(settings.RUN_DIR) / "bell"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
