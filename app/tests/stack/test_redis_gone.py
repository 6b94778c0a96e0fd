"""Redis as cache and broker stops and comes back while the site runs."""

from __future__ import annotations

import importlib.util
import subprocess
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.tests.conftest import require_program
from app.tests.factories import PASSWORD, text_png
from app.tests.worker.faults.stack import free_port, wait_for_port

from .site import Site

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(importlib.util.find_spec("celery") is None, reason="no Celery"),
]
ALICE = {"username": "alice", "password": PASSWORD}
PICTURE = {"image_data": b64encode(text_png()).decode()}
RECOVERY_SECONDS = 300


class Redis:
    """A Redis that keeps everything in memory, on the same port at every start."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--save", "", "--dir", self.folder]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_for_port(self.port)

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    require_program("redis-server")
    server = Redis(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def client(redis: Redis, stopped_site: Site) -> Iterator[httpx.Client]:
    address = f"redis://127.0.0.1:{redis.port}"
    stopped_site.start(
        CACHE_URL=f"{address}/1", CELERY_BROKER_URL=f"{address}/0", JOB_DELIVERY="celery"
    )
    with httpx.Client(base_url=stopped_site.url, timeout=300) as client:
        yield client


def read(client: httpx.Client, headers: dict[str, str]) -> httpx.Response:
    files = {"image": ("a.png", text_png("Still here"))}
    return client.post("/api/ocr/", files=files, data={"cache": "false"}, headers=headers)


@pytest.mark.parametrize("stopped_site", ["serve"], indirect=True)
def test_new_work_is_refused_until_redis_is_back(stopped_site, redis, client):
    assert client.post("/api/register/", json=ALICE).is_success
    token = client.post("/api/token_obtain_pair/", json=ALICE).json()["access"]
    alice = {"Authorization": f"Bearer {token}"}
    assert read(client, alice).json()["text"].split() == ["Still", "here"]

    redis.stop()
    # Requests that are counted, limited or sent to a worker need Redis ...
    for refused in (
        read(client, alice),
        client.post("/api/token_obtain_pair/", json=ALICE),
        client.post("/image-sync", json=PICTURE),
    ):
        assert refused.status_code == 503, refused.text
        assert refused.json()["code"] == "unavailable"
        assert int(refused.headers["Retry-After"]) > 0
    # ... requests for stored data do not.
    assert client.get("/api/history/", headers=alice).json()["count"] == 1
    assert client.get("/").status_code == 200

    redis.start()
    deadline = time.monotonic() + RECOVERY_SECONDS
    while (answer := read(client, alice)).status_code != 200:
        assert time.monotonic() < deadline, answer.text
        time.sleep(0.2)
    assert answer.json()["text"].split() == ["Still", "here"]
    history = client.get("/api/history/", headers=alice).json()
    assert {entry["status"] for entry in history["results"]} == {"done"}
