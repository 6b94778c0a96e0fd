"""Workers as real processes on a database of their own, to be killed at random."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[4]
LONG = 600  # seconds, for machines that are slow and busy


class Stack:
    """Give it a folder and the variables of the site's settings."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "app.tests.worker.faults.settings",
            "MEDIA_ROOT": str(folder / "media"),
            "RUN_DIR": str(folder / "run"),
            "LOG_LEVEL": "WARNING",
            **variables,
        }
        self.log = open(folder / "worker.log", "wb")  # noqa: SIM115  closed with the stack
        self.workers: list[subprocess.Popen[bytes]] = []
        self.manage("migrate", "--verbosity", "0", "--skip-checks")

    def manage(self, *arguments: str) -> None:
        subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=PROJECT,
            env=self.environment,
            check=True,
            timeout=LONG,
        )

    def client(self, *arguments: str) -> dict:
        output = subprocess.run(
            [sys.executable, "-m", "app.tests.worker.faults.client", *arguments],
            cwd=PROJECT,
            env=self.environment,
            check=True,
            timeout=LONG,
            stdout=subprocess.PIPE,
        ).stdout
        return json.loads(output)

    def start_worker(self, slots: int = 2) -> None:
        command = [sys.executable, "manage.py", "worker", "--slots", str(slots), "--skip-checks"]
        worker = subprocess.Popen(
            command, cwd=PROJECT, env=self.environment, stdout=self.log, stderr=self.log
        )
        self.workers.append(worker)

    def kill_something(self) -> None:
        """A whole worker, which is started again, or one of its recognizing processes."""
        worker = random.choice(self.workers)
        victims = [worker.pid, *children(worker.pid)]
        victim = random.choice(victims)
        with contextlib.suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
        if victim == worker.pid:
            worker.wait()
            self.workers.remove(worker)
            self.start_worker()

    def wait_until_ended(self, seconds: float = LONG) -> dict:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            report = self.client("report")
            if not set(report["statuses"]) & {"queued", "running"}:
                return report
            time.sleep(1)
        pytest.fail(f"jobs are left over: {report}")

    def stop(self) -> None:
        for worker in self.workers:
            worker.terminate()
        for worker in self.workers:
            worker.wait(LONG)
        self.workers.clear()
        self.log.close()


def children(pid: int) -> list[int]:
    """Child processes of all threads of the process (Linux)."""
    found: list[int] = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(FileNotFoundError):
            found += map(int, path.read_text().split())
    return found


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def redis_server(folder: Path) -> Iterator[int]:
    """The port of a Redis that keeps everything in memory."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--save", "", "--dir", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        wait_for_port(port)
        yield port
        process.terminate()


@contextlib.contextmanager
def postgresql_server() -> Iterator[str]:
    """The URL of a PostgreSQL cluster that is deleted afterwards. It refuses to run as root."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not programs:
        pytest.skip("PostgreSQL is not installed")
    own_user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    folder, port = Path(f"/tmp/onlineocr-pg-{os.getpid()}"), free_port()
    binaries = programs[-1].parent
    options = f"-p {port} -k /tmp -c listen_addresses=127.0.0.1 -c fsync=off"
    start = [binaries / "pg_ctl", "-D", folder, "-o", options, "-w", "-l", f"{folder}.log", "start"]
    stop = [binaries / "pg_ctl", "-D", folder, "-m", "immediate", "stop"]
    initdb = [binaries / "initdb", "-D", folder, "-U", "postgres", "-A", "trust"]
    quiet = {"stdout": subprocess.DEVNULL, "cwd": "/"}
    try:
        subprocess.run([*own_user, *initdb], check=True, **quiet)
        subprocess.run([*own_user, *start], check=True, **quiet)
        yield f"postgres://postgres@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*own_user, *stop], check=False, **quiet)
        shutil.rmtree(folder, ignore_errors=True)
        Path(f"{folder}.log").unlink(missing_ok=True)


def wait_for_port(port: int) -> None:
    deadline = time.monotonic() + LONG
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)
    pytest.fail(f"nothing listens on port {port}")
