"""`api_key` and `user_id` through the development server; app/tests/stack has the others."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import httpx
import pytest
from django.core.servers.basehttp import WSGIRequestHandler

from app.management.old_headers import OldHeadersServer


@pytest.fixture
def url() -> Iterator[str]:
    """A server that answers with the credentials it was given."""

    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        seen = (environ.get(name, "") for name in ("HTTP_API_KEY", "HTTP_USER_ID", "HTTP_X_ODD"))
        return [" ".join(seen).encode()]

    server = OldHeadersServer(("127.0.0.1", 0), WSGIRequestHandler)
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("sign", ["_", "-"])
def test_both_spellings_arrive(url, sign):
    answer = httpx.get(url, headers={f"api{sign}key": "k", f"user{sign}id": "u"})
    assert answer.text == "k u "


def test_other_names_with_underscores_stay_dropped(url):
    assert httpx.get(url, headers={"x_odd": "x"}).text == "  "
