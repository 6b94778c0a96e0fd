"""The SSRF guard: whatever the URL, connections go only to public and allowed hosts."""

from __future__ import annotations

import http.server
import ipaddress
import socket
import threading
import time
from contextlib import suppress

import pytest

from app.ocr.errors import OcrError
from app.services import outbound
from app.services.outbound.addresses import is_public


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.seen.append((self.path, self.headers["Host"]))
        if self.path == "/slow":
            time.sleep(2)
        status, headers, body = self.server.answers.get(self.path, (200, {}, b"hello"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(BrokenPipeError):  # for a caller that gave up
            self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.seen, server.answers = [], {}
        server.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def names(monkeypatch):
    """Host names of the test, in addition to real addresses."""
    table: dict[str, str] = {}
    original = socket.getaddrinfo

    def getaddrinfo(host, port, *args, **kwargs):
        return original(table.get(host, host), port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return table


def get(url: str, **limits) -> outbound.Answer:
    return outbound.request("GET", url, **{"max_bytes": 1000, "seconds": 5, **limits})


def code_of(url: str, **limits) -> str:
    with pytest.raises(OcrError) as caught:
        get(url, **limits)
    return caught.value.code


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "gopher://example.com/",
        "http://",
        "//example.com/x",
        "http://user:password@example.com/",
        "http://example.com:99999/",
        "http://8.8.8.8/a\x01b",
        "http://8.8.8.8/half-a-character-\ud800",
        pytest.param(f"http://8.8.8.8/{70_000 * 'a'}", id="70,000 letters"),
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.0.0.1/",
        "http://0.0.0.0/",
        "http://10.1.2.3/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fe80::1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fec0::1]/",
        "http://[fd00:ec2::254]/",
        "http://192.0.0.192/opc/v2/",
        "http://localhost/",
        "http://localhost./",
        "http://a..example/",
    ],
)
def test_url_that_must_not_be_called(url):
    assert code_of(url) == "bad_url"


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_addresses(address):
    assert is_public(ipaddress.ip_address(address))


def test_name_that_points_inside_is_refused_and_never_called(server, names):
    names["rebinding.example"] = "127.0.0.1"
    assert code_of(f"http://rebinding.example:{server.server_port}/") == "bad_url"
    assert server.seen == []


def test_allowed_host_is_called_by_the_address_that_was_checked(server, names, settings):
    names["inside.example"] = "127.0.0.1"
    settings.OUTBOUND_ALLOWED_HOSTS = ["Inside.example"]
    answer = get(f"http://inside.example:{server.server_port}/a?b=c")
    assert (answer.status, answer.body) == (200, b"hello")
    assert server.seen == [("/a?b=c", f"inside.example:{server.server_port}")]


def test_host_in_other_letters_is_called_as_dns_has_it(server, names, settings):
    names["xn--bcher-kva.example"] = "127.0.0.1"
    settings.OUTBOUND_ALLOWED_HOSTS = ["bücher.example"]
    get(f"http://Bücher.example:{server.server_port}/ä")
    assert server.seen == [("/%C3%A4", f"xn--bcher-kva.example:{server.server_port}")]


def test_redirect_is_checked_like_the_url_itself(server, names, settings):
    names["inside.example"] = "127.0.0.1"
    settings.OUTBOUND_ALLOWED_HOSTS = ["inside.example"]
    server.answers["/away"] = (302, {"Location": f"{server.url}/secret"}, b"")
    server.answers["/near"] = (302, {"Location": "/there"}, b"")
    base = f"http://inside.example:{server.server_port}"
    assert code_of(f"{base}/away", redirects=3) == "bad_url"
    assert [path for path, _ in server.seen] == ["/away"]
    assert get(f"{base}/near", redirects=3).url == f"{base}/there"
    assert get(f"{base}/near").status == 302


def test_endless_redirects_large_and_slow_answers_have_an_end(server, settings):
    settings.OUTBOUND_ALLOWED_HOSTS = ["127.0.0.1"]
    server.answers["/loop"] = (302, {"Location": "/loop"}, b"")
    server.answers["/large"] = (200, {}, bytes(2000))
    assert code_of(f"{server.url}/loop", redirects=2) == "unreachable_url"
    assert code_of(f"{server.url}/large") == "file_too_large"
    assert code_of(f"{server.url}/slow", seconds=0.3) == "unreachable_url"


def test_headers_that_trickle_have_an_end(settings):
    """Each byte arrives in time, but the answer never ends."""
    settings.OUTBOUND_ALLOWED_HOSTS = ["127.0.0.1"]
    over = threading.Event()

    def trickle(listener):
        connection, _ = listener.accept()
        with connection, suppress(OSError):
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not over.wait(0.05):
                connection.sendall(b"x")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=trickle, args=[listener], daemon=True)
        thread.start()
        giving_up = threading.Timer(60, over.set)
        giving_up.start()
        assert code_of(f"http://127.0.0.1:{listener.getsockname()[1]}/", seconds=0.5) == (
            "unreachable_url"
        )
        assert not over.is_set(), "the server gave up first"
        giving_up.cancel()
        over.set()
        thread.join()


def test_nobody_there():
    assert code_of("http://no-such-host.invalid/") == "unreachable_url"
