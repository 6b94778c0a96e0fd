"""Sandboxed processes: no secrets, no network, limited memory, and messages that are data."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings

from app.sandbox import limits

# Prints whether the process could leave the network, then the result of a connection.
CODE = """
import socket
from app.sandbox.limits import leave_network, limit_memory
left = leave_network()
limit_memory(512)
try:
    bytearray(600 << 20)
except MemoryError:
    print("no memory")
probe = socket.socket()
probe.settimeout(5)
try:
    probe.connect(("127.0.0.1", {port}))
    print("connected", left)
except OSError:
    print("no network", left)
"""


def test_secrets_of_the_site_are_not_passed_on():
    with mock.patch.dict(os.environ, SECRET_KEY="s", DATABASE_URL="postgres://u:p@h/d"):
        environment = limits.environment(threads=2)
    assert not {"SECRET_KEY", "DATABASE_URL"} & set(environment)
    assert environment["OMP_THREAD_LIMIT"] == "2"


@pytest.fixture
def live_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_memory_and_network_are_out_of_reach(live_port):
    said = subprocess.check_output(
        [sys.executable, "-c", CODE.format(port=live_port)], env=limits.environment(), text=True
    )
    assert "no memory" in said
    # A system that forbids namespaces keeps the network, and reports that.
    assert "no network True" in said or "connected False" in said


PICKLE = "pickle"


def test_no_code_serializes_objects_of_python():
    """Decoding them runs code: a child that was taken over would take over its worker."""
    root = Path(settings.BASE_DIR)
    sources = [path for name in ("app", "onlineocr") for path in (root / name).rglob("*.py")]
    found = [path for path in sources if PICKLE in path.read_text().lower()]
    assert found == [Path(__file__)]
