"""Requests through the real stack: bodies, headers, static and protected files."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.tests.factories import PASSWORD, text_png

from .site import Site

pytestmark = pytest.mark.stack


@pytest.fixture
def client(running_site: Site) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=running_site.url, timeout=300) as client:
        yield client


def sign_up(client: httpx.Client, name: str) -> dict[str, str]:
    """Headers of a new account; the same again for a name that exists."""
    client.post("/api/register/", json={"username": name, "password": PASSWORD})
    pair = client.post("/api/token_obtain_pair/", json={"username": name, "password": PASSWORD})
    return {"Authorization": f"Bearer {pair.json()['access']}"}


def test_upload_is_read_and_only_its_owner_gets_the_file_back(client, running_site):
    alice, charlie = sign_up(client, "alice"), sign_up(client, "charlie")
    sent = text_png("Protected media")
    read = client.post("/api/ocr/", files={"image": ("a.png", sent)}, headers=alice)
    assert read.status_code == 200, read.text
    assert read.json()["text"].split() == ["Protected", "media"]

    entry = client.get(f"/api/history/{read.json()['id']}/", headers=alice).json()
    mine = client.get(entry["image"], headers=alice)
    assert mine.content == sent
    assert mine.headers["Content-Type"] == "image/png"
    assert mine.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in mine.headers["Content-Security-Policy"]
    assert "X-Accel-Redirect" not in mine.headers
    assert client.get(entry["image"], headers=charlie).status_code == 404
    assert client.get(entry["image"]).status_code in {401, 404}


def test_nobody_gets_stored_files_by_their_path(client, running_site):
    alice = sign_up(client, "alice")
    client.post("/api/ocr/", files={"image": ("a.png", text_png("Path"))}, headers=alice)
    stored = [path for path in running_site.media.rglob("*") if path.is_file()]
    assert stored
    for path in stored:
        url = f"/media/{path.relative_to(running_site.media)}"
        assert client.get(url, headers=alice).status_code == 404


def test_web_processes_do_not_load_the_library_that_writes_pdfs(client, running_site):
    """A process ended by a signal could crash in the destructors of its C++ parts."""
    assert client.get("/api/exports/").status_code == 200  # loads all formats
    commands = running_site.processes()
    web = [pid for pid, command in commands.items() if command.startswith("uwsgi")]
    assert web
    assert not any("pikepdf" in Path(f"/proc/{pid}/maps").read_text() for pid in web)


def test_header_with_underscores_is_no_forwarded_address(client, running_site):
    """/metrics shows whether the site received one.

    WSGI gives both the same name, so without nginx uWSGI forwards either (docs/deploy.md).
    """
    answers = [
        client.get("/metrics", headers={name: "192.0.2.1"}).status_code
        for name in ("X_Forwarded_For", "X-Forwarded-For")
    ]
    assert answers == ([403, 403] if running_site.mode == "serve" else [200, 403])


def test_chunked_body(client):
    def pieces() -> Iterator[bytes]:
        content = text_png("Chunked body")
        for start in range(0, len(content), 1000):
            yield content[start : start + 1000]

    answer = client.post("/api/ocr/", content=pieces(), headers={"Content-Type": "image/png"})
    assert answer.request.headers["Transfer-Encoding"] == "chunked"
    assert answer.status_code == 200, answer.text
    assert answer.json()["text"].split() == ["Chunked", "body"]


def test_body_above_the_site_limit_has_a_reason(client):
    answer = client.post("/api/ocr/", files={"image": ("a.png", text_png() + bytes(3_000_000))})
    assert answer.status_code == 413
    assert answer.json()["code"] == "file_too_large"


def test_refusal_reaches_clients_that_are_still_sending(client):
    """Closing the connection of a sending client gives a broken pipe instead of an answer."""
    body, headers = bytes(3_000_000), {"Content-Type": "application/octet-stream", "apikey": "no"}
    for _ in range(5):
        assert client.post("/api/nothing/", content=body, headers=headers).status_code == 404
        assert client.post("/parse/image", content=body, headers=headers).status_code == 403


def test_huge_body_is_refused_before_it_is_sent(running_site):
    connection = http.client.HTTPConnection("127.0.0.1", running_site.port, timeout=300)
    connection.putrequest("POST", "/api/ocr/")
    connection.putheader("Content-Type", "image/png")
    connection.putheader("Content-Length", str(300 * 1024 * 1024))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


@pytest.mark.parametrize(("key", "user"), [("api_key", "user_id"), ("api-key", "user-id")])
def test_old_credential_headers_arrive(client, key, user):
    image = {"image": ("a.png", text_png())}
    assert client.post("/ocr_process", files=image).status_code == 401
    answer = client.post("/ocr_process", files=image, headers={key: "wrong", user: "u1"})
    assert (answer.status_code, answer.json()) == (403, {"error": "Invalid API key"})


def test_long_cookie(client):
    headers = {"Cookie": f"tracker={'x' * 12_000}"}
    assert client.get("/", headers=headers).status_code == 200


def test_static_files_may_be_kept(client):
    page = client.get("/", headers={"Accept": "text/html"}).text
    [style, *_] = re.findall(r'href="(/static/css/[^"]+\.[0-9a-f]{12}\.css)"', page)
    answer = client.get(style)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/css")
    assert "Cache-Control" in answer.headers or "Expires" in answer.headers
    assert client.get("/static/../manage.py").status_code == 404


def test_api_description_works_offline(client):
    page = client.get("/docs/").text
    links = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert links
    assert not [link for link in links if link.startswith(("http", "//"))]
    for link in links:
        if link.startswith("/static/"):
            assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("path", ["/", "/api/languages/", "/static/"])
def test_answers_are_compressed_with_nginx_and_without_it(client, path):
    if path == "/static/":
        page = client.get("/privacy/").text
        path = re.search(r'"(/static/css/components\.\w+\.css)"', page)[1]
    answers = {
        encoding: client.get(path, headers={"Accept-Encoding": encoding, "Accept": "text/html"})
        for encoding in ("gzip", "identity")
    }
    assert answers["gzip"].headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in answers["identity"].headers
    sent = int(answers["gzip"].headers["Content-Length"])
    assert sent * 2 < int(answers["identity"].headers["Content-Length"])
    assert answers["gzip"].headers["Content-Type"] == answers["identity"].headers["Content-Type"]
