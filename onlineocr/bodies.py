"""Request bodies as Django wants them, where no nginx sees to it: of known length and bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile
from typing import Any

MAX_BYTES = 200 * 1024 * 1024  # as client_max_body_size in nginx.conf
SPOOL_BYTES = 1_000_000
READ_SECONDS = 60

TOO_LARGE = b'{"detail": "The request is larger than 200 MB.", "code": "file_too_large"}'
CUT_SHORT = b'{"detail": "The request ended early.", "code": "bad_request"}'

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class RequestBodies:
    """WSGI middleware. Gathers chunked bodies, and refuses what is larger than MAX_BYTES.

    read_chunk: takes a time limit in seconds and gives the next piece of the body, b"" at its end;
    raises OSError when the client is gone (uWSGI's chunked_read).
    """

    def __init__(self, application: Application, read_chunk: Callable[[int], bytes]) -> None:
        self.application = application
        self.read_chunk = read_chunk

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if int(environ.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
            return _refuse(start_response, "413 Content Too Large", TOO_LARGE)
        if not _is_chunked(environ):
            return self.application(environ, start_response)
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


def _is_chunked(environ: dict[str, Any]) -> bool:
    """nginx passes the header on, but with the length of the body that it gathered."""
    chunked = environ.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked"
    return chunked and not environ.get("CONTENT_LENGTH")


def _refuse(start_response: Any, status: str, answer: bytes) -> Iterable[bytes]:
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))]
    start_response(status, headers)
    return [answer]
