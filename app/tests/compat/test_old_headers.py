"""Old headers and chunked bodies through the development server; app/tests/stack has the others."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from io import BytesIO

import httpx
import pytest
from django.core.servers.basehttp import WSGIRequestHandler

from app.http.bodies.chunked import gather
from app.management.commands.runserver import Server


@pytest.fixture
def url() -> Iterator[str]:
    """A server that answers with the body that it received, or else the credentials."""

    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        seen = (environ.get(name, "") for name in ("HTTP_API_KEY", "HTTP_USER_ID", "HTTP_X_ODD"))
        return [environ["wsgi.input"].read() or " ".join(seen).encode()]

    server = Server(("127.0.0.1", 0), WSGIRequestHandler)
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("sign", ["_", "-"])
def test_both_spellings_arrive(url, sign):
    answer = httpx.get(url, headers={f"api{sign}key": "k", f"user{sign}id": "u"}, timeout=300)
    assert answer.text == "k u "


def test_other_names_with_underscores_stay_dropped(url):
    assert httpx.get(url, headers={"x_odd": "x"}, timeout=300).text == "  "


def test_chunked_bodies_arrive_one_after_the_other_on_a_connection(url):
    with httpx.Client(timeout=300) as client:
        for pieces in ([b"a" * 70_000, b"b"], [b"second"]):
            answer = client.post(url, content=iter(pieces))
            assert answer.request.headers["Transfer-Encoding"] == "chunked"
            assert answer.content == b"".join(pieces)


@pytest.mark.parametrize("body", [b"x\r\n", b"-5\r\nhello\r\n", b"ffffffffff\r\n"])
def test_what_is_no_chunked_body_is_refused(body):
    with pytest.raises(ValueError, match=r"invalid literal|negative|too large"):
        gather(BytesIO(body), BytesIO())
