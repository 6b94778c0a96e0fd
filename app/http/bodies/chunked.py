"""Chunked bodies for Django's development server, which would read them as empty."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO

from app.http.bodies.wsgi import MAX_BYTES, SPOOL_BYTES

LINE_BYTES = 1000


class ChunkedBodies:
    """Mix-in for request handlers of http.server: buffers a chunked body, so that it has a
    length."""

    rfile: Any
    headers: Any

    def handle_one_request(self) -> None:
        connection = self.rfile
        super().handle_one_request()  # type: ignore[misc]
        self.rfile = connection  # the next request follows the body

    def parse_request(self) -> bool:
        if not super().parse_request():  # type: ignore[misc]
            return False
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return True
        body = SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115  lives with the request
        try:
            gather(self.rfile, body)
        except ValueError as error:
            self.send_error(400, str(error))  # type: ignore[attr-defined]
            return False
        del self.headers["Transfer-Encoding"]
        self.headers["Content-Length"] = str(body.tell())
        body.seek(0)
        self.rfile = body
        return True


def gather(stream: BinaryIO, body: Any) -> None:
    """The decoded body (RFC 9112, 7.1). Raises ValueError for a body that is not chunked or exceeds
    MAX_BYTES."""
    while size := _chunk_size(stream):
        if body.tell() + size > MAX_BYTES:
            raise ValueError("The request is too large.")
        body.write(stream.read(size))
        stream.readline(LINE_BYTES)
    while stream.readline(LINE_BYTES).strip():
        pass  # trailers


def _chunk_size(stream: BinaryIO) -> int:
    size = int(stream.readline(LINE_BYTES).partition(b";")[0], 16)
    if size < 0:
        raise ValueError("The size of a chunk is negative.")
    return size
