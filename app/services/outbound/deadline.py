"""Deadline of a whole connection; httpx's own timeouts restart with every byte."""

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
    """A `trace` for httpcore that shuts the connection down at `deadline` (time.monotonic()).

    A read then returns the end of the stream, even in the middle of the headers.
    """
    with ExitStack() as ends:

        def trace(event: str, info: dict[str, Any]) -> None:
            if event == "connection.connect_tcp.complete":
                opened = info["return_value"].get_extra_info("socket")
                # A duplicate of the descriptor stays valid after TLS has taken over the socket.
                connection = ends.enter_context(opened.dup())
                timer = threading.Timer(deadline - time.monotonic(), _shut, [connection])
                timer.daemon = True
                timer.start()
                ends.callback(timer.cancel)

        yield trace


def _shut(connection: socket.socket) -> None:
    with suppress(OSError):  # already closed by the other side
        connection.shutdown(socket.SHUT_RDWR)
