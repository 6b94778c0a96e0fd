"""Request bodies of unknown length (Transfer-Encoding: chunked), where no nginx gathers them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile
from typing import Any

SPOOL_BYTES = 1_000_000
READ_SECONDS = 60

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class ChunkedInput:
    """Gives a WSGI application such a body with its length; Django reads none without it.

    read_chunk: takes a time limit in seconds; the next piece of the body, b"" at its end, and
    OSError when the client is gone (uWSGI's chunked_read). max_bytes: beyond it the answer is 413.
    """

    def __init__(
        self, application: Application, read_chunk: Callable[[int], bytes], max_bytes: int
    ) -> None:
        self.application = application
        self.read_chunk = read_chunk
        self.max_bytes = max_bytes

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if not _is_chunked(environ):
            return self.application(environ, start_response)
        body = SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115  lives with the request
        try:
            while chunk := self.read_chunk(READ_SECONDS):
                body.write(chunk)
                if body.tell() > self.max_bytes:
                    return _refuse(start_response, "413 Content Too Large")
        except OSError:
            return _refuse(start_response, "400 Bad Request")
        environ["CONTENT_LENGTH"] = str(body.tell())
        environ["wsgi.input"] = body
        body.seek(0)
        return self.application(environ, start_response)


def _is_chunked(environ: dict[str, Any]) -> bool:
    """nginx passes the header on, but with the length of the body that it gathered."""
    chunked = environ.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked"
    return chunked and not environ.get("CONTENT_LENGTH")


def _refuse(start_response: Any, status: str) -> Iterable[bytes]:
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", "0")])
    return [b""]
