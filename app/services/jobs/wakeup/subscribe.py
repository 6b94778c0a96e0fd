"""Receivers of wake-ups: UNIX datagram sockets that wake a process within microseconds."""

from __future__ import annotations

import logging
import os
import secrets
import select
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

from .notify import notify, socket_folder

logger = logging.getLogger(__name__)

# Seconds between polls if there is no socket, because its path exceeds the system's 107 bytes.
FALLBACK_POLL = 0.05


class WakeupSocket:
    """A named socket. Several threads may wait on it; a wake-up is for one of them."""

    def __init__(self, name: str) -> None:
        self.path = socket_folder() / f"{name}.{secrets.token_hex(3)}"
        self.socket: socket.socket | None = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        try:
            self.socket.bind(os.fspath(self.path))
        except OSError as error:
            logger.warning("no wake-up socket at %s (%s): polling instead", self.path, error)
            self.socket.close()
            self.socket = None

    def wait(self, seconds: float) -> None:
        """Returns at the next wake-up, or after that time."""
        if self.socket is None:
            select.select([], [], [], min(seconds, FALLBACK_POLL))
            return
        deadline = time.monotonic() + seconds
        while select.select([self.socket], [], [], max(0.0, deadline - time.monotonic()))[0]:
            try:
                self.socket.recv(1)
            except BlockingIOError:
                continue  # another thread took it
            return

    def notify(self) -> None:
        """Wakes one of the threads that wait on this socket."""
        if self.socket is not None:
            notify(self.path.name)

    def close(self) -> None:
        if self.socket is not None:
            self.socket.close()
            self.path.unlink(missing_ok=True)


@contextmanager
def subscribe(name: str) -> Iterator[WakeupSocket]:
    """A socket that is closed at the end of the block."""
    receiver = WakeupSocket(name)
    try:
        yield receiver
    finally:
        receiver.close()
