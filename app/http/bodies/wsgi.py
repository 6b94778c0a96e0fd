"""Request bodies of known and limited length for Django, if no nginx provides them.

They are read to the end: a client that is still sending when the connection closes sees a broken
pipe instead of the answer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO

MAX_BYTES = 200 * 1024 * 1024  # as client_max_body_size in nginx.conf
SPOOL_BYTES = 1_000_000
READ_SECONDS = 60
DRAIN_SECONDS = 30
DRAIN_BYTES = 65_536

TOO_LARGE = b'{"detail": "The request is larger than 200 MB.", "code": "file_too_large"}'
CUT_SHORT = b'{"detail": "The request ended early.", "code": "parse_error"}'
NO_LENGTH = b'{"detail": "The Content-Length is not a number.", "code": "parse_error"}'

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class RequestBodies:
    """WSGI middleware that buffers chunked bodies and refuses those larger than MAX_BYTES.

    read_chunk: takes a time limit in seconds and returns the next piece of the body, b"" at its
    end; raises OSError if the client has disconnected (uWSGI's chunked_read).
    """

    def __init__(self, application: Application, read_chunk: Callable[[int], bytes]) -> None:
        self.application = application
        self.read_chunk = read_chunk

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        try:
            length = int(environ.get("CONTENT_LENGTH") or 0)
        except ValueError:
            return _refuse(start_response, "400 Bad Request", NO_LENGTH)
        if length > MAX_BYTES:
            return _refuse(start_response, "413 Content Too Large", TOO_LARGE)
        if _is_chunked(environ):
            return self._gathered(environ, start_response)
        answer = self.application(environ, start_response)
        return Drained(answer, environ["wsgi.input"]) if length > 0 else answer

    def _gathered(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """The answer to a request whose chunked body gets a length."""
        body = SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115  lives with the request
        try:
            while chunk := self.read_chunk(READ_SECONDS):
                body.write(chunk)
                if body.tell() > MAX_BYTES:
                    return _refuse(start_response, "413 Content Too Large", TOO_LARGE)
        except OSError:
            return _refuse(start_response, "400 Bad Request", CUT_SHORT)
        environ["CONTENT_LENGTH"] = str(body.tell())
        environ["wsgi.input"] = body
        body.seek(0)
        return self.application(environ, start_response)


class Drained:
    """An answer after which the rest of the request's body is read and discarded."""

    def __init__(self, answer: Iterable[bytes], body: BinaryIO) -> None:
        self.answer = answer
        self.body = body

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.answer)

    def close(self) -> None:
        """Drains the body. The server calls it after the answer was sent, so no client waits for
        it."""
        if hasattr(self.answer, "close"):
            self.answer.close()
        deadline = time.monotonic() + DRAIN_SECONDS
        try:
            while self.body.read(DRAIN_BYTES) and time.monotonic() < deadline:
                pass
        except OSError:
            pass  # the client has disconnected, or is silent


def _is_chunked(environ: dict[str, Any]) -> bool:
    """Whether the body is chunked. nginx forwards the header too, but with the length of the
    body."""
    chunked = environ.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked"
    return chunked and not environ.get("CONTENT_LENGTH")


def _refuse(start_response: Any, status: str, answer: bytes) -> Iterable[bytes]:
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))]
    start_response(status, headers)
    return [answer]
