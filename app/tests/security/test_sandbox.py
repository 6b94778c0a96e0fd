"""A process that decodes files of strangers has neither secrets nor memory without end."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from unittest import mock

import pytest

from app.sandbox import limits

# Prints whether the network could be left, and then what a connection says.
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
    # A system that forbids namespaces leaves the network there, and says so.
    assert "no network True" in said or "connected False" in said
