"""Clients that send slowly or incompletely are cut off, and no other client notices."""

from __future__ import annotations

import contextlib
import re
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest

from app.tests.factories import text_png

from .site import Site

pytestmark = pytest.mark.stack

# nginx's settings, instead of those in nginx.conf.
TIMEOUT_SECONDS = 1
THREADS = 4
LIMIT_SECONDS = 300
BODY = b"x" * 1000
HEADERS = (
    b"POST /api/ocr/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
    b"Content-Length: %d\r\n\r\n"
)


@pytest.fixture
def quick_site(stopped_site: Site) -> Site:
    """A site behind nginx, with few threads and short time-outs."""
    conf = stopped_site.folder / "nginx.conf"
    text, count = re.subn(
        r"(client_(?:header|body)_timeout) \d+s;", rf"\1 {TIMEOUT_SECONDS}s;", conf.read_text()
    )
    assert count == 2
    conf.write_text(text)
    stopped_site.start(WEB_PROCESSES="1", WEB_THREADS=str(THREADS))
    return stopped_site


def connect(site: Site, *parts: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", site.port), timeout=0.2)
    for part in parts:
        connection.sendall(part)
    return connection


def is_open(connection: socket.socket) -> bool:
    """Reads what has arrived; an unfinished answer means that the connection is open."""
    with contextlib.suppress(TimeoutError):
        try:
            return connection.recv(4096) != b""
        except ConnectionError:
            return False
    return True


def trickle_until_cut_off(site: Site, connection: socket.socket, drop: bytes) -> None:
    """Sends a little at a time, while the site answers others."""
    deadline = time.monotonic() + LIMIT_SECONDS
    while is_open(connection):
        assert time.monotonic() < deadline, "the connection is still open"
        assert httpx.get(f"{site.url}/health/live", timeout=300).status_code == 200
        if drop:
            with contextlib.suppress(ConnectionError):
                connection.sendall(drop)


def stored(site: Site) -> tuple[int, list[str]]:
    """Rows of uploads, and files in media or on their way there."""
    with contextlib.closing(sqlite3.connect(site.folder / "db" / "onlineocr.sqlite3")) as database:
        [[rows]] = database.execute("SELECT count(*) FROM app_upload")
    folders = (site.media, site.folder / "run" / "nginx-body")
    return rows, [path.name for folder in folders for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("stopped_site", ["container"], indirect=True)
def test_slow_clients_are_cut_off_and_hold_no_thread(quick_site: Site) -> None:
    site = quick_site
    with connect(site, b"GET / HTTP/1.1\r\n") as loris:
        trickle_until_cut_off(site, loris, b"X-Header: 1\r\n")
    with connect(site, HEADERS % 10**6, BODY) as silent:
        trickle_until_cut_off(site, silent, b"")
    # More of them than the site has threads, and each sends a little now and then.
    with ExitStack() as connections:
        slow = [
            connections.enter_context(connect(site, HEADERS % 10**6, BODY))
            for _ in range(3 * THREADS)
        ]
        image = {"image": ("a.png", text_png("Others are served"))}
        for connection in slow:
            connection.sendall(BODY)
        answer = httpx.post(f"{site.url}/api/ocr/", files=image, timeout=300)
    assert answer.json()["text"].split() == ["Others", "are", "served"]
    assert stored(site)[0] == 1


def half_requests() -> Iterator[tuple[bytes, bytes]]:
    """Headers and part of the body: plain, as a form, and in chunks."""
    png = text_png()
    yield HEADERS % len(png), png[: len(png) // 2]
    form = b'--b\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n' + png
    yield (
        HEADERS.replace(b"image/png", b"multipart/form-data; boundary=b") % (len(form) + 9),
        form,
    )
    chunked = HEADERS.replace(b"Content-Length: %d", b"Transfer-Encoding: chunked")
    yield chunked, b"%x\r\n%b\r\n" % (len(png), png)


def test_half_an_upload_leaves_nothing(running_site: Site) -> None:
    before = stored(running_site)
    for headers, part in half_requests():
        with connect(running_site, headers, part) as connection:
            connection.shutdown(socket.SHUT_WR)
            answer = b""
            connection.settimeout(LIMIT_SECONDS)
            with contextlib.suppress(ConnectionError):
                while received := connection.recv(4096):
                    answer += received
        assert not answer.startswith(b"HTTP/1.1 2"), answer
        assert not answer.startswith(b"HTTP/1.1 5"), answer
    assert httpx.get(f"{running_site.url}/health/live", timeout=300).status_code == 200
    assert stored(running_site) == before
