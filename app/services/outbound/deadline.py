"""An end to connections that never end: httpx's own limits begin anew with every byte."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

Trace = Callable[[str, dict[str, Any]], None]


@contextmanager
def cut_off_at(deadline: float) -> Iterator[Trace]:
    """A `trace` for httpcore, by which a connection is shut down at that time (time.monotonic()).

    Whoever reads from it finds its end then, also in the middle of the headers.
    """
    with ExitStack() as ends:

        def trace(event: str, about: dict[str, Any]) -> None:
            if event == "connection.connect_tcp.complete":
                opened = about["return_value"].get_extra_info("socket")
                # A copy of the handle is still good when TLS has taken the socket over.
                connection = ends.enter_context(opened.dup())
                timer = threading.Timer(deadline - time.monotonic(), _shut, [connection])
                timer.daemon = True
                timer.start()
                ends.callback(timer.cancel)

        yield trace


def _shut(connection: socket.socket) -> None:
    with suppress(OSError):  # the other side was first
        connection.shutdown(socket.SHUT_RDWR)
