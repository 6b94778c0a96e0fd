"""Bodies without nginx: the unread rest is consumed before the connection closes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from app.http.bodies.wsgi import RequestBodies


class Refusal:
    """A WSGI application that answers without reading; records what was read by its end."""

    def __init__(self, body: BytesIO) -> None:
        self.body = body
        self.read_at_close: int | None = None

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return self

    def __iter__(self) -> Iterator[bytes]:
        return iter([b"refused"])

    def close(self) -> None:
        self.read_at_close = self.body.tell()


def no_chunks(seconds: int) -> bytes:
    return b""


def answered(application: Any, body: BytesIO, length: int) -> Any:
    environ = {"CONTENT_LENGTH": str(length), "wsgi.input": body}
    return RequestBodies(application, no_chunks)(environ, None)


def test_unread_body_is_read_after_the_answer():
    body = BytesIO(bytes(1_000_000))
    application = Refusal(body)
    answer = answered(application, body, 1_000_000)
    assert list(answer) == [b"refused"]
    assert body.tell() == 0  # a client that waits for the answer gets it first
    answer.close()
    assert application.read_at_close == 0
    assert body.tell() == 1_000_000


def test_request_without_a_body_is_left_alone():
    application = Refusal(BytesIO())
    assert answered(application, BytesIO(), 0) is application


def test_client_that_went_away_is_no_error():
    class Gone(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError("timed out")

    body = Gone()
    answered(Refusal(body), body, 10).close()


def test_length_that_is_no_number_is_refused():
    started: list[str] = []
    application = RequestBodies(Refusal(BytesIO()), no_chunks)
    environ = {"CONTENT_LENGTH": "many", "wsgi.input": BytesIO()}
    assert application(environ, lambda status, headers: started.append(status))
    assert started == ["400 Bad Request"]


def test_too_long_a_body_is_refused_without_reading_it():
    started: list[str] = []
    body = BytesIO(b"x")
    application = RequestBodies(Refusal(body), no_chunks)
    environ = {"CONTENT_LENGTH": str(300 * 1024 * 1024), "wsgi.input": body}
    assert application(environ, lambda status, headers: started.append(status))
    assert started == ["413 Content Too Large"]
    assert body.tell() == 0
